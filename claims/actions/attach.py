"""Attaching bearings to an item whose row, and whose claims' rows, are locked; used by several acts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max

from claims.actions.fields import Fields
from claims.actions.insert import insert
from claims.models import Bearing, BearingRevision, BearingState, Claim, Evidence, EvidenceState, Stance, User, Weight


@dataclass(frozen=True)
class NewBearing:
    """What somebody says that an item tells about a claim."""

    claim: UUID
    stance: str
    weight: str
    note: str = ""


def checked(bearings: Sequence[NewBearing], fields: Fields) -> list[NewBearing]:
    """The bearings with their notes cleaned; what is wrong goes to `fields` under "bearings"."""
    seen: set[UUID] = set()
    result = []
    for bearing in bearings:
        fields.one_of("bearings", bearing.stance, Stance.values, "Choose which way the item points for each claim.")
        fields.one_of("bearings", bearing.weight, Weight.values, "Choose how much the item weighs for each claim.")
        if bearing.claim in seen:
            fields.wrong("bearings", "An item bears on a claim once.")
        seen.add(bearing.claim)
        note = fields.line("bearings", bearing.note, longest=500)
        result.append(NewBearing(bearing.claim, bearing.stance, bearing.weight, note))
    return result


_NEXT_NUMBERS = """
SELECT claim, 1 + coalesce((SELECT number FROM bearing WHERE claim_id = claim AND number IS NOT NULL
                             ORDER BY number DESC LIMIT 1), 0)
  FROM unnest(%s::uuid[]) claim
"""


def next_numbers(claims: Iterable[UUID]) -> dict[UUID, int]:
    """The number that the next bearing of each claim is given; the claims are locked."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBERS, [list(claims)])
        return dict(cursor.fetchall())


def known_from(evidence: Evidence) -> date:
    """The day the item is known from, as the database works it out for `known_by`."""
    return evidence.published_to or evidence.event_to or evidence.logged_on


def claims_of(evidence: Evidence) -> list[UUID]:
    """The claims that the item bears on, in any state."""
    return list(Bearing.objects.filter(evidence=evidence).values_list("claim_id", flat=True))


def attach(
    evidence: Evidence, bearings: Sequence[NewBearing], *, by: User | None, state: BearingState, now: datetime
) -> list[Bearing]:
    """Stores new bearings of an item, numbered where they are public at once, in the order given."""
    live = evidence.state == EvidenceState.PUBLISHED
    public = live and state == BearingState.PUBLISHED
    numbers = next_numbers(bearing.claim for bearing in bearings) if public else {}
    rows = [
        Bearing(
            claim_id=bearing.claim,
            evidence=evidence,
            number=numbers.get(bearing.claim),
            stance=bearing.stance,
            weight=bearing.weight,
            note=bearing.note,
            state=state,
            known_by=known_from(evidence),
            live=live,
            by=by,
            set_at=now,
        )
        for bearing in bearings
    ]
    insert(*rows)
    return rows


def publish(rows: Sequence[Bearing]) -> None:
    """Makes waiting bearings public, numbering those without one; claims are locked, the item is not live."""
    numbers = next_numbers(row.claim_id for row in rows if row.number is None)
    for row in rows:
        row.state = BearingState.PUBLISHED
        row.number = row.number or numbers[row.claim_id]
    Bearing.objects.bulk_update(rows, ["state", "number"])


def revise(rows: Sequence[Bearing], *, by: User | None, now: datetime, event_id: UUID, first: bool = False) -> None:
    """Appends a revision to each bearing as it now stands; `first` saves the look for earlier ones."""
    last: Mapping[UUID, int] = {}
    if not first:
        found = BearingRevision.objects.filter(bearing__in=rows).values("bearing_id").annotate(last=Max("number"))
        last = {row["bearing_id"]: row["last"] for row in found}
    insert(
        *(
            BearingRevision(
                bearing=row,
                number=last.get(row.id, 0) + 1,
                stance=row.stance,
                weight=row.weight,
                note=row.note,
                state=row.state,
                by=by,
                recorded_at=now,
                event_id=event_id,
            )
            for row in rows
        )
    )


def said(rows: Sequence[Bearing], claims: Mapping[UUID, Claim]) -> list[dict[str, object]]:
    """The bearings as an event tells them."""
    return [
        {
            "claim": claims[row.claim_id].slug,
            "number": row.number,
            "stance": row.stance,
            "weight": row.weight,
            "note": row.note,
        }
        for row in rows
    ]
