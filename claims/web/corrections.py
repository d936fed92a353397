"""The page of corrections: what had to be put right, each with its reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.names import LISTS, SOURCES
from claims.queries.corrections import KINDS, MOST_COUNTED, corrections, counts
from claims.web import asked
from claims.web.correction_entries import entries_of
from claims.web.query_strings import with_query
from claims.web.shown import shown

PATH = "/corrections/"
ON_A_PAGE = 50
LABELS = {
    "": "All",
    "reopened": "Reopened",
    "re-resolved": "Settled anew",
    "annulled": "Annulled",
    "withdrawn": "Withdrawn",
    "corrected": "Retracted or corrected",
    "redacted": "Removed by law",
    "restored": "Restored",
    "merged": "Merged",
}


@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    """What had to be put right, newest recorded first; `?kind=` chooses, `?after=` goes on. Four queries."""
    kind = asked.choice(request, "kind", KINDS)
    after = asked.after(request, (UUID,))
    size = asked.page_size(request, default=ON_A_PAGE)
    found = corrections(kind=kind, before=after[0] if after else None, size=size)
    numbers = counts()
    kept = {"kind": kind, "page_size": size if size != ON_A_PAGE else None}
    context = {
        "entries": entries_of(found.rows),
        "chips": [
            (label, _counted(numbers, name), with_query(PATH, kind=name), name == kind)
            for name, label in LABELS.items()
        ],
        "kind": kind,
        "any": any(numbers.values()),
        "first": with_query(PATH, **kept) if after else "",
        "older": with_query(PATH, **kept, after=encode(found.next)) if found.more else "",
    }
    return shown(request, "corrections.html", context, names=[LISTS, SOURCES])


def _counted(numbers: dict[str, int], kind: str) -> str:
    """How many of a kind there are, of all kinds together where none is given: "7", "1,000+"."""
    chosen = [numbers[kind]] if kind else list(numbers.values())
    return f"{MOST_COUNTED:,}+" if max(chosen) > MOST_COUNTED else f"{sum(chosen):,}"
