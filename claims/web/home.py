"""The home page."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from claims.dates import day_words
from claims.names import LISTS, SOURCES
from claims.queries.article import ITEMS_COUNTED_TO, Listed
from claims.queries.claim_rows import ClaimRow
from claims.queries.home import Home, home
from claims.queries.sparks import Sparks
from claims.web import asked, paths
from claims.web.articles import when_words
from claims.web.claim_rows import change_of, in_a_line, number_of, spark_of
from claims.web.claim_table import claims_words
from claims.web.event_lines import lines_of
from claims.web.icons import icon
from claims.web.query_strings import with_query
from claims.web.scoreboard import Board, board_of
from claims.web.shown import shown
from claims.web.standing import standing_words


@dataclass(frozen=True, slots=True)
class Followed:
    """An article with its scoreboard."""

    href: str
    title: str
    kicker: list[str]
    board: Board


@dataclass(frozen=True, slots=True)
class Mover:
    """A claim in an aside: its number, change and line, or its outcome and day."""

    href: str
    title: str
    number: str
    change: SafeString
    word: str
    icon: SafeString
    spark: SafeString
    day: str
    day_iso: str


@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    """What is followed, what moved, what was settled, what changed, what falls due."""
    today = asked.today()
    page = home(today=today)
    context = {
        "articles": [_followed(listed, page) for listed in page.articles],
        "movers": [_mover(row, page.sparks, day=row.assessed_sort, today=today) for row in page.movers],
        "since": day_words(page.sparks.first).split(" ", 1)[1] if page.sparks.first else "",
        "settled": [_mover(row, page.sparks, day=row.settled_sort, today=today) for row in page.settled],
        "all_settled": paths.claims_path(status="settled"),
        "changes": lines_of(page.changes.changes, fold=False),
        "due": [(day_words(row.due_sort), row.due_sort.isoformat(), *_in_brief(row)) for row in page.due],
        "all_due": paths.claims_path(status="open"),
    }
    return shown(request, "home.html", context, names=[LISTS, SOURCES])


def _followed(listed: Listed, page: Home) -> Followed:
    head, path, count = listed.head, paths.article_path(listed.head.slug), listed.scoreboard.count
    kicker = [f"{head.kind.capitalize()}, {when_words(head)}", claims_words(count) if count else "no claims yet"]
    if head.id in page.items:
        kicker.append(_items_words(page.items[head.id]))
    return Followed(path, head.title, kicker, board_of(listed.scoreboard, table=with_query(path, view="table")))


def _items_words(items: int) -> str:
    if not items:
        return "no evidence yet"
    number = f"{items:,}" if items <= ITEMS_COUNTED_TO else f"more than {ITEMS_COUNTED_TO:,}"
    return f"{number} item{'' if items == 1 else 's'} of evidence"


def _mover(row: ClaimRow, sparks: Sparks, *, day: date, today: date) -> Mover:
    word, _ = standing_words(row.status, row.probability)
    return Mover(
        href=paths.claim_path(row.slug),
        title=row.title,
        number=number_of(row),
        change=change_of(row),
        word=word.lower(),
        icon=icon(row.status),
        spark=spark_of(row, sparks, last=today),
        day=day_words(day),
        day_iso=day.isoformat(),
    )


def _in_brief(row: ClaimRow) -> tuple[str, str, str]:
    return paths.claim_path(row.slug), row.title, in_a_line(row)
