"""Logging one item with three bearings, beside the same rows written by raw psycopg."""

import itertools
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from claims.actions.attach import NewBearing
from claims.actions.kept import COUNTS
from claims.actions.log_evidence import log_evidence
from claims.ids import uuid7
from resetwatch.bench.databases import Database
from resetwatch.bench.figures import Figure
from resetwatch.bench.filling import DAY, SUMMARY, Desk
from resetwatch.bench.rounds import at_once, medians

BEARINGS = 3
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def measure(database: Database, desk: Desk, *, rounds: int) -> list[Figure]:
    """How long an item takes by one, four and sixteen connections; each writes to claims of its own."""
    figures = []
    claims = [[desk.claim(100 + 3 * number + place).id for place in range(BEARINGS)] for number in range(32)]
    for connections in (1, 4, 16):
        times = max(4, 48 // connections)
        acting = Acting(desk, claims)
        with _Writing(database, desk, claims[16:], connections) as writing:
            taken = medians(
                {
                    "act": at_once(acting.log, threads=connections, times=times),
                    "raw": at_once(writing.log, threads=connections, times=times),
                },
                rounds=rounds,
            )
        figures.append(
            Figure(
                work=f"logging an item with {BEARINGS} bearings, {connections} connection{'s' * (connections > 1)}",
                took=taken["act"],
                anchor="the same rows by raw psycopg",
                anchor_took=taken["raw"],
                goal=2,
            )
        )
    return figures


class Acting:
    """Logs through the act."""

    numbers = itertools.count(1)

    def __init__(self, desk: Desk, claims: Sequence[Sequence[UUID]]) -> None:
        self.desk, self.claims = desk, claims

    def log(self, thread: int) -> None:
        number = next(self.numbers)
        words = self.desk.words(number, address=f"https://acting.example/{number}")
        bearings = [NewBearing(claim, "supports", "moderate") for claim in self.claims[thread]]
        log_evidence(by=self.desk.by, words=words, bearings=bearings, today=DAY)


_LOCK = "SELECT id FROM claim WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
# Not in one statement with the lock, which would count what stood before it had waited.
_NUMBERS = "SELECT claim_id, max(number) FROM bearing WHERE claim_id = ANY(%s) GROUP BY claim_id"
_EVIDENCE = """
INSERT INTO evidence (id, address, address_norm, source_id, title, author, published_from, published_to, logged_on,
                      type, summary, quotation, looked_for, credibility, story, state, by_id, logged_at, touched_at,
                      returned_because, version)
VALUES (%(id)s, %(address)s, %(address)s, %(source)s, 'Talks go on, says the ministry', '', %(day)s, %(day)s, %(day)s,
        'newspaper', %(summary)s, '', '', 2, '', 'published', %(by)s, %(now)s, %(now)s, '', 1)
"""  # not a model
_BEARINGS = """
INSERT INTO bearing (id, claim_id, evidence_id, number, stance, weight, note, state, known_by, live, by_id, set_at)
SELECT unnest(%(ids)s::uuid[]), unnest(%(claims)s::uuid[]), %(evidence)s, unnest(%(numbers)s::int[]), 'supports',
       'moderate', '', 'published', %(day)s, TRUE, %(by)s, %(now)s
"""  # not a model
_REVISIONS = """
INSERT INTO bearing_revision (id, bearing_id, number, stance, weight, note, state, by_id, recorded_at, event_id)
SELECT unnest(%(revisions)s::uuid[]), unnest(%(ids)s::uuid[]), 1, 'supports', 'moderate', '', 'published', %(by)s,
       %(now)s, %(event)s
"""  # not a model
_EVENT = """
INSERT INTO event (id, recorded_at, about_on, actor_id, verb, subject_type, subject_id, commitment)
VALUES (%(event)s, %(now)s, %(day)s, %(by)s, 'evidence-logged', 'evidence', %(evidence)s, %(hash)s)
"""  # not a model
_EVENT_CLAIMS = """
INSERT INTO event_claim (claim_id, event_id) SELECT unnest(%(claims)s::uuid[]), %(event)s
"""  # not a model
_EVENT_BODY = """
INSERT INTO event_body (event_id, payload, salt) VALUES (%(event)s, %(payload)s, %(hash)s)
"""  # not a model
_OUTBOX = """
INSERT INTO outbox (event_id) VALUES (%(event)s)
"""  # not a model
_COUNTED = ", ".join(f"{column} = found.{column}" for column in COUNTS.columns)
_COUNTS = "UPDATE claim SET {} FROM ({}) found WHERE claim.id = found.claim_id"  # not a model
_COUNTS = _COUNTS.format(_COUNTED, COUNTS.select)


class _Writing:
    """Writes what the act writes, a statement a table, in one transaction, with nothing checked."""

    numbers = itertools.count(1)

    def __init__(self, database: Database, desk: Desk, claims: Sequence[Sequence[UUID]], connections: int) -> None:
        self.desk, self.claims = desk, claims
        self.raws: list[psycopg.Connection[Any]] = [database.raw() for _ in range(connections)]

    def __enter__(self) -> "_Writing":
        return self

    def __exit__(self, *_: object) -> None:
        for raw in self.raws:
            raw.close()

    def log(self, thread: int) -> None:
        raw, claims, number = self.raws[thread], list(self.claims[thread]), next(self.numbers)
        evidence, event = uuid7(), uuid7()
        common = {"event": event, "evidence": evidence, "by": self.desk.by.id, "now": NOW, "day": DAY, "claims": claims}
        secret = {"hash": secrets.token_bytes(32), "payload": Jsonb({"summary": SUMMARY, "number": number})}
        ids = {"ids": [uuid7() for _ in claims], "revisions": [uuid7() for _ in claims]}
        item = {"id": evidence, "address": f"https://raw.example/{number}", "source": self.desk.sources[number % 10].id}
        with raw.transaction():
            raw.execute(_LOCK, [claims])
            last = dict(raw.execute(_NUMBERS, [claims]).fetchall())
            given = {**common, **secret, **ids, "numbers": [last.get(claim, 0) + 1 for claim in claims]}
            raw.execute(_EVIDENCE, {**common, **item, "summary": SUMMARY})
            for statement in (_BEARINGS, _REVISIONS, _EVENT, _EVENT_CLAIMS, _EVENT_BODY, _OUTBOX):
                raw.execute(statement, given)
            raw.execute(_COUNTS, {"claims": claims, "today": DAY})
