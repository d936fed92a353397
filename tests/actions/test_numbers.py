"""The number of a bearing within its claim: given once, without gaps, for ever."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, approve_bearing, reject, withdraw
from claims.actions.revise_evidence import submit_draft
from claims.models import Bearing
from tests.actions.threads import at_once
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on

pytestmark = pytest.mark.django_db


def numbers(claim):
    return list(Bearing.objects.filter(claim=claim).order_by("number").values_list("number", flat=True))


def number_of(item, claim):
    return Bearing.objects.get(evidence=item, claim=claim).number


def test_they_count_from_one():
    claim = a_claim()
    items = [an_item([claim]) for _ in range(3)]
    assert [number_of(item, claim) for item in items] == [1, 2, 3]


def test_each_claim_counts_for_itself():
    first, second = a_claim(), a_claim()
    an_item([first])
    item = an_item([first, second])
    assert (number_of(item, first), number_of(item, second)) == (2, 1)


def test_they_are_given_on_approval_in_its_order():
    claim, moderator = a_claim(), a_person("moderator")
    first, second = (an_item([claim], by=a_person("analyst")) for _ in range(2))
    approve(by=moderator, evidence=second, today=DAY)
    approve(by=moderator, evidence=first, today=DAY)
    assert (number_of(second, claim), number_of(first, claim)) == (1, 2)


def test_a_rejected_item_takes_none():
    claim, moderator = a_claim(), a_person("moderator")
    reject(by=moderator, evidence=an_item([claim], by=a_person("analyst")), reason="Spam.", today=DAY)
    assert number_of(an_item([claim]), claim) == 1


def test_a_draft_takes_none_until_it_is_public():
    claim, analyst = a_claim(), a_person("analyst", trusted=True)
    draft = an_item([claim], by=analyst, draft=True)
    an_item([claim])
    submit_draft(by=analyst, evidence=draft, today=DAY)
    assert number_of(draft, claim) == 2


def test_a_withdrawn_item_keeps_its_own_and_none_is_used_again():
    claim = a_claim()
    first = an_item([claim])
    withdraw(by=a_person("moderator"), evidence=first, reason="Wrong.", today=DAY)
    assert (number_of(an_item([claim]), claim), number_of(first, claim)) == (2, 1)


def test_a_withdrawn_bearing_set_again_keeps_its_own():
    claim, editor = a_claim(), a_person("editor")
    item = an_item([claim], by=editor)
    an_item([claim])
    withdraw_bearing(by=editor, bearing=Bearing.objects.get(evidence=item), reason="Misread.", today=DAY)
    set_bearing(by=editor, evidence=item, bearing=bearings_on(claim)[0], today=DAY)
    assert number_of(item, claim) == 1


def test_a_bearing_approved_alone_is_given_the_next():
    claim = a_claim()
    item = an_item()
    set_bearing(by=a_person("analyst"), evidence=item, bearing=bearings_on(claim)[0], today=DAY)
    an_item([claim])
    approve_bearing(by=a_person("moderator"), bearing=Bearing.objects.get(evidence=item), today=DAY)
    assert number_of(item, claim) == 2


def test_many_at_once_are_given_one_each_without_gaps(empty_cloned_db):
    claim, source, editor = a_claim(), a_source(), a_person("editor")
    at_once(*[lambda: [an_item([claim], by=editor, source=source) for _ in range(5)]] * 8)
    assert numbers(claim) == list(range(1, 41))
