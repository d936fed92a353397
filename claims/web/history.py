"""Histories: what was done to a claim, an item, a source or an article, in the order in which it was recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.instants import instant_text, instant_words
from claims.names import LISTS, SOURCES, name_of
from claims.queries.evidence import Item
from claims.queries.history import (
    Act,
    Acts,
    article_acts,
    find_article,
    item_acts,
    item_titles,
    merged_sources,
    regradings,
    source_acts,
    source_names,
    touched_claims,
)
from claims.queries.history_claim import KINDS, MOST_COUNTED, Counts, Head, claim_counts, claim_head, claim_history
from claims.queries.merges import leads_to
from claims.queries.sources import source_head
from claims.web import asked, paths
from claims.web.errors import Missing
from claims.web.evidence import public_item
from claims.web.history_claim import claim_entries
from claims.web.history_entries import Entry
from claims.web.history_merges import of_evidence
from claims.web.history_words import article_entries, item_entries, source_entries, withdrawn_entries
from claims.web.moderation.merge_links import merge_links
from claims.web.moderation.restorable import restore_bearings, restore_sources, restore_wordings, with_acts
from claims.web.query_strings import with_query
from claims.web.shown import MOST_NAMES, shown

ACTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Place:
    """From which act on a page goes, how many it has, whether that was asked for, and by when they were recorded."""

    before: UUID | None
    size: int
    until: datetime | None
    sized: bool

    @property
    def stored(self) -> str:
        """The instant as addresses have it."""
        return instant_text(self.until) if self.until else ""


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed about a claim, and when; `?kind=` chooses assessments, wording or evidence, `?after=` goes on."""
    kind = asked.choice(request, "kind", KINDS)
    place = _place(request)
    head = claim_head(slug)
    if head is None:
        raise Missing("There is no claim at this address.")
    history = claim_history(head, kind=kind, before=place.before, size=place.size, until=place.until)
    path = paths.claim_history_path(slug)
    entries = with_acts(claim_entries(history, head), restore_wordings(request, head.id, slug, _events(history.acts)))
    entries = with_acts(entries, merge_links(request, history.acts.rows))
    context = {
        "of": head.title,
        "of_path": _staying(head, place.until),
        "kicker": f"paragraph {head.paragraph}",
        "chips": _chips(claim_counts(head.id, until=place.until), path, kind, place),
        "look_back": _staying(head, None),
        **_entries(place, path, history.acts, entries, kind=kind),
    }
    names = [name_of("claim", head.id), *(name_of("claim", other.id) for other in history.others.values())]
    return _shown(request, context, place, names)


