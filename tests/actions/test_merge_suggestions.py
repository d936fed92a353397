"""What is suggested as a duplicate each night, and by people; what was dismissed is never suggested again."""

from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.errors import WrongState
from claims.actions.merge import dismiss_merge, merge, suggest_merge, unmerge
from claims.actions.merge_upkeep import suggest_duplicates
from claims.actions.relations import relate_claims
from claims.actions.revise_evidence import link_evidence
from claims.models import Event, Merge
from tests.factories import DAY, a_claim, a_person, a_source, an_article, an_item, many_items

pytestmark = pytest.mark.django_db
TITLE = "Talks on the licence resume in Geneva"


def found(kind="evidence"):
    """What a night suggests: (duplicate, into) of each pair."""
    suggest_duplicates(now=timezone.now())
    rows = Merge.objects.filter(subject_type=kind, state="suggested")
    return {(row.from_id, row.into_id) for row in rows}


def twins(**words):
    source = a_source()
    return an_item(source=source, title=TITLE, **words), an_item(source=source, title=f"{TITLE}, again", **words)


def test_an_items_mobile_page_is_suggested_as_a_duplicate_of_the_page():
    mobile = an_item(address="https://m.paper.example/talks")
    plain = an_item(address="https://paper.example/talks")
    assert found() == {(mobile.id, plain.id)}


def test_near_same_titles_of_one_source_and_day_are_suggested_once():
    one, other = twins()
    assert found() == {(other.id, one.id)}
    assert found() == {(other.id, one.id)}
    assert Merge.objects.get().by is None


def test_titles_of_other_days_or_sources_are_not():
    source = a_source()
    an_item(source=source, title=TITLE, published="2026-05-01")
    an_item(source=source, title=TITLE, published="2026-05-02")
    an_item(title=TITLE, published="2026-05-01")
    assert found() == set()


def test_what_waits_is_not_suggested():
    source = a_source()
    an_item(source=source, title=TITLE)
    an_item(source=source, title=TITLE, by=a_person("analyst"))
    assert found() == set()


def test_items_that_are_linked_are_not_suggested():
    one, other = twins()
    link_evidence(by=a_person("editor"), item=other, kind="supersedes", earlier=one, reason="Later.", today=DAY)
    assert found() == set()


def test_a_dismissed_pair_is_suggested_by_nobody_again():
    one, other = twins()
    found()
    dismiss_merge(by=a_person("moderator"), merge=Merge.objects.get())
    assert found() == set()
    with pytest.raises(WrongState, match="not the same"):
        suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=one.id, into=other.id)


def test_an_undone_merge_is_not_suggested_again():
    one, other = twins()
    by = a_person("moderator")
    done = merge(by=by, kind="evidence", duplicate=one.id, into=other.id, reason="Same.", today=DAY)
    unmerge(by=by, merge=done, reason="Two.", today=DAY)
    assert found() == set()


def test_a_pair_is_suggested_once_whichever_way_round():
    one, other = an_item(), an_item()
    suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=one.id, into=other.id)
    with pytest.raises(WrongState, match="suggested already"):
        suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=other.id, into=one.id)


def test_a_suggestion_that_is_taken_up_the_other_way_round_is_the_merge():
    one, other = an_item(), an_item()
    row = suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=one.id, into=other.id)
    words = {"kind": "evidence", "duplicate": other.id, "into": one.id, "reason": "Same."}
    assert merge(by=a_person("moderator"), today=DAY, **words).id == row.id
    assert Merge.objects.count() == 1


def test_suggesting_is_private():
    twins()
    before = Event.objects.count()
    found()
    assert Event.objects.count() == before


def test_sources_of_near_same_names_and_of_domains_below_each_other_are_suggested():
    paper, twin = a_source("paper.example.org", name="The Daily Paper"), a_source(name="The Daily Papers")
    below = a_source("news.paper.example.org", name="Something else")
    a_source(name="Another")
    assert found("source") == {(twin.id, paper.id), (below.id, paper.id)}


def test_claims_of_near_same_statements_are_suggested():
    words = "The United States lifts all sanctions on Russian oil by the end of 2026"
    one, other = a_claim(statement=f"{words}."), a_claim(statement=f"{words}, in full.")
    a_claim(statement="Poland builds a canal by its day.")
    assert found("claim") == {(other.id, one.id)}


def test_claims_that_are_related_are_not_suggested():
    article = an_article()
    one, other = a_claim(article, statement="Oil falls below forty."), a_claim(
        article, statement="Oil falls below forty now."
    )  # fmt: skip
    relate_claims(by=a_person("editor"), claim=one, relation="contributes-to", to=other, today=DAY)
    assert found("claim") == set()


def test_many_new_items_are_asked_for_together_and_not_pair_by_pair():
    source, claim = a_source(), a_claim()
    an_item(source=source)
    with CaptureQueriesContext(connection) as few:
        suggest_duplicates(now=timezone.now())
    many_items(claim, 2000, source=source)
    for place in range(30):
        an_item(source=source, title=sha256(str(place).encode()).hexdigest())
    with CaptureQueriesContext(connection) as many:
        suggest_duplicates(now=timezone.now())
    assert len(many) == len(few)


def test_what_can_be_merged_no_more_is_suggested_no_more():
    one, other = an_item(), an_item()
    suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=one.id, into=other.id)
    merge(by=a_person("moderator"), kind="evidence", duplicate=other.id, into=an_item().id, reason="Same.", today=DAY)
    assert found() == set()
