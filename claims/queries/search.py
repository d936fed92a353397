"""Searching claims and evidence by words, bounded whatever the words and however many rows hold them.

Of what the words match only the newest NEWEST rows are ranked: ranking all matches of a common word took 228 times as
long as a two-word query, this 1.24 times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from claims.queries.search_words import Reading, address_in, beginning_of, escaped, slug_of

NEWEST = 1000
RECENT = 10_000
GAP = " … "  # between parts of a long text
BEGIN, END = "\x02", "\x03"  # around a match; no stored text holds control characters

_EXACT, _BEGINS = 3_000_000, 2_000_000  # ranks above any rank by words, which is below a million
_LARGEST = 2**31 - 1
_LAST = UUID(int=2**128 - 1)


class FoundClaim(NamedTuple):
    """A claim that was found, with what matches marked; `matches` counts all found, `bounded` where more may be."""

    rank: int
    id: UUID
    slug: str
    title: str
    statement: str
    status: str
    probability: Decimal | None
    matches: int
    bounded: bool


class FoundItem(NamedTuple):
    """An item that was found, with what matches marked; `quotation` only where the words stand in it."""

    rank: int
    known_by: date
    id: UUID
    title: str
    summary: str
    whole_summary: str
    quotation: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    source: str
    source_slug: str
    reliability: str | None
    credibility: int
    claims: int
    matches: int
    bounded: bool


@dataclass(frozen=True)
class FoundClaims:
    """A page of matching claims, the best first."""

    rows: Sequence[FoundClaim]
    more: bool

    @property
    def matches(self) -> int:
        """How many of those looked at match."""
        return self.rows[0].matches if self.rows else 0

    @property
    def bounded(self) -> bool:
        """Whether more hold the words than were looked at."""
        return bool(self.rows) and self.rows[0].bounded

    @property
    def next(self) -> tuple[int, UUID]:
        """Where the next page goes on."""
        return self.rows[-1].rank, self.rows[-1].id


@dataclass(frozen=True)
class FoundItems:
    """A page of matching items, the best first."""

    rows: Sequence[FoundItem]
    more: bool

    @property
    def matches(self) -> int:
        """How many of those looked at match."""
        return self.rows[0].matches if self.rows else 0

    @property
    def bounded(self) -> bool:
        """Whether more hold the words than were looked at."""
        return bool(self.rows) and self.rows[0].bounded

    @property
    def next(self) -> tuple[int, date, UUID]:
        """Where the next page goes on."""
        return self.rows[-1].rank, self.rows[-1].known_by, self.rows[-1].id


# The words stand in these statements as literals, never as parameters: a plan made for words not known yet would walk
# all rows for a rare word.
_QUERY = "websearch_to_tsquery('english', %(words)s)"
_FINDABLE = "%(findable)s::tsquery"  # without what must not stand there, which would make every rank 0
_MARKS = f"StartSel={BEGIN}, StopSel={END}"
_SHORT = 400  # characters up to which a summary is shown whole
_WHOLE = f"'{_MARKS}, HighlightAll=true'"
_PARTS = f"'{_MARKS}, MaxFragments=2, MaxWords=32, MinWords=14, FragmentDelimiter=\"{GAP}\"'"
_CHOSEN = "(%(state)s = '' OR (status = 'open') = (%(state)s = 'open'))"


def _newest(name: str, columns: str, rows: str, order: str, query: str, *, several: bool) -> str:
    """The newest rows that a query matches, as a part of WITH called `name`.

    PostgreSQL knows how common one word is, and walks the rows or asks the index as that is quicker. Of several words
    together it knows nothing and may walk all rows in vain: then only the newest RECENT are walked, and the index is
    asked where these hold too few.
    """
    if not several:
        return f"{name} AS (SELECT {columns} FROM {rows} AND search @@ {query} ORDER BY {order} LIMIT {NEWEST})"
    return f"""
    {name}_recent AS MATERIALIZED (
        SELECT * FROM (SELECT {columns} FROM {rows} ORDER BY {order} LIMIT {RECENT}) recent
         WHERE search @@ {query} LIMIT {NEWEST}),
    {name}_all AS MATERIALIZED (
        SELECT {columns} FROM {rows} AND search @@ {query} AND (SELECT count(*) FROM {name}_recent) < {NEWEST}),
    {name} AS (
        (SELECT * FROM {name}_recent WHERE (SELECT count(*) FROM {name}_recent) >= {NEWEST})
        UNION ALL (SELECT * FROM {name}_all ORDER BY {order} LIMIT {NEWEST}))
    """


_CLAIMS = f"""
WITH {{newest}},
matched AS (
    (SELECT id, status, CASE WHEN slug = %(slug)s THEN {_EXACT} ELSE {_BEGINS} END AS rank FROM claim
      WHERE slug LIKE %(slug_like)s ORDER BY slug USING ~<~ LIMIT 10)
    UNION ALL
    (SELECT id, status, {_BEGINS} FROM begun WHERE title ILIKE %(title_like)s LIMIT 10)
    UNION ALL
    SELECT id, status, (ts_rank(search, {_FINDABLE}) * 1000000)::int FROM worded),
