"""What is known of an address before an item is logged: who stands there, whose it is, what is like it."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from claims.addresses import AddressError, domain_candidates, normalise_address
from claims.dates import PartialDate, day_words
from claims.models import Evidence, EvidenceState, EvidenceType, Merge, MergeState, Source, SourceDomain
from claims.queries.merges import leads_to
from claims.text import TextError, slugify_title

# However common a word is, no more items than these are ranked.
MOST_RANKED = 300
MOST_NAMED = 200
LONGEST_NAMED = 400  # a name, and the domain in brackets


_BEARS_ON = Count("bearings", filter=Q(bearings__state="published"))


@dataclass(frozen=True, slots=True)
class Found:
    """An item to choose: `story` is the word it is told under, made of its title where it has none yet."""

    id: UUID
    title: str
    source: str
    day: str
    story: str
    has_story: bool


@dataclass(frozen=True, slots=True)
class AddressTold:
    """What is known of an address; `wrong` says why it is none, and then the rest is empty."""

    wrong: str = ""
    standing: Evidence | None = None
    bears_on: int = 0
    own: Evidence | None = None
    waiting: bool = False
    source: Source | None = None
    domain: str = ""
    domains: Sequence[str] = ()

    @property
    def domain_words(self) -> str:
        """The domain by which its site is best known: that of the site, not of a part of it."""
        return self.domains[-1] if self.domains else ""

    @property
    def source_words(self) -> str:
        """The source as the form's field says it: "The New Indian Express (newindianexpress.com)"."""
        return f"{self.source.name} ({self.domain})" if self.source else ""


def address_told(address: str, *, by: UUID, but: UUID | None = None) -> AddressTold:
    """What is known of an address: the item that stands there, what of it waits, its source. Two queries,
    and two more where an item stood there that was merged into another.

    `but` leaves out the item that is being changed.
    """
    try:
        form, domains = normalise_address(address), domain_candidates(address)
    except AddressError as error:
        return AddressTold(wrong=str(error))
    states = (EvidenceState.PUBLISHED, EvidenceState.PENDING, EvidenceState.DRAFT)
    there = (
        Evidence.objects.filter(Q(state__in=states) | _merged("evidence"), address_norm=form)
        .exclude(Q(state=EvidenceState.DRAFT) & ~Q(by_id=by))
        .exclude(id__in=[but] if but else [])
        .order_by("-live", "id")
        .annotate(bears_on=_BEARS_ON)
    )[:20]
    rows: list[Any] = list(there)
    standing = next((row for row in rows if row.live and row.type != EvidenceType.NOT_FOUND), None) or _led_to(rows)
    own = next((row for row in rows if row.by_id == by and row.state in states[1:]), None)
    waiting = any(row.state == EvidenceState.PENDING and row.by_id != by for row in rows)
    source, domain = source_of(domains)
    bears_on = standing.bears_on if standing else 0
    return AddressTold("", standing, bears_on, own, waiting, source, domain, domains)


def _led_to(rows: Sequence[Evidence]) -> Any:
    """The public item that one of these was merged into, or None."""
    merged = next((row for row in rows if row.state == EvidenceState.WITHDRAWN), None)
    into = leads_to("evidence", merged.id) if merged else None
    return Evidence.objects.filter(id=into, live=True).annotate(bears_on=_BEARS_ON).first() if into else None


def source_of(domains: Sequence[str]) -> tuple[Source | None, str]:
    """The source known by the closest of these domains, and that domain. One query."""
    known = {row.domain: row.source for row in SourceDomain.objects.filter(domain__in=domains).select_related("source")}
    closest = next((domain for domain in domains if domain in known), "")
    return known.get(closest), closest


def source_named(text: str) -> tuple[Source | None, list[str]]:
    """The source that somebody means by its name or domain, or None and the names of some like it. At most two queries.

    Also as the form writes it, with the domain in brackets.
    """
    text = text.strip()
    if "\0" in text or len(text) > LONGEST_NAMED:
        return None, []
    written = re.search(r"\(([^()\s]+)\)$", text)
    domain = (written[1] if written else text).lower().removeprefix("www.")
    meant = Q(domains__domain=domain) | Q(slug=domain)
    found = list(_standing_sources().filter(meant if written else meant | Q(name__iexact=text)).distinct()[:2])
    if len(found) == 1:
        return found[0], []
    like = _standing_sources().filter(Q(name__icontains=text[:60])).order_by("name")[:5]
    return None, [source.name for source in (found or like)]


def source_words(source: Source) -> str:
    """A source as the form's field says it, so that it cannot be taken for another of the same name. One query."""
    return f"{source.name} ({next(iter(domains_of(source)), source.slug)})"


def _standing_sources() -> "QuerySet[Source]":
    """Sources but those that were merged into others."""
    return Source.objects.filter(~_merged("source"))


def _merged(kind: str) -> Exists:
    """Whether a thing leads to another one."""
    return Exists(Merge.objects.filter(subject_type=kind, from_id=OuterRef("id"), state=MergeState.CONFIRMED))


def source_by_slug(slug: str) -> Source | None:
    """One source, or None. One query."""
    return Source.objects.filter(slug=slug).first()


def domains_of(source: Source) -> list[str]:
    """The domains by which a source is known. One query."""
    return list(SourceDomain.objects.filter(source=source).order_by("domain").values_list("domain", flat=True))


def source_names() -> list[str]:
    """The names of all sources, to complete what is typed; none where they are too many. One query."""
    names = list(_standing_sources().order_by("name").values_list("name", flat=True)[: MOST_NAMED + 1])
    return names if len(names) <= MOST_NAMED else []


def item_with(evidence: UUID) -> Evidence | None:
    """One item in any state, with its source. One query."""
    return Evidence.objects.select_related("source").filter(id=evidence).first()


def find_items(words: str, *, limit: int = 8, without: UUID | None = None) -> list[Found]:
    """The published items that somebody means: by address, by their page's address here, else by words. One query."""
    others = [without] if without else []
    return [_found(row) for row in _meant(words.strip()).exclude(id__in=others).select_related("source")[:limit]]


def _meant(words: str) -> "QuerySet[Evidence]":
    live = Evidence.objects.filter(live=True)
    if page := re.search(r"/evidence/([0-9a-f-]{36})/?", words):
        return live.filter(id__in=_ids(page[1]))
    if "." in words and " " not in words:
        with suppress(AddressError):
            return live.filter(address_norm=normalise_address(words))
    query = SearchQuery(words[:200].replace("\0", ""), search_type="websearch", config="english")
    matching = live.filter(search=query).order_by("-known_by", "-id").values("id")[:MOST_RANKED]
    return Evidence.objects.filter(id__in=matching).order_by(SearchRank(F("search"), query).desc(), "-known_by", "-id")


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _found(row: Evidence) -> Found:
    return Found(
        row.id, row.title, row.source.name if row.source else "", _day(row), story_word(row), has_story=bool(row.story)
    )


def story_word(item: Evidence) -> str:
    """The word of an item's story; where it has none, one made of its title or, failing that, of its id."""
    if item.story:
        return item.story
    try:
        return slugify_title(item.title)
    except TextError:
        return f"item-{item.id}"


def _day(row: Evidence) -> str:
    known: PartialDate | date | Any = row.published or row.event or row.known_by
    return known.words() if isinstance(known, PartialDate) else day_words(known)
