"""The page of an item of evidence, now and looked back to."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from claims.addresses import domain_of
from claims.dates import PartialDate, day_words
from claims.models import EvidenceType
from claims.names import LISTS, name_of
from claims.queries.evidence import Borne, Citing, Item, ItemPage, Link, Report, find_item, item_page
from claims.queries.merges import leads_to
from claims.scoring import LIKELIHOOD_RATIO, STANCES
from claims.web import asked, paths
from claims.web.claim_evidence import weight_tag
from claims.web.errors import Missing
from claims.web.grades import credibility_words, reliability_words
from claims.web.icons import icon
from claims.web.legal_basis import basis_words
from claims.web.offered import evidence_acts, gone_acts, offered
from claims.web.shown import MOST_NAMES, shown
from claims.web.standing import standing_words

REPORTS_OPEN = 4  # the others are folded away
# What a link says on the page of the earlier item, and on that of the later one.
_LINKED = {
    "retracts": ("Retracted by", "This item retracts"),
    "supersedes": ("Superseded by", "This item supersedes"),
    "corrects": ("Corrected by", "This item corrects"),
}


@require_safe
def evidence(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What the item says, how far to trust it and what it bears on; `?as_of=` looks back."""
    today = asked.today()
    day = asked.as_of(request, today=today)
    item = public_item(identity)
    if not item.live:
        into = None if item.redacted_at else leads_to("evidence", item.id)
        return merged_into(request, paths.evidence_path(into)) if into else gone(request, item)
    if day is not None and day < item.known_by:
        context = {"item": item, "as_of": day, "path": paths.evidence_path(item.id)}
        return shown(request, "evidence/not_known.html", context, names=[name_of("evidence", item.id)])
    page = item_page(item, as_of=day)
    context = _context(page, day) | {"acts": offered(request, evidence_acts(item.id))}
    return shown(request, "evidence/item.html", context, names=_names(page))


def public_item(identity: UUID) -> Item:
    """The item, if it is public or was, or was redacted. Raises Missing for drafts, what waits or was rejected."""
    item = find_item(identity)
    if item is None or not (item.live or item.withdrawn_at or item.redacted_at):
        raise Missing("There is no public item of evidence at this address.")
    return item


