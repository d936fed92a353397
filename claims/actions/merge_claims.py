"""Merging two claims that are one prediction, and undoing it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from claims.actions.attach import next_numbers, revise
from claims.actions.bearings import tell_bearing
from claims.actions.errors import Invalid, WrongState
from claims.actions.insert import insert
from claims.actions.judge import Judgement, annul_restated, judge_anew
from claims.actions.kept import COUNTS, renew
from claims.actions.locks import check_unlocked, lock_claims
from claims.actions.merge_parts import check_leads_no_further, check_neither_merged, unchanged_bearings
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import (
    Assessment,
    Bearing,
    BearingState,
    Claim,
    ClaimRelation,
    ClaimStatus,
    Confidence,
    Evidence,
    Merge,
    MergeMove,
    User,
    Verb,
)
from claims.names import name_of


def merge_claims(merge: Merge, *, by: User, reason: str, today: date, now: datetime) -> None:
    """Annuls the duplicate as restated by the other claim, which gets the bearings of items that say nothing on it yet.

    What waits for approval on the duplicate stays there. Raises WrongState, Locked.
    """
    _lock_items(Bearing.objects.filter(claim_id=merge.from_id, state=BearingState.PUBLISHED, live=True))
    duplicate, into = _locked(merge)
    check_neither_merged("claim", duplicate.id, into.id, but=merge)
    _check(duplicate, into)
    rows = list(
        Bearing.objects.filter(claim=duplicate, state=BearingState.PUBLISHED, live=True)
        .select_related("by")
        .order_by("number")
    )
    there = set(Bearing.objects.filter(claim=into).values_list("evidence_id", flat=True))
    given = _give(merge, into, [row for row in rows if row.evidence_id not in there], by=by, now=now)
    annul_restated(duplicate, successor=into, by=by, reason=reason, today=today, now=now)
    _record(merge, Verb.MERGED, duplicate, into, by=by, now=now, today=today, told={
        "reason": reason, "given": given, "kept": len(rows) - given,
    })  # fmt: skip
    renew(COUNTS, [into.id], today=today)


def unmerge_claims(
    merge: Merge, *, by: User, reason: str, probability: Decimal | None = None, today: date, now: datetime
) -> None:
    """Judges the duplicate again as it was judged before, and takes back the bearings that nobody changed since.

    `probability` takes the place of the one before, and is needed where there was none. Raises WrongState, Locked,
    Invalid.
    """
    given = unchanged_bearings(merge)
    _lock_items(Bearing.objects.filter(id__in=[row.id for row in given]))
    duplicate, into = _locked(merge)
    check_leads_no_further(merge)
    check_unlocked(duplicate, into)
    if duplicate.successor_id != into.id:
        raise WrongState("The claim goes on as another one by now.")
    duplicate.successor = None
    duplicate.save(update_fields=["successor"])
    judge_anew(duplicate, _as_before(merge, reason, probability, today=today), by=by, today=today, now=now)
    given = unchanged_bearings(merge)
    for row in given:
        row.state = BearingState.WITHDRAWN
        row.save(update_fields=["state"])
        why = "The merge that brought it here was undone."
        tell_bearing(row, Verb.BEARING_WITHDRAWN, claim=into, by=by, now=now, today=today, reason=why)
    _record(merge, Verb.UNMERGED, duplicate, into, by=by, now=now, today=today, told={
        "reason": reason, "taken_back": len(given),
        "kept": MergeMove.objects.filter(merge=merge).count() - len(given),
    })  # fmt: skip


def _locked(merge: Merge) -> tuple[Claim, Claim]:
    held = lock_claims([merge.from_id, merge.into_id])
    return held[merge.from_id], held[merge.into_id]


def _lock_items(bearings: Iterable[Bearing]) -> None:
    items = {row.evidence_id for row in bearings}
    list(Evidence.objects.select_for_update(no_key=True).filter(id__in=items).order_by("id").values_list("id"))


def _check(duplicate: Claim, into: Claim) -> None:
    """Raises WrongState or Locked where the two cannot become one."""
    check_unlocked(duplicate, into)
    for claim in (duplicate, into):
        if claim.successor_id is not None:
            raise WrongState(f"“{claim.title}” was restated and goes on as another claim.")
        if claim.status == ClaimStatus.ANNULLED:
            raise WrongState(f"“{claim.title}” is annulled.")
    if duplicate.status not in (ClaimStatus.OPEN, into.status):
        raise WrongState(
            f"“{duplicate.title}” is settled as {duplicate.get_status_display()}, and “{into.title}” is"
            f" {into.get_status_display()}: they are judged alike first, or the other one is the duplicate."
        )
    ends = Q(from_claim=duplicate, to_claim=into) | Q(from_claim=into, to_claim=duplicate)
    if (relation := ClaimRelation.objects.filter(ends).first()) is not None:
        raise WrongState(
            f"One of the two {relation.get_relation_display()} the other, so they are not the same:"
            " take that relation back first."
        )


def _give(merge: Merge, into: Claim, rows: Sequence[Bearing], *, by: User, now: datetime) -> int:
    """Gives the claim these bearings of the duplicate, each still its author's and with an event; gives how many."""
    number = next_numbers([into.id])[into.id]
    made = [
        Bearing(
            claim=into,
            evidence_id=row.evidence_id,
            number=number + place,
            stance=row.stance,
            weight=row.weight,
            note=row.note,
            state=BearingState.PUBLISHED,
            known_by=row.known_by,
            live=True,
            by=row.by,
            set_at=now,
        )
        for place, row in enumerate(rows)
    ]
    insert(*made)
    insert(*(MergeMove(merge=merge, thing=row.id) for row in made))
    for row in made:
        _tell(row, into, merge, by=by, now=now)
    return len(made)


