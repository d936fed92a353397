"""The ledger: the place that each event was given, the tree over those places, and what was signed of it."""

from django.db import models
from django.db.models import Q

from claims.ids import uuid7
from claims.models.guards import append_only


class LedgerEntry(models.Model):
    """The place of one event; a generated column that points at the place before it rules gaps out.

    `leaf` is the leaf's hash as it was when the place was given, by which an altered commitment is found.
    """

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField("claims.Event", on_delete=models.PROTECT, related_name="ledger_entry")
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_entry"
        triggers = [append_only()]
        constraints = [models.CheckConstraint(condition=Q(position__gte=0), name="ledger_entry_from_zero")]


class LedgerNode(models.Model):
    """The hash of a full subtree over 2**level leaves, the `index`-th of its level; leaves stand in their entries."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_node"
        triggers = [append_only()]
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, index__gte=0), name="ledger_node_above_leaves")]


class LedgerKey(models.Model):
    """A key that checkpoints are signed with, from a size on.

    `handover` is a checkpoint signed by this key and the one before it; empty for the first key, and where the
    earlier one was lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    verifier = models.CharField(max_length=200, unique=True, db_index=False)
    from_size = models.BigIntegerField()
    handover = models.TextField(blank=True)
    event = models.ForeignKey("claims.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "ledger_key"
        triggers = [append_only()]


class Checkpoint(models.Model):
    """A signed statement of the tree's root at one size, as a C2SP signed note."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "checkpoint"
        triggers = [append_only()]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="checkpoint_of_something")]
