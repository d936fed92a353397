"""The verbs that 0004 lets in hold for every event."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_relations_taken_back")]

    operations = [ValidateConstraint(model_name="event", name="event_verb_known")]
