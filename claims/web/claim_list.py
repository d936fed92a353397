"""The list of claims: its filters, its sections, and its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.dates import day_words
from claims.models import ClaimKind
from claims.names import LISTS
from claims.queries.claim_list import (
    SORTS,
    SORTS_LOOKING_BACK,
    STATUSES,
    ClaimList,
    Filters,
    Section,
    cursor_kinds,
    in_sections,
    page_by_page,
)
from claims.queries.topics import Choice, Choices, choices
from claims.scoring import Outlook
from claims.web import asked, paths
from claims.web.claim_table import COUNTED_TO, ORDER_WORDS, claims_words, count_words, table_of
from claims.web.errors import BadInput
from claims.web.shown import shown

ROWS_ON_A_PAGE = 50

SORT_LABELS = {
    "due": "Nearest date",
    "change": "Biggest change",
    "evidence": "Most evidence",
    "assessed": "Latest judged",
    "probability": "Likeliest",
    "opened": "Latest opened",
}
LABELS = {
    "q": "Words",
    "status": "Status",
    "outlook": "Outlook",
    "topic": "Topic",
    "article": "Article",
    "kind": "Kind",
    "as_of": "As known on",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, and the address of the list without it."""

    label: str
    value: str
    without: str


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """The claims that fit: in three sections, or page by page where a status, an outlook or a day is asked for."""
    today = asked.today()
    as_of = asked.as_of(request, today=today)
    given = _given(request, as_of)
    offered = _choices(given)
    filters = Filters(
        words=given["q"],
        status=given["status"],
        outlook=given["outlook"],
        kind=given["kind"],
        topic=_id_of(offered.topics, given["topic"]),
        article=_id_of(offered.articles, given["article"]),
    )
    sort = given["sort"] if not as_of or given["sort"] in SORTS_LOOKING_BACK else "due"
    status = "open" if filters.outlook and not filters.status else filters.status
    after = asked.after(request, cursor_kinds(sort, status, looking_back=as_of is not None))
    size = asked.page_size(request, default=ROWS_ON_A_PAGE)
    if filters.judged or as_of or after:
        found = page_by_page(filters, sort=sort, size=size, after=after, as_of=as_of, today=today)
    else:
        found = in_sections(filters, sort=sort, size=size if "page_size" in request.GET else None, today=today)
    context = _context(found, given, offered, today=today, as_of=as_of, after=after, sort=sort, size=size)
    return shown(request, "claims/list.html", context, names=[LISTS])


def _given(request: HttpRequest, as_of: date | None) -> dict[str, str]:
    """What the query string asks for, by name. Raises BadInput."""
    return {
        "q": asked.words(request),
        "status": asked.choice(request, "status", STATUSES),
        "outlook": asked.choice(request, "outlook", list(Outlook)),
        "kind": asked.choice(request, "kind", ClaimKind.values),
        "topic": request.GET.get("topic", ""),
        "article": request.GET.get("article", ""),
        "sort": asked.choice(request, "sort", SORTS, default="due"),
        "as_of": as_of.isoformat() if as_of else "",
    }


def _choices(given: Mapping[str, str]) -> Choices:
    for name in ("topic", "article"):
        if "\0" in given[name] or len(given[name]) > 80:
            raise BadInput(f"{name}: there is no such {name}.")
    offered = choices(topic=given["topic"], article=given["article"])
    for name, there in (("topic", offered.topics), ("article", offered.articles)):
        if given[name] and _id_of(there, given[name]) is None:
            raise BadInput(f"{name}: there is no {name} “{given[name]}”.")
    return offered


def _id_of(there: Sequence[Choice], slug: str) -> Any:
    return next((choice.id for choice in there if choice.slug == slug), None)


def _context(
    found: ClaimList,
    given: Mapping[str, str],
    offered: Choices,
    *,
    today: date,
    as_of: date | None,
    after: object,
    sort: str,
    size: int,
) -> dict[str, object]:
    asked_for = {name: value for name, value in given.items() if value and name != "sort"}
    kept = {**given, "sort": _sort(given), "page_size": str(size) if size != ROWS_ON_A_PAGE else ""}
    single = found.sections[0] if len(found.sections) == 1 else None
    more = {} if single else {section.name: _all_of(section, kept) for section in found.sections if section.more}
    table = table_of(found.sections, found.sparks, today=today, as_of=as_of, more=more)
    return {
        "table": table,
        "count": _count(found.sections, first=not after),
        "order": ORDER_WORDS[single.order] if single and single.rows else "",
        "filtered": bool(asked_for.keys() - {"as_of"}),
        "as_of": as_of,
        "today": today,
        "other_sort": as_of is not None and given["sort"] != sort,
        "now": paths.claims_path(**{**given, "as_of": "", "sort": _sort(given)}),
        "everything": paths.claims_path(as_of=given["as_of"]),
        "given": given,
        "choices": _offered(given, offered, looking_back=as_of is not None),
        "more_open": any(given[name] for name in ("outlook", "kind", "article", "as_of")),
        "chips": _chips(given, offered),
        "first": paths.claims_path(**{**kept, "sort": _sort(given)}) if after else "",
        "older": paths.claims_path(**{**kept, "sort": _sort(given)}, after=encode(single.next))
        if single and single.more
        else "",
    }


def _sort(given: Mapping[str, str]) -> str:
    return "" if given["sort"] == "due" else given["sort"]


def _count(sections: Sequence[Section], *, first: bool) -> str:
    known = [section.count for section in sections if section.count is not None]
    if len(known) == len(sections):
        return claims_words(sum(known) if max(known) <= COUNTED_TO else COUNTED_TO + 1)
    return f"more than {len(sections[0].rows)} claims" if first else ""


def _all_of(section: Section, kept: Mapping[str, str]) -> tuple[str, str]:
    words = section.name.replace("not-scored", "that are not scored")
    number = f"{count_words(section.count)} " if section.count and section.count <= COUNTED_TO else ""
    named = f"All {number}claims {words}" if section.name == "not-scored" else f"All {number}{words} claims"
    return paths.claims_path(**{**kept, "status": section.name}), named


def _offered(given: Mapping[str, str], offered: Choices, *, looking_back: bool) -> dict[str, list[Option]]:
    sorts = SORTS_LOOKING_BACK if looking_back else SORTS
    lists: dict[str, list[tuple[str, str]]] = {
        "status": [(status, _plain(status)) for status in STATUSES],
        "outlook": [(outlook.value, _plain(outlook.value)) for outlook in reversed(Outlook)],
        "kind": [(str(kind), _plain(str(kind))) for kind in ClaimKind.values],
        "topic": [(topic.slug, topic.name) for topic in offered.topics],
        "article": [(article.slug, article.name) for article in offered.articles],
        "sort": [(sort, SORT_LABELS[sort]) for sort in sorts],
    }
    return {
        name: [Option(value, label, value == given[name]) for value, label in options]
        for name, options in lists.items()
    }


def _plain(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _chips(given: Mapping[str, str], offered: Choices) -> list[Chip]:
    titles = {choice.slug: choice.name for choice in (*offered.topics, *offered.articles)}
    chips = []
    for name, label in LABELS.items():
        value = given[name]
        if not value:
            continue
        if name == "as_of":
            value = day_words(date.fromisoformat(value))
        elif name in ("topic", "article"):
            value = titles[value]
        elif name != "q":
            value = value.replace("-", " ")
        chips.append(Chip(label, value, paths.claims_path(**{**given, name: "", "sort": _sort(given)})))
    return chips
