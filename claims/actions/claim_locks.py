"""Locking and unlocking claims."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import WrongState
from claims.actions.fields import Fields
from claims.actions.locks import lock_claim
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import Claim, User, Verb


@act
def lock_claim_for_all(*, by: User, claim: Claim, reason: str, today: date, now: datetime | None = None) -> Claim:
    """Locks a claim: nobody changes or judges it until it is unlocked. Raises NotAllowed, Invalid, WrongState."""
    require(by, Right.LOCK)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the claim is locked.")
    fields.check()
    held = lock_claim(claim.id)
    if held.locked_by_id is not None:
        raise WrongState("The claim is locked already.")
    held.locked_by, held.locked_because = by, reason
    return _lock_changed(held, Verb.CLAIM_LOCKED, by=by, reason=reason, today=today, now=now or timezone.now())


@act
def unlock_claim(*, by: User, claim: Claim, reason: str, today: date, now: datetime | None = None) -> Claim:
    """Unlocks a claim. Raises NotAllowed, Invalid, WrongState."""
    require(by, Right.LOCK)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the claim is unlocked.")
    fields.check()
    held = lock_claim(claim.id)
    if held.locked_by_id is None:
        raise WrongState("The claim is not locked.")
    held.locked_by, held.locked_because = None, ""
    return _lock_changed(held, Verb.CLAIM_UNLOCKED, by=by, reason=reason, today=today, now=now or timezone.now())


def _lock_changed(held: Claim, verb: Verb, *, by: User, reason: str, today: date, now: datetime) -> Claim:
    held.save(update_fields=["locked_by", "locked_because"])
    record(by=by, verb=verb, subject=held, about_on=today, now=now, claims=[held.id], payload={"reason": reason})
    return held
