"""The sentence under a claim's verdict, for each kind of claim and each status."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from claims.dates import day_words, span_words
from claims.scoring import percent_words, was_already_so
from claims.wordings import Number, on_words

ANNULLED_BECAUSE = {
    "underspecified": "its wording does not say clearly enough what would settle it",
    "assumption-fell": "something it takes for granted did not hold",
    "no-path-to-one-side": "only one answer was ever possible",
    "source-gone": "the source that was to settle it is gone and nothing equal takes its place",
    "restated": "it was restated, and goes on as another claim",
}

_EDITORS = "The editors\u2019"
_UNSCORED = "It is counted, but not scored."
_A_FACT = "It is a statement of fact, not a prediction, and is not scored."
_CHANCE_OF = {
    "judgement": "this proves right",
    "fact": "this statement of fact is true",
}


def verdict_sentence(
    *,
    kind: str,
    status: str,
    today: date,
    probability: Decimal | None = None,
    judged_on: date | None = None,
    earlier: Sequence[Number] = (),
    horizon: date | None = None,
    occurred_on: date | None = None,
    annulled_because: str | None = None,
    article_from: date | None = None,
) -> str:
    """What the number under the verdict is the chance of, by when, and what it was before.

    A settled claim says instead when it was settled, how long before its date, and the editors'
    last and first number. `judged_on` is the day that the judgement in force speaks of, `earlier`
    the numbers given before it while the claim was open, oldest first (only the first and the
    last are read), `article_from` the article's earliest day, `today` the day the page is for.
    """
    if status == "open":
        if probability is None:
            return _unassessed(kind, horizon, today)
        if horizon is not None and horizon < today:
            return _past_its_date(probability, judged_on, earlier, horizon)
        return _open(kind, probability, earlier, horizon)
    if status in ("annulled", "ambiguous"):
        return _without_answer(status, judged_on, annulled_because, earlier)
    if kind == "fact":
        return f"{_fact(status)} {_A_FACT}"
    if was_already_so(occurred_on=occurred_on, article_from=article_from):
        assert occurred_on
        happened = "was ruled out" if status == "not-borne-out" else "happened"
        return (
            f"It {happened} on {day_words(occurred_on)}: it was already so when the article"
            " appeared. That is context, not a prediction come true, and is not scored."
        )
    settled = _settled(kind, status, occurred_on or judged_on, horizon)
    share = ""
    if status == "partly-borne-out" and probability is not None:
        share = f" The editors count it as {percent_words(probability)}."
    return f"{settled}.{share}{_numbers(earlier)}"


def not_scored_words(*, kind: str, status: str, occurred_on: date | None, article_from: date | None) -> str:
    """Why a claim is not scored, for lists: "fact, not scored"; empty where it is scored."""
    if kind == "fact":
        return "fact, not scored"
    if was_already_so(occurred_on=occurred_on, article_from=article_from):
        return f"{status.replace('-', ' ')} before the article"
    return f"{status}, not scored" if status in ("ambiguous", "annulled") else ""


def date_words(*, kind: str, status: str, horizon: date | None, settled_on: date | None, today: date) -> str:
    """The date column of a list: "due 31 Dec 2026", "settled 1 May 2026", "fact"."""
    if kind == "fact":
        return "fact"
    if status != "open":
        return f"settled {day_words(settled_on)}" if settled_on else "settled"
    if horizon is None:
        return "no due date"
    return f"{'was due' if horizon < today else 'due'} {day_words(horizon)}"


def _unassessed(kind: str, horizon: date | None, today: date) -> str:
    if horizon is None:
        due = "a statement of fact has no due date" if kind == "fact" else "it has no due date"
        return f"The editors have given no number yet; {due}."
    if horizon < today:
        return f"It fell due on {day_words(horizon)}, and the editors have given no number yet."
    return f"The editors have given no number yet. It falls due on {day_words(horizon)}."


def _open(kind: str, probability: Decimal, earlier: Sequence[Number], horizon: date | None) -> str:
    what = _CHANCE_OF.get(kind, "this turns out true")
    if horizon is not None:
        what += f" by {day_words(horizon)}"
    elif kind != "fact":
        what += " at some time"
    number = percent_words(probability)
    article = "an" if number.startswith("8") or number[:2] in ("11", "18") else "a"
    sees = f"see {article} {number} chance that {what}{_since(probability, earlier)}."
    if kind == "conditional":
        return f"If its condition is met, the editors {sees}"
    return f"The editors {sees}" + (" Facts are not scored." if kind == "fact" else "")


def _past_its_date(probability: Decimal, judged_on: date | None, earlier: Sequence[Number], horizon: date) -> str:
    of = f", of {day_words(judged_on)}," if judged_on else ""
    number = f"{percent_words(probability)}{_since(probability, earlier)}"
    return f"It fell due on {day_words(horizon)} and has not been judged yet. {_EDITORS} last number{of} was {number}."


def _without_answer(
    status: str, judged_on: date | None, annulled_because: str | None, earlier: Sequence[Number]
) -> str:
    if status == "annulled":
        reason = ANNULLED_BECAUSE.get(annulled_because or "")
        because = f", because {reason}" if reason else ""
        return f"Annulled{on_words(judged_on)}{because}. {_UNSCORED}"
    judged = f": the editors judged so{on_words(judged_on)}" if judged_on else ""
    return f"The world gives no clear answer{judged}. {_UNSCORED}{_numbers(earlier)}"


def _since(probability: Decimal, earlier: Sequence[Number]) -> str:
    if not earlier:
        return ""
    day, before = earlier[-1]
    if probability == before:
        return f", as on {day_words(day)}"
    way = "up" if probability > before else "down"
    return f", {way} from {percent_words(before)} on {day_words(day)}"


def _settled(kind: str, status: str, day: date | None, horizon: date | None) -> str:
    right = "proved right" if kind == "judgement" else "happened"
    if status == "not-borne-out":
        if horizon is not None and (day is None or day >= horizon):
            return f"It had not {right} when it fell due on {day_words(horizon)}"
        return f"It was ruled out{on_words(day)}{_ahead(day, horizon)}"
    if status == "partly-borne-out":
        right += " in part"
    return f"It {right}{on_words(day)}{_ahead(day, horizon)}"


def _fact(status: str) -> str:
    return {
        "borne-out": "The record bears it out.",
        "partly-borne-out": "The record bears it out in part.",
    }.get(status, "The record does not bear it out.")


def _ahead(day: date | None, horizon: date | None) -> str:
    if day is None or horizon is None:
        return ""
    if day == horizon:
        return ", the day it fell due"
    if day > horizon:
        return f", {span_words(horizon, day)} after it had fallen due"
    return f", {span_words(day, horizon)} before it would have fallen due"


def _numbers(earlier: Sequence[Number]) -> str:
    if not earlier:
        return " The editors had given no number before."
    first, last = percent_words(earlier[0][1]), percent_words(earlier[-1][1])
    if len(earlier) == 1:
        return f" {_EDITORS} only number before was {last}."
    if first == last:
        return f" {_EDITORS} last number before was {last}, like their first."
    return f" {_EDITORS} last number before was {last}; their first, {first}."
