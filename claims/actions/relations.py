"""Relating claims, and taking a relation back."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import WrongState
from claims.actions.fields import Fields
from claims.actions.locks import check_unlocked, lock_claims
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import Claim, ClaimRelation, Relation, User, Verb

LONGEST_REASON = 500


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


@act
def unrelate_claims(
    *, by: User, relation: ClaimRelation, reason: str, today: date, now: datetime | None = None
) -> None:
    """Takes a relation back, so that it stands on neither claim's page; it can be set again.

    Raises NotAllowed, Invalid, Locked, and WrongState where it was taken back before.
    """
    require(by, Right.RELATE_CLAIMS)
    now = now or timezone.now()
    fields = Fields()
    reason = fields.line("reason", reason, longest=LONGEST_REASON, needed="Say why the relation is taken back.")
    fields.check()
    held = lock_claims([relation.from_claim_id, relation.to_claim_id])
    check_unlocked(*held.values())
    gone, _ = ClaimRelation.objects.filter(id=relation.id).delete()
    if not gone:
        raise WrongState("The relation is taken back already.")
    claim, to = held[relation.from_claim_id], held[relation.to_claim_id]
    record(
        by=by,
        verb=Verb.CLAIMS_UNRELATED,
        subject=claim,
        about_on=today,
        now=now,
        claims=[claim.id, to.id],
        payload={"from": claim.slug, "relation": relation.relation, "to": to.slug, "reason": reason},
    )
