"""Notices, short phrases and list lines in which pages, cards and feeds say how a claim stands."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from claims.dates import day_words
from claims.scoring import Balance, outlook, percent_words, points

Number = tuple[date, Decimal]
"""A probability and the day it speaks of."""

RELATION_WORDS = {
    "is-a-necessary-part-of": ("is a necessary part of", "needs"),
    "contributes-to": ("contributes to", "is furthered by"),
    "is-conditional-on": ("is conditional on", "is a condition of"),
    "competes-with": ("competes with", "competes with"),
    "is-an-indicator-of": ("is a sign of", "would show in"),
}
"""What stands before the other claim's title: on the page of the first claim, of the second."""


def on_words(day: date | None) -> str:
    """The words " on 27 Aug 2025", to be put behind a verb; empty without a day."""
    return f" on {day_words(day)}" if day else ""


def not_yet_opened(*, opened_on: date, day: date) -> str:
    """What a look-back says to a day before the claim was opened."""
    return f"Not yet opened on {day_words(day)}: this claim was opened on {day_words(opened_on)}."


def overdue_notice(*, assessed_on: date, review_due_on: date, today: date) -> str:
    """The notice over an old number; empty while its review is not overdue."""
    if today <= review_due_on:
        return ""
    return (
        f"Not reviewed for {_counted((today - assessed_on).days, 'day')}. The next review was due"
        f" on {day_words(review_due_on)}: read the number as of its own date."
    )


def reopened_notice(*, status: str, judged_on: date, reopened_on: date) -> str:
    """Says of an open claim that it was settled before."""
    return (
        f"Judged {status.replace('-', ' ')} on {day_words(judged_on)} and opened again on {day_words(reopened_on)}."
        " Both judgements stand below."
    )


def fine_print_notice(*, judged_on: date, fine_print_from: date | None) -> str:
    """Says that a verdict is older than the fine print; empty where it is not."""
    if fine_print_from is None or fine_print_from <= judged_on:
        return ""
    return (
        f"The fine print is of {day_words(fine_print_from)}."
        f" This verdict is of {day_words(judged_on)} and was made without it."
    )


def quiet_words(*, last_known_by: date | None, today: date) -> str:
    """How long no evidence has come: "nothing new for 45 days"; empty where it came today."""
    if last_known_by is None:
        return "no evidence yet"
    days = (today - last_known_by).days
    return f"nothing new for {_counted(days, 'day')}" if days > 0 else ""


def change_words(*, before: Decimal, now: Decimal, since: date) -> str:
    """The change beside a number: "up 5 points since 17 Jun 2026"."""
    change = points(now - before)
    if not change:
        return f"unchanged since {day_words(since)}"
    way = "up" if change > 0 else "down"
    return f"{way} {_counted(abs(change), 'point')} since {day_words(since)}"


def signed_points(change: Decimal) -> str:
    """A change in a column: "+10", "0", and below that with a true minus sign."""
    moved = points(change)
    return f"+{moved}" if moved > 0 else f"\u2212{abs(moved)}" if moved else "0"


def move_words(before: Decimal, now: Decimal) -> str:
    """From one number to the next: "24 to 6 %"."""
    return f"{points(before)} to {percent_words(now)}"


def assessed_line(*, status: str, probability: Decimal | None, before: Decimal | None) -> str:
    """An assessment in a list of changes: "24 to 6 %, very unlikely", "reviewed, still 80 %"."""
    if status != "open" or probability is None:
        return status.replace("-", " ")
    if before == probability:
        return f"reviewed, still {percent_words(probability)}"
    moved = f"first assessed, {percent_words(probability)}" if before is None else move_words(before, probability)
    return f"{moved}, {outlook(probability).words}"


def evidence_line(*, source: str, claims: int) -> str:
    """New evidence in a list of changes: "new evidence, Reuters, bears on 9 claims"."""
    bears = f"bears on {_counted(claims, 'claim')}" if claims else "bears on no claim yet"
    return f"new evidence, {source}, {bears}"


def weighing_words(*, items: int, balance: Balance) -> str:
    """The count above the evidence: "35 items, 27 independent stories: 8 support it, ..."."""
    if not items:
        return "No evidence yet."
    stories = "story" if balance.stories == 1 else "stories"
    parts = [
        f"{balance.supports:,} {'supports' if balance.supports == 1 else 'support'} it",
        f"{balance.contradicts:,} {'contradicts' if balance.contradicts == 1 else 'contradict'} it",
    ]
    for number, word in ((balance.mixed, "mixed"), (balance.context, "context")):
        if number:
            parts.append(f"{number:,} {'is' if number == 1 else 'are'} {word}")
    told = f"{_counted(items, 'item')}, {balance.stories:,} independent {stories}"
    return f"{told}: {', '.join(parts)}."


def scale_words(*, probability: Decimal, before: Decimal | None) -> str:
    """The scale for a screen reader: "6 per cent on a scale from 0 to 100: very unlikely"."""
    was = f"; {_spoken(before)} before" if before is not None and before != probability else ""
    return f"{_spoken(probability)} on a scale from 0 to 100: {outlook(probability).words}{was}"


def chart_words(
    *,
    numbers: Sequence[Number],
    supports: int,
    contradicts: int,
    status: str = "open",
    settled_on: date | None = None,
) -> str:
    """The chart for a screen reader: first, lowest, highest and last number, outcome, stories."""
    if not numbers:
        told = "No assessment yet."
    elif len(numbers) == 1:
        told = f"Probability in 1 assessment: {_at(numbers[0])}."
    else:
        low = min(numbers, key=lambda number: number[1])
        high = max(numbers, key=lambda number: number[1])
        told = (
            f"Probability in {len(numbers):,} assessments: {_at(numbers[0])}, lowest {_at(low)},"
            f" highest {_at(high)}, last {_at(numbers[-1])}."
        )
    if status != "open":
        told += f" Then {status.replace('-', ' ')}{on_words(settled_on)}."
    stories = "1 story that supports" if supports == 1 else f"{supports:,} stories that support"
    against = "1 that contradicts" if contradicts == 1 else f"{contradicts:,} that contradict"
    return f"{told} Below it {stories} the claim and {against} it."


def _at(number: Number) -> str:
    return f"{_spoken(number[1])} on {day_words(number[0])}"


def _spoken(probability: Decimal) -> str:
    return f"{points(probability)} per cent"


def _counted(number: int | Decimal, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"
