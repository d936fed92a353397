"""Merges: two items, sources or claims that are the same, one of which leads to the other from then on."""

from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7


class MergeState(models.TextChoices):
    """Whether a merge is only suggested, stands, or does not."""

    SUGGESTED = "suggested", "suggested"
    CONFIRMED = "confirmed", "confirmed"
    DISMISSED = "dismissed", "dismissed"
    UNDONE = "undone", "undone"


class Merge(models.Model):
    """One duplicate (`from_id`) and what it is a duplicate of (`into_id`), both of one kind.

    `because` says why it is suggested or was confirmed; `event` is that of the confirmation.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_type = models.CharField(max_length=16)
    from_id = models.UUIDField()
    into_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=MergeState.choices)
    because = models.CharField(max_length=1000)
    made_at = models.DateTimeField()
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.ForeignKey(
        "claims.Event", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "merge"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_type__in=["evidence", "source", "claim"]), name="merge_subject_known"
            ),
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state_known"),
            models.CheckConstraint(condition=~Q(from_id=F("into_id")), name="merge_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "undone"]) | Q(event__isnull=False), name="merge_has_event"
            ),
            # One that stands leads somewhere; a pair is suggested, or dismissed, once.
            models.UniqueConstraint(
                fields=["subject_type", "from_id"], condition=Q(state="confirmed"), name="merge_leads_one_way"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "from_id", "into_id"],
                condition=Q(state__in=["suggested", "dismissed"]),
                name="merge_suggested_once",
            ),
        ]
        indexes = [
            models.Index("made_at", "id", condition=Q(state="suggested"), name="merge_suggested"),
            models.Index(
                F("decided_at").desc(), F("id").desc(), condition=Q(state="confirmed"), name="merge_confirmed"
            ),
            models.Index("subject_type", "into_id", condition=Q(state__in=["confirmed", "undone"]), name="merge_into"),
        ]


class MergeMove(models.Model):
    """One thing that a merge moved or made, so that undoing it finds it: an item of a source, a bearing given on."""

    pk = models.CompositePrimaryKey("merge_id", "thing")
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves", db_index=False)
    thing = models.UUIDField()

    class Meta:
        db_table = "merge_move"
