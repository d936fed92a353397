"""The desk and the queue: holds, ready reasons, merges, feeds and leads, owners, unsent forms; what was not found."""

import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import claims.ids

READY = {
    "return": (
        "The summary says more than the page does: keep to what stands there.",
        "Write the summary in your own words: this one is too close to the page’s.",
        "Give the day on which the page was published; this date is missing or wrong.",
        "Name the source that wrote it, not the site that repeated it.",
        "Say in the bearing’s note why it points that way; the summary does not show it.",
        "The grade does not fit: say what confirms the information, or lower it.",
        "The same event is logged already: name its story, so that it is counted once.",
    ),
    "reject": (
        "It bears on none of the claims that are tracked here.",
        "The page cannot be opened, so that nobody can check it.",
        "The same report is published already.",
        "It gives no source for what it says.",
    ),
    "reject-bearing": (
        "The item says nothing about this claim.",
        "It points the other way.",
        "It weighs less than that.",
    ),
    "withdraw": (
        "The page turned out to be made up.",
        "The same report is published already under another address.",
        "It bears on none of the claims that are tracked here.",
    ),
}


def ready_reasons(apps, schema_editor):
    """The sentences that a site begins with; an admin changes them."""
    ready_reason = apps.get_model("claims", "ReadyReason")
    ready_reason.objects.bulk_create(
        ready_reason(use=use, place=place, words=words)
        for use, sentences in READY.items()
        for place, words in enumerate(sentences)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_corrections_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadyReason",
            fields=[
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("return", "returning an item"),
                            ("reject", "rejecting an item"),
                            ("reject-bearing", "rejecting a bearing"),
                            ("withdraw", "withdrawing an item"),
                        ],
                        max_length=16,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "ready_reason",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("subject_type", models.CharField(max_length=16)),
                ("subject_id", models.UUIDField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "queue_hold",
            },
        ),
        migrations.CreateModel(
            name="Unsent",
            fields=[
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=300)),
                ("fields", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "db_table": "unsent",
            },
        ),
        migrations.CreateModel(
            name="ClaimOwner",
            fields=[
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ownership",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("acted_at", models.DateTimeField()),
                ("nudged_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "claim_owner",
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "claim_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "follow",
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.event",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("subject_type", models.CharField(max_length=16)),
                ("from_id", models.UUIDField()),
                ("into_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("confirmed", "confirmed"),
                            ("dismissed", "dismissed"),
                            ("undone", "undone"),
                        ],
                        max_length=12,
                    ),
                ),
                ("because", models.CharField(max_length=1000)),
                ("made_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "merge",
            },
        ),
        migrations.CreateModel(
            name="MergeMove",
            fields=[
                (
                    "merge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="claims.merge",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "merge_id", "thing", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("thing", models.UUIDField()),
            ],
            options={
                "db_table": "merge_move",
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=2000)),
                ("address_norm", models.CharField(max_length=2000)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("site", models.CharField(blank=True, max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "watched"), ("paused", "paused"), ("removed", "removed")],
                        default="active",
                        max_length=8,
                    ),
                ),
                ("paused_because", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("etag", models.CharField(blank=True, max_length=300)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                ("poll_after", models.DateTimeField()),
                ("polled_at", models.DateTimeField(blank=True, null=True)),
                ("new_at", models.DateTimeField(blank=True, null=True)),
                ("last_words", models.CharField(blank=True, max_length=500)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("entries", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "feed",
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="claims.feed",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.evidence",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("guid", models.CharField(blank=True, max_length=500)),
                ("address", models.CharField(max_length=2000)),
                ("address_norm", models.CharField(max_length=2000)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("title_key", models.CharField(blank=True, max_length=300)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField()),
                ("dated_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("snoozed", "snoozed"),
                            ("dismissed", "dismissed"),
                            ("logged", "logged"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("matched_at", models.DateTimeField(blank=True, null=True)),
                ("score", models.FloatField(default=0)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector("title", config="english", weight="A"),
                            "||",
                            django.contrib.postgres.search.SearchVector("summary", config="english", weight="B"),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "db_table": "lead",
            },
        ),
        migrations.CreateModel(
            name="LeadMatch",
            fields=[
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="claims.lead",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lead_id", "claim_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("score", models.FloatField()),
                ("words", models.JSONField()),
            ],
            options={
                "db_table": "lead_match",
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="claims.lead"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("id", models.UUIDField(default=claims.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("taken", "taken"), ("dismissed", "dismissed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000)),
            ],
            options={
                "db_table": "suggestion",
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_verb_known",
        ),
        migrations.RemoveConstraint(
            model_name="evidence",
            name="evidence_type_known",
        ),
        migrations.RemoveConstraint(
            model_name="evidence",
            name="evidence_redacted_is_blank",
        ),
        migrations.AddField(
            model_name="evidence",
            name="looked_for",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="mail",
            name="cause",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="event",
            name="verb",
            field=models.CharField(
                choices=[
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
                    ("evidence-redacted", "redacted evidence"),
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
                    ("person-erased", "erased a person's data"),
                    ("ledger-key-set", "set the key of the ledger"),
                    ("decision-undone", "undid a decision"),
                    ("merged", "merged a duplicate"),
                    ("unmerged", "undid a merge"),
                    ("person-suspended", "suspended a person"),
                    ("suspension-lifted", "lifted a suspension"),
                    ("suggested", "suggested an address"),
                    ("suggestion-decided", "decided a suggestion"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="type",
            field=models.CharField(
                choices=[
                    ("primary-document", "primary document"),
                    ("wire", "wire"),
                    ("newspaper", "newspaper"),
                    ("broadcaster", "broadcaster"),
                    ("official-statement", "official statement"),
                    ("think-tank", "think tank"),
                    ("academic", "academic"),
                    ("dataset", "dataset"),
                    ("social-post", "social post"),
                    ("blog", "blog"),
                    ("not-found", "looked for and not found"),
                ],
                max_length=20,
            ),
        ),
        AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "article-added",
                            "article-revised",
                            "topic-added",
                            "source-added",
                            "source-revised",
                            "source-graded",
                            "claim-opened",
                            "claim-revised",
                            "claim-restated",
                            "claims-related",
                            "claims-unrelated",
                            "claim-locked",
                            "claim-unlocked",
                            "evidence-logged",
                            "evidence-submitted",
                            "evidence-revised",
                            "evidence-linked",
                            "evidence-approved",
                            "evidence-returned",
                            "evidence-rejected",
                            "evidence-withdrawn",
                            "evidence-redacted",
                            "bearing-set",
                            "bearing-changed",
                            "bearing-withdrawn",
                            "bearing-approved",
                            "bearing-rejected",
                            "assessed",
                            "resolved",
                            "reopened",
                            "flagged",
                            "flag-decided",
                            "roles-set",
                            "trust-set",
                            "person-erased",
                            "ledger-key-set",
                            "decision-undone",
                            "merged",
                            "unmerged",
                            "person-suspended",
                            "suspension-lifted",
                            "suggested",
                            "suggestion-decided",
                        ],
                    )
                ),
                name="event_verb_known",
            ),
        ),
        AddConstraintNotValid(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "primary-document",
                            "wire",
                            "newspaper",
                            "broadcaster",
                            "official-statement",
                            "think-tank",
                            "academic",
                            "dataset",
                            "social-post",
                            "blog",
                            "not-found",
                        ],
                    )
                ),
                name="evidence_type_known",
            ),
        ),
        AddConstraintNotValid(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "redacted"]),
                    models.Q(
                        ("event_to__isnull", False), ("type", "not-found"), models.Q(("looked_for", ""), _negated=True)
                    ),
                    models.Q(models.Q(("type", "not-found"), _negated=True), ("looked_for", "")),
                    _connector="OR",
                ),
                name="evidence_looked_for_something",
            ),
        ),
        AddConstraintNotValid(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "redacted"), _negated=True),
                    models.Q(
                        ("address", ""),
                        ("address_norm", ""),
                        ("author", ""),
                        ("looked_for", ""),
                        ("quotation", ""),
                        ("returned_because", ""),
                        ("story", ""),
                        ("summary", ""),
                        ("title", ""),
                    ),
                    _connector="OR",
                ),
                name="evidence_redacted_is_blank",
            ),
        ),
        migrations.AddConstraint(
            model_name="readyreason",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("use", "place"),
                name="ready_reason_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="readyreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["return", "reject", "reject-bearing", "withdraw"])),
                name="ready_reason_use_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="readyreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="ready_reason_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="claimowner",
            index=models.Index(models.F("acted_at"), models.F("claim"), name="claim_owner_by_act"),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(
                models.F("poll_after"), models.F("id"), condition=models.Q(("state", "active")), name="feed_due"
            ),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(models.F("title"), models.F("id"), name="feed_by_title"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(fields=("address_norm",), name="feed_address_once"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "paused", "removed"])), name="feed_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "active"), models.Q(("paused_because", ""), _negated=True), _connector="OR"
                ),
                name="feed_paused_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(fields=("subject_type", "subject_id"), name="queue_hold_once"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.OrderBy(models.F("dated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "new")),
                name="lead_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.OrderBy(models.F("score"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "new")),
                name="lead_best",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.F("assigned_to"),
                models.OrderBy(models.F("dated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "new")),
                name="lead_of",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.F("snoozed_until"), models.F("id"), condition=models.Q(("state", "snoozed")), name="lead_snoozed"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("decided_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="lead_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.F("seen_at"),
                models.F("id"),
                condition=models.Q(("matched_at__isnull", True)),
                name="lead_unmatched",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                models.F("feed"),
                models.F("title_key"),
                condition=models.Q(("title_key", ""), _negated=True),
                name="lead_by_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address_norm", ""), _negated=True),
                fields=("address_norm",),
                name="lead_address_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(("feed__isnull", False), models.Q(("guid", ""), _negated=True)),
                fields=("feed", "guid"),
                name="lead_guid_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "snoozed", "dismissed", "logged"])), name="lead_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "snoozed"), ("snoozed_until__isnull", False)),
                    models.Q(models.Q(("state", "snoozed"), _negated=True), ("snoozed_until__isnull", True)),
                    _connector="OR",
                ),
                name="lead_snoozed_until",
            ),
        ),
        migrations.AddIndex(
            model_name="leadmatch",
            index=models.Index(
                models.F("claim"),
                models.OrderBy(models.F("score"), descending=True),
                models.F("lead"),
                name="lead_match_of_claim",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(
                models.F("made_at"), models.F("id"), condition=models.Q(("state", "suggested")), name="merge_suggested"
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(
                models.OrderBy(models.F("decided_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "confirmed")),
                name="merge_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(
                models.F("subject_type"),
                models.F("into_id"),
                condition=models.Q(("state__in", ["confirmed", "undone"])),
                name="merge_into",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject_type__in", ["evidence", "source", "claim"])), name="merge_subject_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["suggested", "confirmed", "dismissed", "undone"])),
                name="merge_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_id", models.F("into_id")), _negated=True), name="merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "undone"]), _negated=True),
                    ("event__isnull", False),
                    _connector="OR",
                ),
                name="merge_has_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("subject_type", "from_id"),
                name="merge_leads_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["suggested", "dismissed"])),
                fields=("subject_type", "from_id", "into_id"),
                name="merge_suggested_once",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                models.F("made_at"), models.F("id"), condition=models.Q(("state", "open")), name="suggestion_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "taken", "dismissed"])), name="suggestion_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dismissed"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_dismissed_with_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="unsent",
            index=models.Index(models.F("saved_at"), name="unsent_by_age"),
        ),
        migrations.AddConstraint(
            model_name="unsent",
            constraint=models.UniqueConstraint(fields=("person", "place"), name="unsent_once"),
        ),
        migrations.RunPython(ready_reasons, migrations.RunPython.noop),
    ]
