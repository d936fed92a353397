"""Evidence: dated items with an address, graded apart from what they bear on."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from claims.dates import PartialDate
from claims.ids import uuid7
from claims.models.guards import append_only, no_truncate


class EvidenceType(models.TextChoices):
    """What sort of page an item is."""

    PRIMARY_DOCUMENT = "primary-document", "primary document"
    WIRE = "wire", "wire"
    NEWSPAPER = "newspaper", "newspaper"
    BROADCASTER = "broadcaster", "broadcaster"
    OFFICIAL_STATEMENT = "official-statement", "official statement"
    THINK_TANK = "think-tank", "think tank"
    ACADEMIC = "academic", "academic"
    DATASET = "dataset", "dataset"
    SOCIAL_POST = "social-post", "social post"
    BLOG = "blog", "blog"
    NOT_FOUND = "not-found", "looked for and not found"


class Credibility(models.IntegerChoices):
    """How far the information is believed, by the Admiralty code (NATO AJP-2.1, STANAG 2511)."""

    CONFIRMED = 1, "confirmed"
    PROBABLY_TRUE = 2, "probably true"
    POSSIBLY_TRUE = 3, "possibly true"
    DOUBTFUL = 4, "doubtful"
    IMPROBABLE = 5, "improbable"
    CANNOT_BE_JUDGED = 6, "truth cannot be judged"


class EvidenceState(models.TextChoices):
    """Where an item is on its way to the public, or off it."""

    DRAFT = "draft", "draft"
    PENDING = "pending", "pending"
    PUBLISHED = "published", "published"
    REJECTED = "rejected", "rejected"
    WITHDRAWN = "withdrawn", "withdrawn"
    REDACTED = "redacted", "redacted"


def _both_or_neither(field: str) -> Q:
    first, last = f"{field}_from", f"{field}_to"
    return Q(**{f"{first}__isnull": True, f"{last}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{last}__isnull": False, f"{last}__gte": F(first)}
    )


class Evidence(models.Model):
    """One dated item. A draft may lack its source, summary and grade; nothing else may.

    Of the type "looked for and not found" the address is where somebody looked, `looked_for` the words that they
    looked for, the event's date when: one place may be looked through many times.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    import_key = models.CharField(max_length=80, null=True, blank=True, unique=True, db_index=False)
    address = models.CharField(max_length=2000)
    address_norm = models.CharField(max_length=2000)
    source = models.ForeignKey(
        "claims.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence", db_index=False
    )
    title = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_from = models.DateField(null=True, blank=True)
    published_to = models.DateField(null=True, blank=True)
    event_from = models.DateField(null=True, blank=True)
    event_to = models.DateField(null=True, blank=True)
    logged_on = models.DateField()
    known_by = models.GeneratedField(
        expression=Coalesce("published_to", "event_to", "logged_on"), output_field=models.DateField(), db_persist=True
    )
    type = models.CharField(max_length=20, choices=EvidenceType.choices)
    summary = models.TextField(max_length=2000, blank=True)
    quotation = models.CharField(max_length=500, blank=True)
    looked_for = models.CharField(max_length=300, blank=True)
    credibility = models.PositiveSmallIntegerField(choices=Credibility.choices, null=True, blank=True)
    story = models.SlugField(max_length=80, blank=True, db_index=False)
    state = models.CharField(max_length=12, choices=EvidenceState.choices)
    live = models.GeneratedField(
        expression=models.Case(models.When(state="published", then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    logged_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=1000, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english")
        + SearchVector("quotation", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "evidence"
        triggers = [no_truncate()]
        constraints = [
            models.UniqueConstraint(
                fields=["address_norm"],
                condition=Q(state="published") & ~Q(type="not-found"),
                name="evidence_address_once",
            ),
            models.UniqueConstraint(fields=["id", "known_by", "live"], name="evidence_as_its_bearings_see_it"),
            models.CheckConstraint(condition=Q(state__in=EvidenceState.values), name="evidence_state_known"),
            models.CheckConstraint(condition=Q(type__in=EvidenceType.values), name="evidence_type_known"),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__in=Credibility.values),
                name="evidence_credibility_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "redacted"])
                | (Q(source__isnull=False, credibility__isnull=False) & ~Q(summary="") & ~Q(title="")),
                name="evidence_complete_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "redacted"])
                | Q(type="not-found", event_to__isnull=False) & ~Q(looked_for="")
                | ~Q(type="not-found") & Q(looked_for=""),
                name="evidence_looked_for_something",
            ),
            models.CheckConstraint(condition=_both_or_neither("published"), name="evidence_published_in_order"),
            models.CheckConstraint(condition=_both_or_neither("event"), name="evidence_event_in_order"),
            models.CheckConstraint(
                condition=Q(state="redacted")
                | Q(address__regex=r"^[\x21-\x7e]+$", address_norm__regex=r"^[\x21-\x7e]+$"),
                name="evidence_address_ascii",
            ),
            models.CheckConstraint(
                condition=~Q(state="redacted")
                | Q(
                    address="",
                    address_norm="",
                    title="",
                    author="",
                    summary="",
                    quotation="",
                    looked_for="",
                    story="",
                    returned_because="",
                ),
                name="evidence_redacted_is_blank",
            ),
        ]
        indexes = [
            models.Index(
                "source", F("known_by").desc(), F("id").desc(), condition=Q(live=True), name="evidence_by_source"
            ),
            models.Index(F("known_by").desc(), F("id").desc(), condition=Q(live=True), name="evidence_by_known"),
            models.Index("submitted_at", "id", condition=Q(state="pending"), name="evidence_pending"),
            models.Index("by", "state", F("touched_at").desc(), name="evidence_by_author"),
            models.Index("touched_at", "id", condition=Q(state="draft"), name="evidence_drafts"),
            models.Index(
                F("touched_at").desc(), F("id").desc(), condition=Q(state="withdrawn"), name="evidence_withdrawn"
            ),
            models.Index("story", condition=~Q(story=""), name="evidence_by_story"),
            models.Index("address_norm", name="evidence_by_address"),
            GinIndex("search", condition=Q(live=True), name="evidence_search"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def published(self) -> PartialDate | None:
        """When the page says that it appeared, as exactly as that is known."""
        if self.published_from is None or self.published_to is None:
            return None
        return PartialDate.from_bounds(self.published_from, self.published_to)

    @property
    def event(self) -> PartialDate | None:
        """When what it reports happened, as exactly as that is known."""
        if self.event_from is None or self.event_to is None:
            return None
        return PartialDate.from_bounds(self.event_from, self.event_to)


class LinkKind(models.TextChoices):
    """What a later item does to an earlier one, which stays, marked."""

    SUPERSEDES = "supersedes", "supersedes"
    CORRECTS = "corrects", "corrects"
    RETRACTS = "retracts", "retracts"


class EvidenceLink(models.Model):
    """A later item that supersedes, corrects or retracts an earlier one."""

    pk = models.CompositePrimaryKey("from_item_id", "kind", "to_item_id")
    from_item = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links_out", db_index=False)
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    to_item = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links_in")
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "evidence_link"
        triggers = [append_only()]
        constraints = [
            models.CheckConstraint(condition=~Q(from_item=F("to_item")), name="evidence_link_between_two"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="evidence_link_known"),
        ]
