"""Bearings: what one evidence item says about one claim."""

from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7
from claims.models.guards import blanked_by_redaction, no_truncate


class Stance(models.TextChoices):
    """Which way an item points."""

    SUPPORTS = "supports", "supports"
    CONTRADICTS = "contradicts", "contradicts"
    MIXED = "mixed", "mixed"
    CONTEXT = "context", "context"


class Weight(models.TextChoices):
    """How much an item tells, as a likelihood ratio (claims.scoring.LIKELIHOOD_RATIO)."""

    SLIGHT = "slight", "slight"
    MODERATE = "moderate", "moderate"
    STRONG = "strong", "strong"
    DECISIVE = "decisive", "decisive"


class BearingState(models.TextChoices):
    """Whether a bearing counts."""

    PENDING = "pending", "pending"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class Bearing(models.Model):
    """What one item says about one claim, by its latest revision.

    `number` is given once, when it is first published, and is what citations show for ever. `known_by` and
    `live` repeat the item's, kept equal by a composite foreign key (migration 0002), so that looking back
    reads one index.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="bearings", db_index=False)
    evidence = models.ForeignKey("claims.Evidence", on_delete=models.PROTECT, related_name="bearings")
    number = models.PositiveIntegerField(null=True, blank=True)
    stance = models.CharField(max_length=12, choices=Stance.choices)
    weight = models.CharField(max_length=12, choices=Weight.choices)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=BearingState.choices)
    known_by = models.DateField()
    live = models.BooleanField()
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "bearing"
        triggers = [no_truncate()]
        constraints = [
            models.UniqueConstraint(fields=["claim", "evidence"], name="bearing_once"),
            models.UniqueConstraint(fields=["claim", "number"], name="bearing_number_once"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="bearing_stance_known"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="bearing_weight_known"),
            models.CheckConstraint(condition=Q(state__in=BearingState.values), name="bearing_state_known"),
            models.CheckConstraint(
                condition=~Q(state="published", live=True) | Q(number__isnull=False), name="bearing_numbered"
            ),
        ]
        indexes = [
            models.Index(
                "claim",
                F("known_by").desc(),
                F("id").desc(),
                condition=Q(live=True, state="published"),
                name="bearing_by_known",
            ),
            models.Index("set_at", "id", condition=Q(state="pending", live=True), name="bearing_pending"),
        ]


class BearingRevision(models.Model):
    """One setting, change or withdrawal of a bearing, with its author."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bearing = models.ForeignKey(Bearing, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    stance = models.CharField(max_length=12, choices=Stance.choices)
    weight = models.CharField(max_length=12, choices=Weight.choices)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=BearingState.choices)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "bearing_revision"
        triggers = blanked_by_redaction("note")
        constraints = [models.UniqueConstraint(fields=["bearing", "number"], name="bearing_revision_once")]
