"""Leads: addresses that may become evidence, from watched feeds and from readers, and the claims they seem to touch."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7


class LeadState(models.TextChoices):
    """What became of a lead."""

    NEW = "new", "new"
    SNOOZED = "snoozed", "snoozed"
    DISMISSED = "dismissed", "dismissed"
    LOGGED = "logged", "logged"


class Lead(models.Model):
    """One address, once; `feed` is where it was seen first, none where only readers suggested it.

    `dated_at` is when it says that it appeared, at the latest when it was seen; `score` is that of its best match.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feed = models.ForeignKey("claims.Feed", null=True, blank=True, on_delete=models.PROTECT, related_name="leads")
    guid = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=2000)
    address_norm = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    title_key = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()
    dated_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=LeadState.choices, default=LeadState.NEW)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        "claims.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        "claims.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ForeignKey("claims.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(default=0)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "lead"
        constraints = [
            models.UniqueConstraint(fields=["address_norm"], condition=~Q(address_norm=""), name="lead_address_once"),
            models.UniqueConstraint(
                fields=["feed", "guid"], condition=Q(feed__isnull=False) & ~Q(guid=""), name="lead_guid_once"
            ),
            models.CheckConstraint(condition=Q(state__in=LeadState.values), name="lead_state_known"),
            models.CheckConstraint(
                condition=(Q(state="snoozed") & Q(snoozed_until__isnull=False))
                | (~Q(state="snoozed") & Q(snoozed_until__isnull=True)),
                name="lead_snoozed_until",
            ),
        ]
        indexes = [
            models.Index(F("dated_at").desc(), F("id").desc(), condition=Q(state="new"), name="lead_newest"),
            models.Index(F("score").desc(), F("id").desc(), condition=Q(state="new"), name="lead_best"),
            models.Index("assigned_to", F("dated_at").desc(), F("id").desc(), condition=Q(state="new"), name="lead_of"),
            models.Index("snoozed_until", "id", condition=Q(state="snoozed"), name="lead_snoozed"),
            models.Index("state", F("decided_at").desc(), F("id").desc(), name="lead_decided"),
            models.Index("seen_at", "id", condition=Q(matched_at__isnull=True), name="lead_unmatched"),
            models.Index("feed", "title_key", condition=~Q(title_key=""), name="lead_by_title"),
        ]

    def __str__(self) -> str:
        return self.title or self.address


class LeadMatch(models.Model):
    """A claim that a lead seems to touch; `words` are those that told, as [[word, share of the score], ...]."""

    pk = models.CompositePrimaryKey("lead_id", "claim_id")
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="matches", db_index=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="+", db_index=False)
    score = models.FloatField()
    words = models.JSONField()

    class Meta:
        db_table = "lead_match"
        indexes = [models.Index("claim", F("score").desc(), "lead", name="lead_match_of_claim")]


class SuggestionState(models.TextChoices):
    """Whether a suggestion waits, or what was made of it."""

    OPEN = "open", "open"
    TAKEN = "taken", "taken"
    DISMISSED = "dismissed", "dismissed"


class Suggestion(models.Model):
    """A reader's word that an address may be evidence; `by` is None without an account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="suggestions")
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "suggestion"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SuggestionState.values), name="suggestion_state_known"),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(answer=""), name="suggestion_dismissed_with_answer"
            ),
        ]
        indexes = [models.Index("made_at", "id", condition=Q(state="open"), name="suggestion_open")]
