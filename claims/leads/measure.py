"""How well leads are matched: published items found again by the claims as they stood before them, and other news not.

Nothing is kept. Each item is scored by terms made of what was known before its day, without the reports of its own
story; texts that touch no claim are scored by all there is. Odd and even ones are told apart, to show how far figures
move from one half to the other; both were in view when the weighting was chosen.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from claims.leads.common_words import COMMON_WORDS
from claims.leads.scoring import OF_STRINGS, Match, Terms, best_claims, plan_each_time
from claims.leads.terms_sql import HEARD, NEWEST, RARITY, SHARED, TERMS, WORDING

IN_TOP, PASSING, KEEPING = 0.85, 0.03, 0.9

_ITEMS = """
SELECT item.id, item.title, item.summary, item.known_by, item.story,
       array_agg(bearing.claim_id), array_agg(bearing.claim_id) FILTER (WHERE bearing.stance <> 'context'),
       array_agg(claim.slug ORDER BY claim.slug)
  FROM evidence item
  JOIN bearing ON bearing.evidence_id = item.id AND bearing.live AND bearing.state = 'published'
  JOIN claim ON claim.id = bearing.claim_id
 WHERE item.live
 GROUP BY item.id
 ORDER BY item.known_by, item.import_key, item.id
"""


class Item(NamedTuple):
    """A published item with the claims it bears on, those it says more of than context, and the slugs of all."""

    id: UUID
    title: str
    summary: str
    known_by: date
    story: str
    right: list[UUID]
    told: list[UUID] | None
    slugs: list[str]


@dataclass(frozen=True)
class Found:
    """An item and the claims that were found for it, best first."""

    item: Item
    matches: list[Match]

    @property
    def score(self) -> float | None:
        """The score of the best right claim among them, or None where there is none."""
        return next((match.score for match in self.matches if match.claim in self.item.right), None)

    @property
    def strictly(self) -> bool:
        """Whether a claim is among them of which the item says more than context."""
        return any(match.claim in (self.item.told or ()) for match in self.matches)


@dataclass(frozen=True)
class Figures:
    """What came of some items and some unrelated texts."""

    items: int
    found: int
    strictly: int
    threshold: float
    kept: float
    texts: int
    passed: int

    @property
    def in_top(self) -> float:
        """The part of the items that have a right claim among the best."""
        return self.found / self.items if self.items else 0.0

    @property
    def passing(self) -> float:
        """The part of the unrelated texts that reach the threshold."""
        return self.passed / self.texts if self.texts else 0.0

    @property
    def reached(self) -> bool:
        """Whether both goals are reached."""
        return self.in_top >= IN_TOP and self.passing <= PASSING


@dataclass(frozen=True)
class Measured:
    """All that was scored: the items in the order of their days, the best score of each unrelated text."""

    found: list[Found]
    unrelated: list[float]

    def figures(self, part: slice = slice(None), *, threshold: float | None = None) -> Figures:
        """The figures of a part, at a threshold or at that which keeps nine of ten of its right claims."""
        found, unrelated = self.found[part], self.unrelated[part]
        right = sorted((one.score for one in found if one.score is not None), reverse=True)
        if threshold is None:
            threshold = right[math.ceil(KEEPING * len(right)) - 1] if right else 0.0
        return Figures(
            items=len(found),
            found=len(right),
            strictly=sum(one.strictly for one in found),
            threshold=threshold,
            kept=sum(score >= threshold for score in right) / len(right) if right else 0.0,
            texts=len(unrelated),
            passed=sum(score >= threshold for score in unrelated),
        )

    def missed(self) -> Counter[str]:
        """The slugs of the claims of items without a right claim among the best, with how many such items."""
        return Counter(slug for one in self.found if one.score is None for slug in one.item.slugs)


def measure(unrelated: Sequence[str], *, progress: Callable[[int, int], None] = lambda done, many: None) -> Measured:
    """Scores every published item and every unrelated text. One SQL query for each item, and three."""
    with transaction.atomic():
        return _measure(unrelated, progress)


def _measure(unrelated: Sequence[str], progress: Callable[[int, int], None]) -> Measured:
    plan_each_time()
    items = _items()
    found = []
    for done, item in enumerate(items):
        found.append(Found(item, _scored([f"{item.title}\n{item.summary}"], _before(item.known_by, item.story))))
        progress(done + 1, len(items))
    best = {match.text: match.score for match in reversed(_scored(unrelated, _before(date.max, "")))}
    return Measured(found, [best.get(str(place), 0.0) for place in range(1, len(unrelated) + 1)])


def _items() -> list[Item]:
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS)
        return [Item._make(row) for row in cursor.fetchall()]


def _before(day: date, story: str) -> Terms:
    given = {"today": day, "before": day, "stories": [story] if story else [], "common": COMMON_WORDS}
    return Terms([part.strip() for part in (NEWEST, WORDING, HEARD, RARITY, SHARED, TERMS)], given)


def _scored(texts: Sequence[str], terms: Terms) -> list[Match]:
    return best_claims(OF_STRINGS, {"texts": list(texts)}, terms=terms, threshold=0.0)
