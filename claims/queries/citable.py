"""The items that a judgement of a claim may cite: its published bearings, newest first, and those picked by number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.cursors import encode
from claims.dates import day_words
from claims.models import Bearing
from claims.queries.rows import fetch

PAGE = 50
CURSOR = (date, UUID)

_ROW = """
SELECT bearing.number, bearing.evidence_id, bearing.id, bearing.known_by, bearing.stance, bearing.weight,
       evidence.title, source.name
  FROM bearing
  JOIN evidence ON evidence.id = bearing.evidence_id
  LEFT JOIN source ON source.id = evidence.source_id
 WHERE bearing.claim_id = %(claim)s AND bearing.live AND bearing.state = 'published'
"""
_NEWEST = " ORDER BY bearing.known_by DESC, bearing.id DESC LIMIT %(limit)s"


@dataclass(frozen=True, slots=True)
class Citable:
    """One item with its number within the claim; `known` is its day as ISO text, `known_words` for a reader."""

    number: int
    evidence: UUID
    title: str
    source: str
    known: str
    known_words: str
    stance: str
    weight: str
    late: bool


@dataclass(frozen=True, slots=True)
class CitablePage:
    """One page of items, and where the next one begins (empty at the end)."""

    items: tuple[Citable, ...]
    older: str


class _Row(NamedTuple):
    number: int
    evidence: UUID
    bearing: UUID
    known_by: date
    stance: str
    weight: str
    title: str
    source: str | None


def citable_page(
    claim: UUID,
    *,
    as_of: date,
    words: str = "",
    stance: str = "",
    known_by: date | None = None,
    after: tuple[date, UUID] | None = None,
    size: int = PAGE,
) -> CitablePage:
    """A page of the claim's public items, newest first; `late` are those not known by `as_of`. One SQL query.

    `words` are looked for in title, summary and quotation (websearch syntax); `known_by` leaves out what was not
    known by that day; `after` is the place that the page before ended at.
    """
    wheres = []
    if words:
        wheres.append("evidence.search @@ websearch_to_tsquery('english', %(words)s)")
    if stance:
        wheres.append("bearing.stance = %(stance)s")
    if known_by is not None:
        wheres.append("bearing.known_by <= %(known_by)s")
    if after is not None:
        # The bound on the day alone lets the index begin in the right place.
        wheres.append("bearing.known_by <= %(day)s AND (bearing.known_by, bearing.id) < (%(day)s, %(place)s)")
    day, place = after or (None, None)
    rows = fetch(
        _Row,
        _ROW + "".join(f" AND {where}" for where in wheres) + _NEWEST,
        claim=claim,
        words=words,
        stance=stance,
        known_by=known_by,
        day=day,
        place=place,
        limit=size + 1,
    )
    shown = rows[:size]
    older = encode((shown[-1].known_by, shown[-1].bearing)) if len(rows) > size else ""
    return CitablePage(tuple(_item(row, as_of) for row in shown), older)


def citable_numbered(claim: UUID, numbers: Collection[int], *, as_of: date) -> tuple[Citable, ...]:
    """The claim's public items with these numbers, newest first. One SQL query, none for no numbers."""
    return tuple(_item(row, as_of) for row in _numbered(claim, numbers))


def items_numbered(claim: UUID, numbers: Collection[int]) -> dict[int, UUID]:
    """The ids of the claim's public items by their number; what is not there is missing. One SQL query."""
    if not numbers:
        return {}
    rows = Bearing.objects.filter(claim_id=claim, number__in=list(numbers), live=True, state="published")
    return {number: item for number, item in rows.values_list("number", "evidence_id") if number is not None}


def _numbered(claim: UUID, numbers: Collection[int]) -> Sequence[_Row]:
    if not numbers:
        return []
    where = " AND bearing.number = ANY(%(numbers)s)"
    return fetch(_Row, _ROW + where + _NEWEST, claim=claim, numbers=list(numbers), limit=len(numbers))


def _item(row: _Row, as_of: date) -> Citable:
    return Citable(
        number=row.number,
        evidence=row.evidence,
        title=row.title,
        source=row.source or "",
        known=row.known_by.isoformat(),
        known_words=day_words(row.known_by),
        stance=row.stance,
        weight=row.weight,
        late=row.known_by > as_of,
    )
