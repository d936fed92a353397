"""Which claims a text seems to touch: the one place that scores, behind `best_claims`.

A text's score for a claim is the sum over their common lexemes of rarity times the claim's weight, divided by the
text's own size, the root of the sum of its squared rarities: what the text is made of, as far as the claim explains it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

BEST = 3
THRESHOLD = 0.141  # keeps nine of ten right claims among the best; docs/matching.md, `manage.py bench_matching`
MOST_WORDS = 8

OF_LEADS = "text AS (SELECT id::text AS id, search AS words FROM lead WHERE id = ANY(%(leads)s::uuid[]))"

OF_STRINGS = """
text AS (
    SELECT place::text AS id, to_tsvector('english', told) AS words
      FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given (told, place))
"""

_SCORES = """
said AS (
    SELECT text.id, word.lexeme, coalesce(rarity, unseen) AS rarity
      FROM text CROSS JOIN LATERAL unnest(text.words) word
     CROSS JOIN terms_state
      LEFT JOIN word_rarity ON word_rarity.lexeme = word.lexeme),
size AS (SELECT id, sqrt(sum(rarity * rarity)) AS size FROM said GROUP BY id HAVING sum(rarity) > 0),
scored AS (
    SELECT said.id, claim_id, sum(rarity * weight) / size AS score
      FROM said JOIN size USING (id) JOIN claim_term USING (lexeme)
     GROUP BY said.id, claim_id, size
    HAVING sum(rarity * own) > 0),
best AS (
    SELECT id, claim_id, score, row_number() OVER (PARTITION BY id ORDER BY score DESC, claim_id) AS place
      FROM scored WHERE score >= %(threshold)s)
SELECT best.id, best.claim_id, best.score, why.lexemes, why.shares
  FROM best
 CROSS JOIN LATERAL (
       SELECT array_agg(lexeme ORDER BY told DESC, lexeme) AS lexemes, array_agg(told ORDER BY told DESC, lexeme)
              AS shares
         FROM (SELECT word.lexeme,
                      coalesce(rarity, unseen) * weight / sum(coalesce(rarity, unseen) * weight) OVER () AS told
                 FROM text CROSS JOIN LATERAL unnest(text.words) word
                CROSS JOIN terms_state
                 JOIN claim_term term ON term.claim_id = best.claim_id AND term.lexeme = word.lexeme
                 LEFT JOIN word_rarity ON word_rarity.lexeme = word.lexeme
                WHERE text.id = best.id
                ORDER BY told DESC, word.lexeme LIMIT %(words)s) told
        WHERE told > 0) why
 WHERE place <= %(best)s
 ORDER BY best.id, place
"""


class Match(NamedTuple):
    """A claim that a text seems to touch, and the lexemes that told, each with its share of the score."""

    text: str
    claim: UUID
    score: float
    words: list[tuple[str, float]]


@dataclass(frozen=True)
class Terms:
    """The terms to score by, where they are not those that are kept: expressions named as those tables are."""

    expressions: Sequence[str] = ()
    given: dict[str, Any] = field(default_factory=dict)


KEPT = Terms()


def best_claims(text: str, given: dict[str, Any], *, terms: Terms = KEPT, threshold: float = THRESHOLD) -> list[Match]:
    """The best claims of each text, at most three, best first. One SQL query.

    `text` is OF_LEADS with {"leads": ids} or OF_STRINGS with {"texts": strings}, which are numbered from 1.
    """
    statement = "WITH " + ", ".join([*terms.expressions, text, _SCORES.strip()])
    with connection.cursor() as cursor:
        cursor.execute(statement, {**terms.given, **given, "threshold": threshold, "best": BEST, "words": MOST_WORDS})
        return [
            Match(name, claim, score, list(zip(lexemes or (), shares or (), strict=True)))
            for name, claim, score, lexemes, shares in cursor.fetchall()
        ]


def plan_each_time() -> None:
    """For the rest of the transaction statements are planned for what they are given.

    The plan that PostgreSQL makes for a statement it has run ten times, without looking at that, took forty times as
    long.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")


def claims_of_leads(leads: Iterable[str]) -> list[Match]:
    """The best claims of each lead, given by its id, by the terms that are kept. One SQL query."""
    return best_claims(OF_LEADS, {"leads": list(leads)})


def claims_of_texts(texts: Sequence[str]) -> list[Match]:
    """The best claims of each text by the terms that are kept; texts are numbered from 1. One SQL query."""
    return best_claims(OF_STRINGS, {"texts": list(texts)})
