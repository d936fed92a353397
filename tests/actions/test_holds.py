"""Holds: what a moderator looks at is theirs for five minutes, and nobody else decides on it meanwhile."""

from datetime import timedelta

import pytest

from claims.actions.bearings import set_bearing
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author
from claims.actions.errors import ActionError, NotAllowed
from claims.actions.flags import decide_flag, flag
from claims.actions.holds import HELD_FOR, Held, forget_holds, hold, hold_first, let_go
from claims.models import Event, Evidence, Hold
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_item, bearings_on


@pytest.fixture
def momo(db):
    return a_person("moderator", name="Momo")


@pytest.fixture
def ada(db):
    return a_person("admin", name="Ada")


def waits():
    return an_item(by=a_person("analyst"))


def waits_alone():
    return set_bearing(by=a_person("analyst"), evidence=an_item(), bearing=bearings_on(a_claim())[0], today=DAY)


def a_flag():
    return flag(by=None, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)


def holds(by, thing, kind="evidence", now=NOW):
    return hold(by=by, kind=kind, subject=thing.id, now=now)


def test_who_opens_a_thing_holds_it(momo):
    assert holds(momo, waits())


def test_what_somebody_holds_nobody_else_takes(momo, ada):
    item = waits()
    holds(momo, item)
    assert not holds(ada, item)


def test_who_holds_it_goes_on_holding_it(momo, ada):
    item = waits()
    holds(momo, item)
    holds(momo, item, now=NOW + HELD_FOR / 2)
    assert not holds(ada, item, now=NOW + HELD_FOR)


def test_a_hold_ends_by_itself(momo, ada):
    item = waits()
    holds(momo, item)
    assert holds(ada, item, now=NOW + HELD_FOR)


def test_who_skips_lets_go(momo, ada):
    item = waits()
    holds(momo, item)
    let_go(by=momo, kind="evidence", subject=item.id)
    assert holds(ada, item)


def test_nobody_lets_go_for_somebody_else(momo, ada):
    item = waits()
    holds(momo, item)
    let_go(by=ada, kind="evidence", subject=item.id)
    assert not holds(ada, item)


def test_it_takes_the_right_to_decide(db):
    with pytest.raises(NotAllowed):
        holds(a_person("editor"), waits())


def test_taking_the_first_takes_the_right_to_decide(db):
    with pytest.raises(NotAllowed):
        hold_first(by=a_person("editor"), among=[("evidence", waits().id)], now=NOW)


def test_a_hold_leaves_no_event(momo):
    item = waits()
    before = Event.objects.count()
    holds(momo, item)
    assert Event.objects.count() == before


def test_the_oldest_of_all_kinds_is_taken_first(momo):
    among = [("flag", a_flag().id), ("evidence", waits().id), ("bearing", waits_alone().id)]
    assert hold_first(by=momo, among=reversed(among), now=NOW) == among[0]


def test_what_does_not_wait_any_more_is_passed_over(momo):
    gone, there = waits(), waits()
    reject(by=momo, evidence=gone, reason="Spam.", today=DAY)
    assert hold_first(by=momo, among=[("evidence", gone.id), ("evidence", there.id)], now=NOW) == ("evidence", there.id)


def test_nothing_is_taken_where_nothing_waits(momo):
    assert hold_first(by=momo, among=[], now=NOW) is None


REFUSED = {
    "approve": lambda by, now: (waits(), "evidence", lambda one: approve(by=by, evidence=one, today=DAY, now=now)),
    "return": lambda by, now: (
        waits(),
        "evidence",
        lambda one: return_to_author(by=by, evidence=one, reason="Date?", today=DAY, now=now),
    ),
    "reject": lambda by, now: (
        waits(),
        "evidence",
        lambda one: reject(by=by, evidence=one, reason="Spam.", today=DAY, now=now),
    ),
    "approve a bearing": lambda by, now: (
        waits_alone(),
        "bearing",
        lambda one: approve_bearing(by=by, bearing=one, today=DAY, now=now),
    ),
    "reject a bearing": lambda by, now: (
        waits_alone(),
        "bearing",
        lambda one: reject_bearing(by=by, bearing=one, reason="No.", today=DAY, now=now),
    ),
    "decide a flag": lambda by, now: (
        a_flag(),
        "flag",
        lambda one: decide_flag(by=by, flag=one, upheld=True, answer="Yes.", today=DAY, now=now),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_somebody_else_holds_is_not_decided_on(momo, ada, what):
    thing, kind, decide = REFUSED[what](ada, NOW)
    holds(momo, thing, kind)
    with pytest.raises(Held, match=r"Momo is deciding on it until 12:05 UTC\."):
        decide(thing)


@pytest.mark.parametrize("what", REFUSED)
def test_a_hold_that_ended_hinders_nobody(momo, ada, what):
    thing, kind, decide = REFUSED[what](ada, NOW + HELD_FOR)
    holds(momo, thing, kind)
    decide(thing)
    assert not Hold.objects.exists()


@pytest.mark.parametrize("what", REFUSED)
def test_deciding_ends_the_hold(momo, what):
    thing, kind, decide = REFUSED[what](momo, NOW)
    holds(momo, thing, kind)
    decide(thing)
    assert not Hold.objects.exists()


def test_what_was_left_lying_is_forgotten_after_a_day(momo):
    holds(momo, waits())
    later = NOW + timedelta(days=1) + HELD_FOR
    assert [forget_holds(now=later), forget_holds(now=later + timedelta(seconds=1))] == [0, 1]


def test_two_who_press_at_once_are_given_different_things(empty_cloned_db):
    people = [a_person("moderator") for _ in range(6)]
    source, author = a_source(), a_person("analyst")
    among = [("evidence", an_item(by=author, source=source).id) for _ in range(6)]
    taken = at_once(*[lambda by=by: hold_first(by=by, among=among, now=NOW) for by in people])
    assert sorted(map(str, taken)) == sorted(map(str, among))


def test_two_moderators_on_two_hundred_items_decide_nothing_twice(empty_cloned_db):
    source, author = a_source(), a_person("analyst")
    among = [("evidence", an_item(by=author, source=source).id) for _ in range(200)]

    def work(by):
        """Takes what is first and decides on it, until nothing is left; gives what was refused."""
        refused = []
        while taken := hold_first(by=by, among=among, now=NOW):
            try:
                approve(by=by, evidence=Evidence.objects.get(id=taken[1]), today=DAY, now=NOW)
            except ActionError as error:
                refused.append(error)
        return refused

    refused = at_once(*[lambda by=by: work(by) for by in (a_person("moderator"), a_person("moderator"))])
    decided = Event.objects.filter(verb="evidence-approved")
    assert (refused, decided.count(), decided.values("subject_id").distinct().count()) == ([[], []], 200, 200)
