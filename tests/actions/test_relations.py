"""Relating claims, and taking a relation back."""

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.errors import Invalid, Locked, WrongState
from claims.actions.relations import relate_claims, unrelate_claims
from claims.models import ClaimRelation, Event, Relation
from tests.factories import DAY, a_claim, a_person

pytestmark = pytest.mark.django_db


def relate(claim, to, relation="contributes-to"):
    return relate_claims(by=a_person("editor"), claim=claim, relation=relation, to=to, today=DAY)


@pytest.mark.parametrize("relation", Relation.values)
def test_each_relation_is_kept(relation):
    claim, to = a_claim(), a_claim()
    relate(claim, to, relation)
    assert ClaimRelation.objects.filter(from_claim=claim, relation=relation, to_claim=to).exists()


def test_the_event_names_both_claims():
    claim, to = a_claim(), a_claim()
    relate(claim, to)
    event = Event.objects.get(verb="claims-related")
    assert set(event.event_claims.values_list("claim", flat=True)) == {claim.id, to.id}


def test_a_relation_stands_once():
    claim, to = a_claim(), a_claim()
    relate(claim, to)
    with pytest.raises(Invalid) as refused:
        relate(claim, to)
    assert refused.value.errors == {"to": ["This relation stands already."]}


def test_the_other_way_round_is_another_relation():
    claim, to = a_claim(), a_claim()
    relate(claim, to)
    assert relate(to, claim)


def test_a_claim_is_not_related_to_itself():
    claim = a_claim()
    with pytest.raises(Invalid) as refused:
        relate(claim, claim)
    assert list(refused.value.errors) == ["to"]


def test_a_relation_that_there_is_not_is_refused():
    with pytest.raises(Invalid) as refused:
        relate(a_claim(), a_claim(), "rhymes-with")
    assert list(refused.value.errors) == ["relation"]


def test_a_locked_claim_is_not_related():
    locked = a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=locked, reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        relate(a_claim(), locked)


def take_back(row, reason="Set on the wrong claim."):
    unrelate_claims(by=a_person("editor"), relation=row, reason=reason, today=DAY)


def test_a_relation_taken_back_stands_no_more():
    row, other = relate(a_claim(), a_claim()), relate(a_claim(), a_claim())
    take_back(row)
    assert list(ClaimRelation.objects.all()) == [other]


def test_the_event_of_taking_back_says_what_stood_and_why_it_went():
    claim, to = a_claim(slug="part"), a_claim(slug="whole")
    take_back(relate(claim, to), reason="Set on the wrong claim.")
    said = Event.objects.get(verb="claims-unrelated").body.payload
    assert said == {
        "from": "part", "relation": "contributes-to", "to": "whole", "reason": "Set on the wrong claim.",
    }  # fmt: skip


def test_the_event_of_taking_back_names_both_claims():
    claim, to = a_claim(), a_claim()
    take_back(relate(claim, to))
    event = Event.objects.get(verb="claims-unrelated")
    assert set(event.event_claims.values_list("claim", flat=True)) == {claim.id, to.id}


def test_a_relation_is_taken_back_once():
    row = relate(a_claim(), a_claim())
    take_back(row)
    with pytest.raises(WrongState, match="taken back already"):
        take_back(row)


def test_taking_back_again_leaves_no_second_event():
    row = relate(a_claim(), a_claim())
    take_back(row)
    with pytest.raises(WrongState):
        take_back(row)
    assert Event.objects.filter(verb="claims-unrelated").count() == 1


def test_a_relation_taken_back_can_be_set_again():
    claim, to = a_claim(), a_claim()
    take_back(relate(claim, to))
    assert relate(claim, to) == ClaimRelation.objects.get()


def test_one_set_again_is_not_taken_back_by_who_meant_the_first():
    claim, to = a_claim(), a_claim()
    first = relate(claim, to)
    take_back(first)
    relate(claim, to)
    with pytest.raises(WrongState):
        take_back(first)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\0b"])
def test_taking_back_asks_for_a_reason(reason):
    with pytest.raises(Invalid) as refused:
        take_back(relate(a_claim(), a_claim()), reason=reason)
    assert list(refused.value.errors) == ["reason"]


@pytest.mark.parametrize("end", ["from_claim", "to_claim"])
def test_a_relation_of_a_locked_claim_stays(end):
    row = relate(a_claim(), a_claim())
    lock_claim_for_all(by=a_person("moderator"), claim=getattr(row, end), reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        take_back(row)
