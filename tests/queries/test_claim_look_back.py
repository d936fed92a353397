"""A claim looked back to: what stands beside it is shown as it stood then."""

import pytest

from claims.actions.relations import relate_claims
from claims.actions.revise_claim import revise_claim
from claims.models import Claim
from claims.queries.claim import MOST_RELATED, ClaimPage, claim_head, claim_page
from tests.factories import DAY, a_claim, a_person, an_article, claim_words, on

pytestmark = pytest.mark.django_db


def seen(claim: Claim, day=None) -> ClaimPage:
    head = claim_head(claim.slug)
    assert head is not None
    return claim_page(head, today=DAY, as_of=day, stance="", after=None, size=50)


def revised(claim: Claim, type: str, **words):
    words = claim_words(**{"horizon": claim.horizon, **words})
    return revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type=type, words=words, reason="Clearer.", today=DAY
    )


def related(*others: Claim, opened_on=None) -> Claim:
    claim = a_claim(opened_on=opened_on or on(-60))
    for other in others:
        relate_claims(by=a_person("editor"), claim=claim, relation="competes-with", to=other, today=DAY)
    return claim


def test_a_related_claim_has_the_title_that_it_had():
    other = a_claim(opened_on=on(-60), title="Before")
    claim = related(other)
    revised(other, "wording", title="After")
    assert [seen(claim, day).related[0].title for day in (on(-1), DAY, None)] == ["Before", "After", "After"]


def test_a_related_claim_is_not_shown_before_it_was_opened():
    claim = related(a_claim(opened_on=on(-10)))
    assert [len(seen(claim, day).related) for day in (on(-11), on(-10), None)] == [0, 1, 1]


def test_the_related_claims_are_not_without_end():
    article = an_article()
    claim = related(*(a_claim(article) for _ in range(MOST_RELATED + 1)))
    assert len(seen(claim).related) == MOST_RELATED


def test_a_restated_claim_has_a_successor_from_that_day_on():
    claim = a_claim(opened_on=on(-60))
    successor = revised(claim, "change-of-meaning", horizon=on(300)).successor
    assert successor is not None
    found = [seen(claim, day).head.successor_slug for day in (on(-1), DAY, None)]
    assert found == [None, successor.slug, successor.slug]
