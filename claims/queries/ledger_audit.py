"""The ledger in the database, gone through hash by hash: entries, nodes, checkpoints, and events without a place."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.ledger.audit import Audit
from claims.ledger.commitments import canonical_instant
from claims.ledger.entries import Entry
from claims.ledger.errors import AuditError
from claims.ledger.hashing import leaf_hash
from claims.ledger.keyring import Key, key_of, read_key
from claims.ledger.notes import Note, Verifier, read_checkpoint, read_note
from claims.ledger.tree import Node
from claims.ledger.trusted import expect_trusted
from claims.queries.ledger import EntryRow, Signed, entry_from, ledger_keys, newest_signed, read_nodes
from claims.queries.rows import fetch, fetch_pairs

Say = Callable[[str], None]

AT_ONCE = 1000
_STEP = 10_000


class _Kept(NamedTuple):
    """A place as the database keeps it; `present` unless its event is gone."""

    leaf: bytes
    present: bool
    redacted: bool


class _Lost(NamedTuple):
    event: UUID
    recorded_at: datetime


_ENTRIES = """
SELECT entry.leaf, event.id IS NOT NULL,
       EXISTS (SELECT FROM redaction JOIN event tombstone ON tombstone.id = redaction.tombstone_id
                WHERE redaction.event_id = event.id AND tombstone.verb IN ('evidence-redacted', 'person-erased')),
       entry.position, entry.event_id, event.recorded_at, event.commitment, event.about_on, event.actor_id, event.verb,
       event.subject_type, event.subject_id,
       ARRAY(SELECT claim_id FROM event_claim WHERE event_id = event.id), body.payload, body.salt
  FROM ledger_entry entry
  LEFT JOIN event ON event.id = entry.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE entry.position >= %(start)s
 ORDER BY entry.position
 LIMIT %(most)s
"""

_CHECKPOINTS = "SELECT size, note, made_at FROM checkpoint WHERE size > %(start)s AND size <= %(end)s ORDER BY size"

# Events that have no place and wait for none: nothing would ever show that they were there, or when.
_LOST = """
SELECT event.id, event.recorded_at FROM event
 WHERE NOT EXISTS (SELECT FROM ledger_entry WHERE ledger_entry.event_id = event.id)
   AND NOT EXISTS (SELECT FROM outbox WHERE outbox.event_id = event.id)
 ORDER BY event.id LIMIT 1
"""


def audit_ledger(*, since: Note | None, trusted: Verifier | None, say: Say) -> str:
    """Checks the whole ledger; gives a sentence on what was found to fit. Raises LedgerError.

    `since` is a checkpoint saved earlier, `trusted` the key that has to have signed or handed over.
    """
    newest = newest_signed()
    if newest is None:
        raise AuditError("The ledger is empty: nothing was signed yet.")
    keys = [read_key(key.told()) for key in ledger_keys()]
    audit = Audit()
    expect_trusted(audit, newest=read_note(newest.note), keys=keys, since=since, trusted=trusted)
    redacted = 0
    for batch in _batches():
        begin, end = _place(batch[0][1]), _place(batch[-1][1]) + 1
        _expect_signed(audit, keys, audit.size, end)
        redacted += _go_through(audit, batch)
        if end // _STEP > begin // _STEP:
            say(f"{end:,} of {newest.size:,} entries fit")
    _expect_signed(audit, keys, audit.size, newest.size)
    audit.finish()
    for lost in fetch(_Lost, _LOST):
        raise AuditError(
            f"Event {lost.event}, recorded at {canonical_instant(lost.recorded_at)}, has no place in the ledger and "
            "waits for none: its entry was removed, or it was brought in behind the ledger."
        )
    return _fits(newest, audit, redacted, keys)


def _batches() -> Iterator[list[tuple[_Kept, EntryRow]]]:
    start = 0
    while batch := fetch_pairs(_Kept, EntryRow, _ENTRIES, start=start, most=AT_ONCE):
        yield batch
        start = _place(batch[-1][1]) + 1


def _place(row: EntryRow) -> int:
    assert row.position is not None  # it is the entry's own
    return row.position


def _expect_signed(audit: Audit, keys: Sequence[Key], start: int, end: int) -> None:
    """Has the roots of the checkpoints between these sizes checked, and checks who signed them."""
    for signed in fetch(Signed, _CHECKPOINTS, start=start, end=end):
        note = read_note(signed.note)
        key_of(note, keys)
        checkpoint = read_checkpoint(note)
        if checkpoint.size != signed.size:
            raise AuditError(f"The checkpoint kept for {signed.size:,} entries speaks of {checkpoint.size:,}.")
        audit.expect(checkpoint)


def _go_through(audit: Audit, batch: Sequence[tuple[_Kept, EntryRow]]) -> int:
    """Adds the entries and compares the nodes that they make full with those kept; gives how many are redacted."""
    nodes = read_nodes([node for _, row in batch for node in _made_full_by(_place(row))])
    for kept, row in batch:
        made = audit.add(_entry(kept, row))
        if leaf_hash(bytes(row.commitment)) != bytes(kept.leaf):
            raise AuditError(
                f"Entry {_place(row):,} ({row.event}) is not what it was when it was given its place: "
                "its commitment was altered, or another event was put there."
            )
        for level, index, hashed in made:
            if nodes.get((level, index)) != hashed:
                raise AuditError(
                    f"The tree does not fit the entries from {index << level:,} up to {(index + 1 << level) - 1:,}: "
                    "a kept hash over them was altered or removed, or one of them was."
                )
    return sum(row.payload is None for _, row in batch)


def _made_full_by(position: int) -> list[Node]:
    """The nodes above leaves that the leaf at a place makes full."""
    trailing_ones = (~position & (position + 1)).bit_length() - 1
    return [(level, position >> level) for level in range(1, trailing_ones + 1)]


def _entry(kept: _Kept, row: EntryRow) -> Entry:
    place = _place(row)
    if not kept.present:
        raise AuditError(f"Entry {place:,} is of event {row.event}, which was removed.")
    if row.payload is None and not kept.redacted:
        raise AuditError(f"What entry {place:,} ({row.event}) said was removed, and no redaction on record says why.")
    return entry_from(row)


def _fits(newest: Signed, audit: Audit, redacted: int, keys: Sequence[Key]) -> str:
    words = f"All {newest.size:,} entries, their tree and their checkpoints fit"
    if redacted:
        words += f"; what {redacted:,} of them said was redacted, which is on record"
    for key in keys[1:]:
        if key.handover is None:
            words += f"; from entry {key.from_size:,} on another key signs that was not handed over to"
    return f"{words}."
