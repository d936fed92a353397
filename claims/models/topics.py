"""Topics: what claims are about."""

from django.db import models

from claims.ids import uuid7


class Topic(models.Model):
    """A subject that claims share."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True, db_index=False)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        db_table = "topic"

    def __str__(self) -> str:
        return self.name


class ClaimTopic(models.Model):
    """One topic of one claim."""

    pk = models.CompositePrimaryKey("topic_id", "claim_id")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="claim_topics", db_index=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="claim_topics")

    class Meta:
        db_table = "claim_topic"
