"""Merges: what a merged thing leads to, which stand, which are suggested."""

from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch


class _Led(NamedTuple):
    id: UUID


_LEADS_TO = """
WITH RECURSIVE led(id, steps) AS (
    SELECT into_id, 1 FROM merge
     WHERE subject_type = %(kind)s AND from_id = %(thing)s AND state = 'confirmed'
     UNION ALL
    SELECT merge.into_id, led.steps + 1 FROM led
      JOIN merge ON merge.subject_type = %(kind)s AND merge.from_id = led.id AND merge.state = 'confirmed')
SELECT id FROM led ORDER BY steps DESC LIMIT 1
"""


def leads_to(kind: str, thing: UUID) -> UUID | None:
    """What a merged thing leads to in the end, or None where it stands on its own. One query.

    Merges lead nowhere round in circles: nothing is merged into what is merged itself.
    """
    found = fetch(_Led, _LEADS_TO, kind=kind, thing=thing)
    return found[0].id if found else None
