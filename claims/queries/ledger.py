"""The ledger as it is published: checkpoints, keys, entries by their places, and proofs by O(log n) nodes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.ledger.commitments import canonical_instant, told
from claims.ledger.entries import Entry, Opened
from claims.ledger.notes import read_checkpoint, read_note
from claims.ledger.tree import Node, consistency_spans, inclusion_spans, roots
from claims.queries.public_bodies import IS_PUBLIC
from claims.queries.rows import fetch


class Signed(NamedTuple):
    """What was signed of the ledger at one size."""

    size: int
    note: str
    made_at: datetime

    @property
    def root(self) -> bytes:
        """The root that was signed."""
        return read_checkpoint(read_note(self.note)).root


class KeyRow(NamedTuple):
    """A key of the ledger, as text, with the place from which on it signs."""

    verifier: str
    from_size: int
    handover: str

    def told(self) -> dict[str, object]:
        """The key as it is published."""
        return {"verifier": self.verifier, "from_size": self.from_size, "handover": self.handover or None}


class EntryRow(NamedTuple):
    """An event with its place, if it has one, and with its body, where that is there and to be read."""

    position: int | None
    event: UUID
    recorded_at: datetime
    commitment: bytes
    about_on: date
    actor: UUID | None
    verb: str
    subject_type: str
    subject_id: UUID
    claims: Sequence[UUID] | None
    payload: str | None
    salt: bytes | None


class _NodeRow(NamedTuple):
    level: int
    place: int
    hash: bytes


_SIGNED = "SELECT size, note, made_at FROM checkpoint"
_NEWEST = f"{_SIGNED} ORDER BY size DESC LIMIT 1"
_AT = f"{_SIGNED} WHERE size = %(size)s"
_KEYS = "SELECT verifier, from_size, handover FROM ledger_key ORDER BY from_size, id"

_BRIEF = """
SELECT entry.position, event.id, event.recorded_at, event.commitment, event.about_on, event.actor_id, event.verb,
       event.subject_type, event.subject_id, NULL::uuid[], NULL::jsonb, NULL::bytea
"""

# With what an event said where {shown}, and the claims that it touched.
_OPENED = """
SELECT entry.position, event.id, event.recorded_at, event.commitment, event.about_on, event.actor_id, event.verb,
       event.subject_type, event.subject_id,
       ARRAY(SELECT claim_id FROM event_claim WHERE event_id = event.id), body.payload, body.salt
"""
_BODY = f"LEFT JOIN event_body body ON body.event_id = event.id AND {IS_PUBLIC}"
_RANGE = """
 WHERE entry.position >= %(start)s AND entry.position < %(end)s
 ORDER BY entry.position
"""
_ENTRIES = "FROM ledger_entry entry JOIN event ON event.id = entry.event_id"
_ENTRIES_BRIEF = f"{_BRIEF} {_ENTRIES} {_RANGE}"
_ENTRIES_OPENED = f"{_OPENED} {_ENTRIES} {_BODY} {_RANGE}"
_NEWEST_ENTRIES = f"{_BRIEF} {_ENTRIES} ORDER BY entry.position DESC LIMIT %(most)s"
_OF_EVENT = f"""{_OPENED}
  FROM event LEFT JOIN ledger_entry entry ON entry.event_id = event.id {_BODY}
 WHERE event.id = %(event)s
"""

_NODES = """
SELECT 0 AS level, position AS index, leaf AS hash FROM ledger_entry WHERE position = ANY(%(leaves)s::bigint[])
UNION ALL
SELECT node.level, node.index, node.hash
  FROM unnest(%(levels)s::smallint[], %(indexes)s::bigint[]) AS wanted (level, index)
  JOIN ledger_node node ON node.level = wanted.level AND node.index = wanted.index
"""


def newest_signed() -> Signed | None:
    """The newest checkpoint, or None of an empty ledger. One query."""
    found = fetch(Signed, _NEWEST)
    return found[0] if found else None


def signed_at(size: int) -> Signed | None:
    """The checkpoint of this size, or None where none was signed. One query."""
    found = fetch(Signed, _AT, size=size)
    return found[0] if found else None


def ledger_keys() -> list[KeyRow]:
    """The keys in the order in which they took over. One query."""
    return fetch(KeyRow, _KEYS)


def entries(start: int, end: int, *, opened: bool = False) -> list[Entry]:
    """The entries from `start` up to `end`, with what they said where that is public and asked for. One query."""
    sql = _ENTRIES_OPENED if opened else _ENTRIES_BRIEF
    return [entry_from(row) for row in fetch(EntryRow, sql, start=start, end=end)]


def newest_entries(most: int) -> list[tuple[Entry, str]]:
    """The last entries, newest first, each with its verb. One query."""
    return [(entry_from(row), row.verb) for row in fetch(EntryRow, _NEWEST_ENTRIES, most=most)]


def entry_of(event: UUID) -> tuple[Entry, bool] | None:
    """The entry of an event, with what it said where that is public, and whether it has its place; None for no event.

    Without a place its index is -1. One query.
    """
    found = fetch(EntryRow, _OF_EVENT, event=event)
    return (entry_from(found[0]), found[0].position is not None) if found else None


def inclusion_path(index: int, size: int) -> tuple[list[bytes], bytes]:
    """The audit path of an entry in the tree of `size` entries, which it has reached, and its root. One query.

    Raises ProofError for an entry that such a tree does not hold.
    """
    *path, root = roots([*inclusion_spans(index, size), (0, size)], read_nodes)
    return path, root


def consistency_path(first: int, second: int) -> tuple[list[bytes], bytes, bytes]:
    """The proof that the tree of `second` entries begins with that of `first`, and both roots. One query.

    The tree has reached `second`. Raises ProofError for a first size that is larger, or none.
    """
    *path, first_root, second_root = roots([*consistency_spans(first, second), (0, first), (0, second)], read_nodes)
    return path, first_root, second_root


def read_nodes(nodes: Sequence[Node]) -> Mapping[Node, bytes]:
    """The hashes of these nodes; level 0 are leaves. One query."""
    rows = fetch(
        _NodeRow,
        _NODES,
        leaves=[index for level, index in nodes if level == 0],
        levels=[level for level, _ in nodes if level > 0],
        indexes=[index for level, index in nodes if level > 0],
    )
    return {(row.level, row.place): bytes(row.hash) for row in rows}


def entry_from(row: EntryRow) -> Entry:
    """The entry that a row is; without a place its index is -1."""
    return Entry(
        index=-1 if row.position is None else row.position,
        event=str(row.event),
        recorded_at=canonical_instant(row.recorded_at),
        commitment=bytes(row.commitment),
        opened=_opened(row),
    )


def _opened(row: EntryRow) -> Opened | None:
    if row.payload is None or row.salt is None:
        return None
    said = told(
        event=row.event,
        recorded_at=row.recorded_at,
        about_on=row.about_on,
        actor=row.actor,
        verb=row.verb,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        claims=row.claims or (),
        payload=json.loads(row.payload),
    )
    return Opened(said, bytes(row.salt))


_OLDEST_WAITING = """
SELECT event.recorded_at FROM outbox JOIN event ON event.id = outbox.event_id ORDER BY outbox.id LIMIT 1
"""


class _Waiting(NamedTuple):
    recorded_at: datetime


def oldest_waiting() -> datetime | None:
    """When the event was recorded that waits longest for its place, or None where none waits. One query."""
    found = fetch(_Waiting, _OLDEST_WAITING)
    return found[0].recorded_at if found else None
