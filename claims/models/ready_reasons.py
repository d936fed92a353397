"""Ready reasons: sentences that a moderator can choose instead of typing them again."""

from django.db import models
from django.db.models import Q

from claims.ids import uuid7


class ReasonFor(models.TextChoices):
    """The decision that a sentence is ready for."""

    RETURN = "return", "returning an item"
    REJECT = "reject", "rejecting an item"
    REJECT_BEARING = "reject-bearing", "rejecting a bearing"
    WITHDRAW = "withdraw", "withdrawing an item"


class ReadyReason(models.Model):
    """One sentence, in its place among those for one decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    use = models.CharField(max_length=16, choices=ReasonFor.choices)
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)

    class Meta:
        db_table = "ready_reason"
        constraints = [
            models.UniqueConstraint(
                fields=["use", "place"], name="ready_reason_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(use__in=ReasonFor.values), name="ready_reason_use_known"),
            models.CheckConstraint(condition=~Q(words=""), name="ready_reason_says_something"),
        ]
