"""The days that stand out on a chart: when the claim was settled, when it falls due, today."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from claims.dates import day_words
from claims.web.icons import SHAPE_OF
from claims.web.pictures.frame import Frame
from claims.web.pictures.period import Timeline
from claims.web.pictures.plan import Plan
from claims.web.pictures.text import Box, box_of, text
from claims.web.pictures.types import status_words

_ICON = 16.0
_BASE = 12.0
_GAP = 8.0
# Two lines nearer to each other than this would read as one.
_APART = 8.0


class Named(NamedTuple):
    """A day with a line of its own, and the words above it."""

    x: float
    kind: str
    words: str
    icon: str
    at: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days that stand out, those left out whose words would find no room."""

    named: tuple[Named, ...]

    def __bool__(self) -> bool:
        return bool(self.named)

    def lines(self, top: float, floor: float) -> list[str]:
        """The upright lines, from under the words down to the axis."""
        return [
            f'<line class="{one.kind}" x1="{one.x:.1f}" x2="{one.x:.1f}" y1="{top - 2:.1f}" y2="{floor:.1f}"/>'
            for one in self.named
        ]

    def labels(self, top: float, icons_url: str) -> list[str]:
        """The words, with the outcome's sign before them; `top` is where their row begins."""
        parts = []
        for one in self.named:
            if one.icon:
                parts.append(
                    f'<use class="outcome" href="{icons_url}#{one.icon}"'
                    f' x="{one.x - _ICON / 2:.1f}" y="{top:.1f}" width="16" height="16"/>'
                )
            kind = "on" if one.icon else "name"
            parts.append(text(one.words, one.at, top + _BASE, anchor=one.anchor, kind=kind))
        return parts


def days_of(planned: Plan, frame: Frame, time: Timeline) -> Days:
    """The days to name: as many of them as have room, the most telling first."""
    apart: list[tuple[float, str, str, str]] = []
    for day, kind, words, icon in _candidates(planned, time):
        x = time.x(day)
        if all(abs(x - other[0]) >= _APART for other in apart):
            apart.append((x, kind, words, icon))
    return Days(_most(apart, frame, ()))


def _candidates(planned: Plan, time: Timeline) -> list[tuple[date, str, str, str]]:
    """Day, class of its line, words and sign, the most telling first."""
    found = []
    if planned.ended_on and planned.status in SHAPE_OF:
        words = status_words(planned.status)
        found.append((planned.ended_on, "due due--met", words, SHAPE_OF[planned.status]))
    due = planned.horizon
    if due and time.shows(due):
        found.append((due, "due", f"due {day_words(due)}", ""))
    for one in planned.undone[-1:]:
        words = f"{status_words(one.status)}, reopened later"
        found.append((one.as_of, "due due--met", words, SHAPE_OF[one.status]))
    if planned.today and planned.period.last > planned.today.toordinal():
        found.append((planned.today, "now", "today", ""))
    return found


def _most(rest: list[tuple[float, str, str, str]], frame: Frame, named: tuple[Named, ...]) -> tuple[Named, ...]:
    """Of all ways to place the words the one that names most days; there are at most four."""
    if not rest:
        return named
    (x, kind, words, icon), *others = rest
    best: tuple[Named, ...] = ()
    for at, anchor in _places(x, words, icon):
        one = Named(x, kind, words, icon, at, anchor)
        box = _box(one)
        inside = box.x0 >= 0 and box.x1 <= frame.width
        if inside and not any(box.touches(_box(other), _GAP) for other in named):
            found = _most(others, frame, (*named, one))
            if len(found) == len(named) + len(rest):
                return found
            best = max(best, found, key=len)
    return max(best, _most(others, frame, named), key=len)


def _places(x: float, words: str, icon: str) -> list[tuple[float, str]]:
    if icon:
        away = _ICON / 2 + 4
        return [(x + away, "start"), (x - away, "end")]
    return [(x, "middle"), (x, "start"), (x, "end")]


def _box(one: Named) -> Box:
    box = box_of(one.words, one.at, _BASE, one.anchor)
    half = _ICON / 2 if one.icon else 0
    return Box(min(box.x0, one.x - half), box.y0, max(box.x1, one.x + half), box.y1)
