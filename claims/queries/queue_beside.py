"""What to hold a waiting item against: what stands beside it, what came before, how its author's items fared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import EvidenceType
from claims.models.undone import UNDONE
from claims.queries.json_rows import as_json, rows_of
from claims.queries.queue_item import BEARINGS, MOST_BEARINGS, MOST_COUNTED, Item, Set
from claims.queries.rows import fetch

MOST_TWINS = 20


class Record(NamedTuple):
    """How an author's items were decided on, each number counted up to MOST_COUNTED + 1."""

    approved: int
    returned: int


class Standing(NamedTuple):
    """The published item that this one resembles: the one at its address, else the best of its story.

    One place may be looked through many times: what was looked for there and not found is no duplicate of anything.
    """

    same_address: bool
    reports: int
    id: UUID
    type: str
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
    """Another item with the same address that waits, or that was rejected or withdrawn; or a public one, where one of
    the two says that something was looked for there and not found.
    """

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


class SentBack(NamedTuple):
    """An earlier item of the same author that was returned or rejected; without its title while it is a draft."""

    at: datetime
    verb: str
    id: UUID
    title: str
    reason: str


class _Beside(NamedTuple):
    bearings: str
    approved: int
    returned_in_all: int
    returned: str
    twins: str
    standing: str
    its_bearings: str
    sent_back: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All that a moderator needs beside the item; bearings are cut at MOST_BEARINGS, twins at MOST_TWINS."""

    bearings: Sequence[Set]
    record: Record
    returned: Sequence[Returned]
    twins: Sequence[Twin]
    standing: Standing | None
    its_bearings: Sequence[Set]
    sent_back: Sequence[SentBack]


_DECIDED = """
(SELECT count(*) FROM (SELECT 1 FROM evidence
                         JOIN event ON event.subject_type = 'evidence' AND event.subject_id = evidence.id
                        WHERE evidence.by_id = %(person)s AND event.verb = '{}' AND NOT {undone}
                        LIMIT %(most_counted)s) counted)
"""
_RECORD = ", ".join(_DECIDED.format(verb, undone=UNDONE) for verb in ("evidence-approved", "evidence-returned"))

_RETURNED = f"""
SELECT event.recorded_at, coalesce(person.name, ''), coalesce(event_body.payload ->> 'reason', '')
  FROM event
  LEFT JOIN event_body ON event_body.event_id = event.id
  LEFT JOIN person ON person.id = event.actor_id
 WHERE event.subject_type = 'evidence' AND event.subject_id = %(item)s AND event.verb = 'evidence-returned'
   AND NOT {UNDONE}
 ORDER BY event.id DESC
 LIMIT 3
"""

_SENT_BACK = f"""
SELECT event.recorded_at, event.verb, evidence.id,
       CASE WHEN evidence.state IN ('draft', 'redacted') THEN '' ELSE evidence.title END,
       coalesce(event_body.payload ->> 'reason', '')
  FROM evidence
  JOIN event ON event.subject_type = 'evidence' AND event.subject_id = evidence.id
  LEFT JOIN event_body ON event_body.event_id = event.id
 WHERE evidence.by_id = %(person)s AND evidence.id <> %(item)s
   AND event.verb IN ('evidence-returned', 'evidence-rejected') AND NOT {UNDONE}
 ORDER BY event.id DESC
 LIMIT 3
"""

_TWINS = """
SELECT id, state, title, touched_at, returned_because
  FROM evidence
 WHERE address_norm = %(address)s AND id <> %(item)s
   AND (state IN ('pending', 'rejected')
        OR state = 'published' AND (%(looked)s OR type = 'not-found')
        OR state = 'withdrawn' AND EXISTS (SELECT 1 FROM event WHERE event.subject_type = 'evidence'
                                              AND event.subject_id = evidence.id AND event.verb = 'evidence-withdrawn'))
 ORDER BY state <> 'pending', touched_at DESC, id DESC
 LIMIT %(most_twins)s
"""

_STANDING = """
WITH near AS (
    SELECT id, TRUE AS same_address FROM evidence
     WHERE address_norm = %(address)s AND state = 'published' AND id <> %(item)s
       AND NOT %(looked)s AND type <> 'not-found'
    UNION ALL
    SELECT id, FALSE FROM evidence
     WHERE story <> '' AND story = %(story)s AND state = 'published' AND id <> %(item)s
       AND (address_norm <> %(address)s OR %(looked)s OR type = 'not-found'))
SELECT near.same_address, count(*) OVER (), other.id, other.type, other.address, other.title, other.published_from,
       other.published_to, other.event_from, other.event_to, other.credibility,
       source.name, source.slug, source.reliability
  FROM near
  JOIN evidence other ON other.id = near.id
  JOIN source ON source.id = other.source_id
 ORDER BY near.same_address DESC, other.credibility, other.known_by, other.id
 LIMIT 1
"""

_BESIDE = f"""
WITH stands AS ({_STANDING})
SELECT {as_json(Set, BEARINGS)}, {_RECORD}, {as_json(Returned, _RETURNED)}, {as_json(Twin, _TWINS)},
       {as_json(Standing, "SELECT * FROM stands")},
       {as_json(Set, BEARINGS.replace("= %(item)s", "= (SELECT id FROM stands)"))},
       {as_json(SentBack, _SENT_BACK)}
"""


def beside(item: Item) -> Beside:
    """What to hold the item against. One query."""
    [found] = fetch(
        _Beside,
        _BESIDE,
        item=item.id,
        person=item.by_id,
        address=item.address_norm,
        looked=item.type == EvidenceType.NOT_FOUND,
        story=item.story,
        most_bearings=MOST_BEARINGS,
        most_twins=MOST_TWINS,
        most_counted=MOST_COUNTED + 1,
    )
    return Beside(
        bearings=rows_of(Set, found.bearings),
        record=Record(found.approved, found.returned_in_all),
        returned=rows_of(Returned, found.returned),
        twins=rows_of(Twin, found.twins),
        standing=next(iter(rows_of(Standing, found.standing)), None),
        its_bearings=rows_of(Set, found.its_bearings),
        sent_back=rows_of(SentBack, found.sent_back),
    )


def record_of(person: UUID | None) -> Record:
    """How often items of this person were approved and returned. One query."""
    return fetch(Record, f"SELECT {_RECORD}", person=person, most_counted=MOST_COUNTED + 1)[0]
