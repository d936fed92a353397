"""One waiting item or bearing as a moderator sees it: who sent it, what stands beside it, what came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Bearing, Evidence
from claims.queries.rows import fetch

MOST_BEARINGS = 100
MOST_TWINS = 20
MOST_COUNTED = 1000


class Item(NamedTuple):
    """An item in any state; a draft is its author's alone. `new_analyst` says what the author is today."""

    id: UUID
    version: int
    state: str
    address: str
    address_norm: str
    title: str
    author: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    known_by: date
    type: str
    summary: str
    quotation: str
    credibility: int | None
    story: str
    submitted_at: datetime | None
    returned_because: str
    source: str
    source_slug: str
    reliability: str | None
    by_id: UUID | None
    by: str
    new_analyst: bool


class Set(NamedTuple):
    """A bearing of an item, not withdrawn."""

    claim_id: UUID
    slug: str
    title: str
    stance: str
    weight: str
    note: str
    state: str


class Record(NamedTuple):
    """How an author's items were decided on, each number counted up to MOST_COUNTED + 1."""

    approved: int
    returned: int


class Standing(NamedTuple):
    """The published item that this one resembles: the one at its address, else the best of its story."""

    same_address: bool
    reports: int
    id: UUID
    address: str
    title: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    credibility: int
    source: str
    source_slug: str
    reliability: str | None


class Twin(NamedTuple):
    """Another item with the same address that waits, or that was rejected or withdrawn."""

    id: UUID
    state: str
    title: str
    touched_at: datetime
    because: str


class Returned(NamedTuple):
    """One time that the item was returned; the reason is empty where its words were erased."""

    at: datetime
    by: str
    reason: str


class WaitingBearing(NamedTuple):
    """A bearing on a published item, with the item and the claim."""

    id: UUID
    state: str
    live: bool
    stance: str
    weight: str
    note: str
    set_at: datetime
    evidence_id: UUID
    title: str
    summary: str
    known_by: date
    credibility: int
    source: str
    source_slug: str
    reliability: str | None
    slug: str
    claim: str
    statement: str
    by_id: UUID | None
    by: str
    new_analyst: bool


class _Counted(NamedTuple):
    one: int


@dataclass(frozen=True, slots=True)
class Beside:
    """All that a moderator needs beside the item; bearings are cut at MOST_BEARINGS, twins at MOST_TWINS."""

    bearings: Sequence[Set]
    record: Record
    returned: Sequence[Returned]
    twins: Sequence[Twin]
    standing: Standing | None
    its_bearings: Sequence[Set]


_NEW_ANALYST = """
(person.id IS NOT NULL AND person.trusted_at IS NULL
 AND EXISTS (SELECT 1 FROM person_role WHERE person_role.user_id = person.id AND role = 'analyst'))
"""

_ITEM = f"""
SELECT evidence.id, evidence.version, evidence.state, evidence.address, evidence.address_norm, evidence.title,
       evidence.author, evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       evidence.known_by, evidence.type, evidence.summary, evidence.quotation, evidence.credibility, evidence.story,
       evidence.submitted_at, evidence.returned_because, coalesce(source.name, ''), coalesce(source.slug, ''),
       source.reliability, person.id, coalesce(person.name, ''), {_NEW_ANALYST}
  FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN person ON person.id = evidence.by_id
 WHERE evidence.id = %(item)s
"""

_BEARINGS = """
SELECT claim.id, claim.slug, claim.title, bearing.stance, bearing.weight, bearing.note, bearing.state
  FROM bearing JOIN claim ON claim.id = bearing.claim_id
 WHERE bearing.evidence_id = %(item)s AND bearing.state <> 'withdrawn'
 ORDER BY bearing.id
 LIMIT %(most)s
"""

_DECIDED = """
(SELECT count(*) FROM (SELECT 1 FROM evidence
                         JOIN event ON event.subject_type = 'evidence' AND event.subject_id = evidence.id
                        WHERE evidence.by_id = %(person)s AND event.verb = '{}' LIMIT %(most)s) counted)
"""
_RECORD = f"SELECT {_DECIDED.format('evidence-approved')}, {_DECIDED.format('evidence-returned')}"

_RETURNED = """
SELECT event.recorded_at, coalesce(person.name, ''), coalesce(event_body.payload ->> 'reason', '')
  FROM event
  LEFT JOIN event_body ON event_body.event_id = event.id
  LEFT JOIN person ON person.id = event.actor_id
 WHERE event.subject_type = 'evidence' AND event.subject_id = %(item)s AND event.verb = 'evidence-returned'
 ORDER BY event.id DESC
 LIMIT 3
"""