@require_safe
def evidence(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What changed about an item; of one that was withdrawn only who did what and when."""
    place = _place(request)
    item = public_item(identity)
    acts = item_acts(item.id, before=place.before, size=place.size, until=place.until)
    path = f"{paths.evidence_path(item.id)}history/"
    names = [name_of("evidence", item.id)]
    titles = item_titles(_linked(acts.rows))
    if not item.live:
        context: dict[str, object] = {
            "of": _gone_words(item),
            "of_path": paths.evidence_path(item.id),
            "withdrawn": True,
        }
        entries = withdrawn_entries(acts.rows, item=item.id, titles=titles)
    else:
        context = {"of": item.title, "of_path": paths.evidence_path(item.id), "kicker": "evidence"}
        claims = touched_claims(item.id)
        entries = item_entries(
            acts.rows,
            item=item.id,
            claims=claims,
            titles=titles,
            sources=source_names(_sources(acts.rows)),
        )
        entries = with_acts(entries, restore_bearings(request, item.id, _events(acts)))
        names += [SOURCES, *(name_of("claim", touched.claim_id) for touched in claims)]
    entries = with_acts(entries, merge_links(request, acts.rows))
    return _shown(request, {**context, **_entries(place, path, acts, entries)}, place, names)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed about a source, its grade above all."""
    place = _place(request)
    head = source_head(slug)
    if head is None:
        raise Missing("There is no source at this address.")
    acts = source_acts(head.id, before=place.before, size=place.size, until=place.until)
    entries = with_acts(
        source_entries(acts.rows, regradings(head.id, _events(acts)), source=head.id, named=merged_sources(acts.rows)),
        restore_sources(request, head.id, slug, _events(acts)),
    )
    entries = with_acts(entries, merge_links(request, acts.rows))
    context = {
        "of": head.name,
        "of_path": paths.source_path(slug),
        "kicker": "source",
        **_entries(place, f"{paths.source_path(slug)}history/", acts, entries),
    }
    return _shown(request, context, place, [name_of("source", head.id)])


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in an article's record; its claims have histories of their own."""
    place = _place(request)
    found = find_article(slug)
    if found is None:
        raise Missing("There is no article at this address.")
    identity, title = found
    acts = article_acts(identity, before=place.before, size=place.size, until=place.until)
    context = {
        "of": title,
        "of_path": paths.article_path(slug),
        "kicker": "article",
        "aside": "Each claim of the article has a history of its own.",
        **_entries(place, f"{paths.article_path(slug)}history/", acts, article_entries(acts.rows)),
    }
    return _shown(request, context, place, [name_of("article", identity)])


def _staying(head: Head, until: datetime | None) -> str:
    """The claim's own page, also where it goes on as another claim and its address leads there."""
    path = paths.claim_path(head.slug, recorded_by=until)
    return f"{path}?stay=1" if head.successor_slug and until is None else path


def _gone_words(item: Item) -> str:
    if item.redacted_at:
        return "An item that was removed"
    return "An item that was merged into another" if leads_to("evidence", item.id) else "An item that was withdrawn"


def _place(request: HttpRequest) -> Place:
    until = asked.recorded_by(request, now=asked.now())
    after = asked.after(request, (UUID,))
    size = asked.page_size(request, default=ACTS_ON_A_PAGE)
    return Place(after[0] if after else None, size, until, "page_size" in request.GET)


def _shown(request: HttpRequest, context: Mapping[str, object], place: Place, names: Iterable[str]) -> HttpResponse:
    """The page; anybody may make up instants without end, so pages of the record are not kept."""
    stored = instant_words(place.until) if place.until else ""
    held = () if place.until else _few(names)
    return shown(request, "history/history.html", {**context, "recorded_by": stored}, names=held)


def _entries(place: Place, path: str, acts: Acts, entries: Sequence[Entry], *, kind: str = "") -> dict[str, object]:
    chosen = {"kind": kind, "recorded_by": place.stored}
    sized = str(place.size) if place.sized else ""
    return {
        "entries": entries,
        "first": with_query(path, **chosen) if place.before else "",
        "older": with_query(path, **chosen, page_size=sized, after=encode(acts.next)) if acts.more else "",
        "kind": kind,
        "path": with_query(path, recorded_by=place.stored),
        "now": path,
    }


def _chips(counts: Counts, path: str, kind: str, place: Place) -> list[dict[str, object]]:
    """Where there are more acts than are counted, those on evidence stand without a number."""
    many = counts.everything > MOST_COUNTED
    numbers = {
        "": f"{MOST_COUNTED:,}+" if many else f"{counts.everything:,}",
        "assessments": f"{counts.assessments:,}",
        "wording": f"{counts.wording:,}",
        "evidence": "" if many else f"{counts.evidence:,}",
    }
    words = {"": "All", "assessments": "Assessments", "wording": "Wording", "evidence": "Evidence"}
    return [
        {
            "words": words[of],
            "count": number,
            "on": of == kind,
            "href": with_query(path, kind=of, recorded_by=place.stored),
        }
        for of, number in numbers.items()
    ]


def _events(acts: Acts) -> list[UUID]:
    return [act.id for act in acts.rows]


def _linked(acts: Sequence[Act]) -> list[UUID]:
    ends = (str(act.said.get(end) or "") for act in acts if act.verb == "evidence-linked" for end in ("from", "to"))
    merged = (end for act in acts if of_evidence(act) for end in (str(act.said.get("into") or ""), str(act.subject_id)))
    return [UUID(end) for end in (*ends, *merged) if end]


def _sources(acts: Sequence[Act]) -> list[str]:
    told = (said for act in acts for said in (act.said, act.earlier or {}))
    return sorted({str(said["source"]) for said in told if said.get("source")})


def _few(names: Iterable[str]) -> Iterable[str]:
    held = list(names)
    return held if len(held) <= MOST_NAMES else [held[0], LISTS]