def _tell(row: Bearing, into: Claim, merge: Merge, *, by: User, now: datetime) -> None:
    event_id = uuid7()
    revise([row], by=row.by, now=now, event_id=event_id, first=True)
    record(
        by=by,
        verb=Verb.BEARING_SET,
        subject=row,
        about_on=row.known_by,
        now=now,
        event_id=event_id,
        claims=[into.id],
        touched=[name_of("evidence", row.evidence_id)],
        payload={
            "claim": into.slug,
            "evidence": row.evidence_id,
            "number": row.number,
            "stance": row.stance,
            "weight": row.weight,
            "note": row.note,
            "state": row.state,
            "merged_from": str(merge.from_id),
        },
    )


def _as_before(merge: Merge, reason: str, probability: Decimal | None, *, today: date) -> Judgement:
    """The judgement that was in force before the merge, of today and with the reason of its undoing."""
    earlier = Assessment.objects.filter(claim_id=merge.from_id, event_id__lt=merge.event_id)
    was = earlier.order_by("-as_of", "-recorded_at", "-id").first()
    open_ = was is None or was.status == ClaimStatus.OPEN
    chance = probability if probability is not None and open_ else was.probability if was else None
    if open_ and chance is None:
        raise Invalid({"probability": "The claim was not judged before: give the probability at which it stands."})
    return Judgement(
        as_of=today,
        rationale=reason,
        confidence=was.confidence if was else Confidence.LOW,
        status=was.status if was else ClaimStatus.OPEN,
        probability=chance,
        occurred_on=was.occurred_on if was else None,
    )


def _record(
    merge: Merge,
    verb: Verb,
    duplicate: Claim,
    into: Claim,
    *,
    by: User,
    now: datetime,
    today: date,
    told: dict[str, object],
) -> None:
    record(
        by=by,
        verb=verb,
        subject=duplicate,
        about_on=today,
        now=now,
        event_id=merge.event_id if verb == Verb.MERGED else None,
        claims=[duplicate.id, into.id],
        touched=[name_of("article", one.article_id) for one in (duplicate, into)],
        payload={"into": str(into.id), "from": duplicate.slug, "to": into.slug, **told},
    )
