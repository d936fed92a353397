"""Setting, changing and withdrawing one bearing."""

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import NewBearing, attach, checked, next_numbers, revise
from claims.actions.errors import NotAllowed, Stale, WrongState
from claims.actions.fields import Fields
from claims.actions.kept import COUNTS, renew
from claims.actions.locks import check_unlocked, lock_claim, lock_evidence
from claims.actions.permissions import Right, may, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import Bearing, BearingRevision, BearingState, Claim, Evidence, EvidenceState, User, Verb


@act
def set_bearing(
    *,
    by: User,
    evidence: Evidence,
    bearing: NewBearing,
    seen_revision: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Bearing:
    """Says what a published item tells about a claim, for the first time or otherwise than before.

    A new analyst's first setting waits in the queue; changing a public one needs the right to publish.
    `seen_revision` is the number of the last setting that was read, 0 where there was none.
    Raises NotAllowed, Locked, WrongState, Stale, Invalid.
    """
    require(by, Right.SET_BEARING)
    now = now or timezone.now()
    fields = Fields()
    [wanted] = checked([bearing], fields)
    fields.check()
    item = lock_evidence(evidence.id)
    if item.state != EvidenceState.PUBLISHED:
        raise WrongState("The item is not published.")
    claim = lock_claim(wanted.claim)
    check_unlocked(claim)
    public = may(by, Right.PUBLISH_EVIDENCE)
    state = BearingState.PUBLISHED if public else BearingState.PENDING
    row = Bearing.objects.filter(evidence=item, claim=claim).first()
    check_revision(row, seen_revision)
    if row is None:
        [row] = attach(item, [wanted], by=by, state=state, now=now)
        return tell_bearing(row, Verb.BEARING_SET, claim=claim, by=by, now=now, today=today)
    if not public and row.state == BearingState.WITHDRAWN:
        raise NotAllowed("The bearing on this claim was withdrawn: only who may publish sets it again.")
    if not public and (row.state != BearingState.PENDING or row.by_id != by.id):
        raise NotAllowed("A bearing that is public is changed by who may publish: flag it to have it looked at.")
    row.stance, row.weight, row.note, row.set_at = wanted.stance, wanted.weight, wanted.note, now
    row.state = state
    if public and row.number is None:
        row.number = next_numbers([claim.id])[claim.id]
    row.save()
    return tell_bearing(row, Verb.BEARING_CHANGED, claim=claim, by=by, now=now, today=today)


@act
def withdraw_bearing(
    *,
    by: User,
    bearing: Bearing,
    reason: str,
    seen_revision: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Bearing:
    """Takes a bearing back: its author one that waits, a moderator any.

    Raises NotAllowed, Locked, WrongState, Stale, Invalid.
    """
    require(by, Right.SET_BEARING)
    now = now or timezone.now()
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the bearing is taken back.")
    fields.check()
    if lock_evidence(bearing.evidence_id).state == EvidenceState.DRAFT:
        raise WrongState("The item is a draft: its bearings change with it.")
    claim = lock_claim(bearing.claim_id)
    check_unlocked(claim)
    row = Bearing.objects.get(id=bearing.id)
    check_revision(row, seen_revision)
    if row.state == BearingState.WITHDRAWN:
        raise WrongState("The bearing is withdrawn already.")
    own_waiting = row.by_id == by.id and row.state == BearingState.PENDING
    own_public = row.by_id == by.id and may(by, Right.PUBLISH_EVIDENCE)
    if not (own_waiting or own_public or may(by, Right.WITHDRAW)):
        raise NotAllowed("Only its author or a moderator takes a bearing back.")
    row.state = BearingState.WITHDRAWN
    row.save(update_fields=["state"])
    return tell_bearing(row, Verb.BEARING_WITHDRAWN, claim=claim, by=by, now=now, today=today, reason=reason)


def check_revision(row: Bearing | None, seen: int | None) -> None:
    """Raises Stale where the bearing was set anew since it was read; its item is locked."""
    if seen is None:
        return
    last = BearingRevision.objects.filter(bearing=row).aggregate(last=Max("number"))["last"] if row else None
    if seen != (last or 0):
        raise Stale("The bearing", last or 0)


def tell_bearing(
    row: Bearing,
    verb: Verb,
    *,
    claim: Claim,
    by: User,
    now: datetime,
    today: date,
    reason: str = "",
    restores: int | None = None,
) -> Bearing:
    """Stores the revision and the event of a bearing as it now stands, and counts its locked claim anew."""
    event_id = uuid7()
    revise([row], by=by, now=now, event_id=event_id)
    record(
        by=by,
        verb=verb,
        subject=row,
        about_on=row.known_by,
        now=now,
        event_id=event_id,
        claims=[claim.id],
        touched=[f"evidence:{row.evidence_id}"],
        payload={
            "claim": claim.slug,
            "evidence": row.evidence_id,
            "number": row.number,
            "stance": row.stance,
            "weight": row.weight,
            "note": row.note,
            "state": row.state,
            "reason": reason,
            **({} if restores is None else {"restores": restores}),
        },
    )
    renew(COUNTS, [claim.id], today=today)
    return row
