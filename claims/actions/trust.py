"""Trust: earned by approved items, or given and taken by a moderator's word."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import Event, Role, User, UserRole, Verb
from claims.models.undone import UNDONE

APPROVALS_NEEDED = 10


# Trust that was earned by an approval that was undone, and its taking back, are as if they had not been.
_LAST_WORD = """
SELECT event.id FROM event LEFT JOIN event_body body ON body.event_id = event.id
 WHERE event.subject_type = 'person' AND event.subject_id = %(person)s AND event.verb = 'trust-set'
   AND NOT coalesce(body.payload ? 'undoes', FALSE)
   AND NOT EXISTS (SELECT FROM event back JOIN event_body said ON said.event_id = back.id
                    WHERE back.subject_type = 'person' AND back.subject_id = event.subject_id
                      AND back.verb = 'trust-set' AND said.payload ->> 'undoes' = event.id::text)
 ORDER BY event.id DESC LIMIT 1
"""

_DECISIONS = f"""
SELECT event.verb FROM event JOIN evidence ON evidence.id = event.subject_id
 WHERE event.subject_type = 'evidence' AND evidence.by_id = %(person)s
   AND event.verb IN ('evidence-approved', 'evidence-returned')
   AND event.id > coalesce(({_LAST_WORD}), '00000000-0000-0000-0000-000000000000') AND NOT {UNDONE}
 ORDER BY event.id DESC LIMIT %(most)s
"""  # noqa: S608 (of our own texts)


def trust_if_earned(person: User, *, now: datetime, today: date) -> bool:
    """Trusts an analyst after ten approved items, none of the last ten decided on having been returned.

    What was decided before a moderator took trust away does not earn it back; what was undone was not decided.
    """
    person = User.objects.select_for_update(no_key=True).get(id=person.id)
    if person.trusted_at is not None or not UserRole.objects.filter(user=person, role=Role.ANALYST).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS, {"person": person.id, "most": APPROVALS_NEEDED})
        latest = [verb for [verb] in cursor.fetchall()]
    if len(latest) < APPROVALS_NEEDED or Verb.EVIDENCE_RETURNED in latest:
        return False
    _store(
        person, trusted=True, by=None, reason="Ten approved items, none of the last ten returned.", now=now, today=today
    )
    return True


def take_back_if_earned_by(approval: Event, person: User, *, now: datetime, today: date) -> bool:
    """Takes back the trust that an approval earned, which is being undone; not what anybody's word gave since."""
    person = User.objects.select_for_update(no_key=True).get(id=person.id)
    last = Event.objects.filter(subject_type="person", subject_id=person.id, verb=Verb.TRUST_SET).order_by("-id")
    earned = last.first()
    if earned is None or earned.actor_id is not None or earned.recorded_at != approval.recorded_at:
        return False
    reason = "The approval that earned it was undone."
    _store(person, trusted=False, by=None, reason=reason, now=now, today=today, undoes=earned.id)
    return True


@act
def set_trust(*, by: User, person: User, trusted: bool, reason: str, today: date, now: datetime | None = None) -> User:
    """Trusts an analyst, or not any more, by a moderator's word. Raises NotAllowed, WrongState, Invalid."""
    require(by, Right.SET_TRUST)
    if by.id == person.id:
        raise NotAllowed("Nobody decides on their own trust.")
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why.")
    fields.check()
    held = User.objects.select_for_update(no_key=True).filter(id=person.id).first()
    if held is None:
        raise Invalid({"person": "There is no such person."})
    if (held.trusted_at is not None) is trusted:
        raise WrongState("They are trusted already." if trusted else "They are not trusted as it is.")
    return _store(held, trusted=trusted, by=by, reason=reason, now=now or timezone.now(), today=today)


def _store(
    person: User,
    *,
    trusted: bool,
    by: User | None,
    reason: str,
    now: datetime,
    today: date,
    undoes: UUID | None = None,
) -> User:
    person.trusted_at = now if trusted else None
    person.save(update_fields=["trusted_at"])
    record(
        by=by,
        verb=Verb.TRUST_SET,
        subject=person,
        about_on=today,
        now=now,
        payload={"trusted": trusted, "reason": reason, **({"undoes": str(undoes)} if undoes else {})},
    )
    return person
