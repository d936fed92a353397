"""Where the words on a chart's line stand: beside what they name, clear of each other."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claims.web.pictures.text import Box, box_of, text

_GAP = 6.0
_STEP = 7.0


class Place(NamedTuple):
    """Where words could stand."""

    x: float
    y: float
    anchor: str


class Label(NamedTuple):
    """Words, their class and the places for them, the best first."""

    words: str
    kind: str
    places: tuple[Place, ...]
    needed: bool
    """Whether they must stand somewhere; else they are left out where they would hide a thing."""


def placed(labels: Iterable[Label], *, room: Box, lines: Sequence[Box], points: Sequence[Box]) -> list[str]:
    """The labels as elements, each within `room` and none on another.

    Of the free places the one is taken that hides least of the points and the lines.
    """
    taken: list[Box] = []
    parts = []
    for label in labels:
        best: tuple[float, Place, Box] | None = None
        for rank, place in enumerate(label.places):
            box = box_of(label.words, *place)
            if not box.within(room) or any(box.touches(other, _GAP) for other in taken):
                continue
            hidden = 3 * _met(box, points) + 2 * _met(box, lines)
            if hidden and not label.needed:
                continue
            cost = rank / 2 + hidden
            if best is None or cost < best[0]:
                best = cost, place, box
            if best[0] <= (rank + 1) / 2:
                break
        if best is None and label.needed:
            best = _swept(label, room, taken)
        if best is not None:
            taken.append(best[2])
            place = best[1]
            parts.append(text(label.words, place.x, place.y, anchor=place.anchor, kind=label.kind))
    return parts


def _met(box: Box, others: Sequence[Box]) -> int:
    return sum([box.touches(other) for other in others])


def _swept(label: Label, room: Box, taken: Sequence[Box]) -> tuple[float, Place, Box] | None:
    """The nearest free place above or below the first one."""
    x, y, _ = label.places[0]
    box = box_of(label.words, x, y, "middle")
    x += max(room.x0 - box.x0, 0) - max(box.x1 - room.x1, 0)
    found: tuple[float, Place, Box] | None = None
    for n in range(int((room.y1 - room.y0) / _STEP)):
        at = room.y0 + 10 + n * _STEP
        box = box_of(label.words, x, at, "middle")
        near = abs(at - y)
        free = box.within(room) and not any(box.touches(other, _GAP) for other in taken)
        if free and (found is None or near < found[0]):
            found = near, Place(x, at, "middle"), box
    return found
