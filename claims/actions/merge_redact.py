"""What merges keep of an item that is redacted: their reasons, and the notes that they carried to another item."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from claims.actions.destroy import REMOVED
from claims.models import Merge, MergeState, User
from claims.names import name_of

# Merges of other items into this one, and the acts that gave on what was noted of this one, or took that back.
EVENTS_OF_MERGES = """
SELECT event.id FROM merge
  JOIN event ON event.subject_type = 'evidence' AND event.subject_id = merge.from_id
            AND event.verb IN ('merged', 'unmerged')
  JOIN event_body told ON told.event_id = event.id AND told.payload ->> 'into' = merge.into_id::text
 WHERE merge.subject_type = 'evidence' AND merge.into_id = %(item)s
 UNION
SELECT same.event_id FROM merge
  JOIN merge_move ON merge_move.merge_id = merge.id
  JOIN bearing_revision given ON given.bearing_id = merge_move.thing AND given.number = 1
  JOIN bearing_revision same ON same.bearing_id = given.bearing_id AND same.note = given.note
 WHERE merge.subject_type = 'evidence' AND merge.from_id = %(item)s AND given.note <> ''
"""

# The notes of bearings that merges of this item gave to others.
_BLANK_BEARINGS = """
UPDATE bearing SET note = '' FROM merge, merge_move, bearing_revision given
 WHERE merge.subject_type = 'evidence' AND merge.from_id = %(item)s AND merge_move.merge_id = merge.id
   AND given.bearing_id = merge_move.thing AND given.number = 1 AND given.note <> ''
   AND bearing.id = given.bearing_id AND bearing.note = given.note
"""
_BLANK_REVISIONS = """
UPDATE bearing_revision said SET note = '' FROM merge, merge_move, bearing_revision given
 WHERE merge.subject_type = 'evidence' AND merge.from_id = %(item)s AND merge_move.merge_id = merge.id
   AND given.bearing_id = merge_move.thing AND given.number = 1 AND given.note <> ''
   AND said.bearing_id = given.bearing_id AND said.note = given.note
"""

# Why other items were taken off in favour of this one, which their rows say as well.
_BLANK_REASONS = """
UPDATE evidence SET returned_because = %(removed)s FROM merge
 WHERE merge.subject_type = 'evidence' AND merge.into_id = %(item)s AND merge.state = 'confirmed'
   AND evidence.id = merge.from_id AND evidence.state = 'withdrawn'
"""


def blank_merges_of(item: UUID, *, now: datetime) -> None:
    """Empties the reasons of merges that the item had part in, and the notes that they carried to other items.

    A pair of which one says nothing any more is suggested no longer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BLANK_BEARINGS, {"item": item})
        cursor.execute(_BLANK_REVISIONS, {"item": item})
        cursor.execute(_BLANK_REASONS, {"item": item, "removed": REMOVED})
    _of(item).filter(state=MergeState.SUGGESTED).update(state=MergeState.DISMISSED, decided_at=now)
    _of(item).update(because=REMOVED)


def blank_suggestions_to_merge(held: User) -> None:
    """Empties what a person wrote beside the pairs that they suggested; reasons of merges that stood are public."""
    private = (MergeState.SUGGESTED, MergeState.DISMISSED)
    Merge.objects.filter(by=held, state__in=private).update(because=REMOVED)


def merged_with(item: UUID) -> Iterator[str]:
    """The names of the items that were merged with this one, whose histories told of it."""
    for merge in _of(item).filter(event__isnull=False):
        yield name_of("evidence", merge.into_id if merge.from_id == item else merge.from_id)


def _of(item: UUID) -> "QuerySet[Merge]":
    return Merge.objects.filter(Q(from_id=item) | Q(into_id=item), subject_type="evidence")
