"""Suspending a person, and letting them in again. Nothing that they published goes with it."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.destroy import end_sessions_of
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.holds import let_all_go
from claims.actions.leads import give_back_all
from claims.actions.mail import tell
from claims.actions.ownership import release_all
from claims.actions.people import HOUSE_EMAIL
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import Role, User, UserRole, Verb

ENDED = "ended_because"
"""Under this a browser's session says, in words for its person, why it is not signed in any more."""

_ENDED = "This account was suspended, and signs in no more until that is lifted. The reason was sent by mail."


@act
def suspend_person(*, by: User, person: User, reason: str, today: date, now: datetime | None = None) -> User:
    """Closes an account until the suspension is lifted: its sessions end, what it holds and looks after is let go.

    What the person sent waits apart from the queue. They are told by mail, while they still can be.
    Raises NotAllowed (also for oneself, so that one admin is left), WrongState, Invalid.
    """
    now = now or timezone.now()
    reason, held = _asked(by, person, reason, needed="Say why the account is suspended.")
    if by.id == held.id:
        raise NotAllowed("Another admin has to suspend you, so that one admin is left.")
    if held.email == HOUSE_EMAIL:
        raise WrongState("This is the site’s own account, and nobody’s.")
    if held.suspended_at is not None:
        raise WrongState("The account is suspended already.")
    body = f"Your account was suspended.\n\nThe reason given:\n{reason}\n\nIt cannot sign in until that is lifted."
    tell(held, subject="Your account was suspended", body=body, now=now)
    held.suspended_at = now
    held.save(update_fields=["suspended_at"])
    record(by=by, verb=Verb.PERSON_SUSPENDED, subject=held, about_on=today, now=now, payload={"reason": reason})
    let_all_go(by=held)
    release_all(person=held)
    give_back_all(person=held)
    end_sessions_of(held, leave={ENDED: _ENDED})
    return held


@act
def lift_suspension(*, by: User, person: User, reason: str, today: date, now: datetime | None = None) -> User:
    """Lets a suspended person sign in again, and tells them. Raises NotAllowed, WrongState, Invalid."""
    now = now or timezone.now()
    reason, held = _asked(by, person, reason, needed="Say why the suspension is lifted.")
    if held.suspended_at is None:
        raise WrongState("The account is not suspended.")
    held.suspended_at = None
    held.save(update_fields=["suspended_at"])
    record(by=by, verb=Verb.SUSPENSION_LIFTED, subject=held, about_on=today, now=now, payload={"reason": reason})
    body = f"Your account is open again: you can sign in.\n\nThe reason given:\n{reason}"
    tell(held, subject="Your account is open again", body=body, now=now)
    return held


def _asked(by: User, person: User, reason: str, *, needed: str) -> tuple[str, User]:
    """The reason, cleaned, and the person, locked."""
    require(by, Right.SUSPEND)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed=needed)
    fields.check()
    admins = UserRole.objects.filter(role=Role.ADMIN).order_by("user_id")
    standing = {row.user_id for row in admins.select_for_update()}  # two who suspend each other take turns
    if by.id not in standing or not User.objects.get(id=by.id).is_active:
        raise NotAllowed(f"You may not {Right.SUSPEND}.")
    held = User.objects.select_for_update(no_key=True).filter(id=person.id).first()
    if held is None:
        raise Invalid({"person": "There is no such person."})
    if held.anonymised_at is not None:
        raise WrongState("This person’s data is erased: nobody signs in with the account.")
    return reason, held
