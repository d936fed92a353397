"""Holds: who is deciding on a waiting thing just now, so that two moderators never decide the same."""

from django.db import models

from claims.ids import uuid7


class Hold(models.Model):
    """One waiting thing, kept for one moderator until an instant; after it anybody may take it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    by = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        db_table = "queue_hold"
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="queue_hold_once")]
