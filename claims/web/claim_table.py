"""A table of claims as a page shows it: its groups, each with its rows and what it leads on to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.dates import day_words
from claims.queries.claim_list import COUNTED_TO, Section
from claims.queries.sparks import Sparks
from claims.web.claim_rows import Line, biggest_side, lines_of, of_more_than_one_article

NAMES = {"open": "Open", "settled": "Settled", "not-scored": "Not scored"}
NOT_SCORED = "facts, and what was already so"

ORDER_WORDS = {
    "due": "nearest date first",
    "change": "biggest change first",
    "evidence": "most evidence first",
    "assessed": "latest judged first",
    "probability": "likeliest first",
    "opened": "latest opened first",
    "settled": "latest first",
}
"""How a list is sorted, by the sort that it has."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; a list without groups has one without a name. `more` is (address, words)."""

    id: str
    name: str
    count: str
    hint: str
    lines: Sequence[Line]
    more: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """The whole table; `since` is where its small lines begin, such as "Apr 2025"."""

    groups: Sequence[Group]
    since: str


def table_of(
    sections: Sequence[Section],
    sparks: Sparks,
    *,
    today: date,
    as_of: date | None,
    more: Mapping[str, tuple[str, str]] | None = None,
    named: bool | None = None,
) -> ClaimTable:
    """The table of these sections, those without a row left out; `more` is where each goes on.

    The bars of all rows are to one scale. `named`, whether rows say their article, follows from them by default.
    """
    rows = [row for section in sections for row in section.rows]
    named = of_more_than_one_article(rows) if named is None else named
    most = biggest_side(rows)
    groups = [
        Group(
            id=section.name,
            name=NAMES.get(section.name, ""),
            count=count_words(section.count) if section.count is not None else "",
            hint=NOT_SCORED if section.name == "not-scored" else ORDER_WORDS[section.order],
            lines=lines_of(section.rows, sparks=sparks, today=today, as_of=as_of, most=most, named=named),
            more=(more or {}).get(section.name, ("", "")),
        )
        for section in sections
        if section.rows
    ]
    return ClaimTable(groups, day_words(sparks.first).split(" ", 1)[1] if sparks.first else "")


def count_words(count: int) -> str:
    """A count: exact up to 1,000, else "more than 1,000"."""
    return f"{count:,}" if count <= COUNTED_TO else f"more than {COUNTED_TO:,}"


def claims_words(count: int) -> str:
    """A count of claims: "1 claim", "21 claims", "more than 1,000 claims"."""
    return f"{count_words(count)} claim{'' if count == 1 else 's'}"
