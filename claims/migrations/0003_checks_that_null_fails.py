"""Five checks let NULL pass, since a comparison with it is neither true nor false; not yet validated (0004)."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, F, Q


def in_order(field: str) -> Q:
    first, last = f"{field}_from", f"{field}_to"
    return Q(**{f"{first}__isnull": True, f"{last}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{last}__isnull": False, f"{last}__gte": F(first)}
    )


REASONS = ["underspecified", "assumption-fell", "no-path-to-one-side", "source-gone", "restated"]
CHECKS = {
    ("article", "article_dates_in_order"): in_order("published"),
    ("evidence", "evidence_published_in_order"): in_order("published"),
    ("evidence", "evidence_event_in_order"): in_order("event"),
    ("assessment", "assessment_probability_fits_status"): (
        Q(status__in=["open", "partly-borne-out"], probability__isnull=False, probability__gt=0, probability__lt=1)
        | Q(status="borne-out", probability__isnull=False, probability=1)
        | Q(status="not-borne-out", probability__isnull=False, probability=0)
        | Q(status__in=["ambiguous", "annulled"], probability__isnull=True)
    ),
    ("assessment", "assessment_annulled_with_reason"): (
        Q(status="annulled", annulled_because__isnull=False, annulled_because__in=REASONS)
        | (~Q(status="annulled") & Q(annulled_because__isnull=True))
    ),
}


class Migration(migrations.Migration):
    """Each check takes the place of the one with the same name."""

    dependencies = [("claims", "0002_composite_keys")]

    operations = [
        operation
        for (model, name), condition in CHECKS.items()
        for operation in (
            migrations.RemoveConstraint(model, name),
            AddConstraintNotValid(model, CheckConstraint(condition=condition, name=name)),
        )
    ]
