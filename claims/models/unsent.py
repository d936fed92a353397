"""What a person typed into a form and did not send, kept so that a closed browser loses nothing. Private."""

from django.db import models

from claims.ids import uuid7


class Unsent(models.Model):
    """One form of one person; `place` is the form's path, `fields` the names and lists of values typed there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "unsent"
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="unsent_once")]
        indexes = [models.Index("saved_at", name="unsent_by_age")]
