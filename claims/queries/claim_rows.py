"""Claims as lists show them: a row each, now or as the world could know them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from claims.cursors import Value
from claims.models.folding import HEAVIEST_FIRST, STORY
from claims.queries.rows import fetch


class ClaimRow(NamedTuple):
    """One claim in a list. Of a look-back the counts are empty until `counted_on` fills them."""

    id: UUID
    slug: str
    title: str
    statement: str
    kind: str
    paragraph: int
    article_slug: str
    article_title: str
    article_from: date | None
    opened_on: date
    due_sort: date
    status: str
    probability: Decimal | None
    earlier_probability: Decimal | None
    earlier_on: date | None
    moved: Decimal
    assessed_sort: date
    occurred_on: date | None
    annulled_because: str | None
    settled_sort: date
    review_due_on: date | None
    scored: bool
    supports: int
    contradicts: int
    stories: int
    last_known_by: date | None

    @property
    def horizon(self) -> date | None:
        """The day it falls due, or none when it is open-ended."""
        return None if self.due_sort == date.max else self.due_sort

    @property
    def settled_on(self) -> date | None:
        """The day of the event that settled it, else of the judgement that did."""
        return None if self.settled_sort == date.min else self.settled_sort


@dataclass(frozen=True)
class Order:
    """What a list is sorted by before the id, and the kinds of these values in a cursor."""

    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    descending: bool = True

    @property
    def cursor_kinds(self) -> tuple[type, ...]:
        return (*self.kinds, UUID)

    def place_of(self, row: ClaimRow) -> tuple[Value, ...]:
        """The values to go on after this row from; a claim without a number counts as less than any."""
        values = (getattr(row, column) for column in self.columns)
        return (*(NO_NUMBER if value is None else value for value in values), row.id)


NO_NUMBER = Decimal(-1)

BY_DUE = Order(("due_sort",), (date,), descending=False)
BY_OPENING = Order(("opened_on",), (date,))
BY_SETTLING = Order(("settled_sort",), (date,))
BY_CHANGE = Order(("moved",), (Decimal,))
BY_EVIDENCE = Order(("stories",), (int,))
BY_ASSESSMENT = Order(("assessed_sort", "moved"), (date, Decimal))
BY_PROBABILITY = Order(("probability",), (Decimal,))
BY_PARAGRAPH = Order(("paragraph",), (int,), descending=False)

# The claims as they were on %(day)s, under the table's own name and columns, so that one WHERE serves both. The
# judgement is the one of the greatest as_of, the latest recorded; the wording the one then in force. Kept columns
# are worked out by the same rules in claims.actions.kept, and a test holds the two together.
AS_OF = """(
    SELECT claim.id, claim.slug, revision.title, revision.statement, claim.kind, claim.paragraph, claim.article_id,
           claim.opened_on, claim.due_sort, coalesce(last.status, 'open') AS status, last.probability,
           earlier.probability AS earlier_probability, earlier.as_of AS earlier_on,
           CASE WHEN last.status = 'open' THEN coalesce(abs(last.probability - earlier.probability), 0)
                ELSE 0 END AS moved,
           coalesce(last.as_of, DATE '0001-01-01') AS assessed_sort, last.occurred_on, last.annulled_because,
           CASE WHEN last.status <> 'open' THEN coalesce(last.occurred_on, last.as_of)
                ELSE DATE '0001-01-01' END AS settled_sort,
           CASE WHEN coalesce(last.status, 'open') = 'open'
                THEN coalesce(last.as_of, claim.opened_on) + revision.review_every_days END AS review_due_on,
           claim.kind <> 'fact' AND NOT coalesce(last.occurred_on < dated.published_from, FALSE) AS scored,
           0 AS supports, 0 AS contradicts, 0 AS stories, NULL::date AS last_known_by, claim.search
      FROM {claims}
      JOIN article dated ON dated.id = claim.article_id
      JOIN LATERAL (SELECT title, statement, review_every_days FROM claim_revision
                     WHERE claim_id = claim.id AND in_force_from <= %(day)s
                     ORDER BY in_force_from DESC, number DESC LIMIT 1) revision ON TRUE
      LEFT JOIN LATERAL (SELECT * FROM assessment WHERE claim_id = claim.id AND as_of <= %(day)s
                          ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) last ON TRUE
      LEFT JOIN LATERAL (SELECT probability, as_of FROM assessment WHERE claim_id = claim.id AND as_of <= %(day)s
                            AND status = 'open' AND id <> last.id
                          ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) earlier ON TRUE
     WHERE claim.opened_on <= %(day)s
)"""

_ARTICLE = {"article_slug": "article.slug", "article_title": "article.title", "article_from": "article.published_from"}
_COLUMNS = ", ".join(_ARTICLE.get(field, f"claim.{field}") for field in ClaimRow._fields)

_COUNTS = f"""
SELECT claim_id, count(*) FILTER (WHERE place = 1 AND stance = 'supports'),
       count(*) FILTER (WHERE place = 1 AND stance = 'contradicts'), count(*) FILTER (WHERE place = 1), max(known_by)
  FROM (SELECT bearing.claim_id, bearing.stance, bearing.known_by,
               row_number() OVER (PARTITION BY bearing.claim_id, {STORY} ORDER BY {HEAVIEST_FIRST}) AS place
          FROM bearing JOIN evidence ON evidence.id = bearing.evidence_id
         WHERE bearing.claim_id = ANY(%(claims)s) AND bearing.live AND bearing.state = 'published'
           AND bearing.known_by <= %(day)s) report
 GROUP BY claim_id
