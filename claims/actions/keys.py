"""Idempotency: a key that a client chose, so that the same act sent twice is done once."""

import hashlib
from datetime import datetime
from uuid import UUID

from claims.actions.errors import Invalid, KeyUsed
from claims.ledger.commitments import Plain, canonical
from claims.models import ActKey, User


def begin(*, by: User, key: str, said: Plain, subject_id: UUID, now: datetime) -> UUID | None:
    """Takes the key for this act, or gives the subject of the act that had taken it.

    Waits for an act with the same key that is under way. Raises KeyUsed where it stands for something else.
    """
    if not key.isprintable() or not 1 <= len(key) <= 100:
        raise Invalid({"key": "A key has 1 to 100 printable characters."})
    fingerprint = hashlib.sha256(canonical(said)).digest()
    row = ActKey(actor=by, key=key, fingerprint=fingerprint, subject_id=subject_id, made_at=now)
    ActKey.objects.bulk_create([row], ignore_conflicts=True)
    stored = ActKey.objects.get(actor=by, key=key)
    if bytes(stored.fingerprint) != fingerprint:
        raise KeyUsed("This key was used before, for something else. Choose a new one.")
    return None if stored.subject_id == subject_id else stored.subject_id


def settle(*, by: User, key: str, subject_id: UUID) -> None:
    """Says what the act with this key was about in the end, where that is not what was set out for."""
    ActKey.objects.filter(actor=by, key=key).update(subject_id=subject_id)
