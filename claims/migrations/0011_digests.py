"""Who stopped following a claim, and how often a person wants the mail about stale claims."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_the_desk_holds")]

    operations = [
        migrations.AddField(model_name="follow", name="stopped_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pace",
                    models.CharField(
                        choices=[("daily", "every day"), ("weekly", "on Mondays"), ("off", "never")],
                        default="daily",
                        max_length=6,
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "db_table": "digest",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ["daily", "weekly", "off"])), name="digest_pace_known"
                    )
                ],
            },
        ),
    ]
