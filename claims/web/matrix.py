"""The matrix of an article: which evidence tells its claims apart, and what speaks against each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right, may
from claims.cursors import encode
from claims.matrix import Row
from claims.names import LISTS, SOURCES, name_of
from claims.queries.article import Head, article_head
from claims.queries.matrix import (
    GRADES,
    MOST_BEARINGS,
    MOST_CLAIMS,
    ArticleMatrix,
    Asked,
    Crossing,
    Waiting,
    article_matrix,
    waiting_of,
)
from claims.web import asked, paths
from claims.web.errors import BadInput, Missing
from claims.web.matrix_csv import matrix_csv
from claims.web.matrix_rows import Editing, body_of, headings_of
from claims.web.query_strings import with_query
from claims.web.shown import shown

STORIES_ON_A_PAGE = 100
MOST_COLUMNS = 100
CURSOR = (Decimal, int, int, UUID)

GRADE_LABELS = {
    "a": "A alone",
    "a-b": "A and B, without C and below",
    "a-c": "A to C, without D and below",
    "a-d": "A to D, without E and below",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the query string asks for."""

    as_of: date | None
    settled: bool
    topic: str
    grade: str
    torn: bool
    each: bool
    size: int

    def path(self, path: str, **instead: object) -> str:
        """The address of the matrix that is asked for, or one that differs in this."""
        kept: dict[str, object] = {
            "claims": "all" if self.settled else "",
            "topic": self.topic,
            "grade": self.grade,
            "only": "disputed" if self.torn else "",
            "reports": "each" if self.each else "",
            "as_of": self.as_of,
            "page_size": self.size if self.size != STORIES_ON_A_PAGE else "",
        }
        return with_query(path, **{**kept, **instead})


@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """The matrix of one article. Five queries, for who may set bearings one more, whatever there is.

    `claims=all` takes settled claims in, `topic` and `grade` leave claims and items out, and the numbers follow;
    `only=disputed` shows those rows alone on which analysts disagree, `reports=each` every report by itself.
    `format=csv` gives the whole as a file.
    """
    today = asked.today()
    given = _given(request, today=today)
    csv = asked.choice(request, "format", ("csv",))
    after = asked.after(request, CURSOR)
    head = article_head(slug)
    if head is None:
        raise Missing("There is no article at this address.")
    day = given.as_of or today
    found = article_matrix(
        head.id,
        Asked(day=day, as_of=given.as_of, settled=given.settled, topic=given.topic, grade=given.grade),
    )
    if given.topic and not any(given.topic == slug for slug, _ in _topics(found)):
        raise BadInput(f"topic: the article has no claim of the topic “{given.topic}”.")
    rows = _rows(found, given)
    if csv:
        return matrix_csv(found, rows, slug=slug, day=day)
    editing = _editing(request, found, given)
    context = _context(head, found, rows, given, editing, after=after, today=today)
    return shown(request, "matrix/matrix.html", context, names=[name_of("article", head.id), LISTS, SOURCES])


def _given(request: HttpRequest, *, today: date) -> Given:
    topic = request.GET.get("topic", "")
    if "\0" in topic or len(topic) > 80:
        raise BadInput("topic: there is no such topic.")
    return Given(
        as_of=asked.as_of(request, today=today),
        settled=asked.choice(request, "claims", ("all",)) == "all",
        topic=topic,
        grade=asked.choice(request, "grade", GRADES),
        torn=asked.choice(request, "only", ("disputed",)) == "disputed",
        each=asked.choice(request, "reports", ("each",)) == "each",
        size=asked.page_size(request, default=STORIES_ON_A_PAGE),
    )


def _topics(found: ArticleMatrix) -> list[tuple[str, str]]:
    topics = {slug: name for claim in found.every for slug, name in claim.topics}
    return sorted(topics.items(), key=lambda topic: topic[1].casefold())


def _rows(found: ArticleMatrix, given: Given) -> list[Row]:
    """The rows asked for; which they are changes no number."""
    if not given.torn:
        return list(found.matrix.rows)
    torn = {item for item, _ in found.torn}
    return [row for row in found.matrix.rows if any(report.id in torn for report in row.reports)]


