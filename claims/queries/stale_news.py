"""Evidence that a claim's standing judgement did not weigh, and the signposts that it seems to meet."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch
from claims.stale import Item, NewEvidence, SignpostMet

SHOWN = 10
"""So many new items of a claim are looked at and named, the newest."""
ENOUGH_WORDS = 3
ENOUGH_SHARE = 0.6
"""A signpost seems to be met where an item has at least so many of its words, and so great a part of them."""

# Known after the day that the judgement speaks of, and by today: what is not known yet cannot be weighed.
KNOWN_AFTER = """
SELECT bearing.* FROM bearing
 WHERE bearing.claim_id = claim.id AND bearing.live AND bearing.state = 'published'
   AND bearing.known_by > claim.assessed_sort AND bearing.known_by <= %(today)s
"""
# Published, or graded otherwise, after the judgement was recorded; or back from a merge, if it was away then. Acts on
# one claim take turns under its lock, and each takes its id within: among them ids are in the order of the acts.
TOLD_AFTER = """
SELECT bearing.* FROM assessment judged
  JOIN event_claim told ON told.claim_id = claim.id AND told.event_id > judged.event_id
  JOIN event ON event.id = told.event_id
   AND (event.verb IN ('evidence-logged', 'evidence-approved', 'bearing-set', 'bearing-changed', 'bearing-approved')
        OR event.verb = 'unmerged' AND 'merged' = (
            SELECT verb FROM event before
             WHERE before.subject_type = event.subject_type AND before.subject_id = event.subject_id
               AND before.id < judged.event_id AND before.verb IN ('merged', 'unmerged')
             ORDER BY before.id DESC LIMIT 1))
  JOIN bearing ON bearing.claim_id = claim.id AND bearing.live AND bearing.state = 'published'
   AND event.subject_id = CASE event.subject_type WHEN 'bearing' THEN bearing.id ELSE bearing.evidence_id END
 WHERE judged.id = claim.assessment_id AND bearing.known_by <= %(today)s
"""
_NEWS = f"""
SELECT claim.id, claim.assessed_sort, news.number, evidence.id, evidence.title, news.known_by
  FROM claim
 CROSS JOIN LATERAL (
       SELECT * FROM (({KNOWN_AFTER} ORDER BY bearing.known_by DESC, bearing.id DESC LIMIT %(most)s)
                      UNION ({TOLD_AFTER} ORDER BY told.event_id DESC LIMIT %(most)s)) found
        ORDER BY known_by DESC, id DESC LIMIT %(most)s) news
  JOIN evidence ON evidence.id = news.evidence_id
 WHERE claim.id = ANY(%(claims)s) AND claim.status = 'open'
 ORDER BY claim.id, news.known_by DESC, news.id DESC
"""

# Each word of a signpost once, as the search knows it; "is" and the like are none.
_MET = """
WITH word AS MATERIALIZED (
    SELECT DISTINCT ON (claim, post.place, lexeme)
           claim, post.place, post.told->>'text' AS text, post.told->>'direction' AS direction,
           said, written.place AS at, lexeme, plainto_tsquery('simple', lexeme) AS query
      FROM unnest(%(claims)s::uuid[]) claim
     CROSS JOIN LATERAL (SELECT signposts FROM claim_revision
                          WHERE claim_id = claim AND in_force_from <= %(today)s
                          ORDER BY in_force_from DESC, number DESC LIMIT 1) revision
     CROSS JOIN LATERAL jsonb_array_elements(revision.signposts) WITH ORDINALITY post (told, place)
     CROSS JOIN LATERAL regexp_split_to_table(post.told->>'text', '[^[:alnum:]]+') WITH ORDINALITY written (said, place)
     CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('english', said))) lexeme
),
post AS (SELECT claim, place, count(*) AS words FROM word GROUP BY claim, place)
SELECT word.claim, evidence.id, word.text, word.direction, array_agg(word.said ORDER BY word.at), post.words
  FROM unnest(%(of)s::uuid[], %(items)s::uuid[]) AS news (claim, evidence)
  JOIN evidence ON evidence.id = news.evidence
  JOIN word ON word.claim = news.claim AND evidence.search @@ word.query
  JOIN post ON post.claim = word.claim AND post.place = word.place
 GROUP BY word.claim, evidence.id, word.place, word.text, word.direction, post.words
HAVING count(*) >= least(post.words, %(enough)s) AND post.words > 1 AND count(*) >= %(share)s * post.words
 ORDER BY word.claim, word.place, count(*) DESC, evidence.id
"""


class _News(NamedTuple):
    claim: UUID
    judged: date
    number: int
    evidence: UUID
    title: str
    known_by: date

    @property
    def item(self) -> Item:
        return Item(self.number, self.evidence, self.title, self.known_by)


class _Met(NamedTuple):
    claim: UUID
    evidence: UUID
    text: str
    direction: str
    words: list[str]
    of: int


News = tuple[NewEvidence, tuple[SignpostMet, ...]]


def news_of(claims: Collection[UUID], *, today: date) -> Mapping[UUID, News]:
    """What the judgements of these open claims did not weigh, and the signposts it seems to meet. Two SQL queries.

    New is what became known after the day that the judgement speaks of, and what was published or graded otherwise
    after it was recorded, though it be dated earlier. Of a claim ten items are looked at.
    """
    rows = fetch(_News, _NEWS, claims=list(claims), today=today, most=SHOWN + 1)
    found: dict[UUID, list[_News]] = {}
    for row in rows:
        found.setdefault(row.claim, []).append(row)
    met = _met([row for news in found.values() for row in news[:SHOWN]], today=today)
    return {claim: (_new(news), met.get(claim, ())) for claim, news in found.items()}


def _new(news: list[_News]) -> NewEvidence:
    judged = news[0].judged
    items = tuple(row.item for row in news[:SHOWN])
    return NewEvidence(items, len(news) > SHOWN, None if judged == date.min else judged)


def _met(news: list[_News], *, today: date) -> dict[UUID, tuple[SignpostMet, ...]]:
    """Of each signpost the item that has most of its words."""
    if not news:
        return {}
    rows = fetch(
        _Met,
        _MET,
        claims=list({row.claim for row in news}),
        of=[row.claim for row in news],
        items=[row.evidence for row in news],
        today=today,
        enough=ENOUGH_WORDS,
        share=ENOUGH_SHARE,
    )
    items = {(row.claim, row.evidence): row.item for row in news}
    best: dict[tuple[UUID, str], SignpostMet] = {}
    for row in rows:
        reason = SignpostMet(row.text, row.direction == "up", items[row.claim, row.evidence], tuple(row.words), row.of)
        best.setdefault((row.claim, row.text), reason)
    found: dict[UUID, tuple[SignpostMet, ...]] = {}
    for (claim, _), reason in best.items():
        found[claim] = (*found.get(claim, ()), reason)
    return found
