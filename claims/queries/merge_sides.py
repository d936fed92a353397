"""Two things laid side by side before they are merged: what each says, and what merging them does."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

MOST_COUNTED = 1000


class ItemSide(NamedTuple):
    """An item; each number is at most MOST_COUNTED + 1."""

    id: UUID
    title: str
    state: str
    address: str
    source: str | None
    source_slug: str | None
    reliability: str | None
    credibility: int | None
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    type: str
    summary: str
    quotation: str
    bears_on: int
    cited_by: int


class SourceSide(NamedTuple):
    """A source; `items` is at most MOST_COUNTED + 1."""

    id: UUID
    slug: str
    name: str
    kind: str
    country: str
    reliability: str | None
    domains: list[str]
    items: int


class ClaimSide(NamedTuple):
    """A claim as it is worded today."""

    id: UUID
    slug: str
    title: str
    statement: str
    criteria: str
    kind: str
    article_slug: str
    article: str
    paragraph: int
    opened_on: date
    due_sort: date
    status: str
    probability: Decimal | None
    locked_because: str
    items: int


class Effects(NamedTuple):
    """What merging would do to bearings: given on, waiting on the other from then on, left as the other says it."""

    given: int
    waiting: int
    kept: int


_ITEMS = f"""
SELECT evidence.id, evidence.title, evidence.state, evidence.address, source.name, source.slug, source.reliability,
       evidence.credibility, evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       evidence.type, evidence.summary, evidence.quotation,
       (SELECT count(*) FROM (SELECT FROM bearing WHERE bearing.evidence_id = evidence.id
                                 AND bearing.state = 'published' LIMIT {MOST_COUNTED + 1}) one),
       (SELECT count(*) FROM (SELECT FROM citation WHERE citation.evidence_id = evidence.id
                               LIMIT {MOST_COUNTED + 1}) one)
  FROM evidence LEFT JOIN source ON source.id = evidence.source_id
 WHERE evidence.id = ANY(%(ids)s)
"""

_SOURCES = f"""
SELECT id, slug, name, kind, country, reliability,
       ARRAY(SELECT domain::text FROM source_domain WHERE source_id = source.id ORDER BY domain),
       (SELECT count(*) FROM (SELECT FROM evidence WHERE evidence.source_id = source.id AND evidence.live
                               LIMIT {MOST_COUNTED + 1}) one)
  FROM source
 WHERE id = ANY(%(ids)s)
"""

_CLAIMS = """
SELECT claim.id, claim.slug, claim.title, claim.statement,
       (SELECT criteria FROM claim_revision WHERE claim_id = claim.id ORDER BY number DESC LIMIT 1),
       claim.kind, article.slug, article.title, claim.paragraph, claim.opened_on, claim.due_sort, claim.status,
       claim.probability, claim.locked_because, claim.items
  FROM claim JOIN article ON article.id = claim.article_id
 WHERE claim.id = ANY(%(ids)s)
"""

_EFFECTS_OF_ITEMS = """
SELECT count(*) FILTER (WHERE state = 'published' AND NOT there),
       count(*) FILTER (WHERE state = 'pending' AND NOT there),
       count(*) FILTER (WHERE there)
  FROM (SELECT bearing.state, EXISTS (SELECT FROM bearing other WHERE other.claim_id = bearing.claim_id
                                         AND other.evidence_id = %(into)s) AS there
          FROM bearing WHERE bearing.evidence_id = %(duplicate)s AND bearing.state IN ('published', 'pending')) told
"""

_EFFECTS_OF_CLAIMS = """
SELECT count(*) FILTER (WHERE NOT there), 0, count(*) FILTER (WHERE there)
  FROM (SELECT EXISTS (SELECT FROM bearing other WHERE other.claim_id = %(into)s
                          AND other.evidence_id = bearing.evidence_id) AS there
          FROM bearing WHERE bearing.claim_id = %(duplicate)s AND bearing.state = 'published' AND bearing.live) told
"""


def items(ids: list[UUID]) -> dict[UUID, ItemSide]:
    """These items by id. One query."""
    return {row.id: row for row in fetch(ItemSide, _ITEMS, ids=ids)}


def sources(ids: list[UUID]) -> dict[UUID, SourceSide]:
    """These sources by id. One query."""
    return {row.id: row for row in fetch(SourceSide, _SOURCES, ids=ids)}


def claims(ids: list[UUID]) -> dict[UUID, ClaimSide]:
    """These claims by id. One query."""
    return {row.id: row for row in fetch(ClaimSide, _CLAIMS, ids=ids)}


def effects(kind: str, duplicate: UUID, into: UUID) -> Effects:
    """What merging two items, or two claims, would do to bearings. One query."""
    sql = _EFFECTS_OF_CLAIMS if kind == "claim" else _EFFECTS_OF_ITEMS
    return fetch(Effects, sql, duplicate=duplicate, into=into)[0]
