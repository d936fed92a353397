"""Sources: the list, and one source with its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch
from claims.queries.search_words import escaped

MOST_COUNTED = 1000  # a source with more items is said to have more than these
CLAIMS_AN_ITEM = 3
MOST_GRADES = 20
UNGRADED = "none"


class Listed(NamedTuple):
    """A source in the list; `items` is at most MOST_COUNTED + 1."""

    id: UUID
    slug: str
    name: str
    kind: str
    country: str
    reliability: str | None
    items: int
    newest: date | None


class Head(NamedTuple):
    """A source; `items` is at most MOST_COUNTED + 1; `merged` where it leads to another."""

    id: UUID
    slug: str
    name: str
    kind: str
    country: str
    reliability: str | None
    domains: list[str]
    items: int
    merged: bool


class _Slug(NamedTuple):
    slug: str


class Graded(NamedTuple):
    """What a source was called and how it was graded from an act on."""

    number: int
    name: str
    kind: str
    reliability: str | None
    reason: str
    recorded_at: datetime


class Told(NamedTuple):
    """An item of the source."""

    id: UUID
    title: str
    known_by: date
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    type: str
    credibility: int


class Bears(NamedTuple):
    """One of the claims that an item bears on, and on how many it does."""

    evidence_id: UUID
    stance: str
    weight: str
    slug: str
    title: str
    claims: int


@dataclass(frozen=True)
class SourceList:
    """A page of sources by name; `more` where others follow."""

    sources: Sequence[Listed]
    more: bool

    @property
    def next(self) -> tuple[str, UUID]:
        """Where the next page goes on."""
        return self.sources[-1].name, self.sources[-1].id


@dataclass(frozen=True)
class SourcePage:
    """A source's items, newest first, what the heaviest of their bearings say, and its grades, newest first."""

    items: Sequence[Told]
    more: bool
    bears: dict[UUID, list[Bears]]
    grades: Sequence[Graded]

    @property
    def next(self) -> tuple[date, UUID]:
        """Where the next page goes on."""
        return self.items[-1].known_by, self.items[-1].id


_COUNTED = f"""
(SELECT count(*) FROM (SELECT 1 FROM evidence WHERE evidence.source_id = source.id AND evidence.live
                        LIMIT {MOST_COUNTED + 1}) counted)
"""

_MERGED = """
EXISTS (SELECT FROM merge
         WHERE merge.subject_type = 'source' AND merge.from_id = source.id AND merge.state = 'confirmed')
"""

_LIST = f"""
SELECT id, slug, name, kind, country, reliability, {_COUNTED},
       (SELECT known_by FROM evidence WHERE source_id = source.id AND live ORDER BY known_by DESC, id DESC LIMIT 1)
  FROM (SELECT * FROM source
         WHERE name >= %(name)s AND (name > %(name)s OR id > %(id)s)
           AND (%(grade)s = '' OR coalesce(reliability, '{UNGRADED}') = %(grade)s)
           AND (%(kind)s = '' OR kind = %(kind)s)
           AND NOT {_MERGED}
           AND (%(like)s = '' OR name ILIKE %(like)s
                OR EXISTS (SELECT 1 FROM source_domain WHERE source_id = source.id AND domain LIKE lower(%(like)s)))
         ORDER BY name, id
         LIMIT %(most)s) source
 ORDER BY name, id
"""

_HEAD = f"""
SELECT id, slug, name, kind, country, reliability,
       ARRAY(SELECT domain::text FROM source_domain WHERE source_id = source.id ORDER BY domain), {_COUNTED},
       {_MERGED}
  FROM source
 WHERE slug = %(slug)s
"""

_ITEMS = """
SELECT id, title, known_by, published_from, published_to, event_from, event_to, type, credibility
  FROM evidence
 WHERE source_id = %(source)s AND live
   AND known_by <= %(day)s AND (known_by < %(day)s OR id < %(id)s)
 ORDER BY known_by DESC, id DESC
 LIMIT %(most)s
"""

_BEARS = """
SELECT evidence_id, stance, weight, slug, title, claims
  FROM (SELECT bearing.evidence_id, bearing.id, bearing.stance, bearing.weight, claim.slug, claim.title,
               count(*) OVER (PARTITION BY bearing.evidence_id) AS claims,
               row_number() OVER (
                   PARTITION BY bearing.evidence_id
                   ORDER BY
                       array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], bearing.weight::text) DESC,
                       bearing.stance = 'context', bearing.id) AS place
          FROM bearing
          JOIN claim ON claim.id = bearing.claim_id
         WHERE bearing.evidence_id = ANY(%(items)s) AND bearing.live AND bearing.state = 'published') told
 WHERE place <= %(most)s
 ORDER BY evidence_id, place
"""

_GRADES = """
SELECT source_revision.number, source_revision.name, source_revision.kind, source_revision.reliability,
       source_revision.reason, event.recorded_at
  FROM source_revision
  JOIN event ON event.id = source_revision.event_id
 WHERE source_revision.source_id = %(source)s
 ORDER BY source_revision.number DESC
 LIMIT %(most)s
"""

_SLUG = "SELECT slug FROM source WHERE id = %(source)s"

_FIRST = UUID(int=0)
_LAST = UUID(int=2**128 - 1)


def source_list(*, words: str, grade: str, kind: str, after: tuple[str, UUID] | None, size: int) -> SourceList:
    """A page of the sources by name: those whose name or domain holds the words, of a grade, of a kind. One query."""
    name, identity = after or ("", _FIRST)
    found = fetch(Listed, _LIST, name=name, id=identity, grade=grade, kind=kind, like=_holding(words), most=size + 1)
    return SourceList(found[:size], more=len(found) > size)


def source_head(slug: str) -> Head | None:
    """The source under this slug, or None. One query."""
    found = fetch(Head, _HEAD, slug=slug)
    return found[0] if found else None


def source_page(head: Head, *, after: tuple[date, UUID] | None, size: int) -> SourcePage:
    """A page of a source's items and what they bear on, with its grades. Three queries."""
    day, identity = after or (date.max, _LAST)
    items = fetch(Told, _ITEMS, source=head.id, day=day, id=identity, most=size + 1)
    bears: dict[UUID, list[Bears]] = {}
    for row in fetch(Bears, _BEARS, items=[item.id for item in items[:size]], most=CLAIMS_AN_ITEM):
        bears.setdefault(row.evidence_id, []).append(row)
    grades = fetch(Graded, _GRADES, source=head.id, most=MOST_GRADES)
    return SourcePage(items[:size], more=len(items) > size, bears=bears, grades=grades)


def source_slug(identity: UUID) -> str:
    """The slug of a source. One query."""
    return fetch(_Slug, _SLUG, source=identity)[0].slug


def _holding(words: str) -> str:
    return f"%{escaped(words)}%" if words else ""
