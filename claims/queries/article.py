"""Articles: the list of them, and one with its claims, now or as the world could know them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.cursors import Value
from claims.queries.claim_list import SECTIONS, Section
from claims.queries.claim_rows import BY_DUE, BY_PARAGRAPH, BY_SETTLING, ClaimRow, claim_rows, claims_on, counted_on
from claims.queries.rows import fetch
from claims.queries.scoreboard import NOTHING, Scoreboard, scoreboards
from claims.queries.sparks import Sparks, sparks_of

CLAIMS_ON_A_PAGE = 200
ROWS_OF_A_GROUP = 100
NEXT_DUE, MOST_OVERDUE = 3, 5
ITEMS_COUNTED_TO = 1000
_BEARINGS_READ = 20_000


class Author(NamedTuple):
    """One author of a byline."""

    name: str
    role: str
    affiliation: str
    note: str


class Head(NamedTuple):
    """What the record of an article says."""

    id: UUID
    slug: str
    title: str
    title_note: str
    address: str
    publisher: str
    published_from: date | None
    published_to: date | None
    dates_note: str
    kind: str
    summary: str
    language: str
    paragraphs: int


class Due(NamedTuple):
    """A claim with a day: that it falls due on, or that its review was due on."""

    slug: str
    title: str
    day: date


@dataclass(frozen=True)
class Listed:
    """An article in a list, with what came of it."""

    head: Head
    scoreboard: Scoreboard


@dataclass(frozen=True)
class ArticlePage:
    """An article; `claims` are one page of them by paragraph, or `groups` the same as a table."""

    head: Head
    authors: Sequence[Author]
    scoreboard: Scoreboard
    opened_from: date | None
    due_next: Sequence[Due]
    overdue: Sequence[Due]
    claims: Sequence[ClaimRow]
    more: bool
    groups: Sequence[Section]
    sparks: Sparks

    @property
    def next(self) -> tuple[Value, ...]:
        """The place to go on from, by paragraph."""
        return BY_PARAGRAPH.place_of(self.claims[-1])


class _Day(NamedTuple):
    day: date | None


class _Items(NamedTuple):
    article_id: UUID
    items: int


_HEADS = f"SELECT {', '.join(Head._fields)} FROM article"
_LAST_FIRST = "ORDER BY published_to DESC NULLS LAST, id DESC"

_OPENED = "EXISTS (SELECT FROM claim WHERE claim.article_id = article.id AND claim.opened_on <= %(day)s)"

_AUTHORS = "SELECT name, role, affiliation, note FROM article_author WHERE article_id = %(article)s ORDER BY place"

_OPENED_FROM = "SELECT min(opened_on) FROM claim WHERE article_id = %(article)s"

_DUE = """
SELECT claim.slug, claim.title, claim.{day} FROM {claims}
 WHERE claim.status = 'open' AND claim.{day} {when} %(today)s AND claim.{day} <> DATE '9999-12-31'
 ORDER BY claim.{day}, claim.id LIMIT {most}
"""

# Items are counted once however many claims they bear on; of very many bearings only so many are looked at.
_ITEMS = f"""
SELECT wanted.id, (SELECT count(DISTINCT evidence_id) FROM (
           SELECT bearing.evidence_id FROM claim JOIN bearing ON bearing.claim_id = claim.id
            WHERE claim.article_id = wanted.id AND bearing.live AND bearing.state = 'published'
            LIMIT {_BEARINGS_READ}) read)
  FROM unnest(%(articles)s::uuid[]) wanted(id)
