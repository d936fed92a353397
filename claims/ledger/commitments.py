"""Commitments: what an event said, and when and by whom, bound into 32 bytes without being told by them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

Plain = Mapping[str, object]

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_AS_THEY_ARE = frozenset((str, int, bool, type(None)))


def canonical(value: object) -> bytes:
    """Canonical JSON as the ledger hashes it: sorted keys, no spaces, UTF-8.

    Decimals, days and instants (in UTC) are strings. Raises TypeError for a float, which has no one way to be
    written, and for an instant without a zone.
    """
    return _encode(plain(value)).encode()


def plain(value: object) -> object:
    """The value as JSON has it: mappings, lists, strings, integers, booleans and null. Raises as `canonical` does."""
    if type(value) in _AS_THEY_ARE:  # what nearly all values are, asked for first: it halves the time
        return value
    if type(value) is dict:
        return {key if type(key) is str else str(key): plain(item) for key, item in value.items()}
    if type(value) is list:
        return [plain(item) for item in value]
    if isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, float):
        raise TypeError("A float cannot be hashed: give a Decimal.")
    if isinstance(value, datetime):
        return canonical_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def canonical_instant(instant: datetime) -> str:
    """An instant as it is hashed and told: in UTC, with microseconds. Raises TypeError where it has no zone."""
    if instant.tzinfo is None:
        raise TypeError("An instant without a zone cannot be hashed.")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def told(
    *,
    event: UUID,
    recorded_at: datetime,
    about_on: date,
    actor: UUID | None,
    verb: str,
    subject_type: str,
    subject_id: UUID,
    claims: Iterable[UUID],
    payload: Plain,
) -> dict[str, object]:
    """All that an event's commitment is made of but the salt, as plain JSON."""
    said = plain(
        {
            "id": event,
            "recorded_at": recorded_at,
            "about_on": about_on,
            "actor": actor,
            "verb": str(verb),
            "subject_type": subject_type,
            "subject_id": subject_id,
            "claims": sorted(str(claim) for claim in claims),
            "payload": payload,
        }
    )
    assert isinstance(said, dict)
    return said


def commitment(said: Plain, salt: bytes) -> bytes:
    """SHA-256 over the salt and the canonical JSON of what was told, so that a changed time, actor or word shows."""
    return hashlib.sha256(salt + canonical(said)).digest()
