"""Probability words, points of change, and the balance of evidence counted by story."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

WEIGHT_ORDER = {"slight": 1, "moderate": 2, "strong": 3, "decisive": 4}
"""Weights by rank, the lightest first; the rank is the number of dots on a page."""

LIKELIHOOD_RATIO = {
    "slight": Decimal("1.25"),
    "moderate": Decimal(2),
    "strong": Decimal(5),
    "decisive": Decimal(20),
}
"""How many times likelier an item of this weight is if the claim it supports is true."""

STANCES = ("supports", "contradicts", "mixed", "context")

NO_BREAK_SPACE = "\u00a0"


class Outlook(StrEnum):
    """What a probability is called: the seven terms of Intelligence Community Directive 203."""

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly-even"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"

    @property
    def words(self) -> str:
        """As it stands on a page, in small letters: "very unlikely"."""
        return self.value.replace("-", " ")


_BOUNDS = tuple(Decimal(bound) for bound in ("0.05", "0.20", "0.45", "0.55", "0.80", "0.95"))


def outlook(probability: Decimal) -> Outlook:
    """The term for a probability from 0 to 1; a bound belongs to the term below it.

    Raises ValueError out of that range.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"A probability lies between 0 and 1; this is {probability}.")
    return tuple(Outlook)[sum(probability > bound for bound in _BOUNDS)]


def outlook_range(term: Outlook) -> tuple[Decimal | None, Decimal | None]:
    """The probabilities that a term stands for: above the first, up to and with the second.

    None where the range is open at that end.
    """
    place = tuple(Outlook).index(term)
    bounds = (None, *_BOUNDS, None)
    return bounds[place], bounds[place + 1]


def points(share: Decimal) -> Decimal:
    """A probability or a change of one in hundredths, rounded to one decimal, halves away from 0.

    Whole numbers come without a decimal: 0.06 gives 6, 0.125 gives 12.5, -0.180 gives -18.
    """
    tenths = (share * 1000).quantize(Decimal(1), ROUND_HALF_UP)
    return tenths / 10 if tenths % 10 else Decimal(int(tenths) // 10)


def percent_words(probability: Decimal) -> str:
    """A probability as it stands on a page, "6 %", the space one that does not break."""
    return f"{points(probability)}{NO_BREAK_SPACE}%"


def was_already_so(*, occurred_on: date | None, article_from: date | None) -> bool:
    """Whether a claim was settled before its article's earliest day."""
    return occurred_on is not None and article_from is not None and occurred_on < article_from


def is_scored(*, kind: str, status: str, occurred_on: date | None, article_from: date | None) -> bool:
    """Whether a claim counts in the scoreboard: an open one does, as what it may yet become.

    Facts, claims that were already so when the article appeared, and those without a clear
    answer do not.
    """
    if kind == "fact" or status in ("ambiguous", "annulled"):
        return False
    return not was_already_so(occurred_on=occurred_on, article_from=article_from)


def effect(stance: str, weight: str) -> Decimal:
    """By what an item multiplies the odds of a claim: the ratio, its inverse, or 1."""
    ratio = LIKELIHOOD_RATIO[weight]
    return {"supports": ratio, "contradicts": 1 / ratio}.get(stance, Decimal(1))


@dataclass(frozen=True, slots=True)
class Report:
    """One item of evidence as it bears on one claim; `story` is None where it stands alone."""

    number: int
    story: Hashable | None
    stance: str
    weight: str
    credibility: int
    known_by: date


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of the same event: the one that stands for all, and the others by number."""

    head: Report
    others: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How many stories take each stance."""

    supports: int
    contradicts: int
    mixed: int
    context: int

    @property
    def stories(self) -> int:
        return self.supports + self.contradicts + self.mixed + self.context


def heaviest_first_key(*, weight: str, credibility: int, known_by: date, number: int) -> tuple[int, int, int, int]:
    """Sorts the reports of one story, the one that stands for it first.

    The heaviest; of these the most credible (1 is best); of these the one known earliest, so that a
    later report as good moves neither the story nor its day; of these the one numbered first.
    In SQL: claims.models.folding.HEAVIEST_FIRST.
    """
    return -WEIGHT_ORDER[weight], credibility, known_by.toordinal(), number


def fold(reports: Iterable[Report]) -> list[Story]:
    """The stories that the reports of one claim tell, each once, newest first."""
    told: dict[Hashable, list[Report]] = {}
    for report in reports:
        alone = report.story is None
        told.setdefault((alone, report.number if alone else report.story), []).append(report)
    stories = []
    for group in told.values():
        head = min(group, key=_heaviest_first)
        others = sorted((r for r in group if r is not head), key=lambda r: r.number)
        stories.append(Story(head, tuple(others)))
    return sorted(stories, key=lambda s: (-s.head.known_by.toordinal(), s.head.number))


def balance(stories: Iterable[Story]) -> Balance:
    """How many stories take each stance, a story by the report that stands for it."""
    counts = dict.fromkeys(STANCES, 0)
    for story in stories:
        counts[story.head.stance] += 1
    return Balance(**counts)


def _heaviest_first(report: Report) -> tuple[int, int, int, int]:
    return heaviest_first_key(
        weight=report.weight,
        credibility=report.credibility,
        known_by=report.known_by,
        number=report.number,
    )
