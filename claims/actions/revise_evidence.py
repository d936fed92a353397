"""Revising an item, submitting a draft, and saying what an item does to an earlier one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import NewBearing, attach, checked, claims_of, known_from, publish, revise, said
from claims.actions.errors import NotAllowed, WrongState
from claims.actions.evidence_words import EvidenceWords, fill, words_of
from claims.actions.fields import Fields
from claims.actions.kept import COUNTS, renew
from claims.actions.leads import leads_given_back
from claims.actions.locks import check_unlocked, check_version, lock_claims, lock_evidence
from claims.actions.permissions import Right, may, require
from claims.actions.record import record
from claims.actions.standing import Logged, attach_to, published_under, standing_source
from claims.ids import uuid7
from claims.models import Bearing, BearingState, Evidence, EvidenceLink, EvidenceState, LinkKind, User, Verb
from claims.names import name_of


@act
def revise_evidence(
    *,
    by: User,
    evidence: Evidence,
    seen_version: int | None,
    words: EvidenceWords,
    bearings: Sequence[NewBearing] | None = None,
    reason: str = "",
    today: date,
    now: datetime | None = None,
) -> Evidence:
    """Changes what an item says: a draft or a waiting item by its author, a published one by who may, with a reason.

    `bearings` replaces those of a draft; elsewhere bearings are set one by one.
    Raises NotAllowed, Stale, WrongState, Locked, Invalid.
    """
    require(by, Right.LOG_EVIDENCE)
    now = now or timezone.now()
    held = lock_evidence(evidence.id)
    _check_reviser(held, by)
    check_version("The item", held, seen_version)
    draft = held.state == EvidenceState.DRAFT
    fields = Fields()
    if words.source is not None and words.source.id != held.source_id:
        words = replace(words, source=standing_source(words.source))
    sources = {held.source_id, words.source.id if words.source else None}
    fill(held, words, fields, draft=draft, today=today)
    if held.state == EvidenceState.PUBLISHED:
        reason = fields.line("reason", reason, longest=500, needed="Say why the item changes.")
    fresh = checked(bearings, fields) if bearings is not None and draft else []
    fields.check()
    claims = lock_claims({*claims_of(held), *(bearing.claim for bearing in fresh)}, field="bearings")
    check_unlocked(*claims.values())
    held.version += 1
    held.touched_at = now
    held.save()
    if draft:
        if bearings is not None:
            _replace_bearings(held, fresh, by=by, now=now)
        return held
    record(
        by=by,
        verb=Verb.EVIDENCE_REVISED,
        subject=held,
        about_on=known_from(held),
        now=now,
        claims=claims,
        touched=[name_of("source", source) for source in sources],
        payload={**words_of(held).said(), "version": held.version, "reason": reason},
    )
    renew(COUNTS, claims, today=today)
    held.refresh_from_db()
    return held


def _replace_bearings(held: Evidence, fresh: Sequence[NewBearing], *, by: User, now: datetime) -> None:
    """Leaves a draft with these bearings; those that were submitted once keep their history, withdrawn if need be."""
    Bearing.objects.filter(evidence=held, revisions=None).delete()
    wanted = {bearing.claim: bearing for bearing in fresh}
    for row in Bearing.objects.filter(evidence=held):
        bearing = wanted.pop(row.claim_id, None)
        row.state = BearingState.WITHDRAWN if bearing is None else BearingState.PENDING
        if bearing is not None:
            row.stance, row.weight, row.note, row.set_at = bearing.stance, bearing.weight, bearing.note, now
        row.save()
    attach(held, list(wanted.values()), by=by, state=BearingState.PENDING, now=now)


def _check_reviser(held: Evidence, by: User) -> None:
    if held.state in (EvidenceState.DRAFT, EvidenceState.PENDING):
        if held.by_id != by.id:
            raise NotAllowed("Only its author changes an item that is not published.")
    elif held.state == EvidenceState.PUBLISHED:
        require(by, Right.REVISE_EVIDENCE)
    else:
        raise WrongState(f"The item is {held.get_state_display()} and cannot be changed.")


@act
def submit_draft(
    *, by: User, evidence: Evidence, seen_version: int | None = None, today: date, now: datetime | None = None
) -> Logged:
    """Makes a draft public for who may publish, else sends it to the queue.

    Raises as `log_evidence` does, and Stale.
    """
    require(by, Right.LOG_EVIDENCE)
    now = now or timezone.now()
    held = lock_evidence(evidence.id)
    if held.by_id != by.id:
        raise NotAllowed("Only its author submits a draft.")
    if held.state != EvidenceState.DRAFT:
        raise WrongState("The item is not a draft any more.")
    check_version("The draft", held, seen_version)
    words = words_of(held)
    fields = Fields()
    fill(held, words, fields, draft=False, today=today)
    fields.check()
    held.version += 1
    held.touched_at, held.returned_because = now, ""
    there = Bearing.objects.filter(evidence=held).order_by("id")
    rows = list(there.exclude(state=BearingState.WITHDRAWN))
    if standing := published_under(held):
        fresh = [NewBearing(row.claim_id, row.stance, row.weight, row.note) for row in rows]
        logged = attach_to(standing, fresh, by=by, now=now, today=today)
        held.state = EvidenceState.WITHDRAWN
        held.save()
        return logged
    dropped = there.filter(state=BearingState.WITHDRAWN).exclude(revisions__state=BearingState.WITHDRAWN)
    return _bring_in(held, words, rows, list(dropped), by=by, today=today, now=now)


def _bring_in(
    held: Evidence,
    words: EvidenceWords,
    rows: Sequence[Bearing],
    dropped: Sequence[Bearing],
    *,
    by: User,
    today: date,
    now: datetime,
) -> Logged:
    """Publishes a draft with its bearings, or sends both to the queue; `dropped` are noted as withdrawn."""
    claims = lock_claims((row.claim_id for row in rows), field="bearings")
    check_unlocked(*claims.values())
    public = may(by, Right.PUBLISH_EVIDENCE)
    if public:
        publish(rows)
    held.state = EvidenceState.PUBLISHED if public else EvidenceState.PENDING
    held.submitted_at = now
    held.save()
    event_id = uuid7()
    revise([*rows, *dropped], by=by, now=now, event_id=event_id)
    record(
        by=by,
        verb=Verb.EVIDENCE_LOGGED if public else Verb.EVIDENCE_SUBMITTED,
        subject=held,
        about_on=known_from(held),
        now=now,
        event_id=event_id,
        claims=claims,
        touched=[name_of("source", held.source_id)],
        payload={**words.said(), "bearings": said(rows, claims)},
    )
    if public:
        renew(COUNTS, claims, today=today)
    return Logged(held, attached=list(claims))


@act
def discard_draft(*, by: User, evidence: Evidence, seen_version: int | None = None) -> None:
    """Throws a draft of one's own away; private work leaves no event. Raises NotAllowed, WrongState, Stale."""
    require(by, Right.LOG_EVIDENCE)
    held = lock_evidence(evidence.id)
    if held.by_id != by.id:
        raise NotAllowed("Only its author throws a draft away.")
    if held.state != EvidenceState.DRAFT:
        raise WrongState("The item is not a draft any more.")
    check_version("The draft", held, seen_version)
    held.state = EvidenceState.WITHDRAWN
    held.save(update_fields=["state"])
    leads_given_back(held)


