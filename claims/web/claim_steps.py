"""The days on which something changed about a claim, for stepping through them below its chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from claims.dates import day_words
from claims.queries.claim import Change, ClaimPage
from claims.scoring import percent_words
from claims.web import paths

MOST_STEPS = 400
PLACE = "#over-time"
"""Where a step leads on the page: the chart with the form below it."""


class Step(NamedTuple):
    """A day, and the number or the word for where the claim stood at its end."""

    day: date
    standing: str


@dataclass(frozen=True)
class LookBack:
    """The form: its first and last day and the day shown, its steps, and where now and the nearest changes are."""

    first: str
    last: str
    shown: str
    steps: str
    now: str
    earlier: tuple[str, str] | None
    later: tuple[str, str] | None


def look_back(
    page: ClaimPage, later: Iterable[Change], *, today: date, day: date | None, instant: datetime | None
) -> LookBack | None:
    """The form of a page, or None where there is but one day.

    `later` is what changed after the day that the page looks back to, nothing on the page of today.
    """
    first, last = page.head.opened_on, min(today, instant.date()) if instant else today
    shown = day or last
    last = max(last, shown)
    if first >= last:
        return None
    steps = steps_of(page, later, last=last)

    def led(step: Step | None) -> tuple[str, str] | None:
        return (_path(page, step.day, today, instant), day_words(step.day)) if step else None

    return LookBack(
        first=first.isoformat(),
        last=last.isoformat(),
        shown=shown.isoformat(),
        steps=written(thinned(steps)),
        now=_path(page, last, today, instant),
        earlier=led(next((step for step in reversed(steps) if step.day < shown), None)),
        later=led(next((step for step in steps if step.day > shown), None)),
    )


def steps_of(page: ClaimPage, later: Iterable[Change], *, last: date) -> list[Step]:
    """Every day on which something changed, from that on which the claim was opened to `last`, which ends them."""
    opened = page.head.opened_on
    days = {opened, last, *page.wording.days}
    for mark in page.marks:
        days.add(mark.known_by)
        days.add(mark.last_known_by)
    for story in page.evidence.stories:
        for report in story[1:]:
            days.add(report.known_by)
    # Oldest first, and of one day the latest recorded last, so that it is the one that stands.
    standing = {one.as_of: _standing(one.status, one.probability) for one in reversed(page.assessments)}
    for change in later:
        days.add(change.day)
        if change.status:
            standing[change.day] = _standing(change.status, change.probability)
    days |= standing.keys()
    steps, now = [], ""
    for day in sorted(days):
        now = standing.get(day, now)
        if opened <= day <= last:
            steps.append(Step(day, now))
    return steps


def thinned(steps: Sequence[Step], most: int = MOST_STEPS) -> Sequence[Step]:
    """At most `most` of the steps, evenly taken; those on which the standing changed are left out last."""
    if len(steps) <= most:
        return steps
    moved = [0, *(place for place in range(1, len(steps)) if steps[place].standing != steps[place - 1].standing)]
    kept = {len(steps) - 1, *_evenly(moved, most - 1)}
    others = [place for place in range(len(steps)) if place not in kept]
    kept |= set(_evenly(others, most - len(kept)))
    return [steps[place] for place in sorted(kept)]


def written(steps: Iterable[Step]) -> str:
    """The steps for the page's script: days, each followed by the standing where that changed."""
    told, before = [], ""
    for step in steps:
        told.append(f"{step.day.isoformat()}={step.standing}" if step.standing != before else step.day.isoformat())
        before = step.standing
    return ";".join(told)


def _evenly(places: Sequence[int], most: int) -> Iterable[int]:
    if len(places) <= most:
        return places
    return (places[number * (len(places) - 1) // max(most - 1, 1)] for number in range(most))


def _standing(status: str, probability: Decimal | None) -> str:
    return percent_words(probability) if status == "open" and probability is not None else status.replace("-", " ")


def _path(page: ClaimPage, day: date, today: date, instant: datetime | None) -> str:
    """A day's page; that of today is the page as it stands now."""
    return paths.claim_path(page.head.slug, None if day == today and not instant else day, instant) + PLACE
