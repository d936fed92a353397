"""Merging duplicates, undoing it, and suggesting what may be one; what each kind needs is in a module of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.merge_claims import merge_claims, unmerge_claims
from claims.actions.merge_items import merge_items, unmerge_items
from claims.actions.merge_parts import check_neither_merged
from claims.actions.merge_sources import merge_sources, unmerge_sources
from claims.actions.permissions import Right, require
from claims.ids import uuid7
from claims.models import Claim, Evidence, Merge, MergeState, Source, User


class _Work(Protocol):
    def __call__(self, merge: Merge, /, *, by: User, reason: str, today: date, now: datetime) -> None: ...


SUBJECTS: Mapping[str, type[Model]] = {"evidence": Evidence, "source": Source, "claim": Claim}
_MERGE: Mapping[str, _Work] = {"evidence": merge_items, "source": merge_sources, "claim": merge_claims}
_UNMERGE: Mapping[str, _Work] = {"evidence": unmerge_items, "source": unmerge_sources}
_ALIKE = "They look like the same."


@act
def merge(
    *, by: User, kind: str, duplicate: UUID, into: UUID, reason: str, today: date, now: datetime | None = None
) -> Merge:
    """Merges a duplicate into what it is a duplicate of; a suggestion of the two, either way round, is taken up.

    Locks go by kind: both sources before any item, both items before any claim, both claims; each by ascending id.
    Raises NotAllowed, Invalid, WrongState, Locked.
    """
    require(by, Right.MERGE)
    now = now or timezone.now()
    reason = _reason(reason, "Say why they are the same.")
    _check_two(kind, duplicate, into)
    check_neither_merged(kind, duplicate, into)
    row = _pair(kind, duplicate, into, MergeState.SUGGESTED).select_for_update(no_key=True).first()
    if row is None:
        row = Merge(subject_type=kind, made_at=now, by=by)
    row.from_id, row.into_id, row.state, row.because = duplicate, into, MergeState.CONFIRMED, reason
    row.decided_at, row.decided_by, row.event_id = now, by, uuid7()
    row.save()
    _MERGE[kind](row, by=by, reason=reason, today=today, now=now)
    return row


@act
def unmerge(
    *,
    by: User,
    merge: Merge,
    reason: str,
    probability: Decimal | None = None,
    today: date,
    now: datetime | None = None,
) -> Merge:
    """Undoes a merge: the duplicate stands on its own again, and what the merge gave goes back unless it was changed.

    Of merges that lead on to each other the last is undone first. `probability` is where a claim stands that is open
    again, by default where it stood before. Raises NotAllowed, Invalid, WrongState, Locked.
    """
    require(by, Right.MERGE)
    now = now or timezone.now()
    reason = _reason(reason, "Say why they are not the same.")
    held = _held(merge, MergeState.CONFIRMED, "The merge does not stand any more.")
    if held.subject_type == "claim":
        unmerge_claims(held, by=by, reason=reason, probability=probability, today=today, now=now)
    else:
        _UNMERGE[held.subject_type](held, by=by, reason=reason, today=today, now=now)
    held.state, held.decided_at, held.decided_by = MergeState.UNDONE, now, by
    held.save(update_fields=["state", "decided_at", "decided_by"])
    return held


@act
def suggest_merge(
    *, by: User, kind: str, duplicate: UUID, into: UUID, because: str = "", now: datetime | None = None
) -> Merge:
    """Suggests, in private, that two things are one; a moderator decides. Raises NotAllowed, Invalid, WrongState."""
    require(by, Right.LOG_EVIDENCE)
    now = now or timezone.now()
    fields = Fields()
    because = fields.line("reason", because, longest=1000)
    fields.check()
    _check_two(kind, duplicate, into)
    check_neither_merged(kind, duplicate, into)
    if _pair(kind, duplicate, into, MergeState.SUGGESTED).exists():
        raise WrongState("These two are suggested already.")
    if _pair(kind, duplicate, into, MergeState.DISMISSED).exists():
        raise WrongState("These two were suggested before, and a moderator found that they are not the same.")
    row = Merge(
        subject_type=kind,
        from_id=duplicate,
        into_id=into,
        state=MergeState.SUGGESTED,
        because=because or _ALIKE,
        made_at=now,
        by=by,
    )
    row.save(force_insert=True)
    return row


@act
def dismiss_merge(*, by: User, merge: Merge, now: datetime | None = None) -> Merge:
    """Says that two things are not the same; they are not suggested again. Raises NotAllowed, WrongState."""
    require(by, Right.MERGE)
    held = _held(merge, MergeState.SUGGESTED, "The suggestion is decided already.")
    held.state, held.decided_at, held.decided_by = MergeState.DISMISSED, now or timezone.now(), by
    held.save(update_fields=["state", "decided_at", "decided_by"])
    return held


def _check_two(kind: str, duplicate: UUID, into: UUID) -> None:
    """Raises Invalid where there are not two things of the kind."""
    if kind not in SUBJECTS:
        raise Invalid({"kind": "Items, sources and claims are merged, and nothing else."})
    if duplicate == into:
        raise Invalid({"into": "A thing is not a duplicate of itself."})
    if SUBJECTS[kind]._default_manager.filter(pk__in=[duplicate, into]).count() < 2:
        raise Invalid({"into": "There are no such two things."})


def _pair(kind: str, one: UUID, other: UUID, state: MergeState) -> "QuerySet[Merge]":
    either = Q(from_id=one, into_id=other) | Q(from_id=other, into_id=one)
    return Merge.objects.filter(either, subject_type=kind, state=state)


def _held(merge: Merge, state: MergeState, otherwise: str) -> Merge:
    held = Merge.objects.select_for_update(no_key=True).filter(id=merge.id, state=state).first()
    if held is None:
        raise WrongState(otherwise)
    return held


def _reason(reason: str, needed: str) -> str:
    fields = Fields()
    cleaned = fields.line("reason", reason, longest=500, needed=needed)
    fields.check()
    return cleaned
