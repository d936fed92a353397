"""Articles: their list, and the page of one as a scoreboard, by paragraph or as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.dates import PartialDate, day_words, in_words
from claims.names import LISTS, name_of
from claims.queries.article import (
    MOST_OVERDUE,
    ArticlePage,
    Author,
    Due,
    Head,
    Listed,
    article_head,
    article_page,
    newest_articles,
    place_of,
)
from claims.queries.claim_rows import BY_PARAGRAPH, ClaimRow
from claims.verdicts import not_scored_words
from claims.web import asked, paths
from claims.web.claim_rows import change_of, number_of
from claims.web.claim_table import ClaimTable, claims_words, table_of
from claims.web.errors import Missing
from claims.web.icons import icon
from claims.web.offered import article_acts, offered
from claims.web.query_strings import with_query
from claims.web.scoreboard import Board, board_of
from claims.web.shown import shown
from claims.web.standing import standing_words

PATH = "/articles/"
ARTICLES_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list."""

    href: str
    title: str
    kicker: list[str]
    summary: str
    board: Board


@dataclass(frozen=True, slots=True)
class Item:
    """A claim below its paragraph: an open one with number, change and word, a settled one with outcome and day."""

    href: str
    statement: str
    icon: SafeString
    number: str
    change: SafeString
    rest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that led to claims."""

    number: int
    count: str
    items: list[Item]


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """The articles that are followed, the last published first; `?as_of=` looks back."""
    today = asked.today()
    as_of = asked.as_of(request, today=today)
    after = asked.after(request, (date, UUID))
    size = asked.page_size(request, default=ARTICLES_ON_A_PAGE)
    found = newest_articles(size + 1, after=after, as_of=as_of)
    listed, more = found[:size], len(found) > size
    kept: dict[str, object] = {"as_of": as_of, "page_size": size if size != ARTICLES_ON_A_PAGE else None}
    context = {
        "as_of": as_of,
        "today": today,
        "rows": [_row(one, as_of) for one in listed],
        "first": with_query(PATH, **kept) if after else "",
        "older": with_query(PATH, **kept, after=encode(place_of(listed[-1].head))) if more else "",
    }
    return shown(request, "articles/list.html", context, names=[LISTS])


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; `?view=table` shows its claims as a table, `?as_of=` looks back."""
    today = asked.today()
    as_of = asked.as_of(request, today=today)
    table = asked.choice(request, "view", ("table",)) == "table"
    after = asked.after(request, BY_PARAGRAPH.cursor_kinds)
    head = article_head(slug)
    if head is None:
        raise Missing("There is no article at this address.")
    page = article_page(head, as_of=as_of, table=table, after=after, today=today)
    context = _context(page, as_of=as_of, today=today, table=table, after=after)
    context["acts"] = offered(request, article_acts(slug))
    names = [name_of("article", head.id), *([LISTS] if table else [])]
    return shown(request, "articles/article.html", context, names=names)


def when_words(head: Head) -> str:
    """When the article appeared, as exactly as it is known."""
    if head.published_from is None or head.published_to is None:
        return "date not known"
    return PartialDate(head.published_from, head.published_to).words()


def _row(listed: Listed, as_of: date | None) -> Row:
    head, path, count = listed.head, paths.article_path(listed.head.slug, as_of), listed.scoreboard.count
    parts = (
        head.kind.capitalize(),
        when_words(head),
        head.publisher,
        claims_words(count) if count else "no claims yet",
    )
    table = with_query(paths.article_path(head.slug), as_of=as_of, view="table")
    board = board_of(listed.scoreboard, table=table)
    return Row(path, head.title, [part for part in parts if part], head.summary, board)


