"""The small line beside a claim in a list: its probability since a common first day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from claims.web.pictures.types import OPEN

_LEFT, _RIGHT, _TOP, _BOTTOM = 3.0, 92.0, 3.0, 25.0
_OPENING = (
    '<svg class="spark" viewBox="0 0 96 28" aria-hidden="true">'
    '<path class="frame" d="M0 3H96M0 25H96"/><path class="half" d="M0 14H96"/>'
)
_OUTCOMES = {"borne-out": Decimal(1), "not-borne-out": Decimal(0)}


def spark(
    points: Iterable[tuple[date, Decimal]],
    *,
    first: date,
    last: date,
    status: str = OPEN,
    ended_on: date | None = None,
    outcome: Decimal | None = None,
) -> SafeString:
    """The line of the forecasts (day, probability), in order of time, from `first` to `last`.

    An open claim's line runs on to `last` with a dot at its number. A settled one's ends at
    `ended_on` with a dot at its outcome: at the top when borne out, at the foot when not, at
    `outcome` when partly; ambiguous and annulled ones end at a bar, since they are neither.
    One settled before its first forecast is that dot alone. Nothing where there is neither.
    """
    end = min(ended_on or last, last) if status != OPEN else last
    length = max((last - first).days, 1)
    shown = [(max(day, first), value) for day, value in points if day <= max(end, first)]
    if not shown and (status == OPEN or ended_on is None):
        return mark_safe("")
    path: list[str] = []
    for day, value in shown:
        x, y = _x(day, first, length), _y(value)
        path.append(f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}")
    x = max(_x(end, first, length), _LEFT)
    line = f'<path d="{"".join(path)}H{x:.1f}"/>' if path else ""
    last_value = shown[-1][1] if shown else Decimal("0.5")
    return mark_safe(f"{_OPENING}{line}{_end(status, outcome, x, last_value)}</svg>")  # noqa: S308


def _end(status: str, outcome: Decimal | None, x: float, last: Decimal) -> str:
    if status == OPEN:
        value: Decimal | None = last
    else:
        value = _OUTCOMES.get(status, outcome if status == "partly-borne-out" else None)
    if value is None:
        y = _y(last)
        return f'<path d="M{x:.1f} {max(y - 4, 1):.1f}V{min(y + 4, 27):.1f}"/>'
    return f'<circle cx="{x:.1f}" cy="{_y(value):.1f}" r="2.5"/>'


def _x(day: date, first: date, length: int) -> float:
    return _LEFT + (day - first).days * (_RIGHT - _LEFT) / length


def _y(probability: Decimal) -> float:
    return _BOTTOM - float(probability) * (_BOTTOM - _TOP)
