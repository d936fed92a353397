"""The list of leads: what feeds and readers brought, the newest or best matched first, and what is done with it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.permissions import Right, may
from claims.queries.claim_picker import claim_by_slug
from claims.queries.leads import MOST_COUNTED, Counts, LeadPage, colleagues, counts, leads
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.leads.acts import SNOOZES, do, done_words
from claims.web.desk.leads.place import Here, here
from claims.web.desk.leads.rows import row
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import capped, counted

_STATES = (
    ("new", "New"),
    ("mine", "Yours"),
    ("suggested", "From readers"),
    ("snoozed", "Put off"),
    ("dismissed", "Set aside"),
    ("logged", "Logged"),
)
_EMPTY = {
    "new": ("No leads wait", "What watched feeds bring and readers suggest comes here."),
    "mine": ("You have no leads in hand", "One that you take stands here until it is logged or set aside."),
    "suggested": ("Readers suggested nothing that waits", "Anybody can suggest an address, also without an account."),
    "snoozed": ("Nothing is put off", "What is put off comes back by itself on its day."),
    "dismissed": ("Nothing was set aside", "What is set aside stands here for a while and can be brought back."),
    "logged": ("No lead was logged yet", "Press “Log it” beside a lead to make evidence of it."),
}


@needs(Right.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The leads of one state, and the buttons that decide on them. Seven queries at most, whatever their number."""
    by, now = signed_in(request), asked.now()
    if request.method == "POST":
        place = here(request.POST)
        return redirect(do(request.POST, by=by, place=place, now=now))
    place = here(request.GET)
    page = leads(place.narrowed, person=by.id, after=place.after)
    told = counts(person=by.id)
    empty = _EMPTY[place.narrowed.state]
    context = {
        "place": place,
        "rows": _rows(page, place, person=by.id, now=now),
        "waits": not place.narrowed.decided,
        "ticks": place.narrowed.state != "logged",
        "chips": _chips(place, told),
        "sorts": _sorts(place),
        "claim": claim_by_slug(place.narrowed.claim) if place.narrowed.claim else None,
        "snoozes": SNOOZES,
        "colleagues": [one for one in colleagues() if one.id != by.id] if page.lines else [],
        "done": done_words(request.GET),
        "feeds": _feeds_words(told),
        "watches": may(by, Right.WATCH_FEEDS),
        "empty_title": "Nothing more" if place.after else empty[0],
        "empty_text": "You have gone through the list to its end." if place.after else empty[1],
        "first": place.to().href if place.after else "",
        "older": Here(place.narrowed, page.after).href if page.after else "",
    }
    return render(request, "desk/leads.html", context)


def _rows(page: LeadPage, place: Here, *, person: UUID, now: datetime) -> list[dict[str, Any]]:
    """The rows; `then` is where one goes on once a row has left the list: to the next, from the last to the one before.

    In the list of one claim nothing leads to that list.
    """
    rows = [row(line, page.matches[line.id], person=person, now=now) for line in page.lines]
    for place_of, shown in enumerate(rows):
        beside = rows[place_of + 1 : place_of + 2] or rows[place_of - 1 : place_of]
        shown["then"] = f"#lead-{beside[0]['id']}" if beside else ""
        shown["log"] = _log_href(shown["id"], place.kept(shown["then"]))
        if place.narrowed.claim:
            shown["matches"] = [{**match, "only": ""} for match in shown["matches"]]
    return rows


def _log_href(lead: UUID, back: str) -> str:
    return f"/desk/log/?{urlencode({'lead': lead} | ({'back': back} if back else {}))}"


def _chips(place: Here, told: Counts) -> list[dict[str, Any]]:
    shown = {"new": told.new, "mine": told.mine, "suggested": told.suggested, "snoozed": told.snoozed}
    return [
        {
            "words": words,
            "href": place.to(state=state, feed=None, claim="").href,
            "on": place.narrowed.state == state and not place.narrowed.claim and not place.narrowed.feed,
            "count": capped(shown[state], MOST_COUNTED) if state in shown else "",
        }
        for state, words in _STATES
    ]


def _sorts(place: Here) -> list[dict[str, Any]]:
    """The two orders; what was decided on, and what seems to touch one claim, has its own."""
    if place.narrowed.decided or place.narrowed.claim:
        return []
    words = (("newest", "Newest first"), ("best", "Best match first"))
    return [
        {"words": said, "href": place.to(sort=sort).href, "on": place.narrowed.sort == sort} for sort, said in words
    ]


def _feeds_words(told: Counts) -> str:
    watched = f"{counted(told.watched, 'feed')} watched"
    return f"{watched}, {told.paused:,} paused" if told.paused else watched
