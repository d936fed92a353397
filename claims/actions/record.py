"""Writing an event: every public act does it in its own transaction."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from claims import names
from claims.actions.follows import BEGIN, follow_by_act
from claims.actions.insert import insert
from claims.ids import uuid7
from claims.ledger import commitments
from claims.ledger.commitments import Plain
from claims.models import Event, EventBody, EventClaim, Outbox, User, Verb


def commitment(event: Event, *, claims: Iterable[UUID], payload: Plain, salt: bytes) -> bytes:
    """The commitment of an event with the claims it touched, its payload and its salt."""
    return commitments.commitment(
        commitments.told(
            event=event.id,
            recorded_at=event.recorded_at,
            about_on=event.about_on,
            actor=event.actor_id,
            verb=event.verb,
            subject_type=event.subject_type,
            subject_id=event.subject_id,
            claims=claims,
            payload=payload,
        ),
        salt,
    )


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

    Who works on a claim follows it from then on.

    `touched` names what the act changed beside its subject and its claims; `event_id` is given where rows that
    point at the event were made before it.
    """
    claims = list(dict.fromkeys(claims))
    plain = commitments.plain(payload)
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
    if by is not None and verb in BEGIN:
        follow_by_act(by, claims, now=now)
    changed = {names.LISTS, names.name_of(event.subject_type, event.subject_id), *touched}
    changed.update(names.name_of("claim", claim) for claim in claims)
    transaction.on_commit(partial(_renew, frozenset(changed)), robust=True)
    return event


def _renew(changed: frozenset[str]) -> None:
    names.touched.send(sender=Event, names=changed)
