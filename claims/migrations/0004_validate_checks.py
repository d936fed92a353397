"""Validates the checks of 0003 on the rows that are there, without keeping anybody from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

CHECKS = [
    ("article", "article_dates_in_order"),
    ("evidence", "evidence_published_in_order"),
    ("evidence", "evidence_event_in_order"),
    ("assessment", "assessment_probability_fits_status"),
    ("assessment", "assessment_annulled_with_reason"),
]


class Migration(migrations.Migration):
    """In a transaction of its own, since that of 0003 holds locks."""

    dependencies = [("claims", "0003_checks_that_null_fails")]

    operations = [ValidateConstraint(model, name) for model, name in CHECKS]
