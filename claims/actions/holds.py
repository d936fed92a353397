"""Holds: who is deciding on a waiting thing just now, so that two moderators never decide the same.

Private, and so without events. Whoever opens a thing to decide on it holds it: that harms nobody and ends by itself.
Each function is one statement, and so one transaction.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from claims.actions.errors import ActionError
from claims.actions.permissions import Right, require
from claims.ids import uuid7
from claims.models import Hold, User

HELD_FOR = timedelta(minutes=5)

Waiting = tuple[str, UUID]
"""A kind ("evidence", "bearing", "flag" or "suggestion") and an id."""


class Held(ActionError):
    """Somebody else is deciding on the thing."""

    def __init__(self, by: str, until: datetime) -> None:
        super().__init__(f"{by or 'A former member'} is deciding on it until {until:%H:%M} UTC.")


# One that is held by nobody else is taken; until then the row says who has it.
_KEEP = """
INSERT INTO queue_hold (id, subject_type, subject_id, by_id, until)
SELECT %(hold)s, kind, id, %(by)s, %(until)s FROM {wanted}
    ON CONFLICT (subject_type, subject_id) DO UPDATE SET by_id = EXCLUDED.by_id, until = EXCLUDED.until
 WHERE queue_hold.by_id = EXCLUDED.by_id OR queue_hold.until <= %(now)s
RETURNING subject_type, subject_id
"""

_ONE = _KEEP.format(wanted="(VALUES (%(kind)s, %(id)s::uuid)) one(kind, id)")

# The first of each kind that still waits, that nobody else holds or is taking at this moment; and the oldest of these.
_FREE = """
{kind} AS (
    SELECT '{kind}' AS kind, id, {since} AS since FROM {kind}
     WHERE id = ANY(%({kind})s) AND {waits}
       AND NOT EXISTS (SELECT FROM queue_hold held
                        WHERE held.subject_type = '{kind}' AND held.subject_id = {kind}.id
                          AND held.by_id <> %(by)s AND held.until > %(now)s)
     ORDER BY {since}, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
"""
_WAITS = {
    "evidence": ("submitted_at", "state = 'pending'"),
    "bearing": ("set_at", "state = 'pending' AND live"),
    "flag": ("made_at", "state = 'open'"),
    "suggestion": ("made_at", "state = 'open'"),
}
HOLDABLE = tuple(_WAITS)
_FIRST = f"""
WITH {", ".join(_FREE.format(kind=kind, since=since, waits=waits) for kind, (since, waits) in _WAITS.items())},
oldest AS (
    SELECT kind, id FROM ({" UNION ALL ".join(f"SELECT * FROM {kind}" for kind in _WAITS)}) free
     ORDER BY since, id LIMIT 1),
kept AS ({_KEEP.format(wanted="oldest")})
SELECT kind, id, EXISTS (SELECT FROM kept) FROM oldest
"""  # noqa: S608 (of our own texts)


def hold(*, by: User, kind: str, subject: UUID, now: datetime) -> bool:
    """Holds a waiting thing for somebody, or goes on holding it; False where somebody else has it.

    Raises NotAllowed.
    """
    require(by, Right.DECIDE)
    return bool(_asked(_ONE, by=by, now=now, kind=kind, id=subject))


def hold_first(*, by: User, among: Iterable[Waiting], now: datetime) -> Waiting | None:
    """Holds the oldest of these that still waits and is free; None where there is none. Raises NotAllowed.

    Two who ask at once are given different things: what one is taking the other passes over.
    """
    require(by, Right.DECIDE)
    of_kind: dict[str, list[UUID]] = {kind: [] for kind in _WAITS}
    for kind, subject in among:
        of_kind[kind].append(subject)
    if not any(of_kind.values()):
        return None
    while found := _asked(_FIRST, by=by, now=now, **of_kind):
        kind, subject, kept = found
        if kept:
            return kind, subject
        # Somebody took it after this statement began and before it came to the hold: another look sees that.
    return None


def _asked(sql: str, *, by: User, now: datetime, **given: str | UUID | list[UUID]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"hold": uuid7(), "by": by.pk, "now": now, "until": now + HELD_FOR, **given})
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def check_free(*, by: User, kind: str, subject: UUID, now: datetime) -> None:
    """Raises Held where somebody else holds the thing. What is decided on is locked by the caller."""
    others = Hold.objects.filter(subject_type=kind, subject_id=subject, until__gt=now).exclude(by=by)
    if (held := others.select_related("by").first()) is not None:
        raise Held(held.by.name, held.until)


def let_go(*, by: User, kind: str, subject: UUID) -> None:
    """Ends somebody's hold on a thing, as skipping does; of nobody else's."""
    Hold.objects.filter(subject_type=kind, subject_id=subject, by=by).delete()


def settled(*, kind: str, subject: UUID) -> None:
    """Ends whatever hold is on a thing that was decided on."""
    Hold.objects.filter(subject_type=kind, subject_id=subject).delete()


def let_all_go(*, by: User) -> None:
    """Ends all that a person holds."""
    Hold.objects.filter(by=by).delete()


def forget_holds(*, now: datetime) -> int:
    """Deletes holds that ended a day ago: of things that went away without a decision. Gives how many."""
    return Hold.objects.filter(until__lt=now - timedelta(days=1)).delete()[0]
