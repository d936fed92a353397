"""Undoing a decision of a moment ago: the thing waits again, or is public again, and both acts stay on record."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import claims_of, known_from, revise
from claims.actions.errors import ActionError, NotAllowed, WrongState
from claims.actions.holds import hold
from claims.actions.kept import COUNTS, renew
from claims.actions.leads import leads_taken_again
from claims.actions.locks import check_unlocked, lock_claim, lock_claims, lock_evidence
from claims.actions.mail import take_back_mail
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.actions.trust import take_back_if_earned_by
from claims.actions.undo_window import stands_from
from claims.ids import uuid7
from claims.models import (
    Bearing,
    BearingState,
    Citation,
    Event,
    Evidence,
    EvidenceLink,
    EvidenceState,
    Flag,
    FlagState,
    Lead,
    LeadState,
    Merge,
    Suggestion,
    SuggestionState,
    User,
    Verb,
)
from claims.names import name_of

Thing = Evidence | Bearing | Flag | Suggestion


class CannotBeUndone(ActionError):
    """The decision stands: it is too old, or something else was done to the thing since."""


_SINCE = "Something else was done to it since, so the decision stands."

# What each decision made of an item, and what undoing makes of it.
_ITEMS: Mapping[str, tuple[EvidenceState, EvidenceState]] = {
    Verb.EVIDENCE_APPROVED: (EvidenceState.PUBLISHED, EvidenceState.PENDING),
    Verb.EVIDENCE_RETURNED: (EvidenceState.DRAFT, EvidenceState.PENDING),
    Verb.EVIDENCE_REJECTED: (EvidenceState.REJECTED, EvidenceState.PENDING),
    Verb.EVIDENCE_WITHDRAWN: (EvidenceState.WITHDRAWN, EvidenceState.PUBLISHED),
}
_BEARINGS: Mapping[str, BearingState] = {
    Verb.BEARING_APPROVED: BearingState.PUBLISHED,
    Verb.BEARING_REJECTED: BearingState.WITHDRAWN,
}
RIGHTS: Mapping[str, Right] = {
    **dict.fromkeys([*_ITEMS, *_BEARINGS], Right.DECIDE),
    Verb.EVIDENCE_WITHDRAWN: Right.WITHDRAW,
    Verb.FLAG_DECIDED: Right.DECIDE_FLAG,
    Verb.SUGGESTION_DECIDED: Right.DECIDE,
}
"""The decisions that can be undone, each with the right that it takes."""


@act
def undo_decision(*, by: User, event: Event, today: date, now: datetime | None = None) -> Thing:
    """Puts a thing back to where it was before one's own decision; its mail is not sent, its numbers stay given.

    Raises NotAllowed, CannotBeUndone, WrongState, Locked.
    """
    if event.verb not in RIGHTS:
        raise WrongState("Only decisions of the queue can be undone.")
    require(by, RIGHTS[event.verb])
    now = now or timezone.now()
    if event.actor_id != by.id:
        raise NotAllowed("Only who decided can undo it.")
    if now > stands_from(event.recorded_at):
        raise CannotBeUndone("It was decided more than ten seconds ago, and stands.")
    thing = _UNDO[event.subject_type](event, by=by, today=today, now=now)
    take_back_mail(cause=event.id)
    if event.verb != Verb.EVIDENCE_WITHDRAWN:
        # Who thinks again is who goes on deciding.
        hold(by=by, kind=event.subject_type, subject=event.subject_id, now=now)
    return thing


def _undo_item(event: Event, *, by: User, today: date, now: datetime) -> Evidence:
    held = lock_evidence(event.subject_id)
    made, before = _ITEMS[event.verb]
    _check_last(event)
    said = event.body.payload
    if said.get("attached"):
        raise CannotBeUndone("Its bearings went to the item that stood there before: take them back there.")
    if "attached_to" in said:
        made = EvidenceState.REJECTED
    if held.state != made or held.touched_at != event.recorded_at:
        raise CannotBeUndone(_SINCE)
    claims = lock_claims(claims_of(held))
    check_unlocked(*claims.values())
    published = made == EvidenceState.PUBLISHED
    if published:
        _check_nothing_rests_on(held, event)
    held.state, held.touched_at, held.returned_because = before, now, ""  # what waits, or is public, has no reason
    held.version += 1
    held.save()
    if event.verb == Verb.EVIDENCE_REJECTED:
        leads_taken_again(held)
    event_id = uuid7()
    rows: list[Bearing] = []
    if published:
        rows = list(Bearing.objects.filter(evidence=held, state=BearingState.PUBLISHED).order_by("id"))
        for row in rows:
            row.state = BearingState.PENDING
        Bearing.objects.bulk_update(rows, ["state"])
        revise(rows, by=held.by, now=now, event_id=event_id)
    moved = claims if published or made == EvidenceState.WITHDRAWN else {}
    touched = name_of("source", held.source_id)
    _undone(event, held, by=by, about_on=known_from(held), now=now, claims=moved, touched=touched, event_id=event_id)
    renew(COUNTS, moved, today=today)
    if event.verb == Verb.EVIDENCE_APPROVED and held.by is not None:
        take_back_if_earned_by(event, held.by, now=now, today=today)
    return held


def _undo_bearing(event: Event, *, by: User, today: date, now: datetime) -> Bearing:
    item = Bearing.objects.values_list("evidence_id", flat=True).get(id=event.subject_id)
    lock_evidence(item)
    row = Bearing.objects.get(id=event.subject_id)
    check_unlocked(lock_claim(row.claim_id))
    _check_last(event)
    if row.state != _BEARINGS[event.verb] or not row.live:
        raise CannotBeUndone(_SINCE)
    cited = event.verb == Verb.BEARING_APPROVED and Citation.objects.filter(evidence=item, claim=row.claim_id).exists()
    if cited:
        raise CannotBeUndone("A judgement cites it already, so the decision stands.")
    row.state = BearingState.PENDING
    row.save(update_fields=["state"])
    event_id = uuid7()
    revise([row], by=row.by, now=now, event_id=event_id)
    claims, touched = [row.claim_id], name_of("evidence", item)
    _undone(event, row, by=by, about_on=row.known_by, now=now, claims=claims, touched=touched, event_id=event_id)
    renew(COUNTS, claims, today=today)
    return row


def _undo_flag(event: Event, *, by: User, today: date, now: datetime) -> Flag:
    held = Flag.objects.select_for_update(no_key=True).get(id=event.subject_id)
    _check_last(event)
    if held.state == FlagState.OPEN:
        raise CannotBeUndone(_SINCE)
    held.state, held.answer = FlagState.OPEN, ""
    held.save(update_fields=["state", "answer"])
    _undone(event, held, by=by, about_on=today, now=now)
    return held


# What a decision on a suggestion may have made of its lead, and what that was before.
_LEADS = {LeadState.NEW: LeadState.DISMISSED, LeadState.DISMISSED: LeadState.NEW}


def _undo_suggestion(event: Event, *, by: User, today: date, now: datetime) -> Suggestion:
    found = Suggestion.objects.get(id=event.subject_id)
    lead = Lead.objects.select_for_update(no_key=True).get(id=found.lead_id)
    held = Suggestion.objects.select_for_update(no_key=True).get(id=found.id)
    _check_last(event)
    if held.state == SuggestionState.OPEN or lead.state not in _LEADS:
        raise CannotBeUndone(_SINCE)
    held.state, held.answer = SuggestionState.OPEN, ""
    held.save(update_fields=["state", "answer"])
    if lead.decided_at == event.recorded_at:
        lead.state, lead.decided_at = _LEADS[LeadState(lead.state)], now
        lead.save(update_fields=["state", "decided_at"])
    _undone(event, held, by=by, about_on=today, now=now)
    return held


def _check_last(event: Event) -> None:
    since = Event.objects.filter(subject_type=event.subject_type, subject_id=event.subject_id, id__gt=event.id)
    if since.exists():
        raise CannotBeUndone(_SINCE)


def _check_nothing_rests_on(item: Evidence, event: Event) -> None:
    """Raises CannotBeUndone where something was built on the item while it was public."""
    if Citation.objects.filter(evidence=item).exists():
        raise CannotBeUndone("A judgement cites it already, so the decision stands.")
    on_bearings = Event.objects.filter(
        subject_type="bearing", subject_id__in=Bearing.objects.filter(evidence=item).values("id"), id__gt=event.id
    )
    merged = Merge.objects.filter(subject_type="evidence", into_id=item.id, state="confirmed")
    if on_bearings.exists() or merged.exists() or EvidenceLink.objects.filter(to_item=item).exists():
        raise CannotBeUndone(_SINCE)


def _undone(
    event: Event,
    thing: Thing,
    *,
    by: User,
    about_on: date,
    now: datetime,
    claims: Iterable[UUID] = (),
    touched: str = "",
    event_id: UUID | None = None,
) -> None:
    record(
        by=by,
        verb=Verb.DECISION_UNDONE,
        subject=thing,
        about_on=about_on,
        now=now,
        claims=claims,
        touched=[touched] if touched else [],
        payload={"undoes": event.id, "verb": event.verb},
        event_id=event_id,
    )


_UNDO: Mapping[str, Callable[..., Thing]] = {
    "evidence": _undo_item,
    "bearing": _undo_bearing,
    "flag": _undo_flag,
    "suggestion": _undo_suggestion,
}
