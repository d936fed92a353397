"""Relating claims at the desk, and taking a relation back."""

import re

import pytest
from django.test import Client

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.relations import relate_claims, unrelate_claims
from claims.models import Claim, ClaimRelation, Event
from tests.factories import DAY, a_claim, a_person, an_article
from tests.web.desk import told

RELATE = "/desk/claims/the-treaty/relate/"


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def claim(db) -> Claim:
    return a_claim(slug="the-treaty", title="The treaty")


@pytest.fixture
def editor(client: Client, claim: Claim) -> Client:
    client.force_login(a_person("editor"))
    return client


def refused(client: Client, path: str, data: dict[str, object], status: int = 422) -> str:
    events = Event.objects.count()
    response = client.post(path, data)
    assert response.status_code == status
    assert Event.objects.count() == events
    return response.content.decode()


def test_it_relates_a_claim_to_another_of_its_article(editor, claim):
    a_claim(claim.article, slug="the-other", title="The other")
    response = editor.post(RELATE, {"relation": "competes-with", "to": "the-other", "address": ""})
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    row = ClaimRelation.objects.get()
    assert (row.from_claim.slug, row.relation, row.to_claim.slug) == ("the-treaty", "competes-with", "the-other")


@pytest.mark.parametrize(
    "address",
    ["the-other", "/claims/the-other/", "https://example.org/claims/the-other/?as_of=2026-01-01", " the-other/ "],
)
def test_it_relates_a_claim_to_one_given_by_its_address(editor, claim, address):
    a_claim(an_article(), slug="the-other")
    editor.post(RELATE, {"relation": "contributes-to", "to": "", "address": address})
    assert ClaimRelation.objects.get().to_claim.slug == "the-other"


def test_it_shows_the_relations_that_stand(editor, claim):
    a_claim(claim.article, slug="the-other", title="The other")
    editor.post(RELATE, {"relation": "contributes-to", "to": "the-other", "address": ""})
    html = editor.get("/desk/claims/the-other/relate/").content.decode()
    assert "is furthered by" in html


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"relation": "", "to": "the-other"}, "Choose how the claims are related."),
        ({"relation": "is-nicer-than", "to": "the-other"}, "Choose how the claims are related."),
        ({"relation": "competes-with"}, "Choose the other claim, or give its address."),
        ({"relation": "competes-with", "to": "no-such-claim"}, "There is no such claim in this article."),
        (
            {"relation": "competes-with", "to": "the-other", "address": "x"},
            "Choose a claim or give an address, not both.",
        ),
        ({"relation": "competes-with", "address": "the-treaty"}, "A claim cannot be related to itself."),
        ({"relation": "competes-with", "address": "no-such-claim"}, "There is no claim at this address."),
        ({"relation": "competes-with", "address": "javascript:alert(1)"}, "There is no claim at this address."),
        ({"relation": "competes-with", "address": "a\0b"}, "There is no claim at this address."),
        ({"relation": "competes-with", "address": "x" * 1_000_000}, "There is no claim at this address."),
    ],
)
def test_it_says_what_is_wrong_with_a_relation(editor, claim, data, words):
    a_claim(claim.article, slug="the-other")
    assert words in refused(editor, RELATE, data)


def test_it_says_that_a_relation_stands_already(editor, claim):
    a_claim(claim.article, slug="the-other")
    data = {"relation": "contributes-to", "to": "the-other"}
    editor.post(RELATE, data)
    assert "This relation stands already." in refused(editor, RELATE, data)


@pytest.fixture
def relation(claim: Claim) -> ClaimRelation:
    other = a_claim(claim.article, slug="the-other", title="The other")
    return relate_claims(by=a_person("editor"), claim=claim, relation="contributes-to", to=other, today=DAY)


def back(relation: ClaimRelation, slug: str = "the-treaty") -> str:
    return f"/desk/claims/{slug}/relate/{relation.id}/"


@pytest.mark.parametrize("slug", ["the-treaty", "the-other"])
def test_each_relation_that_stands_can_be_taken_back_from_both_claims(editor, relation, slug):
    assert f'href="{back(relation, slug)}"' in editor.get(f"/desk/claims/{slug}/relate/").content.decode()


def test_taking_back_names_the_relation_from_the_first_claim_to_the_second(editor, relation):
    html = editor.get(back(relation, "the-other")).content.decode()
    assert re.search("The treaty</a>.*contributes to.*The other</a>", html)


def test_it_takes_a_relation_back(editor, relation):
    response = editor.post(back(relation), {"reason": "Set on the wrong claim."})
    assert (response.status_code, response["Location"]) == (302, RELATE)
    assert not ClaimRelation.objects.exists()


def test_it_says_what_was_taken_back(editor, relation):
    response = editor.post(back(relation), {"reason": "Set on the wrong claim."}, follow=True)
    assert told(response) == ["Taken back: “The treaty” contributes to “The other”."]


@pytest.mark.parametrize("query", ["", f"?as_of={DAY}"])
@pytest.mark.parametrize("slug", ["the-treaty", "the-other"])
def test_a_relation_taken_back_is_gone_from_the_claims_pages(editor, relation, slug, query):
    path = f"/claims/{slug}/{query}"
    assert "Beside this claim" in editor.get(path).content.decode()
    editor.post(back(relation), {"reason": "Set on the wrong claim."})
    assert "Beside this claim" not in editor.get(path).content.decode()


@pytest.mark.parametrize("reason", ["", " "])
def test_it_asks_why_a_relation_is_taken_back(editor, relation, reason):
    assert "Say why the relation is taken back." in refused(editor, back(relation), {"reason": reason})


def test_a_relation_taken_back_twice_is_said_to_stand_no_more(editor, relation):
    editor.post(back(relation), {"reason": "Set on the wrong claim."}, follow=True)
    response = editor.post(back(relation), {"reason": "Set on the wrong claim."}, follow=True)
    assert told(response) == ["That relation does not stand any more: somebody has taken it back."]


def test_a_relation_taken_back_at_the_same_moment_is_said_to_be(editor, relation, monkeypatch):
    monkeypatch.setattr("claims.queries.claim_words.relation_of", lambda claim, wanted: relation)
    unrelate_claims(by=a_person("editor"), relation=relation, reason="Faster.", today=DAY)
    html = refused(editor, back(relation), {"reason": "Set on the wrong claim."}, 409)
    assert "The relation is taken back already." in html
    assert "Set on the wrong claim." in html


def test_a_relation_of_other_claims_is_not_taken_back_here(editor, relation):
    a_claim(slug="the-third")
    editor.post(back(relation, "the-third"), {"reason": "Set on the wrong claim."})
    assert ClaimRelation.objects.exists()


def test_a_relation_of_a_locked_claim_stays(editor, relation):
    lock_claim_for_all(by=a_person("moderator"), claim=relation.to_claim, reason="Under dispute.", today=DAY)
    html = refused(editor, back(relation), {"reason": "Set on the wrong claim."}, 409)
    assert "“The other” is locked: Under dispute." in html
    assert "The relation stays until it is unlocked." in html
