"""Finding the news of one kind by day without walking through all that was logged."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def _by_day(name: str, verbs: list[str]) -> AddIndexConcurrently:
    return AddIndexConcurrently(
        model_name="event",
        index=models.Index(
            models.OrderBy(models.F("about_on"), descending=True),
            models.OrderBy(models.F("id"), descending=True),
            condition=models.Q(("verb__in", verbs)),
            name=name,
        ),
    )


class Migration(migrations.Migration):
    atomic = False  # a table in use is not locked

    dependencies = [("claims", "0002_composite_keys")]

    operations = [
        _by_day("event_judgements_by_day", ["assessed", "resolved", "reopened", "claim-restated"]),
        _by_day("event_claims_by_day", ["article-added", "claim-opened", "claim-revised"]),
        _by_day("event_sources_by_day", ["source-graded"]),
    ]
