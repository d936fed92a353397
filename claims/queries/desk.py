"""A person's own items: by state, drafts alone, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Bearing, BearingState, Evidence, EvidenceState
from claims.queries.rows import fetch
from claims.text import excerpt

SHOWN = 6
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Own:
    """An item of one's own in a list."""

    id: UUID
    name: str
    address: str
    source: str
    state: str
    because: str
    touched_at: datetime
    bearings: int

    @property
    def stands(self) -> str:
        """Its state in a word, as its author knows it."""
        if self.state == EvidenceState.DRAFT and self.because:
            return "returned"
        if self.state == EvidenceState.WITHDRAWN and not self.because:
            return "thrown away"
        return "waiting" if self.state == EvidenceState.PENDING else self.state

    @property
    def came_back(self) -> bool:
        """Whether that word is news to its author."""
        return self.stands in ("returned", "rejected", "thrown away")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one's own items, latest touched first; `after` is where the next one goes on."""

    items: Sequence[Own]
    after: tuple[datetime, UUID] | None


def drafts_of(by: UUID, *, limit: int = SHOWN, but: UUID | None = None) -> list[Own]:
    """The drafts of a person, returned ones included, latest touched first. One query."""
    return _lines(_of(by).filter(state=EvidenceState.DRAFT).exclude(id__in=[but] if but else []), limit=limit)


def own_items(by: UUID, *, state: str, after: tuple[datetime, UUID] | None, size: int) -> Page:
    """A page of a person's items in one state, or in any where none is given. One query, an index range a state."""
    states = [state] if state else EvidenceState.values
    first, *others = [_in_state(by, one, after)[: size + 1] for one in states]
    rows = _lines(Evidence.objects.filter(id__in=first.union(*others, all=True)), limit=size + 1)
    shown = rows[:size]
    return Page(shown, (shown[-1].touched_at, shown[-1].id) if len(rows) > size else None)


def _in_state(by: UUID, state: str, after: tuple[datetime, UUID] | None) -> Any:
    items = _of(by).filter(state=state)
    if after is not None:
        touched, last = after
        items = items.filter(touched_at__lte=touched).filter(Q(touched_at__lt=touched) | Q(id__lt=last))
    return items.order_by("-touched_at", "-id").values("id")


# In an order that the index of a person's items has, or the whole table would be read for a state that few items have.
_COUNTED = """
SELECT state, (SELECT count(*) FROM (
           SELECT FROM evidence WHERE by_id = %(by)s AND evidence.state = states.state
            ORDER BY touched_at DESC LIMIT %(most)s + 1) AS few)
  FROM unnest(%(states)s::text[]) AS states (state)
"""


class Counted(NamedTuple):
    """How many items a person has in a state, no more than one above the most that are counted."""

    state: str
    number: int

    @property
    def words(self) -> str:
        """Such as "4" and "100+"."""
        return f"{MOST_COUNTED}+" if self.number > MOST_COUNTED else str(self.number)


def own_counts(by: UUID) -> dict[str, str]:
    """How many items a person has in each state ("4", "100+"); none where there are none. One query."""
    rows = fetch(Counted, _COUNTED, by=by, states=EvidenceState.values, most=MOST_COUNTED)
    return {row.state: row.words for row in rows if row.number}


def logged_today(by: UUID, *, today: date) -> tuple[str, Own | None]:
    """How many items a person logged today ("4", "100+") and the last of them. One query."""
    out = (EvidenceState.PUBLISHED, EvidenceState.PENDING)
    rows = _lines(
        _of(by).filter(state__in=out, touched_at__gte=_begin_of(today), logged_on=today), limit=MOST_COUNTED + 1
    )
    last = max(rows, key=lambda row: row.id, default=None)
    return (f"{MOST_COUNTED}+" if len(rows) > MOST_COUNTED else str(len(rows))), last


def _of(by: UUID) -> "QuerySet[Evidence]":
    return Evidence.objects.filter(by_id=by)


def _lines(items: "QuerySet[Evidence]", *, limit: int = SHOWN + 1) -> list[Own]:
    bearings = Bearing.objects.filter(evidence=OuterRef("id")).exclude(state=BearingState.WITHDRAWN)
    counted = bearings.order_by().values("evidence").annotate(count=Count("id")).values("count")
    rows: Any = (
        items.annotate(bears_on=Coalesce(Subquery(counted), 0))
        .order_by("-touched_at", "-id")
        .values_list("id", "title", "address", "source__name", "state", "returned_because", "touched_at", "bears_on")
    )
    return [
        Own(key, title or excerpt(address, 100), address, source or "", state, because, touched, bears_on)
        for key, title, address, source, state, because, touched, bears_on in rows[:limit]
    ]


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
