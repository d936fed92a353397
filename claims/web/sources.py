"""The list of sources, and the page of one source."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.models import Reliability, SourceKind
from claims.names import LISTS, SOURCES, name_of
from claims.queries.merges import leads_to
from claims.queries.sources import (
    MOST_COUNTED,
    UNGRADED,
    Bears,
    Graded,
    Head,
    Listed,
    SourcePage,
    Told,
    source_head,
    source_list,
    source_page,
    source_slug,
)
from claims.web import asked, paths
from claims.web.claim_evidence import type_words
from claims.web.countries import country_name
from claims.web.errors import Missing
from claims.web.evidence import merged_into, partial_tag
from claims.web.grades import credibility_words, reliability_words
from claims.web.icons import icon
from claims.web.offered import offered, source_acts
from claims.web.shown import shown

SOURCES_ON_A_PAGE = 50
ITEMS_ON_A_PAGE = 25
_GRADES = [*Reliability.values, UNGRADED]


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The sources by name; `?q=` searches names and domains, `?grade=` and `?kind=` choose, `?after=` goes on."""
    words = asked.words(request, longest=100)
    grade = asked.choice(request, "grade", _GRADES)
    kind = asked.choice(request, "kind", SourceKind.values)
    after = asked.after(request, (str, UUID))
    size = asked.page_size(request, default=SOURCES_ON_A_PAGE)
    page = source_list(words=words, grade=grade, kind=kind, after=after, size=size)
    chosen = {name: value for name, value in (("q", words), ("grade", grade), ("kind", kind)) if value}
    kept = {**chosen, "page_size": str(size)} if "page_size" in request.GET else chosen
    context = {
        "rows": [_listed(row) for row in page.sources],
        "q": words,
        "grade": grade,
        "kind": kind,
        "grades": [(letter, f"{letter}: {Reliability(letter).label}") for letter in Reliability.values]
        + [(UNGRADED, "not graded yet")],
        "kinds": [(str(value), str(label).capitalize()) for value, label in SourceKind.choices],
        "chosen": bool(chosen),
        "first": f"/sources/?{urlencode(kept)}".removesuffix("?") if after else "",
        "older": f"/sources/?{urlencode({**kept, 'after': encode(page.next)})}" if page.more else "",
    }
    return shown(request, "sources/list.html", context, names=[SOURCES, LISTS])


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A source: how far it is trusted and since when, and its items, newest first; `?after=` goes on."""
    after = asked.after(request, (date, UUID))
    size = asked.page_size(request, default=ITEMS_ON_A_PAGE)
    head = source_head(slug)
    if head is None:
        raise Missing("There is no source at this address.")
    if head.merged and (into := leads_to("source", head.id)):
        return merged_into(request, paths.source_path(source_slug(into)))
    page = source_page(head, after=after, size=size)
    path = paths.source_path(slug)
    sized = f"page_size={size}&" if "page_size" in request.GET else ""
    context = {
        "head": head,
        "path": path,
        "kind": _kind(head.kind),
        "country": country_name(head.country),
        "reliability": reliability_words(head.reliability),
        "told": _items_told(head.items),
        "items": [_told(item, page) for item in page.items],
        "grades": _grades(page.grades),
        "history": f"{path}history/",
        "flag": paths.flag_path("source", head.id),
        "acts": offered(request, source_acts(slug, head.id)),
        "first": path if after else "",
        "older": f"{path}?{sized}after={encode(page.next)}" if page.more else "",
    }
    return shown(request, "sources/source.html", context, names=_names(head))


def _kind(kind: str) -> str:
    return str(SourceKind(kind).label)


def _listed(row: Listed) -> dict[str, object]:
    what = [_kind(row.kind), country_name(row.country)]
    return {
        "href": paths.source_path(row.slug),
        "name": row.name,
        "what": ", ".join(part for part in what if part),
        "letter": row.reliability or "–",
        "reliability": reliability_words(row.reliability),
        "items": f"{MOST_COUNTED:,}+" if row.items > MOST_COUNTED else f"{row.items:,}",
        "unit": "item" if row.items == 1 else "items",
        "newest": partial_tag(row.newest, row.newest),
    }


def _items_told(items: int) -> str:
    if items > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} items"
    return f"{items:,} item{'' if items == 1 else 's'}" if items else ""


def _told(item: Told, page: SourcePage) -> dict[str, object]:
    bears = page.bears.get(item.id, [])
    rest = bears[0].claims - len(bears) if bears else 0
    return {
        "href": paths.evidence_path(item.id),
        "title": item.title,
        "day": partial_tag(item.published_from, item.published_to)
        or partial_tag(item.event_from, item.event_to, "undated"),
        "type": type_words(item.type),
        "information": f"information {item.credibility}, {credibility_words(item.credibility)}",
        "bears": [_bears(row) for row in bears],
        "rest": f"and {rest} more" if rest else "",
    }


def _bears(row: Bears) -> dict[str, object]:
    return {
        "stance": row.stance,
        "icon": icon(row.stance),
        "words": f"{row.stance}, {row.weight}:",
        "href": paths.claim_path(row.slug),
        "title": row.title,
    }


def _grades(grades: Sequence[Graded]) -> list[dict[str, object]]:
    """The acts by which the grade changed, newest first; the oldest of all is the first grade."""
    rows: list[dict[str, object]] = []
    for now, before in zip(grades, [*grades[1:], None], strict=True):
        if before is None or now.reliability != before.reliability:
            rows.append(
                {
                    "letter": now.reliability or "–",
                    "words": reliability_words(now.reliability),
                    "day": partial_tag(now.recorded_at.date(), now.recorded_at.date()),
                    "reason": now.reason,
                }
            )
    return rows


def _names(head: Head) -> list[str]:
    """Which claims its items bear on, and by what titles, changes with acts that touch the lists alone."""
    return [name_of("source", head.id), LISTS]
