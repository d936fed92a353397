"""Redactions: on which legal basis, which events lost their body for it, and the event that says so."""

from django.db import models

from claims.models.guards import append_only


class LegalBasis(models.TextChoices):
    """Why something has to go; the words complete 'on legal grounds: ...'."""

    COURT_ORDER = "court-order", "a court order"
    AUTHORITY_ORDER = "authority-order", "an order of an authority"
    DATA_PROTECTION = "data-protection", "data protection (GDPR, Article 17)"
    COPYRIGHT = "copyright", "copyright"
    PERSONAL_SAFETY = "personal-safety", "somebody’s safety"
    OTHER_LAW = "other-law", "another law"


class Redaction(models.Model):
    """Permits, and tells of, the destruction of what one event said; `tombstone` is the event of who did it and why."""

    event = models.OneToOneField("claims.Event", primary_key=True, on_delete=models.PROTECT, related_name="redaction")
    tombstone = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "redaction"
        triggers = [append_only()]
