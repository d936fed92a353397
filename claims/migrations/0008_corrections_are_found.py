"""Finding the few acts that put something right without walking through all that was recorded."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

VERBS = [
    "reopened",
    "evidence-withdrawn",
    "evidence-linked",
    "evidence-redacted",
    "bearing-withdrawn",
    "person-erased",
]

# Restored versions, and claims that were settled when they were settled otherwise: only the body tells.
TOLD = """
CREATE INDEX CONCURRENTLY event_body_corrections ON event_body (event_id DESC)
 WHERE payload ? 'restores' OR (payload #>> '{was,status}' <> 'open' AND payload ->> 'status' <> 'open')
"""


class Migration(migrations.Migration):
    atomic = False  # a table in use is not locked

    dependencies = [("claims", "0007_the_ledger_holds")]

    operations = [
        AddIndexConcurrently(
            model_name="event",
            index=models.Index(
                models.F("verb"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("verb__in", VERBS)),
                name="event_corrections",
            ),
        ),
        AddIndexConcurrently(
            model_name="assessment",
            index=models.Index(
                models.OrderBy(models.F("event"), descending=True),
                condition=models.Q(("status", "annulled")),
                name="assessment_annulled",
            ),
        ),
        migrations.RunSQL(TOLD, "DROP INDEX event_body_corrections"),
    ]
