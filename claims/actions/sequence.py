"""Sequencing: events get places in the ledger, in the order they were stored in, and the tree over them is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from claims.actions.ledger_key import forget_key_before, hand_over, keys_at_hand
from claims.actions.ledger_lock import newest_checkpoint, take_ledger_lock
from claims.ledger import notes
from claims.ledger.hashing import leaf_hash
from claims.ledger.tree import Growth, Node, full_nodes

AT_ONCE = 5000

_TAKE = """
WITH taken AS (
    DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT %(most)s) RETURNING id, event_id)
SELECT taken.event_id, event.commitment FROM taken JOIN event ON event.id = taken.event_id ORDER BY taken.id
"""

_ENTRIES = """
INSERT INTO ledger_entry (position, event_id, leaf)
SELECT %(first)s + given.place - 1, given.event, given.leaf
  FROM unnest(%(events)s::uuid[], %(leaves)s::bytea[]) WITH ORDINALITY AS given (event, leaf, place)
"""

_NODES = """
INSERT INTO ledger_node (level, index, hash)
SELECT * FROM unnest(%(levels)s::smallint[], %(indexes)s::bigint[], %(hashes)s::bytea[])
"""

_PEAKS = """
SELECT level, index, hash FROM ledger_node WHERE (level, index) IN
       (SELECT * FROM unnest(%(levels)s::smallint[], %(indexes)s::bigint[]))
UNION ALL
SELECT 0, position, leaf FROM ledger_entry WHERE position = %(last)s
"""

_CHECKPOINT = "INSERT INTO checkpoint (size, note, made_at) VALUES (%(size)s, %(note)s, %(now)s)"


@dataclass(frozen=True)
class Sequenced:
    """How many events were given places; `more` where the outbox held more than are taken at once."""

    count: int
    more: bool


def anything_waits() -> bool:
    """Whether the outbox holds an event. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM outbox)")
        [[waits]] = cursor.fetchall()
    return bool(waits)


def sequence(*, now: datetime, most: int = AT_ONCE) -> Sequenced:
    """Gives the events that wait the next places, extends the tree and signs it, in one transaction.

    Waits for another process that is at it. An event that is stored meanwhile is not waited for: it comes next time.
    Raises NoteError and WrongState for a key that cannot sign.
    """
    with transaction.atomic():
        take_ledger_lock()
        keys = keys_at_hand()  # only now: whoever held the ledger may have made a newer one
        hand_over(keys, now=now)
        taken = _taken(most)
        if taken:
            _append(taken, keys.signer, now=now)
    if keys.before is not None:
        forget_key_before()
    return Sequenced(len(taken), more=len(taken) == most)


def _taken(most: int) -> list[tuple[object, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"most": most})
        return [(event, bytes(commitment)) for event, commitment in cursor.fetchall()]


def _append(taken: Sequence[tuple[object, bytes]], signer: notes.Signer, *, now: datetime) -> None:
    newest = newest_checkpoint()
    size = newest.size if newest else 0
    growth = Growth(size, _peaks(size))
    leaves = [leaf_hash(commitment) for _, commitment in taken]
    made = [node for leaf in leaves for node in growth.append(leaf)]
    signed = notes.Checkpoint(signer.name, growth.size, growth.root()).signed_by(signer)
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"first": size, "events": [event for event, _ in taken], "leaves": leaves})
        if made:
            levels, indexes, hashes = zip(*made, strict=True)
            cursor.execute(_NODES, {"levels": list(levels), "indexes": list(indexes), "hashes": list(hashes)})
        cursor.execute(_CHECKPOINT, {"size": growth.size, "note": str(signed), "now": now})


def _peaks(size: int) -> list[bytes]:
    """The roots of the full subtrees at the right edge of the tree of this size, the largest first."""
    nodes = full_nodes((0, size))
    above = [node for node in nodes if node[0] > 0]
    given = {
        "levels": [level for level, _ in above],
        "indexes": [index for _, index in above],
        "last": size - 1 if size & 1 else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEAKS, given)
        found: Mapping[Node, bytes] = {(level, index): bytes(hashed) for level, index, hashed in cursor.fetchall()}
    return [found[node] for node in nodes]
