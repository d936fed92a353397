"""The lists of merges: those that are suggested, and those that stand."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right
from claims.cursors import encode
from claims.queries.merges import MOST_COUNTED, Listed, confirmed, counts, suggested
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.moderation.merge_sides import NOUNS
from claims.web.moderation.words import age_tag, capped
from claims.web.query_strings import with_query

MERGES = "/moderation/merges/"
ON_A_PAGE = 50
STANDING = "confirmed"


@needs(Right.MERGE)
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What is suggested, the oldest first; `?list=confirmed` what stands, the newest first. Two queries."""
    chosen = asked.choice(request, "list", [STANDING])
    after = asked.after(request, (datetime, UUID))
    size = asked.page_size(request, default=ON_A_PAGE)
    page = (confirmed if chosen else suggested)(after=after, size=size)
    held = counts()
    kept = {"list": chosen, "page_size": size if size != ON_A_PAGE else None}
    now = timezone.now()
    context = {
        "chips": [
            ("Suggested", capped(held.suggested, MOST_COUNTED), MERGES, not chosen),
            ("Confirmed", capped(held.confirmed, MOST_COUNTED), with_query(MERGES, list=STANDING), bool(chosen)),
        ],
        "standing": bool(chosen),
        "rows": [_row(row, now) for row in page.rows],
        "first": with_query(MERGES, **kept) if after else "",
        "older": with_query(MERGES, **kept, after=encode(page.next)) if page.more else "",
    }
    return render(request, "moderation/merges.html", context)


def merge_path(identity: UUID) -> str:
    """The page of one merge."""
    return f"{MERGES}{identity}/"


def by_words(name: str | None) -> str:
    """Who suggested a merge; nobody did where the nightly search found it."""
    return name or "found by the nightly search"


def _row(row: Listed, now: datetime) -> dict[str, object]:
    stands = row.state == STANDING and row.decided_at is not None
    since = row.decided_at if stands and row.decided_at else row.made_at
    return {
        "href": merge_path(row.id),
        "noun": NOUNS[row.kind].capitalize(),
        "since": age_tag(since, now),
        "duplicate": row.from_title,
        "into": row.into_title,
        "because": row.because,
        "by": row.decided_by or "" if stands else by_words(row.by),
    }
