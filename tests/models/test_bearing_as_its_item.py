"""A bearing repeats its item's `known_by` and `live`, whatever changes them."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Bearing, Evidence
from tests.factories import a_claim, an_item, on

pytestmark = pytest.mark.django_db
BLANK = dict.fromkeys(
    ["address", "address_norm", "title", "author", "summary", "quotation", "story", "returned_because"], ""
)


def as_kept(item):
    return set(Bearing.objects.filter(evidence=item).values_list("known_by", "live"))


@pytest.fixture
def item():
    return an_item([a_claim(), a_claim()])


def test_it_repeats_both_at_first(item):
    assert as_kept(item) == {(on(-30), True)}


def test_a_changed_date_reaches_each_bearing(item):
    Evidence.objects.filter(id=item.id).update(published_from=on(-9), published_to=on(-9))
    assert as_kept(item) == {(on(-9), True)}


def test_without_a_date_of_publication_the_event_counts(item):
    Evidence.objects.filter(id=item.id).update(
        published_from=None, published_to=None, event_from=on(-50), event_to=on(-40)
    )
    assert as_kept(item) == {(on(-40), True)}


def test_without_any_date_the_day_of_logging_counts(item):
    Evidence.objects.filter(id=item.id).update(published_from=None, published_to=None, logged_on=on(-1))
    assert as_kept(item) == {(on(-1), True)}


@pytest.mark.parametrize(
    ("state", "live"),
    [
        ("draft", False),
        ("pending", False),
        ("published", True),
        ("rejected", False),
        ("withdrawn", False),
        ("redacted", False),
    ],
)
def test_a_changed_state_reaches_each_bearing(item, state, live):
    Evidence.objects.filter(id=item.id).update(state=state, **(BLANK if state == "redacted" else {}))
    assert as_kept(item) == {(on(-30), live)}


@pytest.mark.parametrize("change", [{"known_by": on(-1)}, {"live": False}])
def test_a_bearing_does_not_differ_from_its_item(item, change):
    with pytest.raises(IntegrityError, match="bearing_as_its_item"), transaction.atomic():
        Bearing.objects.filter(evidence=item).update(**change)


def test_known_by_is_written_by_the_database_alone(item):
    with pytest.raises(Exception, match="known_by"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence SET known_by = '2026-01-01'")
