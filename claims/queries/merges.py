"""Merges: what a merged thing leads to, which stand, which are suggested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Merge
from claims.queries.rows import fetch

MOST_COUNTED = 1000


class Counts(NamedTuple):
    """How many merges there are, each number at most MOST_COUNTED + 1."""

    suggested: int
    confirmed: int


class _Led(NamedTuple):
    id: UUID


class _Made(NamedTuple):
    event_id: UUID
    id: UUID


_LEADS_TO = """
WITH RECURSIVE led(id, steps) AS (
    SELECT into_id, 1 FROM merge
     WHERE subject_type = %(kind)s AND from_id = %(thing)s AND state = 'confirmed'
     UNION ALL
    SELECT merge.into_id, led.steps + 1 FROM led
      JOIN merge ON merge.subject_type = %(kind)s AND merge.from_id = led.id AND merge.state = 'confirmed')
SELECT id FROM led ORDER BY steps DESC LIMIT 1
"""


def leads_to(kind: str, thing: UUID) -> UUID | None:
    """What a merged thing leads to in the end, or None where it stands on its own. One query.

    Merges lead nowhere round in circles: nothing is merged into what is merged itself.
    """
    found = fetch(_Led, _LEADS_TO, kind=kind, thing=thing)
    return found[0].id if found else None


class Listed(NamedTuple):
    """A merge in a list: what leads to what, why, and who said so."""

    id: UUID
    kind: str
    state: str
    because: str
    made_at: datetime
    by: str | None
    decided_at: datetime | None
    decided_by: str | None
    from_id: UUID
    from_title: str
    into_id: UUID
    into_title: str


@dataclass(frozen=True)
class MergeList:
    """A page of merges; `more` where others follow."""

    rows: Sequence[Listed]
    more: bool

    @property
    def next(self) -> tuple[datetime, UUID]:
        """Where the next page goes on."""
        last = self.rows[-1]
        return last.decided_at if last.decided_at and last.state == "confirmed" else last.made_at, last.id


def _named(merges: str) -> str:
    return f"""
SELECT merge.id, merge.subject_type, merge.state, merge.because, merge.made_at, maker.name,
       merge.decided_at, decider.name,
       merge.from_id, coalesce(item.title, source.name, claim.title, ''),
       merge.into_id, coalesce(into_item.title, into_source.name, into_claim.title, '')
  FROM ({merges}) merge
  LEFT JOIN person maker ON maker.id = merge.by_id
  LEFT JOIN person decider ON decider.id = merge.decided_by_id
  LEFT JOIN evidence item ON merge.subject_type = 'evidence' AND item.id = merge.from_id
  LEFT JOIN evidence into_item ON merge.subject_type = 'evidence' AND into_item.id = merge.into_id
  LEFT JOIN source ON merge.subject_type = 'source' AND source.id = merge.from_id
  LEFT JOIN source into_source ON merge.subject_type = 'source' AND into_source.id = merge.into_id
  LEFT JOIN claim ON merge.subject_type = 'claim' AND claim.id = merge.from_id
  LEFT JOIN claim into_claim ON merge.subject_type = 'claim' AND into_claim.id = merge.into_id
"""


_SUGGESTED = f"""
{
    _named('''
    SELECT * FROM merge
     WHERE state = 'suggested' AND made_at >= %(at)s AND (made_at > %(at)s OR id > %(id)s)
     ORDER BY made_at, id LIMIT %(most)s
    ''')
}
 ORDER BY merge.made_at, merge.id
"""
_CONFIRMED = f"""
{
    _named('''
    SELECT * FROM merge
     WHERE state = 'confirmed' AND decided_at <= %(at)s AND (decided_at < %(at)s OR id < %(id)s)
     ORDER BY decided_at DESC, id DESC LIMIT %(most)s
    ''')
}
 ORDER BY merge.decided_at DESC, merge.id DESC
"""
_BY_EVENT = "SELECT event_id, id FROM merge WHERE event_id = ANY(%(events)s) AND state IN ('confirmed', 'undone')"
_ONE = _named("SELECT * FROM merge WHERE id = %(merge)s")
HOW_MANY_SUGGESTED = (
    f"(SELECT count(*) FROM (SELECT FROM merge WHERE state = 'suggested' LIMIT {MOST_COUNTED + 1}) one)"
)
"""How many merges are suggested, for a query that tells other things with them."""
_COUNTS = f"""
SELECT {HOW_MANY_SUGGESTED},
       (SELECT count(*) FROM (SELECT FROM merge WHERE state = 'confirmed' LIMIT {MOST_COUNTED + 1}) one)
"""


def suggested(*, after: tuple[datetime, UUID] | None, size: int) -> MergeList:
    """A page of what is suggested, the oldest first. One query."""
    at, identity = after or (datetime.min.replace(tzinfo=UTC), UUID(int=0))
    rows = fetch(Listed, _SUGGESTED, at=at, id=identity, most=size + 1)
    return MergeList(rows[:size], more=len(rows) > size)


def confirmed(*, after: tuple[datetime, UUID] | None, size: int) -> MergeList:
    """A page of the merges that stand, the newest first. One query."""
    at, identity = after or (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
    rows = fetch(Listed, _CONFIRMED, at=at, id=identity, most=size + 1)
    return MergeList(rows[:size], more=len(rows) > size)


def counts() -> Counts:
    """How many merges are suggested and how many stand, each at most MOST_COUNTED + 1. One query."""
    return fetch(Counts, _COUNTS)[0]


def find_merge(identity: UUID) -> Listed | None:
    """One merge in any state, or None. One query."""
    found = fetch(Listed, _ONE, merge=identity)
    return found[0] if found else None


def merge_with(identity: UUID) -> Merge:
    """The merge itself, as acts take it. One query."""
    return Merge.objects.get(id=identity)


def merges_by_event(events: Sequence[UUID]) -> dict[UUID, UUID]:
    """The merges that these acts made, by act. One query."""
    return dict(fetch(_Made, _BY_EVENT, events=list(events)))
