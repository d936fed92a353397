"""What one item bears on, as the desk edits it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from claims.models import Bearing, BearingRevision
from claims.queries.claim_picker import standing_words


@dataclass(frozen=True, slots=True)
class ItemBearing:
    """One bearing of the item; `revision` is the number of its last setting, for forms to send back."""

    id: UUID
    claim_id: UUID
    claim_slug: str
    claim: str
    statement: str
    standing: str
    number: int | None
    stance: str
    weight: str
    note: str
    state: str
    by_id: UUID | None
    by: str
    set_at: datetime
    revision: int


_COLUMNS = (
    *("id", "claim_id", "claim__slug", "claim__title", "claim__statement", "claim__status", "claim__probability"),
    *("number", "stance", "weight", "note", "state", "by_id", "by__name", "set_at"),
)


def bearings_of(evidence: UUID) -> list[ItemBearing]:
    """All bearings of an item, withdrawn ones last, in the order in which they were set. One query."""
    rows = _with_revision(Bearing.objects.filter(evidence_id=evidence)).order_by("set_at", "id")
    found = [_bearing(*row) for row in rows]
    return sorted(found, key=lambda bearing: bearing.state == "withdrawn")


def bearing_on(evidence: UUID, claim: UUID) -> ItemBearing | None:
    """The bearing of an item on one claim, or None. One query."""
    rows = _with_revision(Bearing.objects.filter(evidence_id=evidence, claim_id=claim))
    return next((_bearing(*row) for row in rows), None)


def bearing_with(bearing: UUID) -> Bearing:
    """The bearing itself, as acts take it. One query."""
    return Bearing.objects.get(id=bearing)


def _with_revision(bearings: "QuerySet[Bearing]") -> Any:
    revisions = BearingRevision.objects.filter(bearing=OuterRef("id")).order_by().values("bearing")
    count = Subquery(revisions.annotate(count=Count("id")).values("count"))
    return bearings.values_list(*_COLUMNS, count)


def _bearing(
    key: UUID,
    claim_id: UUID,
    slug: str,
    title: str,
    statement: str,
    status: str,
    probability: Decimal | None,
    *rest: Any,
) -> ItemBearing:
    number, stance, weight, note, state, by_id, by, set_at, revision = rest
    return ItemBearing(
        key,
        claim_id,
        slug,
        title,
        statement,
        standing_words(status, probability),
        number,
        stance,
        weight,
        note,
        state,
        by_id,
        by or "",
        set_at,
        revision or 0,
    )
