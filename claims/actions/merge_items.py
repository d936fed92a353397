"""Merging two published items that are one report, and undoing it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from claims.actions.attach import NewBearing, attach, claims_of, known_from, revise, said
from claims.actions.bearings import tell_bearing
from claims.actions.errors import WrongState
from claims.actions.insert import insert
from claims.actions.kept import COUNTS, renew
from claims.actions.locks import check_unlocked, lock_claims, lock_evidence
from claims.actions.mail import tell
from claims.actions.merge_parts import check_leads_no_further, check_neither_merged, unchanged_bearings
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import (
    Bearing,
    BearingState,
    Claim,
    Evidence,
    EvidenceLink,
    EvidenceState,
    EvidenceType,
    Merge,
    MergeMove,
    User,
    Verb,
)
from claims.names import name_of

_SPEAKS = (BearingState.PUBLISHED, BearingState.PENDING)


def merge_items(merge: Merge, *, by: User, reason: str, today: date, now: datetime) -> None:
    """Takes the duplicate off the site in favour of the other item, which gets what only the duplicate bore on.

    What waited for approval on the duplicate waits on the other item. Raises WrongState, Locked.
    """
    duplicate, into = _locked(merge)
    check_neither_merged("evidence", duplicate.id, into.id, but=merge)
    _check(duplicate, into)
    claims = lock_claims(claims_of(duplicate))
    check_unlocked(*claims.values())
    rows = list(Bearing.objects.filter(evidence=duplicate, state__in=_SPEAKS).select_related("by").order_by("id"))
    there = set(claims_of(into))
    fresh = [row for row in rows if row.claim_id not in there]
    duplicate.state, duplicate.returned_because, duplicate.touched_at = EvidenceState.WITHDRAWN, reason, now
    duplicate.version += 1
    duplicate.save()
    given, waiting = (_give(merge, into, fresh, state, claims, by=by, now=now) for state in _SPEAKS)
    record(
        by=by,
        verb=Verb.MERGED,
        subject=duplicate,
        about_on=known_from(duplicate),
        now=now,
        event_id=merge.event_id,
        claims=sorted(claims),
        touched=_touched(duplicate, into),
        payload={
            "into": str(into.id),
            "reason": reason,
            "given": given,
            "waiting": waiting,
            "kept": len(rows) - given - waiting,
        },
    )
    renew(COUNTS, claims, today=today)
    tell(
        duplicate.by,
        subject=f"{duplicate.title}: merged into another item",
        body=f"Your item “{duplicate.title}” is the same report as “{into.title}” and was merged into it."
        f"\n\nThe reason given:\n{reason}",
        now=now,
        unless=by,
    )


def unmerge_items(merge: Merge, *, by: User, reason: str, today: date, now: datetime) -> None:
    """Publishes the duplicate again, and takes back the bearings given by the merge that nobody changed since.

    Raises WrongState, Locked.
    """
    duplicate, into = _locked(merge)
    check_leads_no_further(merge)
    if duplicate.state != EvidenceState.WITHDRAWN:
        raise WrongState(f"The item is {duplicate.get_state_display()}: it cannot be published again.")
    there = Evidence.objects.filter(address_norm=duplicate.address_norm, state=EvidenceState.PUBLISHED)
    third = there.exclude(type=EvidenceType.NOT_FOUND).first()
    if third is not None and duplicate.type != EvidenceType.NOT_FOUND:
        raise WrongState(f"The address of the item is published by another item by now: “{third.title}”.")
    unchanged = unchanged_bearings(merge)
    claims = lock_claims({*claims_of(duplicate), *(row.claim_id for row in unchanged)})
    check_unlocked(*claims.values())
    duplicate.state, duplicate.returned_because, duplicate.touched_at = EvidenceState.PUBLISHED, "", now
    duplicate.version += 1
    duplicate.save()
    for row in unchanged:
        row.state = BearingState.WITHDRAWN
        row.save(update_fields=["state"])
        why = "The merge that brought it here was undone."
        tell_bearing(
            row, Verb.BEARING_WITHDRAWN, claim=claims[row.claim_id], by=by, now=now, today=today, reason=why
        )  # fmt: skip
    record(
        by=by,
        verb=Verb.UNMERGED,
        subject=duplicate,
        about_on=known_from(duplicate),
        now=now,
        claims=sorted(claims),
        touched=_touched(duplicate, into),
        payload={
            "into": str(into.id),
            "reason": reason,
            "taken_back": len(unchanged),
            "kept": MergeMove.objects.filter(merge=merge).count() - len(unchanged),
        },
    )
    renew(COUNTS, claims, today=today)
    tell(
        duplicate.by,
        subject=f"{duplicate.title}: published again",
        body=f"Your item “{duplicate.title}” is no longer merged into another and is published again."
        f"\n\nThe reason given:\n{reason}",
        now=now,
        unless=by,
    )


def _locked(merge: Merge) -> tuple[Evidence, Evidence]:
    held = {item: lock_evidence(item) for item in sorted((merge.from_id, merge.into_id))}
    return held[merge.from_id], held[merge.into_id]


def _check(duplicate: Evidence, into: Evidence) -> None:
    """Raises WrongState where the two cannot become one."""
    if duplicate.state != EvidenceState.PUBLISHED:
        raise WrongState(f"“{duplicate}” is {duplicate.get_state_display()}: only a published item is merged.")
    if into.state != EvidenceState.PUBLISHED:
        raise WrongState(f"“{into}” is {into.get_state_display()}: a merge leads to a published item.")
    if (duplicate.type == EvidenceType.NOT_FOUND) != (into.type == EvidenceType.NOT_FOUND):
        raise WrongState("One of the two says that something was not found: they are not the same report.")
    ours, theirs = _links(duplicate), _links(into)
    if any(other == into.id for _, _, other in ours):
        raise WrongState("One of the two supersedes, corrects or retracts the other: they are not the same report.")
    if ours - theirs:
        raise WrongState(
            f"“{duplicate}” is linked with an item that it corrects, or that corrects it, and “{into}” is not: link"
            " that one in the same way first, or let the other one be the duplicate."
        )


def _links(item: Evidence) -> set[tuple[str, bool, UUID]]:
    """The links with items that are public: kind, whether it is this one that does it, the other item."""
    out = EvidenceLink.objects.filter(from_item=item, to_item__live=True)
    into = EvidenceLink.objects.filter(to_item=item, from_item__live=True)
    return {(link.kind, True, link.to_item_id) for link in out} | {
        (link.kind, False, link.from_item_id) for link in into
    }


def _give(
    merge: Merge,
    into: Evidence,
    rows: Iterable[Bearing],
    state: BearingState,
    claims: dict[UUID, Claim],
    *,
    by: User,
    now: datetime,
) -> int:
    """Gives the item the duplicate's bearings of one state, each still its author's; gives how many."""
    chosen = sorted((row for row in rows if row.state == state), key=lambda row: (str(row.by_id), row.id))
    if not chosen:
        return 0
    event_id = uuid7()
    made: list[Bearing] = []
    for _, theirs in groupby(chosen, key=lambda row: row.by_id):
        made += _attach(into, list(theirs), state, now=now, event_id=event_id)
    insert(*(MergeMove(merge=merge, thing=row.id) for row in made))
    record(
        by=by,
        verb=Verb.BEARING_SET,
        subject=into,
        about_on=known_from(into),
        now=now,
        event_id=event_id,
        claims=[row.claim_id for row in made],
        touched=[name_of("source", into.source_id)],
        payload={
            "public": state == BearingState.PUBLISHED,
            "merged_from": str(merge.from_id),
            "bearings": said(made, claims),
        },
    )
    return len(made)


def _attach(
    into: Evidence, rows: Sequence[Bearing], state: BearingState, *, now: datetime, event_id: UUID
) -> list[Bearing]:
    author = rows[0].by
    fresh = [NewBearing(row.claim_id, row.stance, row.weight, row.note) for row in rows]
    made = attach(into, fresh, by=author, state=state, now=now)
    revise(made, by=author, now=now, event_id=event_id, first=True)
    return made


def _touched(duplicate: Evidence, into: Evidence) -> list[str]:
    return [
        name_of("evidence", into.id),
        name_of("source", duplicate.source_id),
        name_of("source", into.source_id),
    ]
