"""Ledgers of any length for the bench, whose events say nothing but that they were."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg

from claims.ledger.hashing import leaf_hash
from claims.ledger.notes import Checkpoint, Signer
from claims.ledger.tree import Growth
from resetwatch.bench.databases import Database
from resetwatch.bench.filling import DAY

AT_ONCE = 50_000
NOW = datetime(2026, 6, 1, tzinfo=UTC)
NAME = "bench.example/ledger"

# What nothing that is measured reads, and what would be kept up row by row.
_SPARED = """
SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
 WHERE contype = 'f' AND conrelid IN ('ledger_entry'::regclass, 'event'::regclass)
UNION ALL
SELECT format('DROP INDEX %I', indexrelid::regclass) FROM pg_index
 WHERE indrelid = 'event'::regclass AND NOT indisprimary
"""
_EVENTS = "COPY event (id, recorded_at, about_on, verb, subject_type, subject_id, commitment) FROM STDIN"  # not a model
_ENTRIES = "COPY ledger_entry (position, event_id, leaf) FROM STDIN"  # not a model
_NODES = "COPY ledger_node (level, index, hash) FROM STDIN"  # not a model
_CHECKPOINT = "INSERT INTO checkpoint (size, note, made_at) VALUES (%s, %s, %s)"  # not a model
_SIZE = """
SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relname IN ('event', 'ledger_entry', 'ledger_node')
"""


@dataclass(frozen=True)
class Filled:
    """How long filling a ledger took, and how many bytes its tables and their indexes take."""

    seconds: float
    size: int


def event_at(place: int) -> UUID:
    """The event of a place; ids grow with the places, as they nearly do on a site."""
    return UUID(int=place + 1)


def fill_ledger(database: Database, count: int) -> Filled:
    """Gives an empty database so many events, their entries and their tree, signed by a key that is thrown away."""
    began, growth = time.monotonic(), Growth()
    with database.raw() as raw:
        raw.autocommit = True
        for (statement,) in raw.execute(_SPARED).fetchall():
            raw.execute(statement)
        for start in range(0, count, AT_ONCE):
            _fill(raw, range(start, min(start + AT_ONCE, count)), growth)
        signer = Signer.new(NAME)
        note = Checkpoint(signer.name, growth.size, growth.root()).signed_by(signer)
        raw.execute(_CHECKPOINT, [growth.size, str(note), NOW])
        raw.execute("VACUUM (ANALYZE)")
        [[size]] = raw.execute(_SIZE).fetchall()
    return Filled(time.monotonic() - began, size)


def _fill(raw: "psycopg.Connection[Any]", places: Sequence[int], growth: Growth) -> None:
    commitments = [sha256(place.to_bytes(8, "big")).digest() for place in places]
    leaves = [leaf_hash(commitment) for commitment in commitments]
    nodes = [node for leaf in leaves for node in growth.append(leaf)]
    events = [str(event_at(place)) for place in places]
    _copy(raw, _EVENTS, map(_event_line, events, commitments))
    _copy(raw, _ENTRIES, map(_line, places, events, leaves))
    _copy(raw, _NODES, (_line(*node) for node in nodes))


def _event_line(event: str, commitment: bytes) -> str:
    return f"{event}\t{NOW}\t{DAY}\tassessed\tassessment\t{event}\t\\\\x{commitment.hex()}\n"


def _line(first: object, second: object, hashed: bytes) -> str:
    return f"{first}\t{second}\t\\\\x{hashed.hex()}\n"


def _copy(raw: "psycopg.Connection[Any]", statement: str, lines: Iterable[str]) -> None:
    with raw.cursor().copy(statement.encode()) as copy:
        copy.write("".join(lines))
