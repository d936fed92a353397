"""The numbers behind the small lines of a list, on an axis that its claims share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

LONGEST = timedelta(days=5 * 365)
"""How far back a line goes: beyond, the claims of a list would have no room beside an old one."""


class _Point(NamedTuple):
    claim_id: UUID
    as_of: date
    probability: Decimal
    first: date


@dataclass(frozen=True)
class Sparks:
    """The first day of the axis, None where there is no number, and each claim's numbers, oldest first."""

    first: date | None
    numbers: Mapping[UUID, Sequence[tuple[date, Decimal]]]


# A line is 90 units wide: of the numbers within half a unit the last is drawn, of those before the axis the last too.
_NUMBERS = """
WITH told AS (
    SELECT claim_id, as_of, recorded_at, id, probability, greatest(min(as_of) OVER (), %(earliest)s) AS first
      FROM assessment
     WHERE claim_id = ANY(%(claims)s) AND as_of <= %(last)s AND status = 'open'
), placed AS (
    SELECT told.*, CASE WHEN as_of < first THEN -1
                        ELSE (as_of - first) / greatest((%(last)s - first) / 180, 1) END AS place
      FROM told
)
SELECT DISTINCT ON (claim_id, place) claim_id, as_of, probability, first
  FROM placed
 ORDER BY claim_id, place, as_of DESC, recorded_at DESC, id DESC
"""


def sparks_of(claims: Iterable[UUID], *, last: date) -> Sparks:
    """The numbers of these claims up to `last`, at most 182 of a claim. One query."""
    points = fetch(_Point, _NUMBERS, claims=list(claims), last=last, earliest=last - LONGEST)
    numbers: dict[UUID, list[tuple[date, Decimal]]] = {}
    for point in points:
        numbers.setdefault(point.claim_id, []).append((point.as_of, point.probability))
    return Sparks(points[0].first if points else None, numbers)
