"""What can be emptied by a redaction is not sampled: of an empty table PostgreSQL keeps what it sampled before.

Nothing is looked for by these columns, so its planner misses nothing.
"""

from django.db import migrations

COLUMNS = (
    ("lead_match", "words"),
    ("unsent", "fields"),
    ("unsent", "place"),
    ("term_choice", "lexeme"),
    ("term_choice", "word"),
)


def _sampled(many: int) -> list[str]:
    return [f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {many}" for table, column in COLUMNS]


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_terms")]

    operations = [migrations.RunSQL(_sampled(0), _sampled(-1))]
