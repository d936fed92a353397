"""A relation can be taken back: its row goes, and an event of its own tells of it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

VERBS = [
    ("article-added", "added an article"),
    ("article-revised", "revised an article"),
    ("topic-added", "added a topic"),
    ("source-added", "added a source"),
    ("source-revised", "revised a source"),
    ("source-graded", "graded a source"),
    ("claim-opened", "opened a claim"),
    ("claim-revised", "revised a claim"),
    ("claim-restated", "restated a claim"),
    ("claims-related", "related two claims"),
    ("claims-unrelated", "took back a relation"),
    ("claim-locked", "locked a claim"),
    ("claim-unlocked", "unlocked a claim"),
    ("evidence-logged", "logged evidence"),
    ("evidence-submitted", "submitted evidence"),
    ("evidence-revised", "revised evidence"),
    ("evidence-linked", "linked two items"),
    ("evidence-approved", "approved evidence"),
    ("evidence-returned", "returned evidence"),
    ("evidence-rejected", "rejected evidence"),
    ("evidence-withdrawn", "withdrew evidence"),
    ("bearing-set", "set a bearing"),
    ("bearing-changed", "changed a bearing"),
    ("bearing-withdrawn", "withdrew a bearing"),
    ("bearing-approved", "approved a bearing"),
    ("bearing-rejected", "rejected a bearing"),
    ("assessed", "assessed a claim"),
    ("resolved", "resolved a claim"),
    ("reopened", "reopened a claim"),
    ("flagged", "flagged something"),
    ("flag-decided", "decided a flag"),
    ("roles-set", "set a person's roles"),
    ("trust-set", "set a person's trust"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_news_by_day")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="claimrelation", name="append_only"),
        pgtrigger.migrations.AddTrigger(
            model_name="claimrelation",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never changed or emptied', TG_TABLE_NAME; RETURN NULL;",
                    hash="a3c56147371dd6c15ae45111f47d67b295a0a23c",
                    level="STATEMENT",
                    operation="UPDATE OR TRUNCATE",
                    pgid="pgtrigger_never_changed_c9ff7",
                    table="claim_relation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AlterField(model_name="event", name="verb", field=models.CharField(choices=VERBS, max_length=24)),
        migrations.RemoveConstraint(model_name="event", name="event_verb_known"),
        # Holds for what is written from now on; 0005 looks at what is there without keeping writers waiting.
        AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb__in", [verb for verb, _ in VERBS])), name="event_verb_known"
            ),
        ),
    ]
