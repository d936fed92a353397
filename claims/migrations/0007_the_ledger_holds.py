"""What 0006 asks of new rows holds for every row."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_the_ledger")]

    operations = [
        ValidateConstraint(model_name="event", name="event_verb_known"),
        ValidateConstraint(model_name="evidence", name="evidence_complete_unless_draft"),
        ValidateConstraint(model_name="evidence", name="evidence_address_ascii"),
        ValidateConstraint(model_name="evidence", name="evidence_redacted_is_blank"),
    ]
