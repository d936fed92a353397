"""Leads: setting aside, putting off, handing on and taking up what may become evidence. Private: no events.

Where readers had suggested the address, what becomes of the lead is their answer, and that is an act on record.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.permissions import Right, may, require
from claims.actions.suggestions import dismiss_with_lead, open_with_lead, tell_logged
from claims.models import Event, Evidence, EvidenceState, Lead, LeadState, Suggestion, User

NOT_TAKEN_UP = "Somebody looked at it and did not take it up as evidence."
LONGEST_SNOOZE = timedelta(days=366)
KEPT_FOR = timedelta(days=90)
_WAITING = (LeadState.NEW, LeadState.SNOOZED)


@act
def dismiss_lead(*, by: User, lead: Lead, today: date, now: datetime | None = None) -> Lead:
    """Sets a lead aside; whoever suggested it is told. Raises NotAllowed, WrongState."""
    now = now or timezone.now()
    held = _held(by, lead.id)
    held.state, held.snoozed_until = LeadState.DISMISSED, None
    _decided(held, by=by, now=now)
    dismiss_with_lead(held, NOT_TAKEN_UP, by=by, today=today, now=now)
    return held


@act
def snooze_lead(*, by: User, lead: Lead, until: datetime, now: datetime | None = None) -> Lead:
    """Puts a lead off until an instant. Raises NotAllowed, WrongState, Invalid."""
    now = now or timezone.now()
    if not now < until <= now + LONGEST_SNOOZE:
        raise Invalid({"until": "Choose a day after today and within a year."})
    held = _held(by, lead.id)
    held.state, held.snoozed_until = LeadState.SNOOZED, until
    return _decided(held, by=by, now=now)


@act
def assign_lead(*, by: User, lead: Lead, to: User | None, now: datetime | None = None) -> Lead:
    """Hands a lead to somebody who may work it, or back to everybody. Raises NotAllowed, WrongState, Invalid."""
    held = _held(by, lead.id)
    if to is not None and not may(to, Right.WORK_LEADS):
        raise Invalid({"to": f"{to} does not work on leads."})
    held.assigned_to = to
    held.save(update_fields=["assigned_to"])
    return held


@act
def restore_lead(*, by: User, lead: Lead, today: date, now: datetime | None = None) -> Lead:
    """Brings back what was set aside, with the suggestions that went with it, or put off.

    Raises NotAllowed, WrongState.
    """
    require(by, Right.WORK_LEADS)
    now = now or timezone.now()
    held = Lead.objects.select_for_update(no_key=True).filter(id=lead.id).first()
    if held is None or not held.address or held.state not in (LeadState.DISMISSED, LeadState.SNOOZED):
        raise WrongState("The lead is neither set aside nor put off.")
    if held.state == LeadState.DISMISSED and held.decided_at is not None:
        open_with_lead(held, decided_at=held.decided_at, by=by, today=today, now=now)
    held.state, held.snoozed_until = LeadState.NEW, None
    return _decided(held, by=by, now=now)


def give_back_all(*, person: User) -> int:
    """Gives back to everybody the leads of a person who works them no longer; part of the act that ends it."""
    return Lead.objects.filter(assigned_to=person, state__in=_WAITING).update(assigned_to=None)


# In SQL, since every item that is logged asks it.
_OF_ITEM = """
SELECT id FROM lead
 WHERE (address_norm = %(address)s AND address_norm <> '' OR id = %(lead)s) AND state IN ('new', 'snoozed')
 ORDER BY id FOR NO KEY UPDATE
"""


def settle_leads(evidence: Evidence, lead: UUID | None, *, by: User, today: date, now: datetime) -> None:
    """Notes which leads an item was made of: the one that it was logged from, and the one with its address.

    Who suggested them hears of it once the item is public.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_ITEM, {"address": evidence.address_norm, "lead": lead})
        found = [row[0] for row in cursor.fetchall()]
    for held in Lead.objects.filter(id__in=found).order_by("id") if found else ():
        held.state, held.snoozed_until, held.evidence = LeadState.LOGGED, None, evidence
        _decided(held, by=by, now=now)
        if evidence.state == EvidenceState.PUBLISHED:
            tell_logged(held, by=by, today=today, now=now)


def leads_published(item: Evidence, public: Evidence, *, by: User, event: Event, today: date, now: datetime) -> None:
    """Tells who suggested the leads of an item that it was approved; `public` is where it stands now."""
    for held in _made_into(item, LeadState.LOGGED):
        held.evidence = public
        held.save(update_fields=["evidence"])
        tell_logged(held, by=by, today=today, now=now, cause=event.id)


def leads_given_back(item: Evidence) -> None:
    """Brings the leads of an item back that came to nothing; they go on knowing it."""
    for held in _made_into(item, LeadState.LOGGED):
        held.state = LeadState.NEW
        held.save(update_fields=["state"])


def leads_taken_again(item: Evidence) -> None:
    """Takes the leads of an item away again whose rejection was undone."""
    for held in _made_into(item, LeadState.NEW):
        held.state = LeadState.LOGGED
        held.save(update_fields=["state"])


def _made_into(item: Evidence, state: LeadState) -> "QuerySet[Lead]":
    return Lead.objects.select_for_update(no_key=True).filter(evidence=item, state=state).order_by("id")


def wake_snoozed(*, now: datetime) -> int:
    """Brings back the leads whose time has come; gives how many."""
    due = Lead.objects.filter(state=LeadState.SNOOZED, snoozed_until__lte=now)
    return due.update(state=LeadState.NEW, snoozed_until=None)


def forget_leads(*, now: datetime, kept: timedelta = KEPT_FOR, at_once: int = 5000) -> int:
    """Deletes leads that nobody took up within `kept`, but not those that readers suggested; gives how many."""
    old = Lead.objects.filter(
        state__in=(LeadState.NEW, LeadState.DISMISSED), assigned_to=None, evidence=None, seen_at__lt=now - kept
    ).exclude(id__in=Suggestion.objects.values("lead"))
    ids: Iterable[UUID] = list(old.values_list("id", flat=True)[:at_once])
    return Lead.objects.filter(id__in=ids).delete()[1].get("claims.Lead", 0)


def _held(by: User, lead: UUID) -> Lead:
    require(by, Right.WORK_LEADS)
    held = Lead.objects.select_for_update(no_key=True).filter(id=lead).first()
    if held is None:
        raise WrongState("There is no such lead any more.")
    if held.state not in _WAITING:
        raise WrongState(f"The lead was {held.get_state_display()} already.")
    return held


def _decided(held: Lead, *, by: User, now: datetime) -> Lead:
    held.decided_by, held.decided_at = by, now
    held.save(update_fields=["state", "snoozed_until", "evidence", "decided_by", "decided_at"])
    return held
