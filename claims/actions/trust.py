"""Trust: earned by approved items, or given and taken by a moderator's word."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, NotAllowed
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.actions.record import kind_of, record
from claims.models import Event, Evidence, Role, User, UserRole, Verb

APPROVALS_NEEDED = 10


def trust_if_earned(person: User, *, now: datetime, today: date) -> bool:
    """Trusts an analyst after ten approved items, none of the last ten decided on having been returned.

    What was decided before a moderator took trust away does not earn it back.
    """
    person = User.objects.select_for_update(no_key=True).get(id=person.id)
    if person.trusted_at is not None or not UserRole.objects.filter(user=person, role=Role.ANALYST).exists():
        return False
    words = Event.objects.filter(subject_type=kind_of(person), subject_id=person.id, verb=Verb.TRUST_SET)
    decisions = Event.objects.filter(
        subject_type="evidence",
        subject_id__in=Evidence.objects.filter(by=person).values("id"),
        verb__in=[Verb.EVIDENCE_APPROVED, Verb.EVIDENCE_RETURNED],
    ).order_by("-id")
    if (last_word := words.order_by("-id").first()) is not None:
        decisions = decisions.filter(id__gt=last_word.id)
    latest = list(decisions.values_list("verb", flat=True)[:APPROVALS_NEEDED])
    if len(latest) < APPROVALS_NEEDED or Verb.EVIDENCE_RETURNED in latest:
        return False
    _store(
        person, trusted=True, by=None, reason="Ten approved items, none of the last ten returned.", now=now, today=today
    )
    return True


@act
def set_trust(*, by: User, person: User, trusted: bool, reason: str, today: date, now: datetime | None = None) -> User:
    """Trusts an analyst, or not any more, by a moderator's word. Raises NotAllowed, Invalid."""
    require(by, Right.SET_TRUST)
    if by.id == person.id:
        raise NotAllowed("Nobody decides on their own trust.")
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why.")
    fields.check()
    held = User.objects.select_for_update(no_key=True).filter(id=person.id).first()
    if held is None:
        raise Invalid({"person": "There is no such person."})
    return _store(held, trusted=trusted, by=by, reason=reason, now=now or timezone.now(), today=today)


def _store(person: User, *, trusted: bool, by: User | None, reason: str, now: datetime, today: date) -> User:
    person.trusted_at = now if trusted else None
    person.save(update_fields=["trusted_at"])
    record(
        by=by,
        verb=Verb.TRUST_SET,
        subject=person,
        about_on=today,
        now=now,
        payload={"trusted": trusted, "reason": reason},
    )
    return person
