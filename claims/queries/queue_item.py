"""One waiting item or bearing as a moderator sees it, and who sent it."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Bearing, Evidence, Flag, Lead
from claims.queries.rows import fetch

MOST_BEARINGS = 100
MOST_COUNTED = 1000


class Item(NamedTuple):
    """An item in any state; a draft is its author's alone. `new_analyst` says what the author is today."""

    id: UUID
    version: int
    state: str
    address: str
    address_norm: str
    title: str
    author: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    known_by: date
    type: str
    summary: str
    quotation: str
    looked_for: str
    credibility: int | None
    story: str
    submitted_at: datetime | None
    returned_because: str
    source: str
    source_slug: str
    reliability: str | None
    by_id: UUID | None
    by: str
    new_analyst: bool


class Set(NamedTuple):
    """A bearing of an item, not withdrawn."""

    claim_id: UUID
    slug: str
    title: str
    stance: str
    weight: str
    note: str
    state: str


class WaitingBearing(NamedTuple):
    """A bearing on a published item, with the item and the claim; `revision` is the number of its last setting."""

    id: UUID
    revision: int
    state: str
    live: bool
    stance: str
    weight: str
    note: str
    set_at: datetime
    evidence_id: UUID
    title: str
    summary: str
    known_by: date
    credibility: int
    source: str
    source_slug: str
    reliability: str | None
    slug: str
    claim: str
    statement: str
    by_id: UUID | None
    by: str
    new_analyst: bool


class _Counted(NamedTuple):
    one: int


_NEW_ANALYST = """
(person.id IS NOT NULL AND person.trusted_at IS NULL
 AND EXISTS (SELECT 1 FROM person_role WHERE person_role.user_id = person.id AND role = 'analyst'))
"""

_ITEM = f"""
SELECT evidence.id, evidence.version, evidence.state, evidence.address, evidence.address_norm, evidence.title,
       evidence.author, evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       evidence.known_by, evidence.type, evidence.summary, evidence.quotation, evidence.looked_for,
       evidence.credibility, evidence.story,
       evidence.submitted_at, evidence.returned_because, coalesce(source.name, ''), coalesce(source.slug, ''),
       source.reliability, person.id, coalesce(person.name, ''), {_NEW_ANALYST}
  FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN person ON person.id = evidence.by_id
 WHERE evidence.id = %(item)s
"""

BEARINGS = """
SELECT claim.id, claim.slug, claim.title, bearing.stance, bearing.weight, bearing.note, bearing.state
  FROM bearing JOIN claim ON claim.id = bearing.claim_id
 WHERE bearing.evidence_id = %(item)s AND bearing.state <> 'withdrawn'
 ORDER BY bearing.id
 LIMIT %(most_bearings)s
"""

_WAITING_BEARING = f"""
SELECT bearing.id,
       coalesce((SELECT max(number) FROM bearing_revision WHERE bearing_revision.bearing_id = bearing.id), 0),
       bearing.state, bearing.live, bearing.stance, bearing.weight, bearing.note, bearing.set_at,
       evidence.id, evidence.title, evidence.summary, evidence.known_by, evidence.credibility,
       source.name, source.slug, source.reliability, claim.slug, claim.title, claim.statement,
       person.id, coalesce(person.name, ''), {_NEW_ANALYST}
  FROM bearing
  JOIN evidence ON evidence.id = bearing.evidence_id
  JOIN source ON source.id = evidence.source_id
  JOIN claim ON claim.id = bearing.claim_id
  LEFT JOIN person ON person.id = bearing.by_id
 WHERE bearing.id = %(bearing)s AND evidence.state <> 'draft'
"""

_CITED = "SELECT 1 FROM citation WHERE evidence_id = %(item)s LIMIT %(most)s"

_GIVEN_TO = """
SELECT claim.id, claim.slug, claim.title, bearing.stance, bearing.weight, bearing.note, bearing.state
  FROM event
  JOIN event_claim ON event_claim.event_id = event.id
  JOIN claim ON claim.id = event_claim.claim_id
  JOIN bearing ON bearing.claim_id = claim.id AND bearing.evidence_id = %(standing)s
 WHERE event.subject_type = 'evidence' AND event.subject_id = %(item)s AND event.verb = 'evidence-approved'
 ORDER BY bearing.number
"""


def find_item(item: UUID) -> Item | None:
    """The item, or None. One query."""
    found = fetch(Item, _ITEM, item=item)
    return found[0] if found else None


def bearings_of(item: UUID) -> list[Set]:
    """What an item bears on, waiting bearings included, in the order in which they were set. One query."""
    return fetch(Set, BEARINGS, item=item, most_bearings=MOST_BEARINGS)


def find_bearing(bearing: UUID) -> WaitingBearing | None:
    """The bearing, in any state. One query."""
    found = fetch(WaitingBearing, _WAITING_BEARING, bearing=bearing)
    return found[0] if found else None


def given_to(standing: UUID, *, by: UUID) -> list[Set]:
    """The bearings that approving the item `by` added to the standing one. One query."""
    return fetch(Set, _GIVEN_TO, standing=standing, item=by)


def cited_by(item: UUID) -> int:
    """How many judgements cite the item, counted up to MOST_COUNTED + 1. One query."""
    return len(fetch(_Counted, _CITED, item=item, most=MOST_COUNTED + 1))


def evidence_with(item: UUID) -> Evidence:
    """The item itself, as acts take it. One query."""
    return Evidence.objects.get(id=item)


def bearing_if_any(bearing: UUID) -> Bearing | None:
    """The bearing itself, as acts take it, or None. One query."""
    return Bearing.objects.filter(id=bearing).first()


def title_for_all(kind: str, subject: UUID) -> str:
    """What names a thing that waits: the title of an item, a bearing's or a suggestion's, a flag's reason. One query.

    Empty for a draft, which is its author's alone.
    """
    if kind == "suggestion":
        led = Lead.objects.filter(suggestions=subject).values_list("title", "address").first()
        return (led[0] or led[1]) if led else ""
    if kind == "flag":
        flag = Flag.objects.filter(id=subject).first()
        return str(flag.get_reason_display()) if flag else ""
    items = Evidence.objects.exclude(state__in=["draft", "redacted"])
    named = items.filter(id=subject) if kind == "evidence" else items.filter(bearings=subject)
    return named.values_list("title", flat=True).first() or ""


def bearing_with(bearing: UUID) -> Bearing:
    """The bearing itself, as acts take it. One query."""
    return Bearing.objects.get(id=bearing)
