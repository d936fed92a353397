"""Relating claims."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.fields import Fields
from claims.actions.locks import check_unlocked, lock_claims
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import Claim, ClaimRelation, Relation, User, Verb


@act
def relate_claims(
    *, by: User, claim: Claim, relation: str, to: Claim, today: date, now: datetime | None = None
) -> ClaimRelation:
    """Says how one claim bears on another. Raises NotAllowed, Invalid."""
    require(by, Right.RELATE_CLAIMS)
    now = now or timezone.now()
    fields = Fields()
    fields.one_of("relation", relation, Relation.values, "Choose how the claims are related.")
    if claim.id == to.id:
        fields.wrong("to", "A claim cannot be related to itself.")
    fields.check()
    held = lock_claims([claim.id, to.id])
    check_unlocked(*held.values())
    event_id = uuid7()
    row = ClaimRelation(from_claim=claim, relation=relation, to_claim=to, event_id=event_id)
    row.save(force_insert=True)
    record(
        by=by,
        verb=Verb.CLAIMS_RELATED,
        subject=claim,
        about_on=today,
        now=now,
        event_id=event_id,
        claims=[claim.id, to.id],
        payload={"from": claim.slug, "relation": relation, "to": to.slug},
    )
    return row