def merged_into(request: HttpRequest, path: str) -> HttpResponse:
    """Leads to what a thing was merged into, with what was asked for; a merge can be undone, so not for good."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{path}?{query}" if query else path)


def gone(request: HttpRequest, item: Item) -> HttpResponse:
    """Says that an item was withdrawn or redacted, why in law, and nothing of what it said."""
    context = {
        "item": item,
        "history": f"{paths.evidence_path(item.id)}history/",
        "basis": basis_words(item.legal_basis),
        "acts": [] if item.redacted_at else offered(request, gone_acts(item.id)),
    }
    return shown(request, "evidence/gone.html", context, names=[name_of("evidence", item.id)], status=410)


def partial_tag(first: date | None, last: date | None, otherwise: str = "") -> SafeString:
    """A date as partial as it is known; `otherwise` where it is not."""
    if first is None or last is None:
        return format_html("{}", otherwise)
    when = PartialDate.from_bounds(first, last)
    if when.precision == "range":
        return format_html("{}", when.words())
    return format_html('<time datetime="{}">{}</time>', str(when), when.words())


def weight_words(stance: str, weight: str) -> str:
    """The weight with its likelihood ratio where it has one: "strong, ×5", of context "slight"."""
    return f"{weight}, ×{LIKELIHOOD_RATIO[weight]}" if stance in ("supports", "contradicts") else weight


def stand(status: str, probability: object) -> tuple[str, str]:
    """How a claim stands, what counts first: ("6 %", "very unlikely"), ("borne out", "")."""
    word, number = standing_words(status, probability)  # type: ignore[arg-type]
    return (number, word.lower()) if number else (word.lower(), "")


def _context(page: ItemPage, day: date | None) -> dict[str, object]:
    item = page.item
    path = paths.evidence_path(item.id)
    return {
        "item": item,
        "as_of": day,
        "path": path,
        "source_path": paths.source_path(item.source_slug or ""),
        "type": EvidenceType(item.type).label if item.type else "",
        "looked": item.type == EvidenceType.NOT_FOUND,
        "dated": partial_tag(item.published_from, item.published_to)
        or partial_tag(item.event_from, item.event_to, "undated"),
        "published": partial_tag(item.published_from, item.published_to, "not known"),
        "event": partial_tag(item.event_from, item.event_to, "not known"),
        "known_note": _known_note(item),
        "host": domain_of(item.address),
        "reliability": reliability_words(item.reliability),
        "credibility": credibility_words(item.credibility),
        "notices": [_notice(link, day) for link in page.links],
        "bearings": [_bearing(row, day) for row in page.bearings],
        "bearings_told": _told(len(page.bearings), "claim", page.more_bearings),
        "more_bearings": page.more_bearings,
        "judgements": [_judgement(row, item, day) for row in page.judgements],
        "judgements_told": _told(len(page.judgements), "judgement", page.more_judgements),
        "more_judgements": page.more_judgements,
        "reports": [_report(row, day) for row in page.reports[:REPORTS_OPEN]],
        "further": [_report(row, day) for row in page.reports[REPORTS_OPEN:]],
        "reports_told": _told(len(page.reports), "other report", page.more_reports).capitalize(),
        "history": f"{path}history/",
        "flag": paths.flag_path("evidence", item.id),
    }


def _known_note(item: Item) -> str:
    if item.published_to is not None:
        return "the last day of that span" if item.published_from != item.published_to else ""
    if item.type == EvidenceType.NOT_FOUND:
        return "the last day of looking"
    if item.event_to is not None:
        return (
            "the event’s last day, as the page shows no date"
            if item.event_from != item.event_to
            else "the day of the event"
        )
    return "the day it was logged, as no date is known"


def _told(number: int, unit: str, more: bool) -> str:
    if not number:
        return ""
    if more:
        return f"more than {number:,} {unit}s"
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def _notice(link: Link, day: date | None) -> dict[str, object]:
    passive, active = _LINKED[link.kind]
    return {
        "words": active if link.outward else passive,
        "icon": icon("info" if link.outward else "alert"),
        "href": paths.evidence_path(link.id, day),
        "title": link.title,
        "source": link.source,
        "day": day_words(link.known_by),
    }


def _bearing(row: Borne, day: date | None) -> dict[str, object]:
    number, word = stand(row.status, row.probability)
    path = paths.claim_path(row.slug, day)
    return {
        "href": path,
        "title": row.title,
        "number": row.number,
        "there": f"{path}#item-{row.number}",
        "note": row.note,
        "stance": row.stance,
        "stance_word": row.stance.capitalize(),
        "icon": icon(row.stance),
        "weight": weight_tag(row.weight),
        "weight_words": weight_words(row.stance, row.weight),
        "differing": _differing(row.stances),
        "stands": number,
        "word": word,
    }


def _differing(stances: Sequence[str]) -> str:
    """Where analysts say otherwise than each other: "Analysts differ: 2 say supports, 1 says mixed."."""
    counts = {stance: stances.count(stance) for stance in STANCES if stance in stances}
    if len(counts) < 2:
        return ""
    parts = [f"{count:,} {'says' if count == 1 else 'say'} {stance}" for stance, count in counts.items()]
    return f"Analysts differ: {', '.join(parts)}."


def _judgement(row: Citing, item: Item, day: date | None) -> dict[str, object]:
    number, word = stand(row.status, row.probability)
    return {
        "number": number,
        "word": word,
        "day": partial_tag(row.as_of, row.as_of),
        "href": paths.claim_path(row.slug, day),
        "title": row.title,
        "rationale": row.rationale,
        "hindsight": item.known_by > row.as_of and not row.elsewhere,
        "elsewhere": row.elsewhere,
    }


def _report(row: Report, day: date | None) -> dict[str, object]:
    return {
        "href": paths.evidence_path(row.id, day),
        "title": row.title,
        "source": row.source,
        "grade": f"{row.reliability or '–'}{row.credibility}",
        "day": partial_tag(row.known_by, row.known_by),
    }


def _names(page: ItemPage) -> Iterable[str]:
    """A report of the same story may be logged at any time, and that touches the lists alone."""
    item = page.item
    names = {name_of("evidence", item.id), name_of("source", item.source_id)}
    names |= {name_of("claim", row.claim_id) for row in page.bearings}
    names |= {name_of("claim", row.claim_id) for row in page.judgements}
    names |= {name_of("evidence", link.id) for link in page.links}
    if item.story or len(names) > MOST_NAMES:
        return {name_of("evidence", item.id), LISTS}
    return names