"""


class _Counts(NamedTuple):
    claim_id: UUID
    supports: int
    contradicts: int
    stories: int
    last_known_by: date | None


# An article has some dozens of claims, seldom hundreds: reading these first is never slow, while the planner, asked
# for the first rows in an order, may walk the whole of that order's index for an article that has few of them.
_OF_AN_ARTICLE = "(SELECT * FROM claim WHERE article_id = %(article)s OFFSET 0) claim"


def claims_on(day: date | None, *, of_an_article: bool = False) -> str:
    """What stands behind FROM: the claims now, or on `day`, which the query is then given as %(day)s.

    Only those of the article that it is given as %(article)s, if `of_an_article`.
    """
    claims = _OF_AN_ARTICLE if of_an_article else "claim"
    return claims if day is None else f"{AS_OF.format(claims=claims)} claim"


def claim_rows(
    where: Sequence[str],
    order: Order,
    *,
    size: int,
    day: date | None,
    after: Sequence[Value] | None = None,
    only_open: bool = False,
    **given: Any,
) -> list[ClaimRow]:
    """At most `size` claims that fulfil all of `where`, from the place `after` on. One query.

    An `article` that is given is one of the conditions; `only_open` says that `where` lets open claims through alone.
    """
    given |= {"size": size, "day": day}
    claims = claims_on(day, of_an_article=given.get("article") is not None)
    if order is BY_PROBABILITY:
        return _likeliest_first(where, claims, after=after, only_open=only_open, given=given)
    conditions = list(where)
    if after is not None:
        conditions.append(_beyond(order, after, given))
    return fetch(ClaimRow, _select(conditions, _order_by(order), claims), **given)


def counted_on(day: date, rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The rows with their stories counted as they were known by `day`. One query."""
    found = {counts.claim_id: counts for counts in fetch(_Counts, _COUNTS, claims=[row.id for row in rows], day=day)}
    return [
        row._replace(**{name: getattr(found[row.id], name) for name in _Counts._fields[1:]}) if row.id in found else row
        for row in rows
    ]


def _select(conditions: Sequence[str], order: str, claims: str) -> str:
    where = " AND ".join(conditions) or "TRUE"
    return f"""
SELECT {_COLUMNS} FROM {claims} JOIN article ON article.id = claim.article_id
 WHERE {where} ORDER BY {order} LIMIT %(size)s"""


def _order_by(order: Order) -> str:
    way = " DESC" if order.descending else ""
    return ", ".join(f"claim.{column}{way}" for column in (*order.columns, "id"))


def _beyond(order: Order, after: Sequence[Value], given: dict[str, Any]) -> str:
    """The condition for what follows a place, as one comparison of rows, which an index can start from."""
    given |= {f"after_{place}": value for place, value in enumerate(after)}
    columns = ", ".join(f"claim.{column}" for column in (*order.columns, "id"))
    values = ", ".join(f"%(after_{place})s" for place in range(len(after)))
    return f"({columns}) {'<' if order.descending else '>'} ({values})"


def _likeliest_first(
    where: Sequence[str], claims: str, *, after: Sequence[Value] | None, only_open: bool, given: dict[str, Any]
) -> list[ClaimRow]:
    """Claims with a number, then those without, in two arms so that each can read the index from its place."""
    numbered, rest = [*where, "claim.probability IS NOT NULL"], [*where, "claim.probability IS NULL"]
    if only_open:
        numbered.append("claim.probability < 1")  # what is borne out need not be walked through
    if after is not None and after[0] == NO_NUMBER:
        numbered = ["FALSE"]
        given["after_id"] = after[1]
        rest.append("claim.id < %(after_id)s")
    elif after is not None:
        numbered.append(_beyond(BY_PROBABILITY, after, given))
    first, then = _select(numbered, _order_by(BY_PROBABILITY), claims), _select(rest, "claim.id DESC", claims)
    sql = f"""
SELECT * FROM (({first}) UNION ALL ({then})) claim
 ORDER BY probability DESC NULLS LAST, id DESC LIMIT %(size)s"""
    return fetch(ClaimRow, sql, **given)
