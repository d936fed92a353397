"""An address that is published already: its item gets the new bearings, instead of a second item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from claims.actions.attach import NewBearing, attach, revise, said
from claims.actions.kept import COUNTS, renew
from claims.actions.locks import check_unlocked, lock_claims
from claims.actions.permissions import Right, may
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import Bearing, BearingState, Evidence, EvidenceType, Source, User, Verb
from claims.names import name_of
from claims.queries.merges import leads_to


@dataclass(frozen=True)
class Logged:
    """The item; whether it stood there before; the claims it was newly attached to and those it bore on already.

    `taken_back` are claims on which its bearing was withdrawn: that stands until somebody sets it again there.
    `repeated` where an act with the same key had been done before, and nothing more was done.
    """

    evidence: Evidence
    stood_before: bool = False
    repeated: bool = False
    attached: Sequence[UUID] = ()
    bore_before: Sequence[UUID] = ()
    taken_back: Sequence[UUID] = ()


# The item itself, or the one that it was merged into in the end.
_PUBLISHED_UNDER = """
WITH RECURSIVE led(id, steps) AS (
    SELECT id, 0 FROM evidence
     WHERE address_norm = %s AND state IN ('published', 'withdrawn') AND NOT type = 'not-found'
     UNION ALL
    SELECT merge.into_id, led.steps + 1 FROM led
      JOIN merge ON merge.subject_type = 'evidence' AND merge.from_id = led.id AND merge.state = 'confirmed')
SELECT evidence.id FROM led JOIN evidence ON evidence.id = led.id
 WHERE evidence.state = 'published'
 ORDER BY led.steps LIMIT 1
   FOR NO KEY UPDATE OF evidence
"""


# Whoever merges a source holds it against this; a merge that was faster is seen by the next statement.
_HOLD_SOURCE = "SELECT FROM source WHERE id = %s FOR KEY SHARE"


def standing_source(source: Source | None) -> Source | None:
    """The source or, where it was merged meanwhile, the one that stays; neither is merged until the act has ended."""
    while source is not None:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD_SOURCE, [source.id])
        into = leads_to("source", source.id)
        if into is None:
            break
        source = Source.objects.get(id=into)
    return source


def published_under(evidence: Evidence) -> Evidence | None:
    """The published item with the same normalised address, or the one that it was merged into, locked.

    One place may be looked through many times.
    """
    if evidence.type == EvidenceType.NOT_FOUND:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED_UNDER, [evidence.address_norm])
        found = cursor.fetchone()
    return Evidence.objects.get(id=found[0]) if found else None


def attach_to(
    standing: Evidence,
    bearings: Sequence[NewBearing],
    *,
    by: User | None,
    public: bool | None = None,
    now: datetime,
    today: date,
) -> Logged:
    """Attaches to the locked item those bearings that are on claims it does not bear on yet.

    They wait in the queue unless `public`, which is by default whether `by` may publish.
    """
    held = lock_claims((bearing.claim for bearing in bearings), field="bearings")
    check_unlocked(*held.values())
    there = dict(Bearing.objects.filter(evidence=standing, claim_id__in=held).values_list("claim_id", "state"))
    fresh = [bearing for bearing in bearings if bearing.claim not in there]
    if fresh:
        public = may(by, Right.PUBLISH_EVIDENCE) if public is None else public
        rows = attach(standing, fresh, by=by, state=BearingState.PUBLISHED if public else BearingState.PENDING, now=now)
        event_id = uuid7()
        revise(rows, by=by, now=now, event_id=event_id, first=True)
        record(
            by=by,
            verb=Verb.BEARING_SET,
            subject=standing,
            about_on=standing.known_by,
            now=now,
            event_id=event_id,
            claims=[bearing.claim for bearing in fresh],
            touched=[name_of("source", standing.source_id)],
            payload={"public": public, "bearings": said(rows, held)},
        )
        renew(COUNTS, held, today=today)
    return Logged(
        standing,
        stood_before=True,
        attached=[bearing.claim for bearing in fresh],
        bore_before=sorted(claim for claim, state in there.items() if state != BearingState.WITHDRAWN),
        taken_back=sorted(claim for claim, state in there.items() if state == BearingState.WITHDRAWN),
    )