def _context(page: ArticlePage, *, as_of: date | None, today: date, table: bool, after: object) -> dict[str, object]:
    head, day = page.head, as_of or today
    path, plain = paths.article_path(head.slug), paths.article_path(head.slug, as_of)
    as_table = with_query(path, as_of=as_of, view="table")
    return {
        "head": head,
        "kicker": _kicker(page),
        "when": when_words(head),
        "authors": [_byline(author) for author in page.authors],
        "path": path,
        "history": f"{path}history/",
        "as_of": as_of,
        "today": today,
        "plain": plain,
        "as_table": as_table,
        "board": board_of(page.scoreboard, table=as_table),
        "claims_count": page.scoreboard.count,
        "nothing": _nothing(page, as_of),
        "table": _table(page, as_of=as_of, today=today) if table else None,
        "passages": _passages(page.claims, as_of),
        "first": plain if after else "",
        "older": with_query(path, as_of=as_of, after=encode(page.next)) if page.more else "",
        "due_next": [(in_words(due.day, day), *_link(due, as_of)) for due in page.due_next],
        "overdue": [
            (day_words(due.day), due.day.isoformat(), *_link(due, as_of)) for due in page.overdue[:MOST_OVERDUE]
        ],
        "more_overdue": as_table if len(page.overdue) > MOST_OVERDUE else "",
    }


def _kicker(page: ArticlePage) -> list[str]:
    """Kind, day, publisher and first author; of a day that is not known exactly, what it lies between."""
    head, when = page.head, when_words(page.head)
    if head.published_from and head.published_to and " to " in when:
        when = f"between {day_words(head.published_from)} and {day_words(head.published_to)}"
    parts = [head.kind.capitalize(), when, head.publisher]
    if page.authors:
        first = page.authors[0]
        parts.append(first.name or ", ".join(filter(None, (first.role, first.affiliation))))
    if len(page.authors) > 1:
        parts.append(f"and {len(page.authors) - 1} more")
    return [part for part in parts if part]


def _byline(author: Author) -> tuple[str, str, str]:
    """An author's name, or post where no name is known; what else is known; and what to note about that."""
    if author.name:
        return author.name, ", ".join(filter(None, (author.role, author.affiliation))), author.note
    return author.role, author.affiliation, author.note


def _table(page: ArticlePage, *, as_of: date | None, today: date) -> ClaimTable:
    return table_of(page.groups, page.sparks, today=today, as_of=as_of, more=_more(page), named=False)


def _nothing(page: ArticlePage, as_of: date | None) -> tuple[str, str]:
    """What stands in place of claims where there are none: a title and a text."""
    if as_of is not None and page.opened_from is not None and page.opened_from > as_of:
        return "Not yet opened", f"Its first claim was opened on {day_words(page.opened_from)}."
    return "No claims yet", "The editors have not opened a claim from this article so far."


def _more(page: ArticlePage) -> dict[str, tuple[str, str]]:
    return {
        group.name: (paths.claims_path(status=group.name, article=page.head.slug), "All of them")
        for group in page.groups
        if group.more
    }


def _passages(rows: Sequence[ClaimRow], as_of: date | None) -> list[Passage]:
    found: dict[int, list[Item]] = {}
    for row in rows:
        found.setdefault(row.paragraph, []).append(_item(row, as_of))
    return [Passage(number, claims_words(len(items)), items) for number, items in found.items()]


def _item(row: ClaimRow, as_of: date | None) -> Item:
    word, number = standing_words(row.status, row.probability)
    word = word.lower()
    if number_of(row):
        rest = word
    else:
        number = word
        unscored = not_scored_words(
            kind=row.kind, status=row.status, occurred_on=row.occurred_on, article_from=row.article_from
        )
        settled = day_words(row.settled_on) if row.settled_on else ""
        rest = unscored.removeprefix(f"{word}, ").removeprefix(f"{word} ") or settled
    return Item(paths.claim_path(row.slug, as_of), row.statement, icon(row.status), number, change_of(row), rest)


def _link(due: Due, as_of: date | None) -> tuple[str, str]:
    return paths.claim_path(due.slug, as_of), due.title
