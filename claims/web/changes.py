"""The page of changes, by the day that they speak of."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.dates import DateError, parse_day
from claims.names import LISTS, SOURCES
from claims.queries.changes import CURSOR, KINDS, changes
from claims.web import asked
from claims.web.errors import BadInput
from claims.web.event_lines import lines_of
from claims.web.query_strings import with_query
from claims.web.shown import shown

PATH = "/changes/"
CHANGES_ON_A_PAGE = 50
LABELS = {
    "": "All",
    "judgements": "Judgements",
    "evidence": "Evidence",
    "claims": "Claims and their wording",
    "sources": "Sources",
}


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """What changed, newest first; `?kind=` chooses, `?since=` is the earliest day to tell of."""
    kind = asked.choice(request, "kind", KINDS)
    since = _since(request)
    after = asked.after(request, CURSOR)
    size = asked.page_size(request, default=CHANGES_ON_A_PAGE)
    found = changes(kinds=[kind] if kind else KINDS, since=since, after=after, size=size)
    kept = {"since": since, "page_size": size if size != CHANGES_ON_A_PAGE else None}
    context = {
        "lines": lines_of(found.changes),
        "chips": [(label, with_query(PATH, kind=name, **kept), name == kind) for name, label in LABELS.items()],
        "kind": kind,
        "since": since,
        "today": asked.today(),
        "everything": with_query(PATH, kind=kind),
        "first": with_query(PATH, kind=kind, **kept) if after else "",
        "older": with_query(PATH, kind=kind, **kept, after=encode(found.next)) if found.more else "",
    }
    return shown(request, "changes.html", context, names=[LISTS, SOURCES])


def _since(request: HttpRequest) -> date | None:
    text = request.GET.get("since", "")
    if not text:
        return None
    try:
        return parse_day(text)
    except DateError as error:
        raise BadInput(f"since: {error}") from error
