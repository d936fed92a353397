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
    """A person who follows a claim; the first act on it begins that."""

    pk = models.CompositePrimaryKey("person_id", "claim_id")
    person = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "follow"
