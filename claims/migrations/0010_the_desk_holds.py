"""What pages of the desk look for in tables that are in use, and what 0009 asks of new rows holds for every row."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently, ValidateConstraint
from django.db import migrations, models

# Made beside the one that stands and put in its place, so that no moment is without.
ONCE = """
CREATE UNIQUE INDEX CONCURRENTLY {name} ON evidence (address_norm) WHERE {condition}
"""
BEFORE = "state = 'published'"
NOW = f"{BEFORE} AND NOT type = 'not-found'"

# Acts that put something right: merging a duplicate, and undoing it, are among them from here on.
CORRECTIONS = [
    "reopened",
    "evidence-withdrawn",
    "evidence-linked",
    "evidence-redacted",
    "bearing-withdrawn",
    "person-erased",
    "merged",
    "unmerged",
]


class Migration(migrations.Migration):
    atomic = False  # a table in use is not locked

    dependencies = [("claims", "0009_the_desk")]

    operations = [
        ValidateConstraint(model_name="event", name="event_verb_known"),
        ValidateConstraint(model_name="evidence", name="evidence_type_known"),
        ValidateConstraint(model_name="evidence", name="evidence_looked_for_something"),
        ValidateConstraint(model_name="evidence", name="evidence_redacted_is_blank"),
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(
                models.OrderBy(models.F("last_known_by"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("last_known_by__gt", models.F("assessed_sort")), ("status", "open")),
                name="claim_behind_its_evidence",
            ),
        ),
        AddIndexConcurrently(
            model_name="evidence",
            index=models.Index(
                models.OrderBy(models.F("touched_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "withdrawn")),
                name="evidence_withdrawn",
            ),
        ),
        AddIndexConcurrently(
            model_name="mail",
            index=models.Index(models.F("cause"), condition=models.Q(("cause__isnull", False)), name="mail_by_cause"),
        ),
        RemoveIndexConcurrently(model_name="event", name="event_corrections"),
        AddIndexConcurrently(
            model_name="event",
            index=models.Index(
                models.F("verb"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("verb__in", CORRECTIONS)),
                name="event_corrections",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name="evidence",
                    name="evidence_address_once",
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "published"), models.Q(("type", "not-found"), _negated=True)),
                        fields=("address_norm",),
                        name="evidence_address_once",
                    ),
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    ONCE.format(name="evidence_address_once_now", condition=NOW), "DROP INDEX evidence_address_once_now"
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY evidence_address_once",
                    ONCE.format(name="evidence_address_once", condition=BEFORE),
                ),
                migrations.RunSQL(
                    "ALTER INDEX evidence_address_once_now RENAME TO evidence_address_once",
                    "ALTER INDEX evidence_address_once RENAME TO evidence_address_once_now",
                ),
            ],
        ),
    ]
