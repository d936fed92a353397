"""Words that news uses of everything, beside PostgreSQL's stop words: they tell nothing of what a text is about."""

_SAYING = """
say said says saying tell told speak spoke report reported announce announced call called ask asked answer answered
note noted name named add added mean think thought know knew known believe expect expected hope promise promised
"""

_DOING = """
give gave given take took taken make made put set let get got keep kept come came go went gone leave left bring brought
hold held show showed shown see saw seen look find found want need use used work begin began begun start started end
ended open opened close closed stand stood stay stayed turn turned run ran fall fell fallen rise rose move moved lead
led follow followed meet met send sent become became remain plan planned try tried help happen seem appear allow reach
reached pay paid cut grow grew hit face raise win won lose lost
"""

_WHEN = """
day week month year decade century hour minute night morning evening time moment today yesterday tomorrow
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
early earlier late later ago since still yet already again
"""

_HOW_MANY = """
one two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred thousand million billion
dozen half third quarter first second last next per cent percent about around nearly almost least less much many more
most several some every whole also even enough together
"""

_OTHERWISE = """
new old former other another own far back away way ahead apart beside besides
people man men woman women person group member part side place number case point thing kind world
big large small long short high higher low lower good better bad best great strong full
might could would should must will can cannot within without among against between before after although though while
however because mr mrs ms
"""

COMMON_WORDS = " ".join([_SAYING, _DOING, _WHEN, _HOW_MANY, _OTHERWISE, *(str(number) for number in range(100))])
