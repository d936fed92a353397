"""The matrix of evidence and claims: how rows and columns are ordered, and how reports of one event fold."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matrix import Cell, Report, apart, inconsistency, matrix
from claims.scoring import LIKELIHOOD_RATIO, STANCES

DAY = date(2026, 6, 1)


def a_report(number: int, said: dict[int, tuple[str, str]], *, story: str = "", credibility: int = 2, days: int = 0):
    cells = {claim: Cell(stance, weight, number) for claim, (stance, weight) in said.items()}
    return Report(UUID(int=number), story, credibility, DAY + timedelta(days=days), cells)


def order_of(*reports, claims=3):
    return [row.lead.id.int for row in matrix(reports, claims=claims).rows]


@pytest.mark.parametrize(
    ("effects", "claims", "times"),
    [
        ([Decimal(5), Decimal("0.2")], 2, 25),
        ([Decimal(5)], 2, 5),
        ([Decimal("0.5")], 2, 2),
        ([Decimal(2), Decimal(2)], 2, 1),
        ([Decimal(2), Decimal(2)], 3, 2),
        ([Decimal(20), Decimal("0.05")], 9, 400),
        ([Decimal(1)], 1, 1),
        ([Decimal(5)], 1, 1),
        ([], 3, 1),
    ],
)
def test_a_story_parts_claims_by_its_greatest_effect_over_its_least(effects, claims, times):
    assert apart(effects, claims=claims) == times


@pytest.mark.parametrize(
    ("weights", "halvings"),
    [([], 0), (["moderate"], 1), (["moderate", "moderate"], 2), (["strong"], 2.32), (["slight", "decisive"], 4.64)],
)
def test_what_contradicts_a_claim_counts_by_how_often_it_halves_its_odds(weights, halvings):
    assert inconsistency(weights) == pytest.approx(halvings, abs=0.01)


def test_what_parts_the_claims_most_stands_first():
    weak = a_report(1, {0: ("supports", "strong")})
    strong = a_report(2, {0: ("supports", "moderate"), 1: ("contradicts", "strong")})
    assert order_of(weak, strong) == [2, 1]


@pytest.mark.parametrize("stance", STANCES)
def test_what_says_the_same_of_every_claim_stands_last(stance):
    same = a_report(1, dict.fromkeys(range(3), (stance, "decisive")))
    assert order_of(same, a_report(2, {1: ("supports", "slight")})) == [2, 1]


@pytest.mark.parametrize("stance", ["mixed", "context"])
def test_mixed_and_context_part_nothing(stance):
    [row] = matrix([a_report(1, {0: (stance, "decisive")})], claims=3).rows
    assert row.apart == 1


def test_of_rows_as_far_apart_that_on_most_claims_stands_first_then_the_last_known():
    one = a_report(1, {0: ("supports", "strong")}, days=9)
    two = a_report(2, {0: ("supports", "strong"), 1: ("supports", "slight")})
    later = a_report(3, {0: ("supports", "strong")}, days=10)
    assert order_of(one, two, later) == [2, 3, 1]


def test_the_claim_with_the_least_against_it_stands_first():
    found = matrix([a_report(1, {0: ("contradicts", "strong"), 1: ("contradicts", "slight")})], claims=2)
    assert [column.claim for column in found.columns] == [1, 0]


def test_support_makes_no_claim_more_consistent():
    supported, plain = [a_report(1, {0: ("supports", "decisive")})], []
    against = a_report(2, {0: ("contradicts", "strong")})
    [first] = matrix([*supported, against], claims=1).columns
    [second] = matrix([*plain, against], claims=1).columns
    assert first.inconsistency == second.inconsistency


def test_an_untested_claim_stands_last_without_a_number():
    found = matrix([a_report(1, {1: ("contradicts", "decisive")})], claims=2)
    assert [(column.claim, column.inconsistency is None) for column in found.columns] == [(1, False), (0, True)]


def test_claims_with_as_much_against_them_keep_their_order():
    found = matrix([a_report(1, dict.fromkeys(range(4), ("supports", "slight")))], claims=4)
    assert [column.claim for column in found.columns] == [0, 1, 2, 3]


def test_reports_of_one_story_are_one_row_and_count_once():
    reports = [a_report(number, {0: ("contradicts", "moderate")}, story="alaska") for number in (1, 2, 3)]
    found = matrix(reports, claims=1)
    assert (len(found.rows), found.columns[0].contradicts, found.columns[0].inconsistency) == (1, 1, 1)


def test_a_story_whose_reports_differ_counts_by_the_heaviest():
    light = a_report(1, {0: ("supports", "slight")}, story="alaska")
    heavy = a_report(2, {0: ("contradicts", "strong")}, story="alaska")
    [row] = matrix([light, heavy], claims=2).rows
    assert row.cell(0) == Cell("contradicts", "strong", 2)


def test_each_claim_has_a_report_of_its_own_that_stands_for_the_story():
    first = a_report(1, {0: ("supports", "strong"), 1: ("supports", "slight")}, story="alaska")
    second = a_report(2, {1: ("contradicts", "strong")}, story="alaska")
    [row] = matrix([first, second], claims=2).rows
    assert (row.heads[0].id.int, row.heads[1].id.int, row.apart) == (1, 2, 25)


def test_the_report_that_stands_for_most_claims_leads_its_story():
    minor = a_report(1, {0: ("supports", "slight")}, story="alaska", credibility=1)
    major = a_report(2, {0: ("supports", "strong"), 1: ("supports", "strong")}, story="alaska", credibility=3)
    assert order_of(minor, major) == [2]


def test_items_without_a_story_stand_alone():
    assert len(order_of(a_report(1, {}), a_report(2, {}))) == 2


SAID = st.dictionaries(
    st.integers(0, 4), st.tuples(st.sampled_from(STANCES), st.sampled_from(sorted(LIKELIHOOD_RATIO))), max_size=5
)


@given(st.lists(st.tuples(SAID, st.sampled_from(["", "a", "b"])), max_size=12))
def test_the_order_in_which_items_come_changes_nothing(given_reports):
    reports = [a_report(number, said, story=story) for number, (said, story) in enumerate(given_reports, 1)]
    assert matrix(reports, claims=5) == matrix(list(reversed(reports)), claims=5)


@given(st.lists(SAID, min_size=1, max_size=12))
def test_nothing_parts_claims_less_than_not_at_all_nor_more_than_twice_decisive(given_reports):
    reports = [a_report(number, said) for number, said in enumerate(given_reports, 1)]
    assert all(1 <= row.apart <= 400 for row in matrix(reports, claims=5).rows)