"""


def article_head(slug: str) -> Head | None:
    """The article under this slug, or None. One query."""
    found = fetch(Head, f"{_HEADS} WHERE slug = %(slug)s", slug=slug)
    return found[0] if found else None


def article_page(
    head: Head, *, as_of: date | None, table: bool, after: Sequence[Value] | None, today: date
) -> ArticlePage:
    """The page of an article. Six queries; as a table nine, looking back ten."""
    day = as_of or today
    given = {"article": head.id, "day": as_of, "today": day}
    wanted = {"claims": claims_on(as_of, of_an_article=True)}
    rows = [] if table else _by_paragraph(head, as_of=as_of, after=after)
    groups = _groups(head, as_of) if table else []
    return ArticlePage(
        head=head,
        authors=fetch(Author, _AUTHORS, article=head.id),
        scoreboard=scoreboards([head.id], day=as_of).get(head.id, NOTHING),
        opened_from=fetch(_Day, _OPENED_FROM, article=head.id)[0].day,
        due_next=fetch(Due, _DUE.format(day="due_sort", when=">=", most=NEXT_DUE, **wanted), **given),
        overdue=fetch(Due, _DUE.format(day="review_due_on", when="<", most=MOST_OVERDUE + 1, **wanted), **given),
        claims=rows[:CLAIMS_ON_A_PAGE],
        more=len(rows) > CLAIMS_ON_A_PAGE,
        groups=groups,
        sparks=sparks_of((row.id for group in groups for row in group.rows), last=day) if table else Sparks(None, {}),
    )


def newest_articles(size: int, *, after: Sequence[Value] | None = None, as_of: date | None = None) -> list[Listed]:
    """At most `size` articles with their scoreboards, the last published first, undated ones last. Two queries.

    As of a day, those that may have appeared by then; where no day is known, those with a claim opened by then.
    """
    dated, undated = "published_to IS NOT NULL", "published_to IS NULL"
    given: dict[str, object] = {"size": size, "day": as_of}
    if as_of is not None:
        dated, undated = f"{dated} AND published_from <= %(day)s", f"{undated} AND {_OPENED}"
    if after is not None:
        given |= {"to": after[0], "id": after[1]}
        past_the_dated = after[0] == date.min
        dated = "FALSE" if past_the_dated else f"{dated} AND (published_to, id) < (%(to)s, %(id)s)"
        undated += " AND id < %(id)s" if past_the_dated else ""
    arms = (f"({_HEADS} WHERE {where} {_LAST_FIRST} LIMIT %(size)s)" for where in (dated, undated))
    sql = f"SELECT * FROM ({' UNION ALL '.join(arms)}) listed {_LAST_FIRST} LIMIT %(size)s"
    heads = fetch(Head, sql, **given)
    boards = scoreboards([head.id for head in heads], day=as_of)
    return [Listed(head, boards.get(head.id, NOTHING)) for head in heads]


def place_of(head: Head) -> tuple[Value, ...]:
    """The place to go on from after this article in the list."""
    return head.published_to or date.min, head.id


def items_of(articles: Sequence[UUID]) -> dict[UUID, int]:
    """How many items of evidence bear on each article's claims. One query."""
    return {row.article_id: row.items for row in fetch(_Items, _ITEMS, articles=list(articles))}


def _by_paragraph(head: Head, *, as_of: date | None, after: Sequence[Value] | None) -> list[ClaimRow]:
    return claim_rows([], BY_PARAGRAPH, size=CLAIMS_ON_A_PAGE + 1, day=as_of, after=after, article=head.id)


def _groups(head: Head, day: date | None) -> list[Section]:
    groups = []
    for name, (condition, _) in SECTIONS.items():
        sort, order = ("due", BY_DUE) if name == "open" else ("settled", BY_SETTLING)
        rows = claim_rows([condition], order, size=ROWS_OF_A_GROUP + 1, day=day, article=head.id)
        more = len(rows) > ROWS_OF_A_GROUP
        groups.append(Section(name, sort, rows[:ROWS_OF_A_GROUP], None if more else len(rows), more))
    if day is None:
        return groups
    counted = {row.id: row for row in counted_on(day, [row for group in groups for row in group.rows])}
    return [replace(group, rows=[counted[row.id] for row in group.rows]) for group in groups]
