"""What the home page gathers."""

from datetime import date
from decimal import Decimal

import pytest

from claims.queries.home import home
from tests.factories import DAY, a_claim, an_article, an_assessment, many_claims, on


def test_the_shipped_movers_are_the_drawn_ones(loaded_db):
    page = home(today=date(2026, 11, 24))
    assert [row.slug for row in page.movers][:2] == ["trump-turns-on-the-reset", "talks-buy-moscow-time"]
    assert {row.slug for row in page.movers} == {
        "trump-turns-on-the-reset",
        "talks-buy-moscow-time",
        "pariah-status-shed",
        "no-comprehensive-settlement",
        "us-proposes-russias-return-to-the-g7",
        "mild-on-washington-harsh-on-europe",
    }


def test_the_shipped_settled_ones_are_the_drawn_ones(loaded_db):
    assert [row.settled_on for row in home(today=date(2026, 11, 24)).settled] == [
        date(2026, 5, 1),
        date(2026, 1, 14),
        date(2025, 12, 31),
        date(2025, 12, 18),
    ]


def test_a_change_below_five_points_is_no_move(db):
    claim = a_claim()
    an_assessment(claim, as_of=on(-9), probability=Decimal("0.50"))
    an_assessment(claim, probability=Decimal("0.54"))
    assert home(today=DAY).movers == []


def test_what_falls_due_is_still_to_come(db):
    a_claim(horizon=on(-1))
    a_claim(horizon=None)
    today = a_claim(horizon=DAY)
    assert [row.id for row in home(today=DAY).due] == [today.id]


def test_items_are_counted_where_there_is_one_article(db):
    an_article()
    assert list(home(today=DAY).items.values()) == [0]
    an_article()
    assert home(today=DAY).items == {}


def test_changes_are_judgements_and_evidence_only(db):
    claim = a_claim()
    an_assessment(claim)
    assert [str(change.event.verb) for change in home(today=DAY).changes.changes] == ["assessed"]


@pytest.mark.parametrize("number", [10, 1000])
def test_it_takes_twelve_queries(db, django_assert_num_queries, number):
    many_claims(number)
    with django_assert_num_queries(12):
        home(today=DAY)
