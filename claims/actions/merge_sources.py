"""Merging two sources that are one publisher, and undoing it. Items move by one statement, however many there are."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from claims.actions.errors import WrongState
from claims.actions.merge_parts import check_leads_no_further, check_neither_merged
from claims.actions.record import record
from claims.models import EventBody, Merge, MergeMove, Source, SourceDomain, User, Verb
from claims.names import SOURCES, name_of


def merge_sources(merge: Merge, *, by: User, reason: str, today: date, now: datetime) -> None:
    """Gives the other source the duplicate's items, in whatever state they are, and its domains.

    What moved is kept, and its digest told, so that items can be proved against what events told of them.
    Pages of the items depend on the name of the duplicate, which the act touches as its subject. Raises WrongState.
    """
    duplicate, into = _locked(merge)
    check_neither_merged("source", duplicate.id, into.id, but=merge)
    domains = list(SourceDomain.objects.filter(source=duplicate).order_by("domain").values_list("domain", flat=True))
    SourceDomain.objects.filter(source=duplicate).update(source=into)
    moved = _move(_MOVE, merge)
    record(
        by=by,
        verb=Verb.MERGED,
        subject=duplicate,
        about_on=today,
        now=now,
        event_id=merge.event_id,
        touched=[SOURCES, name_of("source", into.id)],
        payload={
            "into": str(into.id),
            "reason": reason,
            "domains": domains,
            "items": moved,
            "moved": _digest(merge),
        },
    )


def unmerge_sources(merge: Merge, *, by: User, reason: str, today: date, now: datetime) -> None:
    """Gives the duplicate back its domains and items, those that the other source has and nobody reworded since.

    Raises WrongState.
    """
    duplicate, into = _locked(merge)
    check_leads_no_further(merge)
    told = EventBody.objects.filter(event=merge.event).values_list("payload", flat=True).first()
    if told is None:
        raise WrongState("What the merge moved is not on record any more: it cannot be undone.")
    theirs = SourceDomain.objects.filter(source=into, domain__in=told["domains"])
    domains = list(theirs.order_by("domain").values_list("domain", flat=True))
    theirs.update(source=duplicate)
    back = _move(_MOVE_BACK, merge)
    record(
        by=by,
        verb=Verb.UNMERGED,
        subject=duplicate,
        about_on=today,
        now=now,
        touched=[SOURCES, name_of("source", into.id)],
        payload={
            "into": str(into.id),
            "reason": reason,
            "domains": domains,
            "items": back,
            "kept": MergeMove.objects.filter(merge=merge).count() - back,
        },
    )


# The duplicate is held against new items: these refer to it, and wait until it is merged.
_LOCK = "SELECT id FROM source WHERE id = %s FOR UPDATE"
_LOCK_INTO = "SELECT id FROM source WHERE id = %s FOR NO KEY UPDATE"

_MOVE = """
WITH held AS (SELECT id FROM evidence WHERE source_id = %(duplicate)s ORDER BY id FOR NO KEY UPDATE),
moved AS (UPDATE evidence SET source_id = %(into)s, version = version + 1
            FROM held WHERE evidence.id = held.id RETURNING evidence.id)
INSERT INTO merge_move (merge_id, thing) SELECT %(merge)s, id FROM moved
"""

_MOVE_BACK = """
WITH held AS (SELECT evidence.id FROM merge_move JOIN evidence ON evidence.id = merge_move.thing
               WHERE merge_move.merge_id = %(merge)s AND evidence.source_id = %(into)s
               ORDER BY evidence.id FOR NO KEY UPDATE OF evidence)
UPDATE evidence SET source_id = %(duplicate)s, version = version + 1 FROM held
 WHERE evidence.id = held.id
   AND NOT EXISTS (SELECT FROM event WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
                      AND event.verb IN ('evidence-logged', 'evidence-submitted', 'evidence-revised')
                      AND event.id > %(event)s)
"""

# As claims.queries.told_merges works it out again.
_DIGEST = """
SELECT encode(sha256(convert_to(coalesce(string_agg(thing::text, ' ' ORDER BY thing), ''), 'UTF8')), 'hex')
  FROM merge_move WHERE merge_id = %s
"""


def _locked(merge: Merge) -> tuple[Source, Source]:
    with connection.cursor() as cursor:
        for source in sorted((merge.from_id, merge.into_id)):
            cursor.execute(_LOCK if source == merge.from_id else _LOCK_INTO, [source])
    held: dict[UUID, Source] = Source.objects.in_bulk([merge.from_id, merge.into_id])
    return held[merge.from_id], held[merge.into_id]


def _move(sql: str, merge: Merge) -> int:
    given = {"duplicate": merge.from_id, "into": merge.into_id, "merge": merge.id, "event": merge.event_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


def _digest(merge: Merge) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [merge.id])
        return str(cursor.fetchone()[0])
