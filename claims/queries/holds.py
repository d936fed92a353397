"""Who else is deciding on a waiting thing."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch


class Holder(NamedTuple):
    """Who has it, and until when."""

    name: str
    until: datetime


_HOLDER = """
SELECT person.name, queue_hold.until FROM queue_hold JOIN person ON person.id = queue_hold.by_id
 WHERE subject_type = %(kind)s AND subject_id = %(subject)s AND until > %(now)s AND by_id <> %(me)s
"""


def held_by_other(kind: str, subject: UUID, *, me: UUID, now: datetime) -> Holder | None:
    """Who else holds the thing, if anybody does. One query."""
    found = fetch(Holder, _HOLDER, kind=kind, subject=subject, me=me, now=now)
    return found[0] if found else None
