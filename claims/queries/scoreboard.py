"""What came of an article's claims, counted: now, or as the world could know it on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.queries.claim_rows import claims_on
from claims.queries.rows import fetch
from claims.scoring import Outlook, outlook_range

SCORED = ("borne-out", "partly-borne-out", "not-borne-out", "open")
_EVEN_LOW, _EVEN_HIGH = outlook_range(Outlook.ROUGHLY_EVEN)

_TALLY = f"""
SELECT claim.article_id,
       CASE WHEN claim.kind = 'fact' THEN 'fact'
            WHEN claim.status IN ('ambiguous', 'annulled') THEN claim.status
            WHEN NOT claim.scored THEN 'already-so'
            ELSE claim.status END AS counted_as,
       CASE WHEN claim.status <> 'open' OR claim.probability IS NULL THEN ''
            WHEN claim.probability > {_EVEN_HIGH} THEN 'above'
            WHEN claim.probability > {_EVEN_LOW} THEN 'near'
            ELSE 'below' END AS chances,
       count(*)
  FROM {{claims}}
 WHERE claim.article_id = ANY(%(articles)s)
 GROUP BY claim.article_id, counted_as, chances
"""


class _Tallied(NamedTuple):
    article_id: UUID
    counted_as: str
    chances: str
    claims: int


@dataclass(frozen=True)
class Scoreboard:
    """Numbers of claims: the scored ones by status, those without a score by why, the open ones by their chances.

    `unscored` goes by `fact`, `already-so`, `ambiguous` and `annulled`, `chances` by `above`, `near` and `below` even
    and by nothing where an open claim was never assessed.
    """

    scored: Mapping[str, int]
    unscored: Mapping[str, int]
    chances: Mapping[str, int]

    @property
    def scored_count(self) -> int:
        return sum(self.scored.values())

    @property
    def count(self) -> int:
        return self.scored_count + sum(self.unscored.values())


NOTHING = Scoreboard({}, {}, {})


def scoreboards(articles: Sequence[UUID], *, day: date | None = None) -> dict[UUID, Scoreboard]:
    """The scoreboard of each of these articles that has a claim. One query."""
    found: dict[UUID, tuple[dict[str, int], dict[str, int], dict[str, int]]] = {}
    for row in fetch(_Tallied, _TALLY.format(claims=claims_on(day)), articles=list(articles), day=day):
        scored, unscored, chances = found.setdefault(row.article_id, ({}, {}, {}))
        tally = scored if row.counted_as in SCORED else unscored
        tally[row.counted_as] = tally.get(row.counted_as, 0) + row.claims
        if row.counted_as == "open":
            chances[row.chances] = chances.get(row.chances, 0) + row.claims
    return {article: Scoreboard(*tallies) for article, tallies in found.items()}
