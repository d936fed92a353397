"""Erasing a person's data: the account goes, what they published stays, by a former member."""

from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.destroy import (
    blank_flags,
    blank_suggestions,
    destroy_bodies,
    end_sessions_of,
    forget_mail_that_tells,
    grounds,
    sample_anew,
    with_body,
)
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.follows import forget_follows
from claims.actions.holds import let_all_go
from claims.actions.leads import give_back_all
from claims.actions.merge_redact import blank_suggestions_to_merge
from claims.actions.ownership import naming, release_all
from claims.actions.people import HOUSE_EMAIL
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import (
    ActKey,
    Bearing,
    Event,
    Evidence,
    EvidenceState,
    Flag,
    Role,
    Suggestion,
    Unsent,
    User,
    UserRole,
    Verb,
)

FORMER = "A former member"


@act
def erase_person(
    *, by: User, person: User, reason: str, legal_basis: str, today: date, now: datetime | None = None
) -> User:
    """Anonymises an account and destroys what is held on the person; what they published stays without their name.

    Raises NotAllowed (also for oneself), WrongState, Invalid.
    """
    now = now or timezone.now()
    held = _locked(person, by=by)
    emails = {held.email, *EmailAddress.objects.filter(user=held).values_list("email", flat=True)}
    reason = grounds(reason, legal_basis, tells=[held.name, *emails])
    flags = Flag.objects.filter(by=held)
    bodies = with_body(_events_about(held, flags))
    tombstone = record(
        by=by,
        verb=Verb.PERSON_ERASED,
        subject=held,
        about_on=today,
        now=now,
        touched=_named_on(held),
        payload={"reason": reason, "legal_basis": str(legal_basis), "bodies": len(bodies)},
    )
    destroy_bodies(bodies, tombstone=tombstone.id)
    blank_flags(flags)
    blank_suggestions(Suggestion.objects.filter(by=held))
    blank_suggestions_to_merge(held)
    _forget_mail_to(emails)
    forget_mail_that_tells(naming(held.name))
    ActKey.objects.filter(actor=held).delete()
    _delete_private_drafts(held)
    Unsent.objects.filter(person=held).delete()
    let_all_go(by=held)
    release_all(person=held)
    give_back_all(person=held)
    forget_follows(held)
    _close(held, now=now)
    transaction.on_commit(sample_anew, robust=True)
    return held


def _locked(person: User, *, by: User) -> User:
    """The person, locked, where `by` may erase their data; one admin is always left."""
    require(by, Right.REDACT)
    if by.id == person.id:
        raise NotAllowed("Another admin has to erase your data, so that one admin is left.")
    admins = UserRole.objects.filter(role=Role.ADMIN).order_by("user_id")
    standing = {row.user_id for row in admins.select_for_update()}  # two who erase each other take turns
    if by.id not in standing:
        raise NotAllowed(f"You may not {Right.REDACT}.")
    held = User.objects.select_for_update(no_key=True).filter(id=person.id).first()
    if held is None:
        raise Invalid({"person": "There is no such person."})
    if held.email == HOUSE_EMAIL:
        raise WrongState("This is the site’s own account, and nobody’s.")
    if held.anonymised_at is not None:
        raise WrongState("This person’s data is erased already.")
    return held


def _events_about(held: User, flags: "QuerySet[Flag]") -> list[UUID]:
    """What was said about the person, by them in flags, and to them in answers."""
    about = Q(subject_type="person", subject_id=held.id)
    answered = Q(subject_type="flag", subject_id__in=flags.values("id"))
    answered |= Q(subject_type="suggestion", subject_id__in=Suggestion.objects.filter(by=held).values("id"))
    return list(Event.objects.filter(about | answered).values_list("id", flat=True))


# What shows a person's name: the things that they did something to, the items of their bearings, the claims touched.
_NAMED_ON = """
SELECT DISTINCT subject_type || ':' || subject_id FROM event WHERE actor_id = %(person)s
 UNION
SELECT 'evidence:' || id FROM evidence WHERE by_id = %(person)s
 UNION
SELECT 'evidence:' || evidence_id FROM bearing WHERE by_id = %(person)s
 UNION
SELECT 'claim:' || event_claim.claim_id FROM event JOIN event_claim ON event_claim.event_id = event.id
 WHERE event.actor_id = %(person)s
"""


def _named_on(held: User) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_ON, {"person": held.id})
        return [row[0] for row in cursor.fetchall()]


_FORGET_MAIL = """
DELETE FROM mail WHERE EXISTS (
    SELECT FROM jsonb_array_elements_text(recipients) recipient WHERE lower(recipient) = ANY(%(emails)s))
"""


def _forget_mail_to(emails: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_MAIL, {"emails": sorted(email.lower() for email in emails)})


def _delete_private_drafts(held: User) -> None:
    """Items that nobody else has seen: kept or thrown away as drafts, never sent."""
    told = Event.objects.filter(subject_type="evidence", subject_id=OuterRef("id"))
    states = [EvidenceState.DRAFT, EvidenceState.WITHDRAWN]
    private = Evidence.objects.filter(~Exists(told), by=held, state__in=states)
    Bearing.objects.filter(evidence__in=private).delete()
    private.delete()


def _close(held: User, *, now: datetime) -> None:
    """Takes away the account's name, addresses, keys and sessions; the row stays, for what points at it."""
    EmailAddress.objects.filter(user=held).delete()
    Authenticator.objects.filter(user=held).delete()
    held.user_roles.all().delete()
    end_sessions_of(held)
    held.email, held.name = f"{held.id}@erased.invalid", FORMER  # RFC 2606: never delivered to
    held.trusted_at = held.suspended_at = held.last_login = None
    held.anonymised_at = now
    held.set_unusable_password()
    held.save()