_TWINS = """
SELECT id, state, title, touched_at, returned_because
  FROM evidence
 WHERE address_norm = %(address)s AND id <> %(item)s
   AND (state IN ('pending', 'rejected')
        OR state = 'withdrawn' AND EXISTS (SELECT 1 FROM event WHERE event.subject_type = 'evidence'
                                              AND event.subject_id = evidence.id AND event.verb = 'evidence-withdrawn'))
 ORDER BY state <> 'pending', touched_at DESC, id DESC
 LIMIT %(most)s
"""

_STANDING = """
WITH near AS (
    SELECT id, TRUE AS same_address FROM evidence
     WHERE address_norm = %(address)s AND state = 'published' AND id <> %(item)s
    UNION ALL
    SELECT id, FALSE FROM evidence
     WHERE story <> '' AND story = %(story)s AND state = 'published' AND id <> %(item)s AND address_norm <> %(address)s)
SELECT near.same_address, count(*) OVER (), other.id, other.address, other.title, other.published_from,
       other.published_to, other.event_from, other.event_to, other.credibility,
       source.name, source.slug, source.reliability
  FROM near
  JOIN evidence other ON other.id = near.id
  JOIN source ON source.id = other.source_id
 ORDER BY near.same_address DESC, other.credibility, other.known_by, other.id
 LIMIT 1
"""

_WAITING_BEARING = f"""
SELECT bearing.id, bearing.state, bearing.live, bearing.stance, bearing.weight, bearing.note, bearing.set_at,
       evidence.id, evidence.title, evidence.summary, evidence.known_by, evidence.credibility,
       source.name, source.slug, source.reliability, claim.slug, claim.title, claim.statement,
       person.id, coalesce(person.name, ''), {_NEW_ANALYST}
  FROM bearing
  JOIN evidence ON evidence.id = bearing.evidence_id
  JOIN source ON source.id = evidence.source_id
  JOIN claim ON claim.id = bearing.claim_id
  LEFT JOIN person ON person.id = bearing.by_id
 WHERE bearing.id = %(bearing)s AND evidence.state <> 'draft'
"""

_CITED = "SELECT 1 FROM citation WHERE evidence_id = %(item)s LIMIT %(most)s"

_GIVEN_TO = """
SELECT claim.id, claim.slug, claim.title, bearing.stance, bearing.weight, bearing.note, bearing.state
  FROM event
  JOIN event_claim ON event_claim.event_id = event.id
  JOIN claim ON claim.id = event_claim.claim_id
  JOIN bearing ON bearing.claim_id = claim.id AND bearing.evidence_id = %(standing)s
 WHERE event.subject_type = 'evidence' AND event.subject_id = %(item)s AND event.verb = 'evidence-approved'
 ORDER BY bearing.number
"""


def find_item(item: UUID) -> Item | None:
    """The item, or None. One query."""
    found = fetch(Item, _ITEM, item=item)
    return found[0] if found else None


def beside(item: Item) -> Beside:
    """What to hold the item against. Five queries, six where something like it stands."""
    standing = fetch(Standing, _STANDING, item=item.id, address=item.address_norm, story=item.story)
    return Beside(
        bearings=bearings_of(item.id),
        record=record_of(item.by_id),
        returned=fetch(Returned, _RETURNED, item=item.id),
        twins=fetch(Twin, _TWINS, item=item.id, address=item.address_norm, most=MOST_TWINS),
        standing=standing[0] if standing else None,
        its_bearings=bearings_of(standing[0].id) if standing else [],
    )


def bearings_of(item: UUID) -> list[Set]:
    """What an item bears on, waiting bearings included, in the order in which they were set. One query."""
    return fetch(Set, _BEARINGS, item=item, most=MOST_BEARINGS)


def record_of(person: UUID | None) -> Record:
    """How often items of this person were approved and returned. One query."""
    return fetch(Record, _RECORD, person=person, most=MOST_COUNTED + 1)[0]


def find_bearing(bearing: UUID) -> WaitingBearing | None:
    """The bearing, in any state. One query."""
    found = fetch(WaitingBearing, _WAITING_BEARING, bearing=bearing)
    return found[0] if found else None


def given_to(standing: UUID, *, by: UUID) -> list[Set]:
    """The bearings that approving the item `by` added to the standing one. One query."""
    return fetch(Set, _GIVEN_TO, standing=standing, item=by)


def cited_by(item: UUID) -> int:
    """How many judgements cite the item, counted up to MOST_COUNTED + 1. One query."""
    return len(fetch(_Counted, _CITED, item=item, most=MOST_COUNTED + 1))


def evidence_with(item: UUID) -> Evidence:
    """The item itself, as acts take it. One query."""
    return Evidence.objects.get(id=item)


def bearing_with(bearing: UUID) -> Bearing:
    """The bearing itself, as acts take it. One query."""
    return Bearing.objects.get(id=bearing)
