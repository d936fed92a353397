"""The stretch of time that a chart shows, and where each day of it stands."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Evidence from long before the opening (2010, on a claim of 2025) would squeeze the judged time
# to a sliver: what lies further back than this share of it, and than a month, is counted instead.
_LEAD = 0.35
_LEAST_LEAD = 31
# A due date this near to the end, as a share of what is shown, is brought into view.
_REACH = 0.15
_LEAST_REACH = 2
_LEFT_PAD, _RIGHT_PAD = 0.05, 0.03
_LEAST_DAYS = 4


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, as ordinals of `date` with parts of days; `earlier` counts the
    stories from before it."""

    first: float
    last: float
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A period laid along a picture from `left` to `right`, `per_day` units to a day."""

    period: Period
    left: float
    right: float
    per_day: float

    def x(self, day: date) -> float:
        """Where a day stands."""
        return self.left + (day.toordinal() - self.period.first) * self.per_day

    def shows(self, day: date) -> bool:
        """Whether a day is in view."""
        return self.period.first <= day.toordinal() <= self.period.last


def laid(period: Period, left: float, right: float) -> Timeline:
    """The period along a picture."""
    return Timeline(period, left, right, (right - left) / (period.last - period.first))


def period_of(
    *,
    judged: Sequence[date],
    stories: Sequence[date],
    opened_on: date,
    today: date | None,
    ended_on: date | None,
    horizon: date | None,
) -> Period | None:
    """What to show of forecasts and stories, each in order of time; None when there is nothing.

    `today` is given for an open claim alone: it is shown up to that day.
    """
    known = [day.toordinal() for day in stories]
    fixed = [day.toordinal() for day in (ended_on, today) if day]
    if judged or today:
        fixed += [opened_on.toordinal(), *(day.toordinal() for day in judged)]
    if not known and not judged and not ended_on:
        return None
    earlier = 0
    if judged:
        core = max(max(fixed), known[-1] if known else 0) - min(fixed)
        limit = min(fixed) - max(_LEAST_LEAD, _LEAD * core)
        earlier = bisect_left(known, limit)
    shown = fixed + known[earlier:]
    return _padded(min(shown), max(shown), earlier, today=today, horizon=horizon)


def _padded(first: float, last: float, earlier: int, *, today: date | None, horizon: date | None) -> Period:
    due = horizon.toordinal() if horizon else 0
    if 0 < due - last <= max(_LEAST_REACH, _REACH * (last - first)):
        last = due
    length = last - first
    if today is None or last != today.toordinal():
        last += max(0.5, _RIGHT_PAD * length)
    first -= max(1, _LEFT_PAD * length)
    short = max(_LEAST_DAYS - (last - first), 0)
    return Period(first - short / 2, last + short / 2, earlier)
