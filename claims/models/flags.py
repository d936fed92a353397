"""Flags: what readers report, and what was decided about it."""

from django.db import models
from django.db.models import Q

from claims.ids import uuid7


class FlagReason(models.TextChoices):
    """Why something was flagged."""

    DEAD_ADDRESS = "dead-address", "the address is dead"
    SUMMARY = "summary", "the summary does not match the page"
    DATE = "date", "a date is wrong"
    DUPLICATE = "duplicate", "it is a duplicate"
    GRADE = "grade", "the grade is wrong"
    BEARING = "bearing", "the bearing is wrong"
    OBJECTION = "objection", "the judgement is wrong"
    UNLAWFUL = "unlawful", "it should not be public"
    OTHER = "other", "something else"


class FlagState(models.TextChoices):
    """Whether a flag waits, or how it was decided."""

    OPEN = "open", "open"
    UPHELD = "upheld", "upheld"
    DISMISSED = "dismissed", "dismissed"


class Flag(models.Model):
    """One report of one thing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=16, choices=FlagReason.choices)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=FlagState.choices, default=FlagState.OPEN)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "flag"
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=FlagReason.values), name="flag_reason_known"),
            models.CheckConstraint(condition=Q(state__in=FlagState.values), name="flag_state_known"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(answer=""), name="flag_decided_with_answer"),
        ]
        indexes = [
            models.Index("made_at", "id", condition=Q(state="open"), name="flag_open"),
            models.Index("subject_type", "subject_id", name="flag_by_subject"),
        ]
