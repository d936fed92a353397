"""One claim as its page shows it, now or as the world could know it on a day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.claim_evidence import EvidencePage, Mark, evidence_page, marks, marks_of
from claims.queries.rows import fetch

FOR_EVER = date.max
MOST_RELATED = 50


class Head(NamedTuple):
    """The claim itself, and the article that it is from; `merged` where its successor is the same claim."""

    id: UUID
    slug: str
    paragraph: int
    kind: str
    opened_on: date
    version: int
    locked_because: str
    article_id: UUID
    article_slug: str
    article_title: str
    article_from: date | None
    successor_slug: str | None
    successor_title: str | None
    predecessor_slug: str | None
    predecessor_title: str | None
    merged: bool


class Wording(NamedTuple):
    """The wording in force, since when its fine print is, and from which day on each wording is in force."""

    number: int
    title: str
    statement: str
    criteria: str
    fine_print: str
    fine_print_from: date | None
    horizon: date | None
    author_confidence: str
    signposts_json: str
    review_every_days: int
    days: list[date]

    @property
    def wordings(self) -> int:
        """How many wordings there are."""
        return len(self.days)

    @property
    def signposts(self) -> list[dict[str, str]]:
        """Things to watch, each with its text and its direction, `up` or `down`."""
        posts: list[dict[str, str]] = json.loads(self.signposts_json)
        return posts


class Judged(NamedTuple):
    """One assessment."""

    id: UUID
    as_of: date
    recorded_at: datetime
    status: str
    probability: Decimal | None
    confidence: str
    occurred_on: date | None
    annulled_because: str | None
    rationale: str


class Cited(NamedTuple):
    """One item that an assessment cites; `shown` unless it was taken off the site, `merged` if it leads to another."""

    assessment_id: UUID
    evidence_id: UUID
    number: int
    title: str
    known_by: date
    shown: bool
    merged: bool


class Related(NamedTuple):
    """Another claim, and the relation read from this one (`outward`) or from that one."""

    id: UUID
    relation: str
    outward: bool
    slug: str
    title: str
    status: str
    probability: Decimal | None


class Change(NamedTuple):
    """A day on which a claim was judged, or, without a status, on which an item came to be known."""

    day: date
    status: str | None
    probability: Decimal | None


class Named(NamedTuple):
    """A topic."""

    slug: str
    name: str


class _Slug(NamedTuple):
    slug: str


@dataclass(frozen=True)
class ClaimPage:
    """All that a claim's page tells; assessments newest first, citations by assessment, heaviest first."""

    head: Head
    wording: Wording
    assessments: Sequence[Judged]
    citations: dict[UUID, list[Cited]]
    evidence: EvidencePage
    marks: Sequence[Mark]
    items: int
    related: Sequence[Related]
    topics: Sequence[Named]

    @property
    def last(self) -> Judged | None:
        """The judgement in force."""
        return self.assessments[0] if self.assessments else None


def _merged(claim: str) -> str:
    return f"""EXISTS (SELECT FROM merge WHERE merge.subject_type = 'claim' AND merge.from_id = {claim}.id
                                            AND merge.state = 'confirmed')"""


_HEAD = f"""
SELECT claim.id, claim.slug, claim.paragraph, claim.kind, claim.opened_on, claim.version, claim.locked_because,
       article.id, article.slug, article.title, article.published_from,
       successor.slug, successor.title, predecessor.slug, predecessor.title,
       successor.id IS NOT NULL AND {_merged("claim")}
  FROM claim
  JOIN article ON article.id = claim.article_id
  LEFT JOIN claim successor ON successor.id = claim.successor_id
  LEFT JOIN claim predecessor ON predecessor.successor_id = claim.id AND NOT {_merged("predecessor")}
 WHERE claim.slug = %(slug)s
 LIMIT 1
"""

_SLUG = "SELECT slug FROM claim WHERE id = %(claim)s"

WORDING = """
SELECT number, title, statement, criteria, fine_print,
       CASE WHEN fine_print <> '' THEN (
           SELECT min(in_force_from) FROM claim_revision same
            WHERE same.claim_id = claim_revision.claim_id AND same.fine_print = claim_revision.fine_print{stored}) END,
       horizon, author_confidence, signposts, review_every_days,
       (SELECT array_agg(in_force_from) FROM claim_revision other
         WHERE other.claim_id = claim_revision.claim_id{stored})
  FROM claim_revision
 WHERE claim_id = %(claim)s AND in_force_from <= %(today)s{stored}
 ORDER BY in_force_from DESC, number DESC
 LIMIT 1
"""

ASSESSMENTS = """
SELECT id, as_of, recorded_at, status, probability, confidence, occurred_on, annulled_because, rationale
  FROM assessment
 WHERE claim_id = %(claim)s AND as_of <= %(day)s{stored}
 ORDER BY as_of DESC, recorded_at DESC, id DESC
"""

_WORDING, _ASSESSMENTS = WORDING.format(stored=""), ASSESSMENTS.format(stored="")