def _editing(request: HttpRequest, found: ArticleMatrix, given: Given) -> Editing | None:
    """What the person may set here; nothing for readers, nor when looking back."""
    person = request.user
    if given.as_of or not person.is_authenticated or not may(person, Right.SET_BEARING):
        return None
    waiting: dict[Crossing, Waiting] = waiting_of(person.id, found.claims) if found.claims else {}
    return Editing(publishes=may(person, Right.PUBLISH_EVIDENCE), waiting=waiting)


def _context(
    head: Head,
    found: ArticleMatrix,
    rows: Sequence[Row],
    given: Given,
    editing: Editing | None,
    *,
    after: tuple[Decimal, int, int, UUID] | None,
    today: date,
) -> dict[str, object]:
    path = f"{paths.article_path(head.slug)}matrix/"
    left = [row for row in rows if row.place > after] if after else rows
    page, more = left[: given.size], len(left) > given.size
    columns = found.matrix.columns[:MOST_COLUMNS]
    each = "" if given.each else given.path(path, reports="each")
    return {
        "head": head,
        "article": paths.article_path(head.slug, given.as_of),
        "path": path,
        "given": given,
        "as_of": given.as_of,
        "today": today,
        "filtered": bool(given.topic or given.grade or given.torn or given.each or given.settled or after),
        "now": given.path(path, as_of=""),
        "chips": _chips(found, given, path),
        "topics": _topics(found),
        "grades": list(GRADE_LABELS.items()),
        "counted": _counted(found, rows, given),
        "headings": headings_of(found, columns, as_of=given.as_of),
        "body": body_of(found, page, columns, editing, as_of=given.as_of, each=each),
        "editing": editing,
        "nothing": _nothing(found, rows, given, path),
        "lonely": len(found.claims) == 1,
        "notes": _notes(found),
        "csv": given.path(path, format="csv"),
        "first": given.path(path) if after else "",
        "older": given.path(path, after=encode(page[-1].place)) if more else "",
    }


def _chips(found: ArticleMatrix, given: Given, path: str) -> list[tuple[str, int, str, bool]]:
    """Open claims or all: words, count, address, and whether they are shown."""
    opened = sum(claim.status == "open" for claim in found.every)
    return [
        ("Open", opened, given.path(path, claims=""), not given.settled),
        ("All", len(found.every), given.path(path, claims="all"), given.settled),
    ]


def _counted(found: ArticleMatrix, rows: Sequence[Row], given: Given) -> str:
    """What the matrix is made of, and what a filter leaves out."""
    items = sum(len(row.reports) for row in rows)
    words = f"{_many(items, 'item')} in {_many(len(rows), 'story', 'stories')}"
    if given.torn:
        words += f" of {len(found.matrix.rows):,}, whose numbers count the others too"
    if given.grade:
        words += f"; {_many(found.left_out, 'item')} left out by the grade of the source"
    return words


def _notes(found: ArticleMatrix) -> list[str]:
    notes = []
    if len(found.every) == MOST_CLAIMS:
        notes.append(f"The article has many claims; its first {MOST_CLAIMS} are looked at.")
    if len(found.matrix.columns) > MOST_COLUMNS:
        notes.append(
            f"The {MOST_COLUMNS} claims with the least against them have a column. Choose a topic to see others; the"
            " file has them all."
        )
    if found.cut:
        notes.append(
            f"Of very many bearings, the {MOST_BEARINGS:,} of the items known last are counted. Choose a topic."
        )
    return notes


def _nothing(found: ArticleMatrix, rows: Sequence[Row], given: Given, path: str) -> tuple[str, str, str, str] | None:
    """What stands in place of the table where it would be empty: title, text, address and words of a way out."""
    if rows:
        return None
    if not found.every:
        told = "No claim had been opened by that day." if given.as_of else "No claim has been opened from it so far."
        return "No claims yet", told, "", ""
    if not found.claims:
        return (
            "No open claim",
            "Every claim that fits is settled.",
            given.path(path, claims="all"),
            "Show settled claims too",
        )
    if given.torn and found.matrix.rows:
        return "No disagreement", "Those who set these bearings agree.", given.path(path, only=""), "Show all rows"
    if found.left_out:
        text = f"{_many(found.left_out, 'item')} on these claims: the source has another grade, or none yet."
        return "No item with these grades", text, given.path(path, grade=""), "Show all grades"
    return "No evidence yet", "Once items bear on these claims, they stand here.", "", ""


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
