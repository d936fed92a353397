"""The decisions that somebody can still undo."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Event
from claims.queries.rows import fetch


class _Decision(NamedTuple):
    id: UUID


# Of each thing the last act on it, where that was a decision of theirs; an approval that gave bearings to another
# item stays.
_LAST = """
SELECT last.id
  FROM unnest(%(kinds)s::text[], %(ids)s::uuid[]) WITH ORDINALITY thing (kind, id, place)
  JOIN LATERAL (SELECT event.id, event.verb, event.actor_id, event.recorded_at FROM event
                 WHERE event.subject_type = thing.kind AND event.subject_id = thing.id
                 ORDER BY event.id DESC LIMIT 1) last ON TRUE
  LEFT JOIN event_body body ON body.event_id = last.id
 WHERE last.actor_id = %(by)s AND last.recorded_at >= %(since)s AND last.verb = ANY(%(verbs)s)
   AND coalesce(jsonb_array_length(body.payload -> 'attached'), 0) = 0
 ORDER BY thing.place
"""


def last_decisions(
    things: Sequence[tuple[str, UUID]], *, by: UUID, verbs: Sequence[str], since: datetime
) -> list[UUID]:
    """The events of somebody's decisions on these things, where these were the last acts on them. One query."""
    kinds, ids = [kind for kind, _ in things], [identity for _, identity in things]
    return [row.id for row in fetch(_Decision, _LAST, kinds=kinds, ids=ids, by=by, verbs=list(verbs), since=since)]


def event_with(event: UUID) -> Event | None:
    """The event, as acts take it. One query."""
    return Event.objects.select_related("body").filter(id=event).first()
