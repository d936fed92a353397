"""Owning a claim: an editor takes it, hands it over or lets it go; who lets it lie is nudged, then it is released.

Private: none of it leaves an event. What counts as an act of the owner is read from the events of the claim.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.locks import lock_claim
from claims.actions.mail import on_site, tell
from claims.actions.permissions import Right, may, require, roles_with
from claims.models import Claim, ClaimOwner, ClaimStatus, User, UserRole

AT_ONCE = 500


@act
def take(*, by: User, claim: Claim, now: datetime | None = None) -> ClaimOwner:
    """Takes an open claim that nobody looks after. Raises NotAllowed, WrongState."""
    require(by, Right.OWN_CLAIM)
    now = now or timezone.now()
    held = _open(claim)
    owned = _owned(held)
    if owned is not None and owned.owner_id == by.id:
        raise WrongState("You look after this claim already.")
    if owned is not None:
        raise WrongState(f"{owned.owner.name} looks after this claim: ask them to hand it over.")
    return ClaimOwner.objects.create(claim=held, owner=by, since=now, acted_at=now)


@act
def release(*, by: User, claim: Claim, now: datetime | None = None) -> None:
    """Lets a claim go: its owner, or an admin, who tells the owner so. Raises NotAllowed, WrongState."""
    require(by, Right.OWN_CLAIM)
    owned = _yours(lock_claim(claim.id), by=by)
    owner = owned.owner
    owned.delete()
    body = f"{by.name} has released “{claim.title}”, which you looked after. Nobody looks after it now."
    tell(owner, subject=f"Released: {claim.title}", body=body, now=now or timezone.now(), unless=by)


@act
def hand_over(*, by: User, claim: Claim, to: User, now: datetime | None = None) -> ClaimOwner:
    """Gives a claim to another editor, who is told by mail: its owner does, or an admin, of any open claim.

    Raises NotAllowed, WrongState, Invalid.
    """
    require(by, Right.OWN_CLAIM)
    now = now or timezone.now()
    if not may(to, Right.OWN_CLAIM):
        raise Invalid({"to": f"{to.name} may not {Right.OWN_CLAIM}."})
    held = _open(claim)
    owned = None if _any(by) and _owned(held) is None else _yours(held, by=by)
    if owned is not None and owned.owner_id == to.id:
        raise Invalid({"to": f"{to.name} looks after this claim already."})
    if owned is not None:
        owned.delete()
    given = ClaimOwner.objects.create(claim=held, owner=to, since=now, acted_at=now)
    body = f"{by.name} has handed “{held.title}” over to you: you look after it from now on.\n\n{_page_of(held)}"
    tell(to, subject=f"Yours to look after: {held.title}", body=body, now=now, unless=by)
    told = f"{by.name} has handed “{held.title}”, which you looked after, over to {to.name}."
    tell(owned.owner if owned else None, subject=f"Handed over: {held.title}", body=told, now=now, unless=by)
    return given


def release_all(*, person: User) -> int:
    """Releases every claim of a person who may not look after any longer; part of the act that ends it."""
    return ClaimOwner.objects.filter(owner=person).delete()[0]


def naming(name: str) -> list[str]:
    """How mail to others names a person by what they did with claims."""
    return [f"{name} has released “", f"{name} has handed “", f"which you looked after, over to {name}."]


@dataclass(frozen=True)
class Tended:
    """How many owners were nudged, and how many claims were released."""

    nudged: int
    released: int


@act
def tend_owners(*, now: datetime) -> Tended:
    """Nudges owners who let a claim lie, and releases what they let lie on; running it again does nothing more.

    A claim is released CLAIM_OWNER_IDLE_DAYS after its owner's last act on it, and no sooner than
    CLAIM_OWNER_NUDGE_DAYS after the nudge; without a word where it is settled, or its owner is no editor any more.
    """
    idle = timedelta(days=settings.CLAIM_OWNER_IDLE_DAYS)
    ahead = min(timedelta(days=settings.CLAIM_OWNER_NUDGE_DAYS), idle)
    _catch_up(until=now - (idle - ahead))
    return Tended(nudged=_nudge(now, idle, ahead), released=_release(now, idle, ahead))


# The last act of each owner who seems to lie idle: any event of theirs that touched the claim.
_CATCH_UP = """
UPDATE claim_owner SET acted_at = last.at, nudged_at = NULL
  FROM (SELECT owned.claim_id, max(event.recorded_at) AS at
          FROM claim_owner owned
          JOIN event_claim ON event_claim.claim_id = owned.claim_id
          JOIN event ON event.id = event_claim.event_id
                    AND event.actor_id = owned.owner_id AND event.recorded_at > owned.acted_at
         WHERE owned.acted_at <= %(until)s
         GROUP BY owned.claim_id) last
 WHERE claim_owner.claim_id = last.claim_id
