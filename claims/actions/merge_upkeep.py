"""Suggesting what looks like a duplicate, each night; a moderator decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection

from claims.actions.acts import act
from claims.models import Merge, MergeState
from claims.queries.merge_suggestions import Alike, alike_since

LOOKED_BACK = timedelta(days=2)  # a night that was missed is made up for by the next
MOST_A_NIGHT = 500
_AT_ONCE = 100


def suggest_duplicates(*, now: datetime) -> int:
    """Suggests the pairs that look alike among what was made or changed lately, in private; gives how many.

    What was suggested, dismissed or merged before is left out. Running it twice does no harm. First it forgets what can
    be merged no more, because one of the two was taken off, annulled or merged elsewhere.
    """
    _forget_vain()
    found, stored = islice(alike_since(now - LOOKED_BACK), MOST_A_NIGHT), 0
    while some := list(islice(found, _AT_ONCE)):
        stored += _store(some, now=now)
    return stored


_VAIN = """
DELETE FROM merge
 WHERE state = 'suggested'
   AND (EXISTS (SELECT FROM merge other
                 WHERE other.subject_type = merge.subject_type AND other.state = 'confirmed'
                   AND other.from_id IN (merge.from_id, merge.into_id))
        OR merge.subject_type = 'evidence' AND EXISTS (
            SELECT FROM evidence WHERE evidence.id IN (merge.from_id, merge.into_id) AND NOT evidence.live)
        OR merge.subject_type = 'claim' AND EXISTS (
            SELECT FROM claim WHERE claim.id IN (merge.from_id, merge.into_id) AND claim.status = 'annulled'))
"""


@act
def _forget_vain() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VAIN)


@act
def _store(found: Sequence[Alike], *, now: datetime) -> int:
    rows = [
        Merge(
            subject_type=one.kind,
            from_id=one.duplicate,
            into_id=one.into,
            state=MergeState.SUGGESTED,
            because=one.because[:1000],
            made_at=now,
        )
        for one in found
    ]
    Merge.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
