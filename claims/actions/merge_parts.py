"""What merges of every kind check once what they are about is locked."""

from uuid import UUID

from claims.actions.errors import WrongState
from claims.models import Bearing, BearingRevision, Merge, MergeMove, MergeState


def check_neither_merged(kind: str, duplicate: UUID, into: UUID, *, but: Merge | None = None) -> None:
    """Raises WrongState where one of the two leads elsewhere already; `but` is the merge under way."""
    standing = Merge.objects.filter(subject_type=kind, state=MergeState.CONFIRMED)
    standing = standing.exclude(id=but.id) if but else standing
    if standing.filter(from_id=duplicate).exists():
        raise WrongState("This is merged already.")
    if standing.filter(from_id=into).exists():
        raise WrongState("The other one is merged itself: choose what it leads to.")


def check_leads_no_further(merge: Merge) -> None:
    """Raises WrongState where what the merge leads to was merged itself: of such merges the last is undone first."""
    later = Merge.objects.filter(subject_type=merge.subject_type, from_id=merge.into_id, state=MergeState.CONFIRMED)
    if later.exists():
        raise WrongState("What this leads to was merged into a third itself: undo that merge first.")


def unchanged_bearings(merge: Merge) -> list[Bearing]:
    """The bearings that a merge gave and that stand as it gave them."""
    given = list(MergeMove.objects.filter(merge=merge).values_list("thing", flat=True))
    changed = BearingRevision.objects.filter(bearing__in=given, number__gt=1).values("bearing")
    return list(Bearing.objects.filter(id__in=given).exclude(id__in=changed).order_by("claim_id", "id"))