@act
def link_evidence(
    *, by: User, item: Evidence, kind: str, earlier: Evidence, reason: str, today: date, now: datetime | None = None
) -> EvidenceLink:
    """Says that an item supersedes, corrects or retracts an earlier one. Raises NotAllowed, WrongState, Invalid."""
    require(by, Right.REVISE_EVIDENCE)
    now = now or timezone.now()
    fields = Fields()
    fields.one_of("kind", kind, LinkKind.values, "Choose what the item does to the earlier one.")
    reason = fields.line("reason", reason, longest=500, needed="Say what changed.")
    if item.id == earlier.id:
        fields.wrong("to", "An item cannot supersede, correct or retract itself.")
    fields.check()
    held = {wanted: lock_evidence(wanted) for wanted in sorted((item.id, earlier.id))}
    if any(one.state != EvidenceState.PUBLISHED for one in held.values()):
        raise WrongState("Both items must be published.")
    claims = sorted({claim for one in held.values() for claim in claims_of(one)})
    event_id = uuid7()
    row = EvidenceLink(from_item=item, kind=kind, to_item=earlier, event_id=event_id)
    row.save(force_insert=True)
    record(
        by=by,
        verb=Verb.EVIDENCE_LINKED,
        subject=item,
        about_on=known_from(held[item.id]),
        now=now,
        event_id=event_id,
        claims=claims,
        touched=[name_of("evidence", earlier.id)],
        payload={"from": str(item.id), "kind": kind, "to": str(earlier.id), "reason": reason},
    )
    return row
