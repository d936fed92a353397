"""Decisions of the queue: approve, return, reject and withdraw items; approve and reject bearings that wait alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import NewBearing, claims_of, known_from, next_numbers, publish, revise, said
from claims.actions.bearings import check_revision
from claims.actions.decided_mail import tell_of_approval, tell_of_bearing, tell_of_item
from claims.actions.errors import NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.holds import check_free, settled
from claims.actions.kept import COUNTS, renew
from claims.actions.leads import leads_given_back, leads_published
from claims.actions.locks import check_unlocked, check_version, lock_claim, lock_claims, lock_evidence
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.actions.standing import attach_to, published_under
from claims.actions.trust import trust_if_earned
from claims.ids import uuid7
from claims.models import Bearing, BearingState, Claim, Event, Evidence, EvidenceState, User, Verb
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

    Raises NotAllowed (also for one's own item), Held, Stale, WrongState, Locked.
    """
    now = now or timezone.now()
    held = _waiting(evidence, by=by, seen=seen_version, now=now)
    held.version += 1
    rows = list(Bearing.objects.filter(evidence=held).exclude(state=BearingState.WITHDRAWN).order_by("id"))
    held.touched_at = now
    if standing := published_under(held):
        fresh = [NewBearing(row.claim_id, row.stance, row.weight, row.note) for row in rows]
        logged = attach_to(standing, fresh, by=held.by, public=True, now=now, today=today)
        held.state = EvidenceState.REJECTED
        held.save()
        decision = {"attached_to": str(standing.id), "attached": [str(claim) for claim in logged.attached]}
        event = _told(held, Verb.EVIDENCE_APPROVED, by=by, now=now, claims=logged.attached, payload=decision)
        _after_approval(held, standing, by=by, event=event, now=now, today=today)
        return Approved(standing, attached=True)
    claims = lock_claims(row.claim_id for row in rows)
    check_unlocked(*claims.values())
    publish(rows)
    held.state = EvidenceState.PUBLISHED
    held.save()
    event_id = uuid7()
    revise(rows, by=held.by, now=now, event_id=event_id)
    payload = {"bearings": said(rows, claims)}
    event = _told(held, Verb.EVIDENCE_APPROVED, by=by, now=now, claims=claims, payload=payload, event_id=event_id)
    renew(COUNTS, claims, today=today)
    _after_approval(held, held, by=by, event=event, now=now, today=today)
    return Approved(held)


