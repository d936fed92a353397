"""What a claim keeps of its judgements: the latest day's, of that day the latest recorded."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claims.actions.articles import ArticleWords, revise_article
from claims.actions.judge import reopen
from claims.actions.revise_claim import revise_claim
from claims.dates import PartialDate
from claims.models import NEVER, Claim
from tests.factories import DAY, NOW, a_claim, a_judgement, a_person, an_article, an_assessment, claim_words, on

pytestmark = pytest.mark.django_db


def chance(value):
    return {"probability": Decimal(value)}


def kept(claim, *fields):
    found = Claim.objects.get(id=claim.id)
    return tuple(getattr(found, field) for field in fields)


@pytest.fixture
def claim():
    return a_claim()


def test_a_new_claim_is_open_and_not_judged(claim):
    assert kept(claim, "status", "probability", "assessment", "assessed_sort", "moved") == (
        "open",
        None,
        None,
        NEVER,
        0,
    )


def test_the_latest_day_counts_whatever_was_recorded_last(claim):
    an_assessment(claim, as_of=on(-1), **chance("0.3"))
    an_assessment(claim, as_of=on(-9), **chance("0.8"))
    assert kept(claim, "probability", "assessed_sort") == (Decimal("0.3"), on(-1))


def test_of_one_day_the_latest_recorded_counts(claim):
    an_assessment(claim, now=NOW, **chance("0.3"))
    an_assessment(claim, now=NOW + timedelta(seconds=1), **chance("0.4"))
    assert kept(claim, "probability") == (Decimal("0.4"),)


def test_of_one_instant_the_later_id_counts(claim):
    an_assessment(claim, now=NOW, **chance("0.3"))
    an_assessment(claim, now=NOW, **chance("0.4"))
    assert kept(claim, "probability") == (Decimal("0.4"),)


def test_the_one_before_it_gives_the_change(claim):
    an_assessment(claim, as_of=on(-9), **chance("0.8"))
    an_assessment(claim, as_of=on(-1), **chance("0.35"))
    assert kept(claim, "earlier_probability", "earlier_on", "moved") == (Decimal("0.8"), on(-9), Decimal("0.45"))


def test_a_judgement_put_in_between_is_the_one_before(claim):
    an_assessment(claim, as_of=on(-9), **chance("0.8"))
    an_assessment(claim, as_of=on(-1), **chance("0.35"))
    an_assessment(claim, as_of=on(-5), **chance("0.4"))
    assert kept(claim, "earlier_probability", "moved") == (Decimal("0.4"), Decimal("0.05"))


def test_a_first_judgement_has_not_moved(claim):
    an_assessment(claim, **chance("0.8"))
    assert kept(claim, "earlier_probability", "moved") == (None, 0)


def test_a_settled_claim_has_not_moved(claim):
    an_assessment(claim, as_of=on(-9), **chance("0.8"))
    an_assessment(claim, status="borne-out")
    assert kept(claim, "moved") == (0,)


def test_a_resolution_is_in_force_at_once(claim):
    an_assessment(claim, status="borne-out", occurred_on=on(-3))
    assert kept(claim, "status", "probability", "occurred_on") == ("borne-out", 1, on(-3))


@pytest.mark.parametrize(("occurred_on", "settled"), [(on(-3), on(-3)), (None, on(-1))])
def test_it_is_settled_on_the_day_it_happened_else_the_day_judged(claim, occurred_on, settled):
    an_assessment(claim, as_of=on(-1), status="borne-out", occurred_on=occurred_on)
    assert kept(claim, "settled_sort") == (settled,)


def test_it_can_be_settled_otherwise_later(claim):
    an_assessment(claim, as_of=on(-1), status="borne-out", occurred_on=on(-3))
    an_assessment(claim, status="not-borne-out")
    assert kept(claim, "status", "probability", "occurred_on") == ("not-borne-out", 0, None)


def test_an_annulment_keeps_its_reason(claim):
    an_assessment(claim, status="annulled", annulled_because="assumption-fell")
    assert kept(claim, "status", "probability", "annulled_because") == ("annulled", None, "assumption-fell")


def test_a_reopened_claim_is_open_again(claim):
    an_assessment(claim, as_of=on(-1), status="annulled", annulled_because="source-gone")
    reopen(by=a_person("editor"), claim=claim, judgement=a_judgement(), today=DAY)
    fields = kept(claim, "status", "annulled_because", "occurred_on", "settled_sort")
    assert fields == ("open", None, None, NEVER)


def test_a_reopened_claim_has_not_moved_from_where_there_was_no_probability(claim):
    an_assessment(claim, as_of=on(-1), status="ambiguous")
    reopen(by=a_person("editor"), claim=claim, judgement=a_judgement(), today=DAY)
    assert kept(claim, "moved") == (0,)


def test_a_restated_claim_is_annulled_in_favour_of_its_successor(claim):
    an_assessment(claim, as_of=on(-1))
    revised = revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type="change-of-meaning", words=claim_words(),
        reason="The article says more.", today=DAY,
    )  # fmt: skip
    assert kept(claim, "status", "annulled_because", "successor") == ("annulled", "restated", revised.successor)


@pytest.mark.parametrize("status", ["borne-out", "not-borne-out", "ambiguous"])
def test_a_settled_claim_is_due_for_no_review(claim, status):
    an_assessment(claim, status=status)
    assert kept(claim, "review_due_on") == (None,)


def test_a_new_claim_is_due_for_review_counted_from_its_opening():
    assert kept(a_claim(opened_on=on(-30), review_every_days=45), "review_due_on") == (on(15),)


def test_an_assessed_claim_is_due_for_review_counted_from_the_day_judged():
    claim = a_claim(review_every_days=45)
    an_assessment(claim, as_of=on(-3))
    assert kept(claim, "review_due_on") == (on(42),)


def test_another_wording_changes_when_the_review_is_due(claim):
    words = claim_words(review_every_days=10)
    revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type="wording", words=words, reason="Closer.", today=DAY
    )
    assert kept(claim, "review_due_on") == (claim.opened_on + timedelta(days=10),)


def test_a_prediction_is_scored(claim):
    assert kept(claim, "scored") == (True,)


def test_a_fact_is_not_scored():
    claim = a_claim(kind="fact")
    an_assessment(claim, status="borne-out")
    assert kept(claim, "scored") == (False,)


@pytest.mark.parametrize(("occurred_on", "scored"), [("2025-03-30", False), ("2025-03-31", True)])
def test_what_was_settled_before_its_article_appeared_is_not_scored(occurred_on, scored):
    claim = a_claim(an_article(published="2025-03-31/2025-04-06"))
    an_assessment(claim, status="borne-out", occurred_on=PartialDate.parse(occurred_on).first)
    assert kept(claim, "scored") == (scored,)


def test_an_article_that_turns_out_older_changes_what_is_scored():
    article = an_article(published="2025-03-31")
    claim = a_claim(article)
    an_assessment(claim, status="borne-out", occurred_on=PartialDate.parse("2025-03-30").first)
    words = ArticleWords(title="T", summary="S", paragraphs=11, published=PartialDate.parse("2025-03-01"))
    revise_article(by=a_person("editor"), article=article, seen_version=1, words=words, today=DAY)
    assert kept(claim, "scored") == (True,)


def test_an_outcome_that_was_taken_back_is_no_number_to_compare_with(claim):
    an_assessment(claim, as_of=on(-20), **chance("0.4"))
    an_assessment(claim, as_of=on(-9), status="borne-out")
    reopen(by=a_person("editor"), claim=claim, judgement=a_judgement(**chance("0.45")), today=DAY)
    assert kept(claim, "earlier_probability", "earlier_on", "moved") == (Decimal("0.4"), on(-20), Decimal("0.05"))
