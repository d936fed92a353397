"""Redactions: which events lost their body for a legal reason, and the event that says so."""

from django.db import models

from claims.models.guards import append_only


class Redaction(models.Model):
    """Permits, and tells of, the destruction of what one event said; `tombstone` is the event of who did it and why."""

    event = models.OneToOneField("claims.Event", primary_key=True, on_delete=models.PROTECT, related_name="redaction")
    tombstone = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "redaction"
        triggers = [append_only()]
