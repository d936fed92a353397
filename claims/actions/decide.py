"""Decisions of the queue: approve, return, reject and withdraw items; approve and reject bearings that wait alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import NewBearing, claims_of, known_from, next_numbers, publish, revise, said
from claims.actions.errors import NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.kept import COUNTS, renew
from claims.actions.locks import check_unlocked, check_version, lock_claim, lock_claims, lock_evidence
from claims.actions.mail import tell
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.actions.standing import attach_to, published_under
from claims.actions.trust import trust_if_earned
from claims.ids import uuid7
from claims.models import Bearing, BearingState, Evidence, EvidenceState, User, Verb
from claims.names import name_of


@dataclass(frozen=True)
class Approved:
    """The item that is public now; `attached` where the address stood before and only its bearings were taken over."""

    evidence: Evidence
    attached: bool = False


@act
def approve(
    *, by: User, evidence: Evidence, seen_version: int | None = None, today: date, now: datetime | None = None
) -> Approved:
    """Makes a waiting item public; one whose address stands already gives its bearings to the item there.

    Raises NotAllowed (also for one's own item), Stale, WrongState, Locked.
    """
    now = now or timezone.now()
    held = _waiting(evidence, by=by)
    check_version("The item", held, seen_version)
    held.version += 1
    rows = list(Bearing.objects.filter(evidence=held).exclude(state=BearingState.WITHDRAWN).order_by("id"))
    held.touched_at = now
    if standing := published_under(held):
        fresh = [NewBearing(row.claim_id, row.stance, row.weight, row.note) for row in rows]
        logged = attach_to(standing, fresh, by=held.by, public=True, now=now, today=today)
        held.state = EvidenceState.REJECTED
        held.save()
        decision = {"attached_to": str(standing.id), "attached": [str(claim) for claim in logged.attached]}
        _told(held, Verb.EVIDENCE_APPROVED, by=by, now=now, claims=logged.attached, payload=decision)
        _after_approval(held, standing, by=by, now=now, today=today)
        return Approved(standing, attached=True)
    claims = lock_claims(row.claim_id for row in rows)
    check_unlocked(*claims.values())
    publish(rows)
    held.state = EvidenceState.PUBLISHED
    held.save()
    event_id = uuid7()
    revise(rows, by=held.by, now=now, event_id=event_id)
    payload = {"bearings": said(rows, claims)}
    _told(held, Verb.EVIDENCE_APPROVED, by=by, now=now, claims=list(claims), payload=payload, event_id=event_id)
    renew(COUNTS, claims, today=today)
    _after_approval(held, held, by=by, now=now, today=today)
    return Approved(held)


@act
def return_to_author(
    *, by: User, evidence: Evidence, reason: str, today: date, now: datetime | None = None
) -> Evidence:
    """Gives a waiting item back as a draft, with the reason. Raises NotAllowed, WrongState, Invalid."""
    now = now or timezone.now()
    held = _waiting(evidence, by=by)
    reason = _reason(reason, "Say what should be put right.")
    held.state, held.returned_because, held.touched_at = EvidenceState.DRAFT, reason, now
    return _decided(held, Verb.EVIDENCE_RETURNED, by=by, now=now, reason=reason)


@act
def reject(*, by: User, evidence: Evidence, reason: str, today: date, now: datetime | None = None) -> Evidence:
    """Ends a waiting item, with the reason. Raises NotAllowed, WrongState, Invalid."""
    now = now or timezone.now()
    held = _waiting(evidence, by=by)
    reason = _reason(reason, "Say why it is rejected.")
    held.state, held.returned_because, held.touched_at = EvidenceState.REJECTED, reason, now
    return _decided(held, Verb.EVIDENCE_REJECTED, by=by, now=now, reason=reason)


@act
def withdraw(*, by: User, evidence: Evidence, reason: str, today: date, now: datetime | None = None) -> Evidence:
    """Takes a published item off every page, at every date. Raises NotAllowed, WrongState, Locked, Invalid."""
    require(by, Right.WITHDRAW)
    reason = _reason(reason, "Say why it is withdrawn.")
    now = now or timezone.now()
    held = lock_evidence(evidence.id)
    if held.state != EvidenceState.PUBLISHED:
        raise WrongState("The item is not published.")
    claims = lock_claims(claims_of(held))
    check_unlocked(*claims.values())
    held.state, held.returned_because, held.touched_at = EvidenceState.WITHDRAWN, reason, now
    _decided(held, Verb.EVIDENCE_WITHDRAWN, by=by, now=now, reason=reason, claims=list(claims))
    renew(COUNTS, claims, today=today)
    return held


@act
def approve_bearing(*, by: User, bearing: Bearing, today: date, now: datetime | None = None) -> Bearing:
    """Makes a bearing that waits alone, on a published item, public. Raises NotAllowed, WrongState, Locked."""
    now = now or timezone.now()
    row, slug = _waiting_bearing(bearing, by=by)
    row.state = BearingState.PUBLISHED
    row.number = row.number or next_numbers([row.claim_id])[row.claim_id]
    row.save()
    _bearing_told(row, Verb.BEARING_APPROVED, slug, by=by, now=now, today=today)
    return row


@act
def reject_bearing(*, by: User, bearing: Bearing, reason: str, today: date, now: datetime | None = None) -> Bearing:
    """Ends a bearing that waits alone, with the reason. Raises NotAllowed, WrongState, Locked, Invalid."""
    now = now or timezone.now()
    row, slug = _waiting_bearing(bearing, by=by)
    reason = _reason(reason, "Say why it is rejected.")
    row.state = BearingState.WITHDRAWN
    row.save()
    _bearing_told(row, Verb.BEARING_REJECTED, slug, by=by, now=now, today=today, reason=reason)
    return row


def _reason(reason: str, needed: str) -> str:
    fields = Fields()
    cleaned = fields.text("reason", reason, longest=1000, needed=needed)
    fields.check()
    return cleaned


def _waiting(evidence: Evidence, *, by: User) -> Evidence:
    require(by, Right.DECIDE)
    held = lock_evidence(evidence.id)
    if held.state != EvidenceState.PENDING:
        raise WrongState(f"The item does not wait any more: it is {held.get_state_display()}.")
    if held.by_id == by.id:
        raise NotAllowed("Nobody decides on their own item.")
    return held


def _waiting_bearing(bearing: Bearing, *, by: User) -> tuple[Bearing, str]:
    require(by, Right.DECIDE)
    lock_evidence(bearing.evidence_id)
    claim = lock_claim(bearing.claim_id)
    check_unlocked(claim)
    row = Bearing.objects.get(id=bearing.id)
    if row.state != BearingState.PENDING or not row.live:
        raise WrongState("The bearing does not wait any more.")
    if row.by_id == by.id:
        raise NotAllowed("Nobody decides on their own bearing.")
    return row, claim.slug


def _decided(
    held: Evidence, verb: Verb, *, by: User, now: datetime, reason: str, claims: list[UUID] | None = None
) -> Evidence:
    held.version += 1
    held.save()
    _told(held, verb, by=by, now=now, claims=claims or [], payload={"reason": reason})
    what = {Verb.EVIDENCE_RETURNED: "was returned to your drafts", Verb.EVIDENCE_REJECTED: "was rejected"}
    tell(
        held.by,
        subject=f"{held.title}: {what.get(verb, 'was withdrawn')}",
        body=f"Your item “{held.title}” {what.get(verb, 'was withdrawn')}.\n\nThe reason given:\n{reason}",
        now=now,
        unless=by,
    )
    return held


def _told(
    held: Evidence,
    verb: Verb,
    *,
    by: User,
    now: datetime,
    claims: Sequence[UUID],
    payload: Mapping[str, object],
    event_id: UUID | None = None,
) -> None:
    record(
        by=by,
        verb=verb,
        subject=held,
        about_on=known_from(held),
        now=now,
        claims=claims,
        payload=payload,
        event_id=event_id,
        touched=[name_of("source", held.source_id)],
    )


def _after_approval(held: Evidence, public: Evidence, *, by: User, now: datetime, today: date) -> None:
    if held.by is None:
        return
    tell(
        held.by,
        subject=f"{held.title}: approved",
        body=f"Your item “{public.title}” is public now.",
        now=now,
        unless=by,
    )
    trust_if_earned(held.by, now=now, today=today)


def _bearing_told(
    row: Bearing, verb: Verb, slug: str, *, by: User, now: datetime, today: date, reason: str = ""
) -> None:
    event_id = uuid7()
    revise([row], by=row.by, now=now, event_id=event_id)  # the stance is its author's; the event names who decided
    record(
        by=by,
        verb=verb,
        subject=row,
        about_on=row.known_by,
        now=now,
        event_id=event_id,
        claims=[row.claim_id],
        touched=[name_of("evidence", row.evidence_id)],
        payload={"claim": slug, "evidence": row.evidence_id, "number": row.number, "reason": reason},
    )
    renew(COUNTS, [row.claim_id], today=today)
