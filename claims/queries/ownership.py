"""Who looks after a claim, and whether a person follows it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from claims.models import ClaimOwner, Digest, Pace, User, UserRole
from claims.queries.rows import fetch

MOST_PEOPLE = 200


class Care(NamedTuple):
    """An owner since when, with their last act on the claim; and since when the person asked for follows it."""

    owner: UUID | None
    name: str | None
    since: datetime | None
    acted_at: datetime | None
    following: datetime | None


_CARE = """
SELECT owner.id, owner.name, owned.since,
       greatest(owned.acted_at, (SELECT max(event.recorded_at) FROM event_claim
                                   JOIN event ON event.id = event_claim.event_id AND event.actor_id = owned.owner_id
                                  WHERE event_claim.claim_id = owned.claim_id)),
       follow.since
  FROM claim
  LEFT JOIN claim_owner owned ON owned.claim_id = claim.id
  LEFT JOIN person owner ON owner.id = owned.owner_id
  LEFT JOIN follow ON follow.claim_id = claim.id AND follow.person_id = %(person)s AND follow.stopped_at IS NULL
 WHERE claim.id = %(claim)s
"""


def care_of(claim: UUID, *, person: UUID) -> Care:
    """Who looks after a claim, and whether this person follows it. One SQL query."""
    return fetch(Care, _CARE, claim=claim, person=person)[0]


def owner_name(claim: UUID) -> str:
    """The name of a claim's owner; empty where it has none. One SQL query."""
    return ClaimOwner.objects.filter(claim=claim).values_list("owner__name", flat=True).first() or ""


def pace_of(person: UUID) -> str:
    """How often a person is told by mail of what is stale; every day unless they chose. One SQL query."""
    return Digest.objects.filter(person=person).values_list("pace", flat=True).first() or Pace.DAILY


def people_with(roles: Collection[str]) -> list[tuple[str, str]]:
    """Id and name of those who hold one of these roles, by name; at most 200. One SQL query."""
    held = UserRole.objects.filter(user=OuterRef("id"), role__in=roles)
    people = User.objects.filter(Exists(held), suspended_at=None, anonymised_at=None)
    rows = people.exclude(email__endswith=".invalid").order_by("name", "id").values_list("id", "name")
    return [(str(key), name) for key, name in rows[:MOST_PEOPLE]]
