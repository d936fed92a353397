"""Articles: the publications whose predictions are tracked."""

from django.db import models
from django.db.models import F, Q

from claims.dates import PartialDate
from claims.ids import uuid7


class ArticleKind(models.TextChoices):
    """What sort of publication an article is."""

    OPINION = "opinion", "opinion"
    ANALYSIS = "analysis", "analysis"
    REPORT = "report", "report"
    INTERVIEW = "interview", "interview"
    SPEECH = "speech", "speech"


class Article(models.Model):
    """A publication, in our words; its text is never stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True, db_index=False)
    title = models.CharField(max_length=200)
    title_note = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    published_from = models.DateField(null=True, blank=True)
    published_to = models.DateField(null=True, blank=True)
    dates_note = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=ArticleKind.choices)
    summary = models.TextField(max_length=2000)
    language = models.CharField(max_length=12, default="en")
    paragraphs = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "article"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ArticleKind.values), name="article_kind_known"),
            models.CheckConstraint(condition=Q(paragraphs__gte=1), name="article_has_paragraphs"),
            models.CheckConstraint(
                condition=Q(published_from__isnull=True, published_to__isnull=True)
                | Q(published_from__isnull=False, published_to__isnull=False, published_to__gte=F("published_from")),
                name="article_dates_in_order",
            ),
        ]
        indexes = [models.Index(F("published_to").desc(nulls_last=True), F("id").desc(), name="article_by_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> PartialDate | None:
        """When it appeared, as exactly as that is known."""
        if self.published_from is None or self.published_to is None:
            return None
        return PartialDate.from_bounds(self.published_from, self.published_to)


class ArticleAuthor(models.Model):
    """One author of an article, in the order of its byline; a post will do where no name is known."""

    pk = models.CompositePrimaryKey("article_id", "place")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="authors", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=200, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "article_author"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") | ~Q(role=""), name="article_author_has_name_or_role")
        ]
