"""What the editors said over time: the runs of forecasts that a chart draws, and their moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from claims.web.pictures.types import OPEN, Judged, Move

_MOST_MOVES = 3
_LEAST_MOVE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Run:
    """Forecasts that follow each other without a resolution between, and where their line ends.

    Forecasts of one day stand in the order of their storing: the last of them is in force.
    """

    steps: tuple[Judged, ...]
    ends: date

    def in_force(self) -> list[Judged]:
        """The last forecast of each day."""
        return list({step.as_of: step for step in self.steps}.values())


def ended_on(assessments: Iterable[Judged], *, status: str, occurred_on: date | None) -> date | None:
    """The day on which forecasting ended: of the event, else of the resolving assessment.

    None for an open claim, and where neither is known.
    """
    if status == OPEN:
        return None
    if occurred_on is not None:
        return occurred_on
    return max((one.as_of for one in assessments if one.status != OPEN), default=None)


def runs(assessments: Iterable[Judged], *, until: date | None) -> list[Run]:
    """The forecasts known to be such: those of open days, none after `until`, in their runs."""
    found: list[Run] = []
    steps: list[Judged] = []
    for one in sorted(assessments, key=_order):
        if one.status != OPEN:
            if steps:
                found.append(Run(tuple(steps), min(one.as_of, until or one.as_of)))
            steps = []
        elif one.probability is not None and (until is None or one.as_of <= until):
            steps.append(one)
    if steps:
        found.append(Run(tuple(steps), until or steps[-1].as_of))
    return found


def undone(assessments: Iterable[Judged]) -> list[Judged]:
    """The resolutions that did not last: an open assessment came after them."""
    found: list[Judged] = []
    before: Judged | None = None
    for one in sorted(assessments, key=_order):
        if one.status == OPEN and before is not None and before.status != OPEN:
            found.append(before)
        before = one
    return found


def biggest_moves(assessments: Iterable[Judged], *, until: date | None = None) -> list[Move]:
    """The three biggest changes from day to day, of five points or more, lettered in their order.

    Of two equal ones the later counts. `until` is the day on which forecasting ended: see
    `ended_on`.
    """
    return moves_of(runs(assessments, until=until))


def moves_of(found: Iterable[Run]) -> list[Move]:
    """The biggest moves within the given runs."""
    changes = []
    for run in found:
        in_force = run.in_force()
        for before, after in pairwise(in_force):
            was, now = before.probability or Decimal(0), after.probability or Decimal(0)
            if abs(now - was) >= _LEAST_MOVE:
                changes.append((abs(now - was), after.as_of, was, now, after.cites))
    changes.sort(key=lambda change: change[:2], reverse=True)
    chosen = sorted(changes[:_MOST_MOVES], key=lambda change: change[1])
    return [
        Move(letter, was, now, day, cites) for letter, (_, day, was, now, cites) in zip("ABC", chosen, strict=False)
    ]


def _order(one: Judged) -> tuple[date, float]:
    return one.as_of, one.recorded.timestamp() if one.recorded else 0.0
