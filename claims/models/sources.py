"""Sources: publishers and bodies, known by their domains, graded by the editors."""

from django.db import models

from claims.ids import uuid7
from claims.models.guards import append_only


class Reliability(models.TextChoices):
    """How far a source is trusted, by the Admiralty code (NATO AJP-2.1, STANAG 2511)."""

    A = "A", "reliable"
    B = "B", "usually reliable"
    C = "C", "fairly reliable"
    D = "D", "not usually reliable"
    E = "E", "unreliable"
    F = "F", "reliability cannot be judged"


class SourceKind(models.TextChoices):
    """What sort of publisher a source is."""

    NEWSPAPER = "newspaper", "newspaper"
    WIRE = "wire", "wire"
    BROADCASTER = "broadcaster", "broadcaster"
    GOVERNMENT = "government", "government"
    STATE_AGENCY = "state-agency", "state agency"
    THINK_TANK = "think-tank", "think tank"
    TRADE_PRESS = "trade-press", "trade press"
    LAW_FIRM = "law-firm", "law firm"
    ADVOCACY = "advocacy", "advocacy"
    AGGREGATOR = "aggregator", "aggregator"
    BLOG = "blog", "blog"


class Source(models.Model):
    """A publisher or body; its slug is its first domain with hyphens for dots."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=120, unique=True, db_index=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=SourceKind.choices)
    country = models.CharField(max_length=2, default="XX")
    reliability = models.CharField(max_length=1, choices=Reliability.choices, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "source"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reliability__isnull=True) | models.Q(reliability__in=Reliability.values),
                name="source_reliability_known",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_kind_known"),
        ]
        indexes = [models.Index("name", "id", name="source_by_name")]

    def __str__(self) -> str:
        return self.name


class SourceDomain(models.Model):
    """A domain by which a source is recognised."""

    domain = models.CharField(primary_key=True, max_length=253)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="domains")

    class Meta:
        db_table = "source_domain"


class SourceRevision(models.Model):
    """What a source was called and how it was graded from one act on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=SourceKind.choices)
    reliability = models.CharField(max_length=1, choices=Reliability.choices, null=True)
    reason = models.CharField(max_length=500, blank=True)
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "source_revision"
        triggers = [append_only()]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="source_revision_once")]
