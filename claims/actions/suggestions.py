"""Suggestions: addresses that readers propose, and what they are answered. Each is an act on record."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.holds import check_free, settled
from claims.actions.mail import take_back_mail, tell
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.addresses import AddressError, clean_address, normalise_address
from claims.models import Event, Evidence, EvidenceType, Lead, LeadState, Suggestion, SuggestionState, User, Verb

PASSED_ON = "was passed on to the analysts"
NOT_TAKEN_UP = "was not taken up"
LOGGED = "was logged as evidence"


@act
def suggest(*, by: User | None, address: str, note: str = "", today: date, now: datetime | None = None) -> Suggestion:
    """Proposes an address that may be evidence; `by` is None without an account. It becomes a lead.

    Raises NotAllowed, Invalid (also where its item is published already, or theirs still waits).
    """
    require(by, Right.SUGGEST)
    now = now or timezone.now()
    fields = Fields()
    cleaned, norm = _address(address, fields)
    note = fields.text("note", note, longest=1000)
    fields.check()
    if Evidence.objects.filter(address_norm=norm, state="published").exclude(type=EvidenceType.NOT_FOUND).exists():
        raise Invalid({"address": "This page is among the evidence already."})
    told = {"address": cleaned, "address_norm": norm, "seen_at": now, "dated_at": now}
    Lead.objects.bulk_create([Lead(**told)], ignore_conflicts=True)
    lead = Lead.objects.select_for_update(no_key=True).get(address_norm=norm)
    if by is not None and lead.suggestions.filter(by=by, state=SuggestionState.OPEN).exists():
        raise Invalid({"address": "You suggested this page before, and nobody has decided on it yet."})
    row = Suggestion(lead=lead, note=note, by=by, made_at=now)
    row.save(force_insert=True)
    said = {"address": cleaned, "note": note}
    record(by=by, verb=Verb.SUGGESTED, subject=row, about_on=today, now=now, payload=said)
    return row


def _address(address: str, fields: Fields) -> tuple[str, str]:
    if not address.strip():
        fields.wrong("address", "Give the address of a page.")
        return "", ""
    try:
        return clean_address(address), normalise_address(address)
    except AddressError as error:
        fields.wrong("address", str(error))
        return "", ""


@act
def decide_suggestion(
    *, by: User, suggestion: Suggestion, taken: bool, answer: str = "", today: date, now: datetime | None = None
) -> Suggestion:
    """Passes a suggestion on to who works the leads, or dismisses it with an answer for who made it.

    One that is dismissed takes its lead along, unless a feed brought that too or others suggested it.
    Raises NotAllowed, Held, WrongState, Invalid.
    """
    require(by, Right.DECIDE)
    now = now or timezone.now()
    fields = Fields()
    needed = "" if taken else "Say why, so that who suggested it can read it."
    answer = fields.text("answer", answer, longest=1000, needed=needed)
    fields.check()
    lead = Lead.objects.select_for_update(no_key=True).get(id=suggestion.lead_id)
    held = Suggestion.objects.select_for_update(no_key=True).get(id=suggestion.id)
    if held.state != SuggestionState.OPEN:
        raise WrongState("The suggestion is decided already.")
    if held.by_id == by.id:
        raise NotAllowed("Nobody decides their own suggestion.")
    check_free(by=by, kind="suggestion", subject=held.id, now=now)
    settled(kind="suggestion", subject=held.id)
    held.state, held.answer = (SuggestionState.TAKEN if taken else SuggestionState.DISMISSED), answer
    _decided(held, PASSED_ON if taken else NOT_TAKEN_UP, by=by, today=today, now=now)
    others = lead.suggestions.exclude(state=SuggestionState.DISMISSED).exists()
    if taken and lead.state == LeadState.DISMISSED and lead.address:
        _to(lead, LeadState.NEW, by=by, now=now)
    elif not taken and lead.feed_id is None and not others and lead.state == LeadState.NEW:
        _to(lead, LeadState.DISMISSED, by=by, now=now)
    return held


def dismiss_with_lead(lead: Lead, answer: str, *, by: User, today: date, now: datetime) -> None:
    """Dismisses the open suggestions of a lead that is set aside; the lead is locked."""
    for held in _of(lead).filter(state=SuggestionState.OPEN):
        held.state, held.answer = SuggestionState.DISMISSED, answer
        _decided(held, NOT_TAKEN_UP, by=by, today=today, now=now)


def open_with_lead(lead: Lead, *, decided_at: datetime, by: User, today: date, now: datetime) -> None:
    """Opens again the suggestions that were dismissed with a lead that comes back; the lead is locked.

    Who made them is not told that they were not taken up, where that was not sent yet, and hears of it if it is logged.
    """
    for held in _of(lead).filter(state=SuggestionState.DISMISSED):
        last = Event.objects.filter(subject_type="suggestion", subject_id=held.id).latest("id")
        if last.verb != Verb.SUGGESTION_DECIDED or last.recorded_at != decided_at:
            continue  # a moderator's own answer
        held.state, held.answer = SuggestionState.OPEN, ""
        held.save(update_fields=["state", "answer"])
        said = {"undoes": last.id, "verb": last.verb}
        record(by=by, verb=Verb.DECISION_UNDONE, subject=held, about_on=today, now=now, payload=said)
        take_back_mail(cause=last.id)


def tell_logged(lead: Lead, *, by: User, today: date, now: datetime, cause: UUID | None = None) -> None:
    """Tells everybody who suggested a lead that it became evidence; the lead is locked."""
    for held in _of(lead).exclude(state=SuggestionState.DISMISSED):
        if held.state == SuggestionState.OPEN:
            held.state = SuggestionState.TAKEN
            _decided(held, LOGGED, by=by, today=today, now=now)
        else:
            _tell(held, LOGGED, by=by, now=now, cause=cause)


def _of(lead: Lead) -> "QuerySet[Suggestion]":
    return Suggestion.objects.select_for_update(no_key=True).filter(lead=lead).order_by("id")


def _decided(held: Suggestion, words: str, *, by: User, today: date, now: datetime) -> None:
    held.save(update_fields=["state", "answer"])
    said = {"state": str(held.state), "answer": held.answer}
    event = record(by=by, verb=Verb.SUGGESTION_DECIDED, subject=held, about_on=today, now=now, payload=said)
    _tell(held, words, by=by, now=now, cause=event.id)


def _tell(held: Suggestion, words: str, *, by: User, now: datetime, cause: UUID | None = None) -> None:
    body = f"The address that you suggested {words}:\n{held.lead.address}"
    tell(
        held.by,
        subject="The address that you suggested",
        body=f"{body}\n\n{held.answer}" if held.answer else body,
        now=now,
        unless=by,
        cause=cause,
    )


def _to(lead: Lead, state: LeadState, *, by: User, now: datetime) -> None:
    lead.state, lead.decided_by, lead.decided_at = state, by, now
    lead.save(update_fields=["state", "decided_by", "decided_at"])