@act
def return_to_author(
    *,
    by: User,
    evidence: Evidence,
    reason: str,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Evidence:
    """Gives a waiting item back as a draft, with the reason. Raises NotAllowed, Held, Stale, WrongState, Invalid."""
    now = now or timezone.now()
    held = _waiting(evidence, by=by, seen=seen_version, now=now)
    reason = _reason(reason, "Say what should be put right.")
    held.state, held.returned_because, held.touched_at = EvidenceState.DRAFT, reason, now
    return _decided(held, Verb.EVIDENCE_RETURNED, by=by, now=now, reason=reason)


@act
def reject(
    *,
    by: User,
    evidence: Evidence,
    reason: str,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Evidence:
    """Ends a waiting item, with the reason. Raises NotAllowed, Held, Stale, WrongState, Invalid."""
    now = now or timezone.now()
    held = _waiting(evidence, by=by, seen=seen_version, now=now)
    reason = _reason(reason, "Say why it is rejected.")
    held.state, held.returned_because, held.touched_at = EvidenceState.REJECTED, reason, now
    leads_given_back(held)
    return _decided(held, Verb.EVIDENCE_REJECTED, by=by, now=now, reason=reason)


@act
def withdraw(
    *,
    by: User,
    evidence: Evidence,
    reason: str,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Evidence:
    """Takes a published item off every page, at every date. Raises NotAllowed, WrongState, Stale, Locked, Invalid."""
    require(by, Right.WITHDRAW)
    reason = _reason(reason, "Say why it is withdrawn.")
    now = now or timezone.now()
    held = lock_evidence(evidence.id)
    if held.state != EvidenceState.PUBLISHED:
        raise WrongState("The item is not published.")
    check_version("The item", held, seen_version)
    claims = lock_claims(claims_of(held))
    check_unlocked(*claims.values())
    held.state, held.returned_because, held.touched_at = EvidenceState.WITHDRAWN, reason, now
    _decided(held, Verb.EVIDENCE_WITHDRAWN, by=by, now=now, reason=reason, claims=claims)
    renew(COUNTS, claims, today=today)
    return held


@act
def approve_bearing(
    *, by: User, bearing: Bearing, seen_revision: int | None = None, today: date, now: datetime | None = None
) -> Bearing:
    """Makes a bearing that waits alone, on a published item, public.

    `seen_revision` is the number of the setting that was read. Raises NotAllowed, Held, Stale, WrongState, Locked.
    """
    now = now or timezone.now()
    row, claim = _waiting_bearing(bearing, by=by, seen=seen_revision, now=now)
    row.state = BearingState.PUBLISHED
    row.number = row.number or next_numbers([row.claim_id])[row.claim_id]
    row.save()
    _bearing_told(row, Verb.BEARING_APPROVED, claim, by=by, now=now, today=today)
    return row


@act
def reject_bearing(
    *,
    by: User,
    bearing: Bearing,
    reason: str,
    seen_revision: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Bearing:
    """Ends a bearing that waits alone, with the reason. Raises NotAllowed, Held, Stale, WrongState, Locked, Invalid."""
    now = now or timezone.now()
    row, claim = _waiting_bearing(bearing, by=by, seen=seen_revision, now=now)
    reason = _reason(reason, "Say why it is rejected.")
    row.state = BearingState.WITHDRAWN
    row.save()
    _bearing_told(row, Verb.BEARING_REJECTED, claim, by=by, now=now, today=today, reason=reason)
    return row


def _reason(reason: str, needed: str) -> str:
    fields = Fields()
    cleaned = fields.text("reason", reason, longest=1000, needed=needed)
    fields.check()
    return cleaned


def _waiting(evidence: Evidence, *, by: User, seen: int | None, now: datetime) -> Evidence:
    require(by, Right.DECIDE)
    held = lock_evidence(evidence.id)
    if held.state != EvidenceState.PENDING:
        raise WrongState(f"The item does not wait any more: it is {held.get_state_display()}.")
    if held.by_id == by.id:
        raise NotAllowed("Nobody decides on their own item.")
    check_free(by=by, kind="evidence", subject=held.id, now=now)
    check_version("The item", held, seen)
    return held


def _waiting_bearing(bearing: Bearing, *, by: User, seen: int | None, now: datetime) -> tuple[Bearing, Claim]:
    require(by, Right.DECIDE)
    lock_evidence(bearing.evidence_id)
    claim = lock_claim(bearing.claim_id)
    check_unlocked(claim)
    row = Bearing.objects.select_related("evidence", "by").get(id=bearing.id)
    if row.state != BearingState.PENDING or not row.live:
        raise WrongState("The bearing does not wait any more.")
    if row.by_id == by.id:
        raise NotAllowed("Nobody decides on their own bearing.")
    check_free(by=by, kind="bearing", subject=row.id, now=now)
    check_revision(row, seen)
    return row, claim


def _decided(
    held: Evidence, verb: Verb, *, by: User, now: datetime, reason: str, claims: Collection[UUID] = ()
) -> Evidence:
    held.version += 1
    held.save()
    event = _told(held, verb, by=by, now=now, claims=claims, payload={"reason": reason})
    tell_of_item(held, verb, by=by, event=event, reason=reason, now=now)
    return held


def _told(
    held: Evidence,
    verb: Verb,
    *,
    by: User,
    now: datetime,
    claims: Collection[UUID],
    payload: Mapping[str, object],
    event_id: UUID | None = None,
) -> Event:
    settled(kind="evidence", subject=held.id)
    return record(
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


def _after_approval(held: Evidence, public: Evidence, *, by: User, event: Event, now: datetime, today: date) -> None:
    leads_published(held, public, by=by, event=event, today=today, now=now)
    if held.by is not None:
        tell_of_approval(held, public, by=by, event=event, now=now)
        trust_if_earned(held.by, now=now, today=today)


def _bearing_told(
    row: Bearing, verb: Verb, claim: Claim, *, by: User, now: datetime, today: date, reason: str = ""
) -> None:
    settled(kind="bearing", subject=row.id)
    event_id = uuid7()
    revise([row], by=row.by, now=now, event_id=event_id)  # the stance is its author's; the event names who decided
    event = record(
        by=by,
        verb=verb,
        subject=row,
        about_on=row.known_by,
        now=now,
        event_id=event_id,
        claims=[row.claim_id],
        touched=[name_of("evidence", row.evidence_id)],
        payload={"claim": claim.slug, "evidence": row.evidence_id, "number": row.number, "reason": reason},
    )
    renew(COUNTS, [row.claim_id], today=today)
    tell_of_bearing(row, claim, by=by, event=event, reason=reason, now=now)
