"""Earlier versions beside those that stand, for who may restore them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from claims.models import Bearing, BearingRevision, Claim, ClaimRevision, EvidenceState, Source, SourceRevision
from claims.queries.rows import fetch

Thing = TypeVar("Thing", Claim, Bearing, Source)
Revision = TypeVar("Revision", ClaimRevision, BearingRevision, SourceRevision)


@dataclass(frozen=True)
class Versions(Generic[Thing, Revision]):
    """A thing with one of its revisions, and the last, which stands."""

    thing: Thing
    wanted: Revision
    stands: Revision


class Restorable(NamedTuple):
    """A version that an act made and that could be restored; `claim` is the title of a bearing's claim."""

    event_id: UUID
    thing: UUID
    number: int
    claim: str


def claim_versions(slug: str, number: int) -> Versions[Claim, ClaimRevision] | None:
    """A claim with its wording of this number, or None. Three queries."""
    claim = Claim.objects.filter(slug=slug).first()
    rows = ClaimRevision.objects.filter(claim=claim).select_related("by")
    wanted = rows.filter(number=number).first()
    return Versions(claim, wanted, rows.order_by("-number")[0]) if claim and wanted else None


def bearing_versions(bearing: UUID, number: int) -> Versions[Bearing, BearingRevision] | None:
    """A bearing of a published item with its revision of this number, its claim and its item, or None. Three queries.

    Of an item that is not public nothing is read, and nothing of it is restored.
    """
    there = Bearing.objects.filter(id=bearing, evidence__state=EvidenceState.PUBLISHED)
    row = there.select_related("claim", "evidence").first()
    rows = BearingRevision.objects.filter(bearing=row).select_related("by")
    wanted = rows.filter(number=number).first()
    return Versions(row, wanted, rows.order_by("-number")[0]) if row and wanted else None


def source_versions(slug: str, number: int) -> Versions[Source, SourceRevision] | None:
    """A source with its version of this number, or None. Three queries."""
    source = Source.objects.filter(slug=slug).first()
    rows = SourceRevision.objects.filter(source=source).select_related("event__actor")
    wanted = rows.filter(number=number).first()
    return Versions(source, wanted, rows.order_by("-number")[0]) if source and wanted else None


# What cannot be restored is offered nowhere; whether it can is said by claims.actions.revert.
_WORDINGS = """
SELECT wording.event_id, wording.claim_id, wording.number, ''
  FROM claim_revision wording
  JOIN LATERAL (SELECT * FROM claim_revision WHERE claim_id = wording.claim_id
                 ORDER BY number DESC LIMIT 1) stands ON TRUE
 WHERE wording.claim_id = %(thing)s AND wording.event_id = ANY(%(events)s)
   AND wording.horizon IS NOT DISTINCT FROM stands.horizon
   AND (wording.title, wording.statement, wording.criteria, wording.fine_print, wording.author_confidence,
        wording.signposts, wording.review_every_days)
    <> (stands.title, stands.statement, stands.criteria, stands.fine_print, stands.author_confidence,
        stands.signposts, stands.review_every_days)
"""

_BEARINGS = """
SELECT version.event_id, bearing.id, version.number, claim.title
  FROM bearing
  JOIN bearing_revision version ON version.bearing_id = bearing.id
  JOIN claim ON claim.id = bearing.claim_id
 WHERE bearing.evidence_id = %(thing)s AND version.event_id = ANY(%(events)s) AND version.state = 'published'
   AND (version.stance, version.weight, version.note, version.state)
    <> (bearing.stance, bearing.weight, bearing.note, bearing.state)
   AND NOT EXISTS (SELECT FROM redaction WHERE redaction.event_id = version.event_id)
 ORDER BY claim.title, bearing.id
"""

_SOURCE_VERSIONS = """
SELECT version.event_id, source.id, version.number, ''
  FROM source JOIN source_revision version ON version.source_id = source.id
 WHERE source.id = %(thing)s AND version.event_id = ANY(%(events)s)
   AND (version.name, version.kind, version.reliability)
       IS DISTINCT FROM (source.name, source.kind, source.reliability)
"""


def restorable_wordings(claim: UUID, events: Sequence[UUID]) -> list[Restorable]:
    """The wordings that these acts gave a claim and that it could be given again. One query."""
    return fetch(Restorable, _WORDINGS, thing=claim, events=list(events))


def restorable_bearings(item: UUID, events: Sequence[UUID]) -> list[Restorable]:
    """The versions that these acts gave an item's bearings and that could be restored. One query."""
    return fetch(Restorable, _BEARINGS, thing=item, events=list(events))


def restorable_sources(source: UUID, events: Sequence[UUID]) -> list[Restorable]:
    """The versions that these acts gave a source and that could be restored. One query."""
    return fetch(Restorable, _SOURCE_VERSIONS, thing=source, events=list(events))
