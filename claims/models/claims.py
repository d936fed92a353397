"""Claims: falsifiable statements, with the wording, the judgement and the counts that are kept beside them."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from claims.ids import uuid7

NO_DUE_DATE = date.max  # sorts last; psycopg cannot load PostgreSQL's own 'infinity' into a date
NEVER = date.min


class ClaimKind(models.TextChoices):
    """What sort of statement a claim is."""

    PREDICTION = "prediction", "prediction"
    CONDITIONAL = "conditional", "conditional"
    JUDGEMENT = "judgement", "judgement"
    FACT = "fact", "fact"


class ClaimStatus(models.TextChoices):
    """Where a claim stands; everything but open is a resolution."""

    OPEN = "open", "open"
    BORNE_OUT = "borne-out", "borne out"
    PARTLY_BORNE_OUT = "partly-borne-out", "partly borne out"
    NOT_BORNE_OUT = "not-borne-out", "not borne out"
    AMBIGUOUS = "ambiguous", "ambiguous"
    ANNULLED = "annulled", "annulled"


class AnnulledBecause(models.TextChoices):
    """Why a claim cannot be judged any more."""

    UNDERSPECIFIED = "underspecified", "underspecified"
    ASSUMPTION_FELL = "assumption-fell", "an assumption fell"
    NO_PATH = "no-path-to-one-side", "no path to one side"
    SOURCE_GONE = "source-gone", "the source is gone"
    RESTATED = "restated", "restated"


def probability_field(**options: object) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A chance between 0 and 1, to a tenth of a per cent, or none."""
    return models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True, **options)  # type: ignore[arg-type]


class Claim(models.Model):
    """One falsifiable statement of an article in the editors' own words.

    The words, the judgement and the counts are copies, kept by the actions under the claim's lock, of its
    revision in force, its last assessment and its bearings; `check_counters` proves them against a recount.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True, db_index=False)
    article = models.ForeignKey("claims.Article", on_delete=models.PROTECT, related_name="claims", db_index=False)
    paragraph = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ClaimKind.choices)
    opened_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    locked_by = models.ForeignKey("claims.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    locked_because = models.CharField(max_length=500, blank=True)

    # kept words: those of the revision in force
    title = models.CharField(max_length=60)
    statement = models.CharField(max_length=300)
    due_sort = models.DateField(default=NO_DUE_DATE)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("statement", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # kept judgement: that of the assessment with the greatest as_of, the latest recorded of that day
    status = models.CharField(max_length=16, choices=ClaimStatus.choices, default=ClaimStatus.OPEN)
    probability = probability_field()
    earlier_probability = probability_field()
    earlier_on = models.DateField(null=True, blank=True)
    moved = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal(0))
    assessment = models.ForeignKey(
        "claims.Assessment", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assessed_sort = models.DateField(default=NEVER)
    occurred_on = models.DateField(null=True, blank=True)
    annulled_because = models.CharField(max_length=20, choices=AnnulledBecause.choices, null=True, blank=True)
    settled_sort = models.DateField(default=NEVER)
    review_due_on = models.DateField(null=True, blank=True)
    scored = models.BooleanField(default=True)

    # kept counts: of stories by their head's stance, and of items, published and live
    supports = models.PositiveIntegerField(default=0)
    contradicts = models.PositiveIntegerField(default=0)
    mixed = models.PositiveIntegerField(default=0)
    context = models.PositiveIntegerField(default=0)
    stories = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    last_known_by = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "claim"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ClaimStatus.values), name="claim_status_known"),
            models.CheckConstraint(condition=Q(paragraph__gte=1), name="claim_has_paragraph"),
            models.CheckConstraint(condition=Q(due_sort__gte=F("opened_on")), name="claim_due_after_opening"),
            models.CheckConstraint(
                condition=Q(status="annulled", annulled_because__isnull=False)
                | (~Q(status="annulled") & Q(annulled_because__isnull=True)),
                name="claim_annulled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="claim_not_its_own_successor"
            ),
        ]
        indexes = [
            models.Index("due_sort", "id", condition=Q(status="open"), name="claim_open_by_due"),
            models.Index(
                F("settled_sort").desc(),
                F("id").desc(),
                condition=~Q(status="open") & Q(scored=True),
                name="claim_settled_by_day",
            ),
            models.Index(
                F("settled_sort").desc(), F("id").desc(), condition=Q(scored=False), name="claim_unscored_by_day"
            ),
            models.Index("status", F("settled_sort").desc(), F("id").desc(), name="claim_by_status"),
            models.Index("due_sort", "id", name="claim_by_due"),
            models.Index("opened_on", "id", name="claim_by_opening"),
            models.Index(F("assessed_sort").desc(), F("moved").desc(), F("id").desc(), name="claim_by_assessed"),
            models.Index(F("moved").desc(), F("id").desc(), name="claim_by_moved"),
            models.Index(F("stories").desc(), F("id").desc(), name="claim_by_stories"),
            models.Index("probability", "id", name="claim_by_probability"),
            models.Index("article", "paragraph", "id", name="claim_by_article"),
            models.Index("review_due_on", "id", condition=Q(status="open"), name="claim_open_by_review"),
            models.Index(
                F("last_known_by").desc(),
                F("id").desc(),
                condition=Q(status="open", last_known_by__gt=F("assessed_sort")),
                name="claim_behind_its_evidence",
            ),
            GinIndex("search", name="claim_search"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def horizon(self) -> date | None:
        """The day it falls due, or none when it is open-ended."""
        return None if self.due_sort == NO_DUE_DATE else self.due_sort

    @property
    def assessed_on(self) -> date | None:
        """The day the last assessment speaks of, or none when it was never assessed."""
        return None if self.assessed_sort == NEVER else self.assessed_sort
