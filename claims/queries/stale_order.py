"""In which order stale claims are read: each once, off an index or by name, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch
from claims.queries.stale_news import KNOWN_AFTER, TOLD_AFTER
from claims.stale import Why

CURSOR = (int, date, UUID)
Place = tuple[int, date, UUID]


class Whose(StrEnum):
    """Whose claims a list holds; `own` are those that a person owns or follows."""

    ALL = ""
    MINE = "mine"
    OWN = "own"
    UNOWNED = "unowned"


class Found(NamedTuple):
    """A stale claim as it is read, with the class and the day by which it was found."""

    rank: int
    since: date
    id: UUID
    slug: str
    title: str
    status: str
    probability: Decimal | None
    assessed: date
    due: date
    review: date | None
    locked: bool
    owner: UUID | None
    owner_name: str | None
    cited: list[int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; `person` is whose claims are `mine`."""

    person: UUID | None = None
    whose: Whose = Whose.ALL
    why: Why | None = None
    topic: str = ""


class _Class(NamedTuple):
    """Claims that are stale for one reason, in the order of an index; `but` leaves those out that press more."""

    rank: int
    whys: tuple[Why, ...]
    day: str
    where: str
    but: str
    latest_first: bool = False
    source: str = "claim"


_OVERDUE = "claim.due_sort < %(today)s"
# Written as the index claim_behind_its_evidence is. What is known from a day to come only looks as if it were new.
_BEHIND = f"""claim.last_known_by > claim.assessed_sort
   AND (claim.last_known_by <= %(today)s OR EXISTS ({KNOWN_AFTER}))"""
_TOLD = f"EXISTS ({TOLD_AFTER})"
_NAMED = "claim.id = ANY(%(named)s::uuid[])"
_OPEN = "claim.status = 'open'"
_SET = "unnest(%(named)s::uuid[], %(ranks)s::int[], %(days)s::date[]) AS named (id, rank, day) JOIN claim USING (id)"

DECIDED, HORIZON, CITED, CHANCE, _NEWS, _LATE_NEWS, _REVIEW = range(1, 8)
CLASSES = (
    _Class(DECIDED, (Why.DECIDED,), "named.day", f"named.rank = {DECIDED}", "TRUE", source=_SET),
    _Class(
        HORIZON,
        (Why.HORIZON,),
        "claim.due_sort",
        f"{_OPEN} AND {_OVERDUE}",
        "NOT (claim.id = ANY(%(decided)s::uuid[]))",
    ),
    *(
        _Class(rank, (why,), "named.day", f"named.rank = {rank}", f"NOT ({_OPEN} AND {_OVERDUE})", source=_SET)
        for rank, why in ((CITED, Why.CITED), (CHANCE, Why.CHANCE))
    ),
    _Class(
        _NEWS,
        (Why.EVIDENCE, Why.SIGNPOST),
        "claim.last_known_by",
        f"{_OPEN} AND {_BEHIND}",
        f"NOT ({_OVERDUE}) AND NOT ({_NAMED})",
        latest_first=True,
    ),
    _Class(
        _LATE_NEWS,
        (Why.EVIDENCE, Why.SIGNPOST),
        "claim.due_sort",
        f"{_OPEN} AND {_TOLD} AND NOT coalesce({_BEHIND}, FALSE)",
        f"NOT ({_OVERDUE}) AND NOT ({_NAMED})",
    ),
    _Class(
        _REVIEW,
        (Why.REVIEW,),
        "claim.review_due_on",
        f"{_OPEN} AND claim.review_due_on < %(today)s",
        f"NOT ({_OVERDUE}) AND NOT ({_NAMED}) AND NOT coalesce({_BEHIND}, FALSE) AND NOT {_TOLD}",
    ),
)
_WHOSE = {
    Whose.ALL: "TRUE",
    Whose.MINE: "EXISTS (SELECT FROM claim_owner WHERE claim_id = claim.id AND owner_id = %(person)s)",
    Whose.OWN: """(EXISTS (SELECT FROM claim_owner WHERE claim_id = claim.id AND owner_id = %(person)s)
        OR EXISTS (SELECT FROM follow WHERE claim_id = claim.id AND person_id = %(person)s AND stopped_at IS NULL))""",
    Whose.UNOWNED: "NOT EXISTS (SELECT FROM claim_owner WHERE claim_id = claim.id)",
}
_OF_TOPIC = """EXISTS (SELECT FROM claim_topic JOIN topic ON topic.id = claim_topic.topic_id
                        WHERE claim_topic.claim_id = claim.id AND topic.slug = %(topic)s)"""
ROW = """
SELECT found.rank, found.day, claim.id, claim.slug, claim.title, claim.status, claim.probability, claim.assessed_sort,
       claim.due_sort, claim.review_due_on, claim.locked_by_id IS NOT NULL, owner.id, owner.name,
       ARRAY(SELECT bearing.number FROM citation
               JOIN bearing ON bearing.claim_id = claim.id AND bearing.evidence_id = citation.evidence_id
              WHERE citation.assessment_id = claim.assessment_id AND bearing.live AND bearing.state = 'published'
              ORDER BY bearing.number DESC LIMIT 30)
  FROM ({found}) found (rank, day, id)
  JOIN claim ON claim.id = found.id
  LEFT JOIN claim_owner ownership ON ownership.claim_id = claim.id
  LEFT JOIN person owner ON owner.id = ownership.owner_id
"""


def rows_of(
    filters: Filters, *, named: Mapping[UUID, tuple[int, date]], today: date, after: Place | None, limit: int
) -> list[Found]:
    """The claims after a place, at most `limit`. One SQL query.

    `named` are those found by name, with the class that each stands in and since when.
    """
    walks = [
        _walk(one, filters, after)
        for one in CLASSES
        if (filters.why is None or filters.why in one.whys) and (after is None or after[0] <= one.rank)
    ]
    if not walks:
        return []
    # PostgreSQL reads the parts of a UNION ALL one after another, and none that the limit leaves out.
    found = f"SELECT * FROM ({' UNION ALL '.join(f'({walk})' for walk in walks)}) walks LIMIT %(limit)s"
    _, day, last = after or (None, None, None)
    rows = fetch(
        Found,
        ROW.replace("{found}", found),
        today=today,
        named=list(named),
        ranks=[rank for rank, _ in named.values()],
        days=[since for _, since in named.values()],
        decided=[claim for claim, (rank, _) in named.items() if rank == DECIDED],
        person=filters.person,
        topic=filters.topic,
        day=day,
        last=last,
        limit=limit,
    )
    return sorted(rows, key=_in_order)


def _in_order(row: Found) -> tuple[int, int, int]:
    way = -1 if row.rank == _NEWS else 1
    return row.rank, way * row.since.toordinal(), way * row.id.int


def _walk(one: _Class, filters: Filters, after: Place | None) -> str:
    where = [one.where, _WHOSE[filters.whose]]
    if filters.why is None:
        where.append(one.but)
    if filters.topic:
        where.append(_OF_TOPIC)
    if after is not None and after[0] == one.rank:
        sign = "<" if one.latest_first else ">"
        # The bound on the day alone lets the index begin in the right place.
        where.append(f"{one.day} {sign}= %(day)s AND ({one.day}, claim.id) {sign} (%(day)s, %(last)s)")
    way = "DESC" if one.latest_first else "ASC"
    return (
        f"SELECT {one.rank} AS rank, {one.day} AS day, claim.id FROM {one.source} WHERE {' AND '.join(where)}"
        f" ORDER BY {one.day} {way}, claim.id {way} LIMIT %(limit)s"
    )
