"""The days named on a time axis: from single days to half centuries, as many as have room."""

from collections.abc import Iterator
from datetime import date
from math import ceil, floor
from typing import NamedTuple

from claims.dates import day_words
from claims.web.pictures.period import Period, Timeline
from claims.web.pictures.text import Box, box_of, width_of

_GAP = 6.0
_DAY_ROOM, _MONTH_ROOM, _YEAR_ROOM = 66.0, 46.0, 66.0
_DAYS = (1, 2, 4, 7)
_HALF_MONTH = 15.2
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 300, 600)
_MONTH = 30.44


class Tick(NamedTuple):
    """A place on the axis and what is written there, if anything; `at` is the words' middle."""

    x: float
    words: str
    at: float


def ticks(time: Timeline, *, width: float) -> list[Tick]:
    """The ticks of an axis in a picture `width` wide; their words keep clear of each other."""
    named = _named(list(_days(time)), time)
    if len(named) < 2:
        named = _ends(time.period)
    found: list[Tick] = []
    taken: list[Box] = []
    # A year is placed before a mere month: where both have no room the year stays.
    for day, words in sorted(named, key=_year_first):
        x = time.x(day)
        half = width_of(words) / 2
        at = min(max(x, half), width - half)
        box = box_of(words, at, 0, "middle")
        if any(box.touches(other, _GAP) for other in taken):
            words = ""
        else:
            taken.append(box)
        found.append(Tick(x, words, at))
    return sorted(found)


def _year_first(named: tuple[date, str]) -> bool:
    return len(named[1]) < 4 or not named[1][-4:].isdecimal()


def _days(time: Timeline) -> Iterator[tuple[date, str]]:
    """Each day to be ticked, with the words for it beside its year."""
    per_day = time.per_day
    for step in _DAYS:
        if step * per_day >= _DAY_ROOM:
            yield from ((day, f"{day_words(day)[:-5]}") for day in _every(step, time.period))
            return
    if _HALF_MONTH * per_day >= _DAY_ROOM:
        yield from ((day, f"{day_words(day)[:-5]}") for day in _firsts(1, time.period, (1, 15)))
        return
    months = next((n for n in _MONTHS if n * _MONTH * per_day >= _MONTH_ROOM), _MONTHS[-1])
    for day in _firsts(months, time.period, (1,)):
        yield day, day_words(day)[2:-5] if months < 12 else ""


def _every(step: int, period: Period) -> Iterator[date]:
    # Ordinal 1 is a Monday, so that weeks begin where people expect it.
    first = ceil((period.first - 1) / step) * step + 1
    for ordinal in range(first, floor(period.last) + 1, step):
        yield date.fromordinal(ordinal)


def _firsts(months: int, period: Period, days: tuple[int, ...]) -> Iterator[date]:
    """The given days of every so many months, counted from a January."""
    month = date.fromordinal(floor(period.first)).year * 12
    if months >= 12:
        month -= month % months
    while (year := month // 12) <= date.max.year:
        for day in days:
            found = date(year or 1, month % 12 + 1, day)
            if found.toordinal() > period.last:
                return
            if found.toordinal() >= period.first:
                yield found
        month += months


def _named(days: list[tuple[date, str]], time: Timeline) -> list[tuple[date, str]]:
    """The words with the year where it is a new one; a crowded first tick leaves that to the
    January after it."""
    named = []
    year = 0
    for index, (day, words) in enumerate(days):
        following = days[index + 1][0] if index + 1 < len(days) else day
        crowded = index == 0 and time.x(following) - time.x(day) < _YEAR_ROOM
        if words and (day.year == year or (crowded and following.year != day.year)):
            named.append((day, words))
        else:
            named.append((day, f"{words} {day.year:04d}".strip()))
        year = day.year
    return named


def _ends(period: Period) -> list[tuple[date, str]]:
    first, last = ceil(period.first), floor(period.last)
    days = [date.fromordinal(first), date.fromordinal(last)]
    return [(day, day_words(day)) for day in days]