best AS (SELECT id, max(rank) AS rank, count(*) OVER () AS matches FROM matched WHERE {_CHOSEN} GROUP BY id),
page AS (SELECT * FROM best WHERE rank <= %(rank)s AND (rank < %(rank)s OR id < %(id)s)
          ORDER BY rank DESC, id DESC LIMIT %(most)s)
SELECT page.rank, claim.id, claim.slug, ts_headline('english', claim.title, {_FINDABLE}, {_WHOLE}),
       ts_headline('english', claim.statement, {_FINDABLE}, {_WHOLE}), claim.status, claim.probability, page.matches,
       (SELECT count(*) FROM worded) >= {NEWEST}
  FROM page JOIN claim ON claim.id = page.id
 ORDER BY page.rank DESC, page.id DESC
"""

_ITEMS = f"""
WITH {{newest}},
matched AS (
    (SELECT id, known_by, {_EXACT} AS rank FROM evidence
      WHERE address_norm = %(address)s AND %(address)s <> '' AND live)
    UNION ALL
    SELECT id, known_by, (ts_rank(search, {_FINDABLE}) * 1000000)::int FROM worded),
best AS (SELECT id, known_by, max(rank) AS rank, count(*) OVER () AS matches FROM matched GROUP BY id, known_by),
page AS (SELECT * FROM best
          WHERE rank <= %(rank)s
            AND (rank < %(rank)s OR known_by < %(day)s OR (known_by = %(day)s AND id < %(id)s))
          ORDER BY rank DESC, known_by DESC, id DESC LIMIT %(most)s)
SELECT page.rank, evidence.known_by, evidence.id, ts_headline('english', evidence.title, {_FINDABLE}, {_WHOLE}),
       ts_headline('english', evidence.summary, {_FINDABLE},
                   CASE WHEN length(evidence.summary) <= {_SHORT} THEN {_WHOLE} ELSE {_PARTS} END),
       evidence.summary,
       CASE WHEN to_tsvector('english', evidence.quotation) @@ {_QUERY}
            THEN ts_headline('english', evidence.quotation, {_FINDABLE}, {_WHOLE}) ELSE '' END,
       evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       source.name, source.slug, source.reliability, evidence.credibility,
       (SELECT count(*) FROM bearing WHERE evidence_id = page.id AND live AND state = 'published'),
       page.matches, (SELECT count(*) FROM worded) >= {NEWEST}
  FROM page JOIN evidence ON evidence.id = page.id JOIN source ON source.id = evidence.source_id
 ORDER BY page.rank DESC, page.known_by DESC, page.id DESC
"""


def search_claims(
    words: str, reading: Reading, *, state: str, after: tuple[int, UUID] | None, size: int
) -> FoundClaims:
    """Claims whose slug or title begins with the words, then those that hold them, the best first. One query.

    `state` is `open`, `settled` or empty for both; of those that hold the words the newest 1,000 are looked at.
    """
    rank, identity = after or (_LARGEST, _LAST)
    slug = slug_of(words)
    several = reading.parts > 1
    beginning = beginning_of(words)
    rows = "claim WHERE TRUE"
    begun = "to_tsquery('english', %(beginning)s)"
    newest = _newest("worded", "id, status, search", rows, "id DESC", _QUERY, several=several)
    newest += ", " + _newest("begun", "id, status, title, search", rows, "id DESC", begun, several="&" in beginning)
    found = _fetch_literally(
        FoundClaim,
        _CLAIMS.format(newest=newest),
        words=words,
        findable=reading.findable,
        state=state,
        slug=slug,
        slug_like=f"{slug}%" if slug else "",
        beginning=beginning,
        title_like=f"{escaped(words)}%",
        rank=rank,
        id=identity,
        most=size + 1,
    )
    return FoundClaims(found[:size], more=len(found) > size)


def search_items(words: str, reading: Reading, *, after: tuple[int, date, UUID] | None, size: int) -> FoundItems:
    """Public items with the address asked for or that hold the words, the best first. One query.

    Of those that hold the words the 1,000 known last are looked at.
    """
    rank, day, identity = after or (_LARGEST, date.max, _LAST)
    order = "known_by DESC, id DESC"
    several = reading.parts > 1
    newest = _newest("worded", "id, known_by, search", "evidence WHERE live", order, _QUERY, several=several)
    found = _fetch_literally(
        FoundItem,
        _ITEMS.format(newest=newest),
        words=words,
        findable=reading.findable,
        address=address_in(words),
        rank=rank,
        day=day,
        id=identity,
        most=size + 1,
    )
    return FoundItems(found[:size], more=len(found) > size)


def _fetch_literally(row: type, sql: str, **given: object) -> list:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(connection.ops.compose_sql(sql, given))  # type: ignore[attr-defined]
        return [row._make(found) for found in cursor.fetchall()]  # type: ignore[attr-defined]