# Whether the item that a row of `bearing` is of leads to another one.
MERGED = """
NOT bearing.live AND EXISTS (SELECT FROM merge WHERE merge.subject_type = 'evidence'
                                AND merge.from_id = bearing.evidence_id AND merge.state = 'confirmed')
"""

_CITATIONS = f"""
SELECT citation.assessment_id, citation.evidence_id, bearing.number, evidence.title, bearing.known_by,
       bearing.live AND bearing.state = 'published', {MERGED}
  FROM citation
  JOIN bearing ON bearing.claim_id = citation.claim_id AND bearing.evidence_id = citation.evidence_id
  JOIN evidence ON evidence.id = citation.evidence_id
 WHERE citation.assessment_id = ANY(%(assessments)s)
 ORDER BY array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], bearing.weight::text) DESC,
          evidence.credibility, bearing.known_by, bearing.number
"""

_RELATED = """
SELECT other.id, claim_relation.relation, claim_relation.from_claim_id = %(claim)s, other.slug, worded.title,
       coalesce(judged.status, 'open'), judged.probability
  FROM claim_relation
  JOIN claim other ON other.id = CASE WHEN claim_relation.from_claim_id = %(claim)s
                                      THEN claim_relation.to_claim_id ELSE claim_relation.from_claim_id END
  JOIN LATERAL (SELECT title FROM claim_revision WHERE claim_id = other.id AND in_force_from <= %(worded)s
                 ORDER BY in_force_from DESC, number DESC LIMIT 1) worded ON TRUE
  LEFT JOIN LATERAL (SELECT status, probability FROM assessment
                      WHERE claim_id = other.id AND as_of <= %(day)s
                      ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) judged ON TRUE
 WHERE %(claim)s IN (claim_relation.from_claim_id, claim_relation.to_claim_id)
 ORDER BY claim_relation.id
 LIMIT %(most)s
"""

TOPICS = """
SELECT topic.slug, topic.name FROM claim_topic JOIN topic ON topic.id = claim_topic.topic_id
 WHERE claim_topic.claim_id = %(claim)s ORDER BY topic.name COLLATE "C"
"""

_LATER = """
SELECT day, status, probability FROM (
    SELECT as_of AS day, recorded_at, id, status, probability FROM assessment
     WHERE claim_id = %(claim)s AND as_of > %(after)s
     UNION ALL
    SELECT DISTINCT known_by, NULL::timestamptz, NULL::uuid, NULL, NULL::numeric FROM bearing
     WHERE claim_id = %(claim)s AND live AND state = 'published' AND known_by > %(after)s) change
 ORDER BY day, recorded_at, id
"""


def claim_head(slug: str) -> Head | None:
    """The claim under this slug, or None. One query."""
    found = fetch(Head, _HEAD, slug=slug)
    return found[0] if found else None


def claim_slug(identity: UUID) -> str:
    """The slug of a claim. One query."""
    return fetch(_Slug, _SLUG, claim=identity)[0].slug


def claim_page(
    head: Head, *, today: date, as_of: date | None, stance: str, after: tuple[date, int] | None, size: int
) -> ClaimPage:
    """The page of a claim; `as_of` looks back, `stance` and `after` choose the stories. Six or seven queries.

    The claim has been opened by `as_of`.
    """
    day = as_of or FOR_EVER
    worded = min(day, today)
    wording = fetch(Wording, _WORDING, claim=head.id, today=worded)[0]
    assessments = fetch(Judged, _ASSESSMENTS, claim=head.id, day=day)
    cited = fetch(Cited, _CITATIONS, assessments=[one.id for one in assessments]) if assessments else []
    page = evidence_page(head.id, day=day, stance=stance, after=after, size=size)
    whole = not (stance or after or page.more)
    told = marks_of(page) if whole else marks(head.id, day=day)
    return ClaimPage(
        head=until(head, assessments) if as_of else head,
        wording=wording,
        assessments=assessments,
        citations=by_assessment(cited),
        evidence=page,
        marks=told,
        items=sum(mark.reports for mark in told),
        related=fetch(Related, _RELATED, claim=head.id, day=day, worded=worded, most=MOST_RELATED),
        topics=fetch(Named, TOPICS, claim=head.id),
    )


def later_changes(claim: UUID, *, after: date) -> list[Change]:
    """What changed after a day, judgements in their order. One query."""
    return fetch(Change, _LATER, claim=claim, after=after)


def by_assessment(cited: Sequence[Cited]) -> dict[UUID, list[Cited]]:
    """The citations of each assessment, in their order."""
    citations: dict[UUID, list[Cited]] = {}
    for one in cited:
        citations.setdefault(one.assessment_id, []).append(one)
    return citations


def until(head: Head, assessments: Sequence[Judged]) -> Head:
    """Without the claim that took its place, as long as the judgements then known do not say that it was restated."""
    restated = bool(assessments) and assessments[0].annulled_because == "restated"
    return head if restated else head._replace(successor_slug=None, successor_title=None)
