"""Two things laid side by side before they are merged: what each says, and what merging them would do, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import day_words
from claims.models import SourceKind
from claims.models.claims import NO_DUE_DATE
from claims.queries import merge_sides
from claims.queries.merge_sides import MOST_COUNTED, ClaimSide, Effects, ItemSide, SourceSide
from claims.web import paths
from claims.web.claim_evidence import type_words
from claims.web.countries import country_name
from claims.web.evidence import partial_tag
from claims.web.grades import grade_tag, reliability_words
from claims.web.moderation.words import capped
from claims.web.standing import standing_words

NOUNS = {"evidence": "item", "source": "source", "claim": "claim"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, its page, the page of its record, and each thing that it says under a label."""

    id: UUID
    title: str
    href: str
    record: str
    facts: Mapping[str, SafeString | str]
    public: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that both say."""

    label: str
    duplicate: SafeString | str
    into: SafeString | str
    differs: bool


@dataclass(frozen=True)
class Compared:
    """The two, line by line, and what merging them would do."""

    kind: str
    noun: str
    duplicate: Side
    into: Side
    rows: Sequence[Row]
    effects: Sequence[str]


def compare(kind: str, duplicate: UUID, into: UUID) -> Compared | None:
    """The two side by side; None where one of them is not there. Two queries."""
    sides = sides_of(kind, [duplicate, into])
    if len(sides) < 2:
        return None
    one, other = sides[duplicate], sides[into]
    rows = [
        Row(label, mine, other.facts.get(label, ""), differs=str(mine) != str(other.facts.get(label, "")))
        for label, mine in one.facts.items()
    ]
    return Compared(kind, NOUNS[kind], one, other, rows, _EFFECTS[kind](one, other))


def sides_of(kind: str, ids: list[UUID]) -> dict[UUID, Side]:
    """Things of one kind as a page of merges shows them, by id. One query."""
    return _SIDES[kind](ids)


def _items(ids: list[UUID]) -> dict[UUID, Side]:
    return {key: _item(row) for key, row in merge_sides.items(ids).items()}


def _sources(ids: list[UUID]) -> dict[UUID, Side]:
    return {key: _source(row) for key, row in merge_sides.sources(ids).items()}


def _claims(ids: list[UUID]) -> dict[UUID, Side]:
    return {key: _claim(row) for key, row in merge_sides.claims(ids).items()}


def _item(row: ItemSide) -> Side:
    address = format_html('<a href="{}" rel="noopener nofollow">{}</a>', row.address, row.address)
    return Side(
        row.id,
        row.title,
        paths.evidence_path(row.id),
        f"{paths.evidence_path(row.id)}history/",
        {
            "Title": _auto(row.title),
            "Address": address,
            "Source": format_html("{} {}", _auto(row.source or ""), grade_tag(row.reliability, row.credibility)),
            "Published": partial_tag(row.published_from, row.published_to, "not known"),
            "Event": partial_tag(row.event_from, row.event_to, "not known"),
            "Type": type_words(row.type),
            "Summary": _auto(row.summary),
            "Quotation": _auto(row.quotation) if row.quotation else "none",
            "Bears on": _many(row.bears_on, "claim"),
            "Cited by": _many(row.cited_by, "judgement"),
        },
        public=row.state == "published",
    )


def _source(row: SourceSide) -> Side:
    grade = f"{row.reliability}, {reliability_words(row.reliability)}" if row.reliability else "none yet"
    return Side(
        row.id,
        row.name,
        paths.source_path(row.slug),
        f"{paths.source_path(row.slug)}history/",
        {
            "Name": _auto(row.name),
            "Kind": str(SourceKind(row.kind).label),
            "Country": country_name(row.country) or "not known",
            "Reliability": grade,
            "Domains": ", ".join(row.domains) or "none",
            "Items": _many(row.items, "item"),
        },
    )


def _claim(row: ClaimSide) -> Side:
    word, number = standing_words(row.status, row.probability)
    article = format_html('<a href="{}" dir="auto">{}</a>', paths.article_path(row.article_slug), row.article)
    return Side(
        row.id,
        row.title,
        paths.claim_path(row.slug),
        paths.claim_history_path(row.slug),
        {
            "Title": _auto(row.title),
            "Statement": _auto(row.statement),
            "Criteria": _auto(row.criteria),
            "Kind": row.kind,
            "Article": format_html("{}, paragraph {}", article, row.paragraph),
            "Opened": day_words(row.opened_on),
            "Falls due": "open-ended" if row.due_sort == NO_DUE_DATE else day_words(row.due_sort),
            "Stands": " ".join(part for part in (number, word) if part),
            "Evidence": _many(row.items, "item"),
            "Locked": _auto(row.locked_because) if row.locked_because else "no",
        },
    )


def _effects_of_items(one: Side, other: Side) -> list[str]:
    told = merge_sides.effects("evidence", one.id, other.id)
    cited = str(one.facts["Cited by"])
    return [
        "The duplicate leaves every page and count, at every date that can be looked back to. Its address leads to the"
        " other item, and its history stays.",
        *_of_bearings(told, "The other item"),
        "No judgement cites the duplicate."
        if cited.startswith("no ")
        else f"The duplicate is cited by {cited}: the citation stays as it is, marked, and leads to the other item.",
    ]


def _effects_of_sources(one: Side, other: Side) -> list[str]:
    domains = str(one.facts["Domains"])
    return [
        f"The duplicate’s public items ({one.facts['Items']}), and its drafts and waiting ones, become the other’s,"
        " graded as that is.",
        f"Its domains ({domains}) lead to the other source from then on."
        if domains != "none"
        else "It has no domains to move.",
        "It leaves the lists and what is offered in forms. Its address leads to the other source, its history stays.",
    ]


def _effects_of_claims(one: Side, other: Side) -> list[str]:
    told = merge_sides.effects("claim", one.id, other.id)
    return [
        "The duplicate is annulled as restated, with the other claim as its successor: it is counted and not scored.",
        *_of_bearings(told, "The other claim"),
        "Its address leads to the other claim; its record stays readable from the history of both.",
    ]


def _of_bearings(told: Effects, other: str) -> list[str]:
    lines = [f"{other} gets {_many(told.given, 'bearing')} that only the duplicate has." if told.given else ""]
    if told.waiting:
        lines.append(f"{_many(told.waiting, 'bearing')} that waited for approval on the duplicate wait there instead.")
    if told.kept:
        lines.append(f"{other} speaks of the same in {_many(told.kept, 'bearing')} itself, and what it says stands.")
    found = [line[:1].upper() + line[1:] for line in lines if line]
    return found or ["No bearing is carried over."]


def _many(number: int, unit: str) -> str:
    if not number:
        return f"no {unit}"
    return f"{capped(number, MOST_COUNTED)} {unit}{'' if number == 1 else 's'}"


def _auto(text: str) -> SafeString:
    return format_html('<span dir="auto">{}</span>', text)


_SIDES: Mapping[str, Callable[[list[UUID]], dict[UUID, Side]]] = {
    "evidence": _items,
    "source": _sources,
    "claim": _claims,
}
_EFFECTS: Mapping[str, Callable[[Side, Side], list[str]]] = {
    "evidence": _effects_of_items,
    "source": _effects_of_sources,
    "claim": _effects_of_claims,
}
