"""The list of claims: filtered, in order, in sections or page by page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from claims.cursors import Value
from claims.models import ClaimStatus
from claims.queries.claim_rows import (
    BY_ASSESSMENT,
    BY_CHANGE,
    BY_DUE,
    BY_EVIDENCE,
    BY_OPENING,
    BY_PROBABILITY,
    BY_SETTLING,
    ClaimRow,
    Order,
    claim_rows,
    claims_on,
    counted_on,
)
from claims.queries.rows import fetch
from claims.queries.sparks import Sparks, sparks_of
from claims.scoring import Outlook, outlook_range

COUNTED_TO = 1000
"""Beyond it a count says only that there are more."""

# Sections: what each holds, and how many rows of it stand on the page.
SECTIONS = {
    "open": ("claim.status = 'open' AND claim.scored", 50),
    "settled": ("claim.status <> 'open' AND claim.scored", 20),
    "not-scored": ("NOT claim.scored", 20),
}
_NO_FACT = ("open", "settled")
# Written out and not given as parameters, since partial indexes are found by them.
_STATUSES = {status: f"claim.status = '{status}'" for status in ClaimStatus.values} | {
    name: SECTIONS[name][0] for name in ("settled", "not-scored")
}
STATUSES = tuple(_STATUSES)

_ORDERS = {
    "due": BY_DUE,
    "change": BY_CHANGE,
    "evidence": BY_EVIDENCE,
    "assessed": BY_ASSESSMENT,
    "probability": BY_PROBABILITY,
    "opened": BY_OPENING,
    "settled": BY_SETTLING,
}
SORTS = ("due", "change", "evidence", "assessed", "probability", "opened")
SORTS_LOOKING_BACK = ("due", "opened")
# What is settled has neither a date before it nor a number that still moves.
_OF_OPEN_CLAIMS = ("due", "change", "probability")


@dataclass(frozen=True)
class Filters:
    """What a claim must be to stand in the list; what is empty lets all through."""

    words: str = ""
    status: str = ""
    outlook: str = ""
    kind: str = ""
    topic: UUID | None = None
    article: UUID | None = None

    @property
    def judged(self) -> bool:
        """Whether it asks for something that a judgement decides."""
        return bool(self.status or self.outlook)

    def where(self) -> list[str]:
        """The conditions but for the article, whose parameters `given` holds."""
        low, high = outlook_range(Outlook(self.outlook)) if self.outlook else (None, None)
        wanted = [
            (self.status, _STATUSES.get(self.status, "")),
            (
                self.outlook,
                f"claim.status = 'open' AND claim.probability > {low or 0} AND claim.probability <= {high or 1}",
            ),
            (self.kind, "claim.kind = %(kind)s"),
            (self.kind == "fact", "NOT claim.scored"),
            (self.topic, "EXISTS (SELECT 1 FROM claim_topic WHERE topic_id = %(topic)s AND claim_id = claim.id)"),
            (self.words, "claim.search @@ websearch_to_tsquery('english', %(words)s)"),
        ]
        return [condition for asked, condition in wanted if asked]

    def given(self) -> dict[str, Any]:
        """The parameters of `where`."""
        return {"kind": self.kind, "article": self.article, "topic": self.topic, "words": self.words}


@dataclass(frozen=True)
class Section:
    """Some claims of one list in one order; `order` is the sort that they really have.

    `count` is exact up to COUNTED_TO, one more where there are more, and None where it was not counted.
    """

    name: str
    order: str
    rows: Sequence[ClaimRow]
    count: int | None
    more: bool

    @property
    def next(self) -> tuple[Value, ...]:
        """The place to go on from."""
        return _ORDERS[self.order].place_of(self.rows[-1])


@dataclass(frozen=True)
class ClaimList:
    """The sections of a page, and the lines of its rows."""

    sections: Sequence[Section]
    sparks: Sparks


class _Counted(NamedTuple):
    counts: list[int]


def cursor_kinds(sort: str, status: str, *, looking_back: bool = False) -> tuple[type, ...]:
    """The kinds of values in a cursor of this list."""
    return _ORDERS[sort if looking_back else order_of(sort, status)].cursor_kinds


def order_of(sort: str, status: str) -> str:
    """The sort that a list of this status really has: what is settled goes by the day that settled it."""
    settled = status not in ("", "open")
    return "settled" if settled and sort in _OF_OPEN_CLAIMS else sort


def in_sections(filters: Filters, *, sort: str, today: date, size: int | None = None) -> ClaimList:
    """What is open, settled and not scored, the beginning of each, at most `size` rows long. Five queries."""
    facts = filters.kind == "fact"
    holds = {name: "FALSE" if facts and name in _NO_FACT else condition for name, (condition, _) in SECTIONS.items()}
    counts = _counts([[*filters.where(), condition] for condition in holds.values()], filters, day=None)
    sections = [
        _section(name, filters, [holds[name]], sort=order_of(sort, name), size=size or usual, day=None, count=count)
        for (name, (_, usual)), count in zip(SECTIONS.items(), counts, strict=True)
    ]
    return _with_sparks(sections, last=today)


def page_by_page(
    filters: Filters, *, sort: str, size: int, after: Sequence[Value] | None, as_of: date | None, today: date
) -> ClaimList:
    """One page of the claims that fit, now or as of a day. Three queries, four for a look-back.

    A look-back by status or outlook judges each claim on the way, so there only the page's own are counted.
    """
    counted = as_of is None or not filters.judged
    count = _counts([filters.where()], filters, day=as_of)[0] if counted else None
    order = sort if as_of else order_of(sort, filters.status)
    section = _section("", filters, [], sort=order, size=size, day=as_of, count=count, after=after)
    if as_of is not None:
        section = replace(section, rows=counted_on(as_of, section.rows))
    return _with_sparks([section], last=as_of or today)


def _section(
    name: str,
    filters: Filters,
    conditions: Iterable[str],
    *,
    sort: str,
    size: int,
    day: date | None,
    count: int | None,
    after: Sequence[Value] | None = None,
) -> Section:
    order: Order = _ORDERS[sort]
    where, only_open = [*filters.where(), *conditions], name == "open" or filters.status == "open"
    rows = claim_rows(where, order, size=size + 1, day=day, after=after, only_open=only_open, **filters.given())
    more = len(rows) > size
    if count is None and after is None and not more:
        count = len(rows)
    return Section(name, sort, rows[:size], count, more)


def _counts(wanted: Sequence[Sequence[str]], filters: Filters, *, day: date | None) -> list[int]:
    claims = claims_on(day, of_an_article=filters.article is not None)
    counts = ", ".join(_count_of(where, claims) for where in wanted)
    return fetch(_Counted, f"SELECT ARRAY[{counts}]", day=day, **filters.given())[0].counts


def _count_of(where: Sequence[str], claims: str) -> str:
    return f"""(
SELECT count(*) FROM (SELECT FROM {claims} WHERE {" AND ".join(where) or "TRUE"} LIMIT {COUNTED_TO + 1}) fitting
)"""


def _with_sparks(sections: Sequence[Section], *, last: date) -> ClaimList:
    return ClaimList(sections, sparks_of((row.id for section in sections for row in section.rows), last=last))
