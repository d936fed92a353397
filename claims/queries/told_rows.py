"""Whether what pages show is what events told: each check finds rows that were changed, added or removed behind them.

The ledger proves that events stand as they were recorded; these prove the tables that pages are made of against the
events' bodies. What a redaction destroyed cannot be compared, and is left out.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from claims.queries import told_claims, told_evidence, told_merges
from claims.queries.rows import fetch
from claims.queries.told_sql import differs, same


class Untold(NamedTuple):
    """A row that is not as its event told it; `event` is that event, or None where no event told of it."""

    event: UUID | None
    thing: str


def differing_rows() -> Iterator[tuple[str, Untold]]:
    """For each check that finds something: what is wrong, as the end of a sentence, and the first such row."""
    for words, sql in CHECKS:
        for row in fetch(Untold, f"{sql} LIMIT 1"):
            yield words, row


_KEYS = f"""
SELECT event.id, ledger_key.verifier FROM ledger_key
  JOIN event ON event.id = ledger_key.event_id
  LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_id <> ledger_key.id OR {
    differs({"verifier": same("ledger_key.verifier"), "from_size": same("ledger_key.from_size", "bigint")})
}"""

CHECKS = (
    ("an assessment is not as its event told it", told_claims.ASSESSMENTS),
    ("an assessment that an event told of is gone", told_claims.ASSESSMENTS_GONE),
    ("a wording is not as its event told it", told_claims.WORDINGS),
    ("a wording that an event told of is gone", told_claims.WORDINGS_GONE),
    ("a claim is not as its opening told it", told_claims.OPENINGS),
    ("a revision of a bearing is not as its event told it", told_claims.BEARINGS),
    ("a revision of a bearing that an event told of is gone", told_claims.BEARINGS_GONE),
    ("a bearing is not as its last revision left it", told_claims.BEARINGS_NOW),
    ("an item does not say what its last event told", told_evidence.ITEMS),
    ("an item is in a state that no event brought it into", told_evidence.ITEM_STATES),
    ("an item that an event told of is gone", told_evidence.ITEMS_GONE),
    ("a version of a source is not as its event told it", told_evidence.SOURCES),
    ("a source is not as its last version left it", told_evidence.SOURCES_NOW),
    ("an article's record is not as its last event told it", told_evidence.ARTICLES),
    ("a relation of claims is not as its event told it", told_claims.RELATIONS),
    ("a merge is not as its event told it", told_merges.MERGES),
    ("a merge stands, or does not, as no event told it", told_merges.MERGES_NOW),
    ("a merge that an event told of is gone", told_merges.MERGES_GONE),
    ("a key of the ledger is not as its event told it", _KEYS),
)