"""


def _catch_up(*, until: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CATCH_UP, {"until": until})


def _nudge(now: datetime, idle: timedelta, ahead: timedelta) -> int:
    lying = (
        ClaimOwner.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("claim", "owner")
        .filter(acted_at__lte=now - (idle - ahead), nudged_at=None, claim__status=ClaimStatus.OPEN)
        .order_by("acted_at", "claim_id")[:AT_ONCE]
    )
    for owned in lying:
        days = (now - owned.acted_at).days
        body = (
            f"You look after “{owned.claim.title}” and have done nothing on it for {days} days. In {ahead.days} days it"
            " is released, so that somebody else may take it: any act of yours on it keeps it yours."
            f"\n\n{_page_of(owned.claim)}"
        )
        tell(owned.owner, subject=f"Still yours? {owned.claim.title}", body=body, now=now)
        owned.nudged_at = now
        owned.save(update_fields=["nudged_at"])
    return len(lying)


def _release(now: datetime, idle: timedelta, ahead: timedelta) -> int:
    may_own = UserRole.objects.filter(user=OuterRef("owner_id"), role__in=roles_with(Right.OWN_CLAIM))
    lain = Q(acted_at__lte=now - idle) & (Q(nudged_at__lte=now - ahead) | ~Q(claim__status=ClaimStatus.OPEN))
    gone = ~Exists(may_own) | Q(owner__suspended_at__isnull=False) | Q(owner__anonymised_at__isnull=False)
    owned = (
        ClaimOwner.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("claim", "owner")
        .filter(lain | gone)
        .order_by("acted_at", "claim_id")[:AT_ONCE]
    )
    rows = list(owned)
    for row in rows:
        if row.nudged_at is not None:
            body = f"Nothing was done on “{row.claim.title}” after the reminder, so you look after it no longer."
            tell(row.owner, subject=f"Released: {row.claim.title}", body=body, now=now)
    ClaimOwner.objects.filter(claim__in=[row.claim_id for row in rows]).delete()
    return len(rows)


def _open(claim: Claim) -> Claim:
    held = lock_claim(claim.id)
    if held.status != ClaimStatus.OPEN:
        raise WrongState("The claim is settled: there is nothing to look after.")
    return held


def _owned(held: Claim) -> ClaimOwner | None:
    return ClaimOwner.objects.select_related("owner").filter(claim=held).first()


def _yours(held: Claim, *, by: User) -> ClaimOwner:
    owned = _owned(held)
    if owned is None:
        raise WrongState("Nobody looks after this claim: take it first.")
    if owned.owner_id != by.id and not _any(by):
        raise NotAllowed(f"{owned.owner.name} looks after this claim.")
    return owned


def _any(by: User) -> bool:
    """Whether a person disposes of what others look after."""
    return may(by, Right.SET_ROLES)


def _page_of(claim: Claim) -> str:
    return on_site(f"/desk/claims/{claim.slug}/owner/")
