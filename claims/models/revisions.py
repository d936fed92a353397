"""Claim revisions: every wording that a claim ever had, and from which day it was in force."""

from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7
from claims.models.guards import append_only


class RevisionType(models.TextChoices):
    """What a new wording does to the claim."""

    OPENING = "opening", "opening"
    WORDING = "wording", "wording"
    CLARIFICATION = "clarification", "clarification"
    CHANGE_OF_MEANING = "change-of-meaning", "change of meaning"


class ClaimRevision(models.Model):
    """One wording of a claim; `signposts` is a list of {"text", "direction": "up" | "down"}."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=20, choices=RevisionType.choices)
    title = models.CharField(max_length=60)
    statement = models.CharField(max_length=300)
    criteria = models.TextField(max_length=2000)
    fine_print = models.TextField(max_length=600, blank=True)
    horizon = models.DateField(null=True, blank=True)
    author_confidence = models.CharField(max_length=300, blank=True)
    signposts = models.JSONField(default=list)
    review_every_days = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "claim_revision"
        triggers = [append_only()]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_revision_once"),
            models.CheckConstraint(condition=Q(type__in=RevisionType.values), name="claim_revision_type_known"),
            models.CheckConstraint(
                condition=Q(number=1, type="opening") | (Q(number__gt=1) & ~Q(type="opening")),
                name="claim_revision_opening_first",
            ),
            models.CheckConstraint(
                condition=Q(review_every_days__gte=1, review_every_days__lte=3660), name="claim_revision_review_days"
            ),
        ]
        indexes = [
            models.Index("claim", F("in_force_from").desc(), F("number").desc(), name="claim_revision_in_force"),
        ]
