"""Pairs that may be duplicates: what was made or changed lately beside the few things that an index finds near it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.addresses import domain_candidates
from claims.likeness import address_family, likeness, plain_form, trigrams
from claims.queries.rows import fetch

ALIKE = 0.6
ALIKE_NAMES = 0.7  # names are short: a word in common is much of one
MOST_NEAR = 50
MOST_LOOKED_AT = 10_000  # of a kind: what a worker does within a minute
MOST_SOURCES = 5000
AT_ONCE = 500


class Alike(NamedTuple):
    """Two things of a kind that may be one, and why."""

    kind: str
    duplicate: UUID
    into: UUID
    because: str


class _Changed(NamedTuple):
    id: UUID


class _Item(NamedTuple):
    id: UUID
    address_norm: str
    title: str
    source_id: UUID
    known_by: date


class _Claim(NamedTuple):
    id: UUID
    statement: str
    article_id: UUID
    due_sort: date


class _Source(NamedTuple):
    id: UUID
    name: str
    domains: list[str]


class _Pair(NamedTuple):
    one: UUID
    other: UUID


_CHANGED = """
SELECT DISTINCT subject_id FROM event
 WHERE id >= %(since)s AND subject_type = %(kind)s AND verb = ANY(%(verbs)s) AND subject_id > %(after)s
 ORDER BY subject_id LIMIT %(most)s
"""
_VERBS = {
    "evidence": ["evidence-logged", "evidence-approved", "evidence-revised"],
    "source": ["source-added", "source-revised", "source-graded"],
    "claim": ["claim-opened", "claim-revised"],
}

_ITEMS = """
SELECT id, address_norm, title, source_id, known_by FROM evidence
 WHERE {chosen} AND live AND type <> 'not-found'
"""
_ITEMS_BY_ID = _ITEMS.format(chosen="id = ANY(%(ids)s)")
_ITEMS_AT = _ITEMS.format(chosen="address_norm = ANY(%(addresses)s)")
_SAME_DAY = """
SELECT other.id, other.address_norm, other.title, other.source_id, other.known_by
  FROM unnest(%(sources)s::uuid[], %(days)s::date[]) wanted (source_id, known_by)
  JOIN LATERAL (SELECT * FROM evidence WHERE source_id = wanted.source_id AND known_by = wanted.known_by AND live
                   AND type <> 'not-found' ORDER BY id DESC LIMIT %(most)s) other ON TRUE
"""

_CLAIMS_BY_ID = """
SELECT id, statement, article_id, due_sort FROM claim
 WHERE id = ANY(%(ids)s) AND status <> 'annulled' AND successor_id IS NULL
"""
# Of the same article, due on the same day, or with every word of the title.
_NEAR_CLAIM = """
SELECT id, statement, article_id, due_sort FROM claim
 WHERE id IN (
    (SELECT id FROM claim WHERE article_id = %(article)s LIMIT %(most)s)
    UNION (SELECT id FROM claim WHERE due_sort = %(due)s AND due_sort < DATE '9999-12-31' LIMIT %(most)s)
    UNION (SELECT id FROM claim WHERE search @@ plainto_tsquery('english', (SELECT title FROM claim WHERE id = %(id)s))
            LIMIT %(most)s))
   AND id <> %(id)s AND status <> 'annulled' AND successor_id IS NULL
"""

_SOURCES = """
SELECT id, name, ARRAY(SELECT domain::text FROM source_domain WHERE source_id = source.id)
  FROM source
 WHERE NOT EXISTS (SELECT FROM merge WHERE merge.subject_type = 'source' AND merge.from_id = source.id
                      AND merge.state = 'confirmed')
 ORDER BY id DESC LIMIT %(most)s
"""

# Pairs that were suggested, merged, undone or dismissed before, and pairs of which something else is known.
_KNOWN = """
SELECT from_id, into_id FROM merge
 WHERE subject_type = %(kind)s AND (from_id = ANY(%(ids)s) OR into_id = ANY(%(ids)s))
 UNION
SELECT from_item_id, to_item_id FROM evidence_link
 WHERE %(kind)s = 'evidence' AND (from_item_id = ANY(%(ids)s) OR to_item_id = ANY(%(ids)s))
 UNION
SELECT from_claim_id, to_claim_id FROM claim_relation
 WHERE %(kind)s = 'claim' AND (from_claim_id = ANY(%(ids)s) OR to_claim_id = ANY(%(ids)s))
