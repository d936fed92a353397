"""Counts of stories: what reports one event counts once, by its heaviest report."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import withdraw
from claims.models import Bearing
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on, on

pytestmark = pytest.mark.django_db

COUNTS = ("supports", "contradicts", "mixed", "context", "stories", "items")


def counts(claim):
    claim.refresh_from_db()
    return tuple(getattr(claim, count) for count in COUNTS)


def test_items_without_a_story_stand_alone():
    claim = a_claim()
    for stance in ("supports", "supports", "contradicts", "mixed", "context"):
        an_item([(claim, stance)])
    assert counts(claim) == (2, 1, 1, 1, 5, 5)


def test_items_of_one_story_count_once():
    claim = a_claim()
    an_item([claim], story="summit")
    an_item([claim], story="summit")
    assert counts(claim) == (1, 0, 0, 0, 1, 2)


def test_stories_of_two_names_count_twice():
    claim = a_claim()
    an_item([claim], story="summit")
    an_item([claim], story="treaty")
    assert counts(claim) == (2, 0, 0, 0, 2, 2)


def test_a_story_is_one_for_each_of_its_claims():
    first, second = a_claim(), a_claim()
    an_item([first, second], story="summit")
    an_item([first], story="summit")
    assert (counts(first)[4:], counts(second)[4:]) == ((1, 2), (1, 1))


@pytest.mark.parametrize(
    ("first", "second", "stance"),
    [
        ({"weight": "strong", "stance": "contradicts"}, {"weight": "moderate"}, "contradicts"),
        ({"weight": "moderate"}, {"weight": "decisive", "stance": "contradicts"}, "contradicts"),
        ({"weight": "strong", "stance": "context"}, {"weight": "moderate"}, "context"),
        ({"credibility": 3}, {"credibility": 1, "stance": "mixed"}, "mixed"),
        ({"weight": "slight", "credibility": 1}, {"credibility": 6, "stance": "mixed"}, "mixed"),
        ({"published": str(on(-9))}, {"published": str(on(-10)), "stance": "contradicts"}, "contradicts"),
        ({"stance": "mixed"}, {"stance": "contradicts"}, "mixed"),
    ],
)
def test_a_story_counts_by_its_heaviest_then_best_graded_then_earliest_report(first, second, stance):
    claim = a_claim()
    for report in (first, second):
        words = {"stance": "supports", "weight": "moderate", **report}
        an_item([(claim, words.pop("stance"), words.pop("weight"))], story="summit", **words)
    claim.refresh_from_db()
    assert [name for name in COUNTS[:4] if getattr(claim, name)] == [stance]


def test_a_withdrawn_head_leaves_the_story_to_the_next():
    claim = a_claim()
    head = an_item([(claim, "contradicts", "decisive")], story="summit")
    an_item([claim], story="summit")
    withdraw(by=a_person("moderator"), evidence=head, reason="Wrong.", today=DAY)
    assert counts(claim) == (1, 0, 0, 0, 1, 1)


def test_a_changed_bearing_changes_the_head():
    claim, editor = a_claim(), a_person("editor")
    an_item([claim], story="summit")
    second = an_item([(claim, "contradicts", "slight")], story="summit")
    set_bearing(by=editor, evidence=second, bearing=bearings_on((claim, "contradicts", "strong"))[0], today=DAY)
    assert counts(claim) == (0, 1, 0, 0, 1, 2)


def test_a_withdrawn_bearing_counts_no_more():
    claim, editor = a_claim(), a_person("editor")
    an_item([claim], by=editor)
    withdraw_bearing(by=editor, bearing=Bearing.objects.get(), reason="Misread.", today=DAY)
    assert counts(claim) == (0, 0, 0, 0, 0, 0)


def test_the_last_day_on_which_something_became_known_is_kept():
    claim = a_claim()
    for days in (-20, -5, -10):
        an_item([claim], published=str(on(days)))
    claim.refresh_from_db()
    assert claim.last_known_by == on(-5)
