"""Entries of a ledger as they are published: one JSON object each, in exports and from a site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from claims.ledger.errors import AuditError
from claims.ledger.hashing import HASH_LENGTH
from claims.ledger.notes import LARGEST_SIZE

_SALT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Opened:
    """What an event said, and the salt of its commitment: shown while its subject is public."""

    said: Mapping[str, object]
    salt: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the ledger; `recorded_at` as it is hashed (ISO 8601 in UTC with microseconds)."""

    index: int
    event: str
    recorded_at: str
    commitment: bytes
    opened: Opened | None = None

    def told(self) -> dict[str, object]:
        """The entry as it is published."""
        opened = {"salt": self.opened.salt.hex(), "said": self.opened.said} if self.opened else None
        return {**self.brief(), "opened": opened}

    def brief(self) -> dict[str, object]:
        """The entry without what its event said."""
        return {
            "index": self.index,
            "event": self.event,
            "recorded_at": self.recorded_at,
            "commitment": self.commitment.hex(),
        }


def read_entry(told: object, *, where: str) -> Entry:
    """The entry that was told; `where` begins a sentence, such as "Line 7". Raises AuditError."""
    if not isinstance(told, Mapping):
        raise AuditError(f"{where} is no entry of a ledger.")
    index, event, recorded_at = told.get("index"), told.get("event"), told.get("recorded_at")
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index <= LARGEST_SIZE:
        raise AuditError(f"{where} does not say which entry it is.")
    if not _is_uuid(event) or not _is_instant(recorded_at):
        raise AuditError(f"{where}, entry {index:,}, does not say its event and when it was recorded.")
    commitment = _bytes(told.get("commitment"), HASH_LENGTH)
    if commitment is None:
        raise AuditError(f"{where}, entry {index:,}, has no commitment of {HASH_LENGTH} bytes in hex.")
    return Entry(
        index, str(event), str(recorded_at), commitment, _read_opened(told.get("opened"), index=index, where=where)
    )


def _read_opened(told: object, *, index: int, where: str) -> Opened | None:
    if told is None:
        return None
    said = told.get("said") if isinstance(told, Mapping) else None
    salt = _bytes(told.get("salt"), _SALT_LENGTH) if isinstance(told, Mapping) else None
    if not isinstance(said, Mapping) or salt is None:
        raise AuditError(f"{where}, entry {index:,}, does not tell what it said together with its salt.")
    return Opened(said, salt)


def _bytes(told: object, length: int) -> bytes | None:
    if not isinstance(told, str) or not re.fullmatch(r"[0-9a-f]*", told) or len(told) != 2 * length:
        return None
    return bytes.fromhex(told)


def _is_instant(told: object) -> bool:
    try:
        return datetime.fromisoformat(str(told)).tzinfo is not None
    except ValueError:
        return False


def _is_uuid(told: object) -> bool:
    try:
        return str(UUID(str(told))) == told
    except ValueError:
        return False
