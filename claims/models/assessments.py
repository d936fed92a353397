"""Assessments: dated judgements of a claim, with the evidence that they cite."""

from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7
from claims.models.claims import AnnulledBecause, ClaimStatus, probability_field
from claims.models.guards import append_only


class Confidence(models.TextChoices):
    """How firm the analysis is, apart from the probability (ICD 203)."""

    LOW = "low", "low"
    MODERATE = "moderate", "moderate"
    HIGH = "high", "high"


# A comparison with NULL is neither true nor false, and a CHECK refuses only what is false: so each says NOT NULL.
STATUS_FITS_PROBABILITY = (
    Q(status__in=["open", "partly-borne-out"], probability__isnull=False, probability__gt=0, probability__lt=1)
    | Q(status="borne-out", probability__isnull=False, probability=1)
    | Q(status="not-borne-out", probability__isnull=False, probability=0)
    | Q(status__in=["ambiguous", "annulled"], probability__isnull=True)
)


class Assessment(models.Model):
    """One judgement: `as_of` is the day it speaks of, `recorded_at` the instant it was stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="assessments", db_index=False)
    as_of = models.DateField()
    status = models.CharField(max_length=16, choices=ClaimStatus.choices)
    probability = probability_field()
    confidence = models.CharField(max_length=12, choices=Confidence.choices)
    occurred_on = models.DateField(null=True, blank=True)
    annulled_because = models.CharField(max_length=20, choices=AnnulledBecause.choices, null=True, blank=True)
    rationale = models.TextField(max_length=3000)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "assessment"
        triggers = [append_only()]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ClaimStatus.values), name="assessment_status_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="assessment_confidence_known"),
            models.CheckConstraint(condition=STATUS_FITS_PROBABILITY, name="assessment_probability_fits_status"),
            models.CheckConstraint(
                condition=Q(occurred_on__isnull=True) | (~Q(status="open") & Q(occurred_on__lte=F("as_of"))),
                name="assessment_occurred_by_as_of",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="annulled", annulled_because__isnull=False, annulled_because__in=AnnulledBecause.values
                )
                | (~Q(status="annulled") & Q(annulled_because__isnull=True)),
                name="assessment_annulled_with_reason",
            ),
            models.UniqueConstraint(fields=["id", "claim"], name="assessment_of_its_claim"),
        ]
        indexes = [
            models.Index("claim", F("as_of").desc(), F("recorded_at").desc(), F("id").desc(), name="assessment_by_day"),
            models.Index(F("event").desc(), name="assessment_annulled", condition=Q(status="annulled")),
        ]


class Citation(models.Model):
    """An item that an assessment rests on; it has a bearing on that claim (migration 0002)."""

    pk = models.CompositePrimaryKey("assessment_id", "evidence_id")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="citations", db_index=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="+", db_index=False)
    evidence = models.ForeignKey("claims.Evidence", on_delete=models.PROTECT, related_name="citations")

    class Meta:
        db_table = "citation"
        triggers = [append_only()]
