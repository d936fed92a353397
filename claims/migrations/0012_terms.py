"""The words that leads are matched by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_digests"),
    ]

    operations = [
        migrations.CreateModel(
            name="TermsDue",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "db_table": "terms_due",
            },
        ),
        migrations.CreateModel(
            name="ArticleTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id", "lexeme", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lexeme", models.TextField()),
                ("share", models.FloatField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.article",
                    ),
                ),
            ],
            options={
                "db_table": "article_term",
            },
        ),
        migrations.CreateModel(
            name="TermsState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
                ("unseen", models.FloatField()),
                ("followed", models.BigIntegerField()),
                ("counted_from", models.BigIntegerField()),
                ("counted_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "terms_state",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="terms_state_one_row")],
            },
        ),
        migrations.CreateModel(
            name="WordRarity",
            fields=[
                ("lexeme", models.TextField(primary_key=True, serialize=False)),
                ("rarity", models.FloatField()),
            ],
            options={
                "db_table": "word_rarity",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rarity__gte", 0)), name="word_rarity_from_zero")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "claim_id", "lexeme", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lexeme", models.TextField()),
                ("weight", models.FloatField()),
                ("own", models.FloatField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.claim"
                    ),
                ),
            ],
            options={
                "db_table": "claim_term",
                "indexes": [
                    models.Index(fields=["lexeme"], include=("claim", "weight", "own"), name="claim_term_by_lexeme")
                ],
            },
        ),
        migrations.CreateModel(
            name="TermChoice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "claim_id", "lexeme", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lexeme", models.TextField()),
                ("word", models.CharField(max_length=60)),
                ("choice", models.CharField(choices=[("pinned", "pinned"), ("off", "switched off")], max_length=6)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"
                    ),
                ),
            ],
            options={
                "db_table": "term_choice",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["pinned", "off"])), name="term_choice_known"
                    )
                ],
            },
        ),
    ]
