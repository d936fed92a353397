"""Writing an event: every public act does it in its own transaction."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from claims import names
from claims.actions.insert import insert
from claims.ids import uuid7
from claims.models import Event, EventBody, EventClaim, Outbox, User, Verb

Plain = Mapping[str, object]


def canonical(value: object) -> bytes:
    """Canonical JSON as the ledger hashes it: sorted keys, no spaces, UTF-8.

    Decimals, days and instants (in UTC) are strings. Raises TypeError for a float, which has no one way to be
    written, and for an instant without a zone.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        raise TypeError("A float cannot be hashed: give a Decimal.")
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("An instant without a zone cannot be hashed.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def commitment(event: Event, *, claims: Iterable[UUID], payload: Plain, salt: bytes) -> bytes:
    """SHA-256 over the salt and the canonical JSON of all the rest, so that a changed time, actor or word shows."""
    said = {
        "id": event.id,
        "recorded_at": event.recorded_at,
        "about_on": event.about_on,
        "actor": event.actor_id,
        "verb": str(event.verb),
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "claims": sorted(str(claim) for claim in claims),
        "payload": payload,
    }
    return hashlib.sha256(salt + canonical(said)).digest()


def kind_of(subject: Model) -> str:
    """The word for a thing in events and names, such as `claim`."""
    return str(subject._meta.db_table)


def record(
    *,
    by: User | None,
    verb: Verb,
    subject: Model,
    about_on: date,
    now: datetime,
    payload: Plain,
    claims: Iterable[UUID] = (),
    touched: Iterable[str] = (),
    event_id: UUID | None = None,
) -> Event:
    """Writes one event with its claims, body and outbox row, and renews the pages it touches once it is committed.

    `touched` names what the act changed beside its subject and its claims; `event_id` is given where rows that
    point at the event were made before it.
    """
    claims = list(dict.fromkeys(claims))
    plain = _plain(payload)
    assert isinstance(plain, dict)
    event = Event(
        id=event_id or uuid7(),
        recorded_at=now,
        about_on=about_on,
        actor=by,
        verb=verb,
        subject_type=kind_of(subject),
        subject_id=subject.pk,
    )
    salt = secrets.token_bytes(32)
    event.commitment = commitment(event, claims=claims, payload=plain, salt=salt)
    insert(event)
    insert(*(EventClaim(claim_id=claim, event=event) for claim in claims))
    insert(EventBody(event=event, payload=plain, salt=salt))
    insert(Outbox(event=event))
    changed = {names.LISTS, names.name_of(event.subject_type, event.subject_id), *touched}
    changed.update(names.name_of("claim", claim) for claim in claims)
    transaction.on_commit(partial(_renew, frozenset(changed)), robust=True)
    return event


def _renew(changed: frozenset[str]) -> None:
    names.touched.send(sender=Event, names=changed)
