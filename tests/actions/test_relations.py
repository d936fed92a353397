"""Relating claims."""

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.errors import Invalid, Locked
from claims.actions.relations import relate_claims
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
