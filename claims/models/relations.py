"""Relations between claims."""

from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7
from claims.models.guards import never_changed


class Relation(models.TextChoices):
    """How one claim bears on another, read from the first to the second."""

    NECESSARY_PART = "is-a-necessary-part-of", "is a necessary part of"
    CONTRIBUTES = "contributes-to", "contributes to"
    CONDITIONAL = "is-conditional-on", "is conditional on"
    COMPETES = "competes-with", "competes with"
    INDICATOR = "is-an-indicator-of", "is an indicator of"


class ClaimRelation(models.Model):
    """One relation that stands, from one claim to another; of one that was taken back the events tell."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_claim = models.ForeignKey(
        "claims.Claim", on_delete=models.PROTECT, related_name="relations_out", db_index=False
    )
    relation = models.CharField(max_length=24, choices=Relation.choices)
    to_claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="relations_in")
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "claim_relation"
        triggers = [never_changed()]
        constraints = [
            models.UniqueConstraint(fields=["from_claim", "relation", "to_claim"], name="claim_relation_once"),
            models.CheckConstraint(condition=~Q(from_claim=F("to_claim")), name="claim_relation_between_two"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="claim_relation_known"),
        ]
