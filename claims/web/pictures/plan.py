"""What a chart will show, settled once for both its widths before anything is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claims.web.pictures import bars, lane
from claims.web.pictures.frame import NARROW, Frame
from claims.web.pictures.history import Run, ended_on, moves_of, runs, undone
from claims.web.pictures.period import Period, Timeline, laid, period_of
from claims.web.pictures.text import width_of
from claims.web.pictures.types import OPEN, Judged, Mark, Move

_SCORED = ("borne-out", "partly-borne-out", "not-borne-out")


@dataclass(frozen=True, slots=True)
class Plan:
    """The contents of a chart. `today` is None unless the claim is open.

    `tally` stands in for the marks where they are too many, `stack` holds them as placed in the
    narrow chart otherwise.
    """

    period: Period
    runs: tuple[Run, ...]
    moves: tuple[Move, ...]
    undone: tuple[Judged, ...]
    """Resolutions that were reopened."""
    stories: tuple[Mark, ...]
    """All of them, in order of time."""
    marks: tuple[Mark, ...]
    """Those within the period."""
    status: str
    today: date | None
    ended_on: date | None
    horizon: date | None
    stack: lane.Stack | None
    tally: bars.Tally | None


def plan(
    assessments: Iterable[Judged],
    marks: Iterable[Mark],
    *,
    opened_on: date,
    today: date,
    horizon: date | None,
    occurred_on: date | None,
    status: str,
) -> Plan | None:
    """The contents of a chart; None when there is neither a forecast nor a story to show."""
    assessments = list(assessments)
    over, forecasts = _forecasts(assessments, status=status, occurred_on=occurred_on)
    stories = sorted(marks, key=_day)
    period = period_of(
        judged=[step.as_of for run in forecasts for step in run.steps],
        stories=[mark.day for mark in stories],
        opened_on=opened_on,
        today=today if status == OPEN else None,
        ended_on=over if forecasts or stories else None,
        horizon=horizon,
    )
    if period is None:
        return None
    shown = tuple(stories[period.earlier :])
    time = timeline(period, NARROW)
    stack = lane.stack(shown, time, scale=NARROW.scale)
    return Plan(
        period=period,
        runs=tuple(forecasts),
        moves=tuple(moves_of(forecasts)),
        undone=tuple(undone(assessments)),
        stories=tuple(stories),
        marks=shown,
        status=status,
        today=today if status == OPEN else None,
        ended_on=over,
        horizon=horizon,
        stack=stack,
        tally=None if stack else bars.tally(shown, time),
    )


def _forecasts(assessments: list[Judged], *, status: str, occurred_on: date | None) -> tuple[date | None, list[Run]]:
    """The day on which forecasting ended, and the forecasts up to it."""
    over = ended_on(assessments, status=status, occurred_on=occurred_on)
    forecasts = runs(assessments, until=over)
    if over != occurred_on and not forecasts and status in _SCORED:
        # A fact: held true or not from the start, on no day of its own.
        over = None
    return over, forecasts


def timeline(period: Period, frame: Frame) -> Timeline:
    """The period laid along a chart; what it leaves out to the left is given room for its count."""
    lead = width_of(earlier_words(period)) + 12 if period.earlier else 0
    return laid(period, frame.left + lead, frame.right)


def earlier_words(period: Period) -> str:
    """How many stories lie before the period, as it stands in the lane."""
    return f"{period.earlier:,} earlier"


def _day(mark: Mark) -> date:
    return mark.day
