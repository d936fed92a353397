"""Trust: earned by ten approved items, or given by a moderator's word."""

import pytest

from claims.actions.decide import approve, reject, return_to_author
from claims.actions.errors import Invalid, WrongState
from claims.actions.people import set_roles
from claims.actions.revise_evidence import submit_draft
from claims.actions.trust import set_trust
from claims.models import Event, User
from tests.factories import DAY, a_person, a_source, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return a_person("analyst")


@pytest.fixture
def moderator():
    return a_person("moderator")


@pytest.fixture
def decide(analyst, moderator):
    """Log items of the analyst and decide on each: a approved, r returned (and left), x rejected."""
    source = a_source()

    def all_of(decisions):
        for decision in decisions:
            item = an_item(by=User.objects.get(id=analyst.id), source=source)
            if decision == "a":
                approve(by=moderator, evidence=item, today=DAY)
            else:
                act = return_to_author if decision == "r" else reject
                act(by=moderator, evidence=item, reason="Not yet.", today=DAY)

    return all_of


def trusted(person):
    return User.objects.get(id=person.id).trusted_at is not None


@pytest.mark.parametrize(
    ("decisions", "earned"),
    [
        ("a" * 9, False),
        ("a" * 10, True),
        ("a" * 9 + "r", False),
        ("a" * 9 + "ra", False),
        ("r" + "a" * 9, False),
        ("r" + "a" * 10, True),
        ("a" * 5 + "r" + "a" * 9, False),
        ("a" * 5 + "r" + "a" * 10, True),
        ("a" * 9 + "xa", True),
    ],
)
def test_it_is_earned_by_ten_approvals_with_none_returned_in_the_last_ten(decide, analyst, decisions, earned):
    decide(decisions)
    assert trusted(analyst) is earned


def test_a_returned_item_approved_later_counts_for_both(decide, analyst, moderator):
    decide("a" * 8)
    item = an_item(by=analyst)
    return_to_author(by=moderator, evidence=item, reason="Not yet.", today=DAY)
    submit_draft(by=analyst, evidence=item, today=DAY)
    approve(by=moderator, evidence=item, today=DAY)
    decide("a")
    assert not trusted(analyst)


def test_the_next_item_of_who_earned_it_is_public_at_once(decide, analyst):
    decide("a" * 10)
    assert an_item(by=User.objects.get(id=analyst.id)).state == "published"


def test_earning_it_is_told_without_an_actor(decide, analyst):
    decide("a" * 10)
    event = Event.objects.get(verb="trust-set")
    assert (event.actor, event.subject_id) == (None, analyst.id)


def test_it_is_earned_by_analysts_alone(decide, analyst):
    decide("a" * 9)
    item = an_item(by=analyst)
    set_roles(by=a_person("admin"), person=analyst, roles=[], today=DAY)
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    assert not trusted(analyst)


def test_approvals_of_others_earn_nothing(decide, analyst):
    decide("a" * 10)
    assert not trusted(a_person("analyst"))


def test_a_moderator_gives_it_by_their_word(analyst, moderator):
    set_trust(by=moderator, person=analyst, trusted=True, reason="Known from elsewhere.", today=DAY)
    assert trusted(analyst)


def test_a_moderator_takes_it_away(moderator):
    analyst = a_person("analyst", trusted=True)
    set_trust(by=moderator, person=analyst, trusted=False, reason="Careless.", today=DAY)
    assert not trusted(analyst)


@pytest.mark.parametrize("trusted_now", [True, False])
def test_what_stands_is_not_set_again(moderator, trusted_now):
    person = a_person("analyst", trusted=trusted_now)
    with pytest.raises(WrongState):
        set_trust(by=moderator, person=person, trusted=trusted_now, reason="Known.", today=DAY)
    assert not Event.objects.filter(verb="trust-set").exists()


def test_a_word_is_given_with_a_reason(analyst, moderator):
    with pytest.raises(Invalid) as refused:
        set_trust(by=moderator, person=analyst, trusted=True, reason="", today=DAY)
    assert list(refused.value.errors) == ["reason"]


def test_it_is_kept_on_record(analyst, moderator):
    set_trust(by=moderator, person=analyst, trusted=True, reason="Known.", today=DAY)
    event = Event.objects.get(verb="trust-set")
    assert (event.actor, event.body.payload) == (moderator, {"trusted": True, "reason": "Known."})


def test_what_was_approved_before_it_was_taken_away_does_not_earn_it_back(decide, analyst, moderator):
    waiting = an_item(by=analyst)
    decide("a" * 10)
    set_trust(by=moderator, person=analyst, trusted=False, reason="Careless.", today=DAY)
    approve(by=moderator, evidence=waiting, today=DAY)
    assert not trusted(analyst)


def test_it_is_earned_anew_after_it_was_taken_away(decide, analyst, moderator):
    decide("a" * 10)
    set_trust(by=moderator, person=analyst, trusted=False, reason="Careless.", today=DAY)
    decide("a" * 10)
    assert trusted(analyst)
