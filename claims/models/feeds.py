"""Feeds: RSS and Atom addresses that are watched for what may become evidence."""

from django.db import models
from django.db.models import Q

from claims.ids import uuid7


class FeedState(models.TextChoices):
    """Whether a feed is asked, and if not, who stopped it."""

    ACTIVE = "active", "watched"
    PAUSED = "paused", "paused"
    REMOVED = "removed", "removed"


class Feed(models.Model):
    """One watched address; `poll_after` is when it is asked next, `failures` how often in a row that came to nothing.

    `paused_because` is what is shown beside a feed that is not asked, `last_words` what came of asking it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=2000)
    address_norm = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=FeedState.choices, default=FeedState.ACTIVE)
    paused_because = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    poll_after = models.DateTimeField()
    polled_at = models.DateTimeField(null=True, blank=True)
    new_at = models.DateTimeField(null=True, blank=True)
    last_words = models.CharField(max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "feed"
        constraints = [
            models.UniqueConstraint(fields=["address_norm"], name="feed_address_once"),
            models.CheckConstraint(condition=Q(state__in=FeedState.values), name="feed_state_known"),
            models.CheckConstraint(condition=Q(state="active") | ~Q(paused_because=""), name="feed_paused_with_reason"),
        ]
        indexes = [
            models.Index("poll_after", "id", condition=Q(state="active"), name="feed_due"),
            models.Index("title", "id", name="feed_by_title"),
        ]

    def __str__(self) -> str:
        return self.title or self.address
