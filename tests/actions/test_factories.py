"""The factories that other tests stand on."""

from claims.actions.kept import EVERYTHING, differences
from claims.models import Claim
from tests.factories import DAY, a_claim, a_topic, an_assessment, an_item, many_claims, many_items, on


def test_what_the_factories_make_agrees_with_a_recount(db):
    claim, other = a_claim(topics=[a_topic()]), a_claim()
    item = an_item([(claim, "contradicts", "strong"), other], story="summit")
    an_assessment(claim, cites=[item])
    an_assessment(other, status="borne-out", as_of=on(-1), occurred_on=on(-2))
    many_items(claim, 50, story_of=3)
    many_claims(20)
    claims = list(Claim.objects.values_list("id", flat=True))
    assert [differences(kept, claims, today=DAY) for kept in EVERYTHING] == [[], [], []]


def test_many_items_makes_as_many_as_asked_for(db):
    claim = a_claim()
    many_items(claim, 1_000)
    assert claim.items == 1_000
