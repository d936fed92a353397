"""Who looks after a claim, and who wants to be told of it. Private: neither leaves an event."""

from django.db import models

from claims.models.claims import Claim


class ClaimOwner(models.Model):
    """The editor who looks after a claim; one who lets it lie is nudged, and then it is released."""

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.PROTECT, related_name="ownership")
    owner = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    acted_at = models.DateTimeField()
    nudged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "claim_owner"
        indexes = [models.Index("acted_at", "claim", name="claim_owner_by_act")]


class Follow(models.Model):
    """A person who follows a claim; the first act on it begins that, and no later one once they stopped."""

    pk = models.CompositePrimaryKey("person_id", "claim_id")
    person = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "follow"


class Pace(models.TextChoices):
    """How often a person is told by mail of what is stale."""

    DAILY = "daily", "every day"
    WEEKLY = "weekly", "on Mondays"
    OFF = "off", "never"


class Digest(models.Model):
    """What a person chose for the mail about stale claims, and the last day that had one; no row is every day."""

    person = models.OneToOneField("claims.User", primary_key=True, on_delete=models.PROTECT, related_name="+")
    pace = models.CharField(max_length=6, choices=Pace.choices, default=Pace.DAILY)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "digest"
        constraints = [models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="digest_pace_known")]
