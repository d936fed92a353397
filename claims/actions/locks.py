"""Locks: an act locks first and writes after; evidence before claims, each by ascending id."""

from collections.abc import Iterable
from uuid import UUID

from claims.actions.errors import Invalid, Locked, Stale, WrongState
from claims.models import Claim, Evidence, Source


def lock_evidence(evidence: UUID) -> Evidence:
    """The item, locked. Raises WrongState where there is none."""
    found = Evidence.objects.select_for_update(no_key=True).filter(id=evidence).first()
    if found is None:
        raise WrongState("There is no such item.")
    return found


# In SQL, since nothing is locked more often: the text that Django makes anew each time costs as much as asking.
_LOCK_CLAIMS = "SELECT * FROM claim WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


def lock_claims(claims: Iterable[UUID], *, field: str = "claim") -> dict[UUID, Claim]:
    """The claims by id, locked in ascending order. Raises Invalid where one does not exist."""
    wanted = sorted(set(claims))
    if not wanted:
        return {}
    found = {claim.id: claim for claim in Claim.objects.raw(_LOCK_CLAIMS, [wanted])}
    if len(found) < len(wanted):
        raise Invalid({field: "There is no such claim."})
    return found


def lock_claim(claim: UUID) -> Claim:
    """One claim, locked. Raises Invalid where there is none."""
    return lock_claims([claim])[claim]


def lock_source(source: UUID) -> Source:
    """The source, locked. Raises Invalid where there is none."""
    found = Source.objects.select_for_update(no_key=True).filter(id=source).first()
    if found is None:
        raise Invalid({"source": "There is no such source."})
    return found


def check_version(what: str, thing: Claim | Evidence | Source, seen: int | None) -> None:
    """Raises Stale where the version that a person saw is not the one that stands; None skips the check."""
    if seen is not None and seen != thing.version:
        raise Stale(what, thing.version)


def check_unlocked(*claims: Claim) -> None:
    """Raises Locked where a moderator has locked one of the claims."""
    for claim in claims:
        if claim.locked_by_id is not None:
            raise Locked(f"“{claim.title}” is locked: {claim.locked_because}")
