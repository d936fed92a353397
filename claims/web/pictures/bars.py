"""The lane of evidence where there is too much to show each story: how many in a week or so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.web.pictures.period import Timeline
from claims.web.pictures.text import text, width_of
from claims.web.pictures.types import Mark

_NARROWEST = 1.6
_HIGH, _MIDDLE, _EDGE = 46.0, 8.0, 8.0
_LEAST = 1.5
_UNITS = (
    ("day", 1.0),
    ("week", 7.0),
    ("month", 30.44),
    ("quarter", 91.3),
    ("year", 365.25),
    ("decade", 3652.5),
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Tally:
    """Stories counted by calendar unit: (first day, day after the last, side) with how many.

    The side is "supports", "contradicts" or "context", which holds mixed ones as well.
    """

    unit: str
    counts: tuple[tuple[date, date, str, int], ...]
    most: int
    """The most on one side of the line in one unit; 0 where all are on the line."""


def tally(marks: Sequence[Mark], time: Timeline) -> Tally:
    """The stories counted by the smallest unit that is wide enough to be seen along `time`."""
    unit = next((unit for unit, days in _UNITS if days * time.per_day >= _NARROWEST), "decade")
    by_day = Counter((mark.day, mark.stance) for mark in marks)
    counted: Counter[tuple[date, str]] = Counter()
    for (day, stance), count in by_day.items():
        side = stance if stance in ("supports", "contradicts") else "context"
        counted[_first(day, unit), side] += count
    counts = tuple((day, _after(day, unit), side, n) for (day, side), n in sorted(counted.items()))
    most = max((n for _, _, side, n in counts if side != "context"), default=0)
    return Tally(unit, counts, most)


def reach(scale: float) -> float:
    """How far the lane of bars reaches above and below its middle line."""
    return (_HIGH + _MIDDLE + _EDGE) * scale


def drawn(tallied: Tally, time: Timeline, middle: float, *, scale: float) -> list[str]:
    """The bars, and the scale to the left of them."""
    high, inner = _HIGH * scale, _MIDDLE * scale
    biggest = max((n for _, _, side, n in tallied.counts if side == "context"), default=1)
    paths: dict[str, list[str]] = {"supports": [], "contradicts": [], "context": []}
    for first, after, side, count in tallied.counts:
        x, end = max(time.x(first), time.left), min(time.x(after), time.right)
        if side == "context":
            half = max(_LEAST, 0.75 * inner * count / biggest)
            paths[side].append(f"M{(x + end) / 2:.1f} {middle - half:.1f}V{middle + half:.1f}")
            continue
        height = max(_LEAST, high * count / tallied.most)
        away = -1 if side == "supports" else 1
        base = middle + away * inner
        paths[side].append(f"M{x:.1f} {base:.1f}V{base + away * height:.1f}H{max(end - 0.5, x + 0.8):.1f}V{base:.1f}Z")
    parts = [f'<path class="ev--{side}" d="{"".join(d)}"/>' for side, d in paths.items() if d]
    return parts + (_axis(tallied.most, time.left, middle, inner, high) if tallied.most else [])


def _axis(most: int, left: float, middle: float, inner: float, high: float) -> list[str]:
    thousands = most / 1000
    for words in (f"{most:,}", f"{thousands:.1f}k", f"{thousands:.0f}k"):
        if width_of(words) <= left - 6:
            break
    parts = []
    for y in (middle - inner - high, middle + inner + high):
        parts.append(f'<line class="axis" x1="{left - 4:.1f}" x2="{left}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(text(words, left - 6, y + 4, anchor="end"))
    return parts


def _first(day: date, unit: str) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    month = day.year * 12 + day.month - 1
    month -= month % months
    return date(month // 12 or 1, month % 12 + 1, 1)


def _after(day: date, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=7 if unit == "week" else 1)
    month = day.year * 12 + day.month - 1 + _MONTHS[unit]
    return date(month // 12, month % 12 + 1, 1)
