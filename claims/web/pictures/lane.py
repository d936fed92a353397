"""The lane of evidence: one mark for each independent story, stacked outward where two touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.web.pictures.period import Timeline
from claims.web.pictures.types import Mark

_WEIGHTS = {"slight": 0, "moderate": 1, "strong": 2, "decisive": 3}
# Half of a triangle's width, of a diamond's, a ring's radius: by weight, at scale 1. The largest
# of each still fits between two rows.
_TRIANGLE = (3.4, 4.5, 5.6, 6.6)
_DIAMOND = (2.7, 3.5, 4.3, 5.0)
_RING = (2.0, 2.7, 3.4, 4.0)
_RING_LINE = 0.75
_ROW, _MIDDLE_ROW = 12.0, 11.0
_EDGE = 10.0
_GAP = 0.5
# More rows than this on one side, and the lane shows how many instead of each.
_MOST_ROWS, _MOST_MIDDLE_ROWS = 8, 5
_MOST_MARKS = 600


class Placed(NamedTuple):
    """A mark at its day, and how far from the lane's middle its own middle lies (down is more)."""

    x: float
    offset: float
    stance: str
    half: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Marks in their rows, and how far these reach above and below the middle line."""

    marks: tuple[Placed, ...]
    above: float
    below: float


def stack(marks: Sequence[Mark], time: Timeline, *, scale: float, capped: bool = True) -> Stack | None:
    """The marks in rows so that none touches another and none moves in time.

    None when they would need more rows than a lane has; `capped=False` gives them all the same.
    """
    if capped and len(marks) > _MOST_MARKS:
        return None
    up: list[float] = []
    down: list[float] = []
    middle: list[float] = []
    sides = {"supports": up, "contradicts": down}
    sizes = {"supports": _TRIANGLE, "contradicts": _TRIANGLE, "mixed": _DIAMOND}
    rows = []
    for mark in sorted(marks, key=_order):
        x = time.x(mark.day)
        half = sizes.get(mark.stance, _RING)[_WEIGHTS[mark.weight]] * scale
        reach = half if mark.stance in sizes else half + _RING_LINE
        row = _row(sides.get(mark.stance, middle), x - reach, x + reach)
        rows.append((x, row, mark.stance, half))
    if capped and (max(len(up), len(down)) > _MOST_ROWS or len(middle) > _MOST_MIDDLE_ROWS):
        return None
    return _stacked(rows, len(up), len(down), len(middle), scale)


def drawn(stacked: Stack, middle: float) -> list[str]:
    """The elements of all marks, the lane's middle line being at `middle`."""
    parts = []
    for x, offset, stance, half in stacked.marks:
        y = middle + offset
        if stance == "supports":
            points = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y + 0.8 * half:.1f} {x - half:.1f},{y + 0.8 * half:.1f}"
        elif stance == "contradicts":
            points = f"{x:.1f},{y + half:.1f} {x + half:.1f},{y - 0.8 * half:.1f} {x - half:.1f},{y - 0.8 * half:.1f}"
        elif stance == "mixed":
            points = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y:.1f} {x:.1f},{y + half:.1f} {x - half:.1f},{y:.1f}"
        else:
            parts.append(f'<circle class="ev--context" cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}"/>')
            continue
        parts.append(f'<polygon class="ev--{stance}" points="{points}"/>')
    return parts


def _order(mark: Mark) -> tuple[int, int]:
    return mark.day.toordinal(), -_WEIGHTS[mark.weight]


def _row(ends: list[float], left: float, right: float) -> int:
    """The innermost row with room from `left` on; `ends` holds where each row is filled to."""
    for row, end in enumerate(ends):
        if end + _GAP <= left:
            ends[row] = right
            return row
    ends.append(right)
    return len(ends) - 1


def _stacked(rows: list[tuple[float, int, str, float]], up: int, down: int, middle: int, scale: float) -> Stack:
    row, middle_row, edge = _ROW * scale, _MIDDLE_ROW * scale, _EDGE * scale
    # On the line the second stands below the first, the third above it, and so on.
    above, below = middle_row * (max(middle - 1, 0) // 2), middle_row * (middle // 2)
    marks = []
    for x, n, stance, half in rows:
        if stance == "supports":
            offset = -above - row * (n + 1)
        elif stance == "contradicts":
            offset = below + row * (n + 1)
        else:
            offset = middle_row * ((n + 1) // 2) * (1 if n % 2 else -1)
        marks.append(Placed(x, offset, stance, half))
    return Stack(tuple(marks), above + row * max(up, 1) + edge, below + row * max(down, 1) + edge)
