"""Restoring what an earlier revision of a claim, a bearing or a source said; nothing is deleted by it."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import next_numbers
from claims.actions.bearings import tell_bearing
from claims.actions.claim_words import words_of
from claims.actions.errors import Stale, WrongState
from claims.actions.fields import Fields
from claims.actions.locks import check_unlocked, check_version, lock_claim, lock_evidence, lock_source
from claims.actions.permissions import Right, require
from claims.actions.revise_claim import reword
from claims.actions.sources import regrade
from claims.models import (
    Bearing,
    BearingRevision,
    BearingState,
    Claim,
    ClaimRevision,
    EvidenceState,
    Redaction,
    RevisionType,
    Source,
    SourceRevision,
    User,
    Verb,
)


def claim_refusal(wanted: ClaimRevision, stands: ClaimRevision) -> str:
    """Why a wording cannot take the place of the one that stands; empty where it can."""
    if wanted.number == stands.number:
        return "That wording stands."
    if words_of(wanted) == words_of(stands):
        return "The wording that stands says the same."
    if wanted.horizon != stands.horizon:
        return "That wording falls due on another day, which changes what is claimed: restate the claim instead."
    return ""


def bearing_refusal(wanted: BearingRevision, stands: BearingRevision) -> str:
    """Why a bearing cannot be made again what it was; empty where it can."""
    if wanted.number == stands.number:
        return "That is how the bearing stands."
    if wanted.state == BearingState.WITHDRAWN:
        return "The bearing was withdrawn then: withdraw it, instead of restoring that."
    if wanted.state == BearingState.PENDING:
        return "The bearing waited for approval then and was never public like that."
    if _said(wanted) == _said(stands):
        return "The bearing says the same as it stands."
    return ""


def source_refusal(wanted: SourceRevision, stands: SourceRevision) -> str:
    """Why a source cannot be made again what it was; empty where it can."""
    if wanted.number == stands.number:
        return "That is how the source stands."
    if (wanted.name, wanted.kind, wanted.reliability) == (stands.name, stands.kind, stands.reliability):
        return "The source is called and graded the same as it stands."
    return ""


@act
def revert_claim(
    *,
    by: User,
    claim: Claim,
    number: int,
    reason: str,
    seen_version: int | None,
    today: date,
    now: datetime | None = None,
) -> Claim:
    """Gives a claim the words of an earlier wording again, as a new one that is in force from today.

    A lock holds for its moderators too: they unlock the claim first. The new wording is a clarification where what
    settles the claim is read otherwise by it, else a wording; never a change of meaning, which is for editors to
    make. Raises NotAllowed, Locked, Stale, WrongState, Invalid.
    """
    require(by, Right.REVERT)
    now = now or timezone.now()
    held = lock_claim(claim.id)
    check_version("The claim", held, seen_version)
    check_unlocked(held)
    wanted = ClaimRevision.objects.filter(claim=held, number=number).first()
    stands = ClaimRevision.objects.filter(claim=held).order_by("-number")[0]
    if wanted is None:
        raise WrongState(f"There is no wording {number} of this claim.")
    _refuse(claim_refusal(wanted, stands))
    if stands.in_force_from > today:
        raise WrongState("The wording that stands is in force from a later day: wait for that day.")
    reread = (wanted.criteria, wanted.fine_print) != (stands.criteria, stands.fine_print)
    reword(
        held, RevisionType.CLARIFICATION if reread else RevisionType.WORDING, words_of(wanted),
        number=stands.number + 1, reason=_reason(reason), in_force_from=today, by=by, restores=number,
        today=today, now=now,
    )  # fmt: skip
    held.refresh_from_db()
    return held


@act
def revert_bearing(
    *,
    by: User,
    bearing: Bearing,
    number: int,
    reason: str,
    seen_version: int | None,
    today: date,
    now: datetime | None = None,
) -> Bearing:
    """Gives a bearing the stance, weight and note of an earlier public version, also where it is withdrawn now.

    `seen_version` is the number of its last revision. The stance is the moderator's from now on, as their act.
    Raises NotAllowed, Locked, Stale, WrongState, Invalid.
    """
    require(by, Right.REVERT)
    now = now or timezone.now()
    item = lock_evidence(bearing.evidence_id)
    if item.state == EvidenceState.REDACTED:
        raise WrongState("The item was redacted: what was said of it does not come back.")
    if item.state != EvidenceState.PUBLISHED:
        raise WrongState("The item is not published.")
    claim = lock_claim(bearing.claim_id)
    stands = BearingRevision.objects.filter(bearing=bearing).order_by("-number")[0]
    if seen_version is not None and seen_version != stands.number:
        raise Stale("The bearing", stands.number)
    check_unlocked(claim)
    wanted = BearingRevision.objects.filter(bearing=bearing, number=number).first()
    if wanted is None:
        raise WrongState(f"There is no version {number} of this bearing.")
    _refuse(bearing_refusal(wanted, stands))
    if Redaction.objects.filter(event_id=wanted.event_id).exists():
        raise WrongState("The note of that version was redacted and does not come back.")
    reason = _reason(reason)
    row = Bearing.objects.get(id=bearing.id)
    row.stance, row.weight, row.note, row.state = _said(wanted)
    row.set_at = now
    row.number = row.number or next_numbers([claim.id])[claim.id]
    row.save()
    return tell_bearing(
        row, Verb.BEARING_CHANGED, claim=claim, by=by, now=now, today=today, reason=reason, restores=number
    )


@act
def revert_source(
    *,
    by: User,
    source: Source,
    number: int,
    reason: str,
    seen_version: int | None,
    today: date,
    now: datetime | None = None,
) -> Source:
    """Gives a source the name, kind and grade of an earlier version. Raises NotAllowed, Stale, WrongState, Invalid."""
    require(by, Right.REVERT)
    now = now or timezone.now()
    held = lock_source(source.id)
    check_version("The source", held, seen_version)
    wanted = SourceRevision.objects.filter(source=held, number=number).first()
    stands = SourceRevision.objects.filter(source=held).order_by("-number")[0]
    if wanted is None:
        raise WrongState(f"There is no version {number} of this source.")
    _refuse(source_refusal(wanted, stands))
    reason = _reason(reason)
    held.name, held.kind = wanted.name, wanted.kind
    regrade(held, wanted.reliability, reason=reason, by=by, now=now, today=today, restores=number)
    return held


def _refuse(words: str) -> None:
    if words:
        raise WrongState(words)


def _reason(reason: str) -> str:
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the earlier version is restored.")
    fields.check()
    return reason


def _said(revision: BearingRevision) -> tuple[str, str, str, str]:
    return revision.stance, revision.weight, revision.note, revision.state
