"""A chart in sentences: what is read out in its place, and the lines printed below it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from claims.dates import day_words
from claims.web.pictures.plan import Plan, plan
from claims.web.pictures.text import spoken
from claims.web.pictures.types import OPEN, Judged, Mark, status_words

# Each after "1 story that" and after "2 stories that".
_STANCES = (
    ("supports", "supports the claim", "support the claim"),
    ("contradicts", "contradicts it", "contradict it"),
    ("mixed", "is mixed", "are mixed"),
    ("context", "is context", "are context"),
)
_ALWAYS_COUNTED = ("supports", "contradicts")


def chart_words(
    assessments: Iterable[Judged],
    marks: Iterable[Mark],
    *,
    opened_on: date,
    today: date,
    horizon: date | None,
    occurred_on: date | None,
    status: str,
) -> str:
    """What the chart of these shows, in sentences; empty when it shows nothing."""
    planned = plan(
        assessments,
        marks,
        opened_on=opened_on,
        today=today,
        horizon=horizon,
        occurred_on=occurred_on,
        status=status,
    )
    return words_of(planned) if planned else ""


def words_of(planned: Plan) -> str:
    """What a planned chart shows, in sentences: the forecasts, the outcome, the evidence."""
    sentences = [_forecasts(planned), _outcome(planned), _evidence(planned)]
    return " ".join(filter(None, sentences))


def caption_of(planned: Plan) -> str:
    """How to read a planned chart."""
    sentences = []
    if planned.runs:
        stale = planned.today and planned.runs[-1].ends < planned.today
        dots = ", dots a time without one" if stale else ""
        sentences.append(f"Steps are the editors\u2019 assessments{dots}.")
    below = " below" if planned.runs else ""
    if planned.tally:
        unit, most = planned.tally.unit, planned.tally.most
        scale = f", on one side at most {most:,} in a {unit}" if most else ""
        sentences.append(
            f"Bars{below} count independent stories by {unit}{scale}; on the line, mixed ones and context."
        )
    elif planned.marks:
        sentences.append(f"Each mark{below} is one independent story; larger marks weigh more{_on_the_line(planned)}.")
    if planned.period.earlier:
        sentences.append(_earlier(planned.stories[: planned.period.earlier]))
    return " ".join(sentences)


def _forecasts(planned: Plan) -> str:
    steps = [step for run in planned.runs for step in run.steps]
    if not steps:
        return "Not assessed yet." if planned.status == OPEN else ""
    chances = [(step.probability or Decimal(0), step.as_of) for step in steps]
    told = [_told(*chances[0])]
    if len(chances) > 2:
        told.append(f"lowest {_told(*min(chances, key=_chance))}")
        told.append(f"highest {_told(*max(chances, key=_chance))}")
    if len(chances) > 1:
        told.append(f"last {_told(*chances[-1])}")
    some = "1 assessment" if len(steps) == 1 else f"{len(steps)} assessments"
    return f"Probability in {some}: {', '.join(told)}."


def _outcome(planned: Plan) -> str:
    undone = "".join(
        f"Judged {status_words(one.status)} on {day_words(one.as_of)} and reopened. " for one in planned.undone
    )
    if not planned.ended_on:
        return undone.strip()
    words = f"{status_words(planned.status)} on {day_words(planned.ended_on)}."
    return undone + (f"Then {words}" if planned.runs else words[0].upper() + words[1:])


def _evidence(planned: Plan) -> str:
    if not planned.stories:
        return "No evidence yet."
    told: list[str] = []
    for stance, one, many in _STANCES:
        count = sum(story.stance == stance for story in planned.stories)
        if count or stance in _ALWAYS_COUNTED:
            noun = "" if told else (" story" if count == 1 else " stories")
            told.append(f"{count:,}{noun} that {one if count == 1 else many}")
    stories = f"{', '.join(told[:-1])} and {told[-1]}"
    return f"{'Below it ' if planned.runs else ''}{stories}."


def _on_the_line(planned: Plan) -> str:
    present = {mark.stance for mark in planned.marks}
    shapes = (("context", "rings are context"), ("mixed", "diamonds are mixed"))
    told = [words for stance, words in shapes if stance in present]
    return f"; on the line, {' and '.join(told)}" if told else ""


def _earlier(stories: tuple[Mark, ...]) -> str:
    first, last = stories[0].day, stories[-1].day
    if len(stories) == 1:
        return f"1 earlier story, of {day_words(first)}, lies further back."
    since = f"of {day_words(first)}"
    if first != last:
        since = f"from {day_words(first)} to {day_words(last)}"
    return f"{len(stories):,} earlier stories, {since}, lie further back."


def _told(probability: Decimal, day: date) -> str:
    return f"{spoken(probability)} on {day_words(day)}"


def _chance(pair: tuple[Decimal, date]) -> Decimal:
    return pair[0]