"""

_FIRST = UUID(int=0)


def alike_since(since: datetime) -> Iterator[Alike]:
    """The pairs that may be one, of things made or changed since, each once; none that was looked at before.

    A few hundred things are read at a time, and each is laid beside a bounded number of others.
    """
    for kind, found in (("evidence", _alike_items), ("source", _alike_sources), ("claim", _alike_claims)):
        for ids in _changed(kind, since):
            pairs = {frozenset((one.duplicate, one.into)): one for one in found(ids)}
            known = _known(kind, {identity for pair in pairs for identity in pair})
            yield from (one for pair, one in pairs.items() if pair not in known)


def _changed(kind: str, since: datetime) -> Iterator[list[UUID]]:
    """Ids of what was made or changed since, some at a time; an event's id begins with its time in milliseconds."""
    bound, after = UUID(int=int(since.timestamp() * 1000) << 80), _FIRST
    for _ in range(0, MOST_LOOKED_AT, AT_ONCE):
        rows = fetch(_Changed, _CHANGED, since=bound, kind=kind, verbs=_VERBS[kind], after=after, most=AT_ONCE)
        if not rows:
            return
        yield [row.id for row in rows]
        after = rows[-1].id


def _known(kind: str, ids: Iterable[UUID]) -> set[frozenset[UUID]]:
    return {frozenset(row) for row in fetch(_Pair, _KNOWN, kind=kind, ids=list(ids))}


def _alike_items(ids: Sequence[UUID]) -> Iterator[Alike]:
    """Items at an address of the same family, and such of one source and day whose titles are near-same."""
    items = fetch(_Item, _ITEMS_BY_ID, ids=list(ids))
    families = {member: plain_form(item.address_norm) for item in items for member in address_family(item.address_norm)}
    beside: dict[str, list[_Item]] = {}
    for other in fetch(_Item, _ITEMS_AT, addresses=list(families)):
        beside.setdefault(families[other.address_norm], []).append(other)
    days = {(item.source_id, item.known_by) for item in items}
    told: dict[tuple[UUID, date], list[tuple[UUID, frozenset[str]]]] = {}
    for other in fetch(
        _Item, _SAME_DAY, sources=[source for source, _ in days], days=[day for _, day in days], most=MOST_NEAR
    ):
        told.setdefault((other.source_id, other.known_by), []).append((other.id, trigrams(other.title)))
    for item in items:
        for other in beside.get(plain_form(item.address_norm), []):
            if other.id != item.id:
                yield _same_page(item, other)
        yield from _same_titles(item, told.get((item.source_id, item.known_by), []))


def _same_page(item: _Item, other: _Item) -> Alike:
    """The one at a variant of the address is the duplicate, else the later one."""
    first, last = sorted((item, other), key=lambda one: (one.address_norm != plain_form(one.address_norm), one.id))
    return Alike("evidence", last.id, first.id, "Their addresses are variants of one page’s.")


def _same_titles(item: _Item, others: Iterable[tuple[UUID, frozenset[str]]]) -> Iterator[Alike]:
    mine = trigrams(item.title)
    for other, theirs in others:
        if other != item.id and likeness(mine, theirs) >= ALIKE:
            first, last = sorted((item.id, other))
            yield Alike("evidence", last, first, "The same source and day, and nearly the same title.")


def _alike_claims(ids: Sequence[UUID]) -> Iterator[Alike]:
    """Claims of near-same statements, among those of the article, of the due day and with the words of the title."""
    for claim in fetch(_Claim, _CLAIMS_BY_ID, ids=list(ids)):
        mine = trigrams(claim.statement)
        near = fetch(
            _Claim, _NEAR_CLAIM, id=claim.id, article=claim.article_id, due=claim.due_sort, most=MOST_NEAR
        )  # fmt: skip
        for other in near:
            if likeness(mine, trigrams(other.statement)) >= ALIKE:
                first, last = sorted((claim.id, other.id))
                yield Alike("claim", last, first, "Nearly the same statement.")


def _alike_sources(ids: Sequence[UUID]) -> Iterator[Alike]:
    """Sources of near-same names, and such of which one's domain lies below the other's, among the latest thousands."""
    sources = fetch(_Source, _SOURCES, most=MOST_SOURCES)
    changed = set(ids)
    names = {source.id: trigrams(source.name) for source in sources}
    known_by = {domain: source for source in sources for domain in source.domains}
    for source in sources:
        for domain in source.domains:
            for above in domain_candidates(f"https://{domain}")[1:]:
                parent = known_by.get(above)
                if parent and parent.id != source.id and {parent.id, source.id} & changed:
                    yield Alike("source", source.id, parent.id, f"{domain} lies below {above}.")
    for source in sources:
        if source.id not in changed:
            continue
        for other in sources:
            if other.id != source.id and likeness(names[source.id], names[other.id]) >= ALIKE_NAMES:
                first, last = sorted((source.id, other.id))
                yield Alike("source", last, first, "Nearly the same name.")
