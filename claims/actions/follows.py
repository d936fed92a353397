"""Following claims: a person's first act on a claim begins it, and no later one once they stopped. Private."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import NotAllowed
from claims.models import Claim, Digest, Follow, User, Verb

# Acts by which a person works on a claim; who only logs what bears on it does not follow it for that.
BEGIN = frozenset(
    [
        *(Verb.CLAIM_OPENED, Verb.CLAIM_REVISED, Verb.CLAIM_RESTATED, Verb.CLAIMS_RELATED, Verb.CLAIMS_UNRELATED),
        *(Verb.ASSESSED, Verb.RESOLVED, Verb.REOPENED, Verb.BEARING_SET, Verb.BEARING_CHANGED),
    ]
)
_FOLLOW = """
INSERT INTO follow (person_id, claim_id, since) SELECT %(person)s, claim, %(now)s FROM unnest(%(claims)s::uuid[]) claim
    ON CONFLICT (person_id, claim_id) DO {otherwise}
"""
_BY_ACT = _FOLLOW.format(otherwise="NOTHING")
_BY_CHOICE = _FOLLOW.format(
    otherwise="UPDATE SET since = excluded.since, stopped_at = NULL WHERE follow.stopped_at IS NOT NULL"
)


def follow_by_act(person: User, claims: Iterable[UUID], *, now: datetime) -> None:
    """Has a person follow what they work on, unless they once stopped; part of the act itself. One SQL query."""
    wanted = sorted(set(claims))
    if wanted and not person.email.endswith(".invalid"):  # the house is nobody
        with connection.cursor() as cursor:
            cursor.execute(_BY_ACT, {"person": person.id, "claims": wanted, "now": now})


@act
def follow(*, by: User, claim: Claim, now: datetime | None = None) -> None:
    """Follows a claim. Raises NotAllowed."""
    _require_account(by)
    with connection.cursor() as cursor:
        cursor.execute(_BY_CHOICE, {"person": by.id, "claims": [claim.id], "now": now or timezone.now()})


@act
def unfollow(*, by: User, claim: Claim, now: datetime | None = None) -> None:
    """Stops following a claim, for good unless the person follows it again themselves. Raises NotAllowed."""
    _require_account(by)
    now = now or timezone.now()
    Follow.objects.filter(person=by, claim=claim, stopped_at=None).update(stopped_at=now)


def forget_follows(person: User) -> None:
    """Deletes what a person follows and how often they are told of it; part of erasing their data."""
    Follow.objects.filter(person=person).delete()
    Digest.objects.filter(person=person).delete()


def _require_account(by: User | None) -> None:
    if by is None or not by.is_active:
        raise NotAllowed("You may not follow claims.")
