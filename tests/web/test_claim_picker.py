"""Pieces fetched while one types: claims, items, addresses."""

import json

import pytest

from claims.queries.claim_picker import find_claims, used_last
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item, many_claims, on
from tests.web.desk import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    return signed_in(client, a_person("analyst"))


def titles(words):
    return [claim.title for claim in find_claims(words)]


@pytest.mark.parametrize(
    "words", ["sanctio", "sanctions", "SANCTIONS eas", "eases", "presiden", "president", "a president", "war 2026"]
)
def test_it_finds_a_claim_while_its_words_are_typed(words):
    a_claim(title="Sanctions are eased", statement="The President eases sanctions in the war by 2026.")
    a_claim(title="Oil", statement="Oil flows.")
    assert titles(words) == ["Sanctions are eased"]


@pytest.mark.parametrize("words", ["", "  ", "!!!", "& | !", "the", "zebra", "sanctions zebra", "':*", "\u202e"])
def test_it_finds_nothing_for_words_that_nothing_has(words):
    a_claim(title="Sanctions are eased")
    assert titles(words) == []


def test_it_finds_a_claim_by_its_address():
    claim = a_claim(title="Oil flows")
    assert titles(f"https://site.example/claims/{claim.slug}/?as_of=2026-01-01") == ["Oil flows"]


def test_open_claims_come_first():
    settled = a_claim(title="Oil flows to India")
    an_assessment(settled, status="borne-out", occurred_on=on(-1), rationale="It is done, as the contract says.")
    a_claim(title="Oil flows")
    assert titles("oil flows") == ["Oil flows", "Oil flows to India"]


def test_it_says_how_a_claim_stands(analyst):
    an_assessment(a_claim(title="Oil flows"))
    page = text_of(analyst.get("/desk/claims/pick/", {"q": "oil"}))
    assert "40\u00a0%, unlikely" in page


def test_it_offers_buttons_that_work_without_a_script(analyst):
    claim = a_claim(title="Oil flows")
    assert f'<button class="find" name="add" value="{claim.id}" ' in text_of(
        analyst.get("/desk/claims/pick/", {"q": "oil"})
    )


def test_it_says_when_no_claim_is_found(analyst):
    assert "No claim is found for “" in text_of(analyst.get("/desk/claims/pick/", {"find_claim": "zebra"}))


def test_it_gives_nothing_without_words(analyst):
    assert text_of(analyst.get("/desk/claims/pick/")).strip() == ""


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 300])
def test_it_refuses_a_broken_search(analyst, query):
    assert analyst.get(f"/desk/claims/pick/?{query}").status_code == 400


def test_it_gives_the_row_of_a_claim(analyst):
    claim = a_claim(statement="Oil flows to India.")
    page = text_of(analyst.get(f"/desk/claims/pick/{claim.id}/"))
    assert f'name="bears_on" value="{claim.id}"' in page
    assert "Oil flows to India." in page
    assert " checked" not in page


def test_there_is_no_row_of_a_claim_that_does_not_exist(analyst):
    assert analyst.get("/desk/claims/pick/01a00000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/desk/claims/pick/?q=oil", "/desk/evidence/pick/?q=oil", "/desk/log/address/?address=x.example"]
)
def test_strangers_are_given_nothing(client, path):
    assert client.get(path).status_code == 302


def test_a_page_whose_session_has_ended_is_told_so(client):
    assert client.get("/desk/claims/pick/?find_claim=oil", headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("count", [10, 1000])
def test_a_common_word_takes_one_query_however_many_claims_have_it(count, django_assert_num_queries):
    many_claims(count)
    with django_assert_num_queries(1):
        assert len(find_claims("claim of many")) == 8


def test_it_remembers_the_claims_that_were_used_last():
    person = a_person("analyst", trusted=True)
    first, second = a_claim(title="First"), a_claim(title="Second")
    an_item([first], by=person, now=NOW)
    an_item([second, first], by=person, now=NOW)
    used = used_last(by=person.id, today=DAY)
    assert ({claim.title for claim in used.claims}, used.today) == ({"First", "Second"}, True)


def test_it_says_when_none_of_it_was_today():
    person = a_person("analyst", trusted=True)
    an_item([a_claim(title="First")], by=person, now=NOW)
    used = used_last(by=person.id, today=on(1))
    assert ([claim.title for claim in used.claims], used.today) == (["First"], False)


def test_an_address_tells_its_source_and_grade(analyst):
    a_source("news.example", name="The News", reliability="B")
    response = analyst.get("/desk/log/address/", {"address": "https://www.news.example/x"})
    assert json.loads(response["HX-Trigger"]) == {"told": {"source": "The News (news.example)", "type": "newspaper"}}
    assert "The source’s own grade is B, usually reliable." in text_of(response)


def test_an_address_tells_which_item_stands_there(analyst):
    an_item([a_claim()], address="https://news.example/x", title="It stands")
    page = text_of(analyst.get("/desk/log/address/", {"address": "http://www.news.example/x/#top"}))
    assert "This address stands already, as" in page
    assert "bears on 1 claim." in page


def test_an_address_of_no_source_offers_to_add_one(analyst):
    page = text_of(analyst.get("/desk/log/address/", {"address": "https://live.news.example/x"}))
    assert "news.example is not among the sources yet" in page.replace("</span>", "").replace(
        '<span class="break-all">', ""
    )


@pytest.mark.parametrize("draft", [True, False])
def test_an_item_is_not_told_of_its_own_address(client, draft):
    person = a_person("analyst")
    item = an_item(by=person, draft=draft, address="https://news.example/x")
    page = text_of(signed_in(client, person).get("/desk/log/address/", {"address": item.address, "item": str(item.id)}))
    assert 'role="note"' not in page


def test_a_source_that_is_named_is_not_to_be_added(analyst):
    page = text_of(analyst.get("/desk/log/address/", {"address": "https://news.example/x", "source": "The News"}))
    assert "New source" not in page


def test_an_address_tells_of_ones_own_draft(client):
    person = a_person("analyst")
    draft = an_item(by=person, draft=True, address="https://news.example/x")
    page = text_of(signed_in(client, person).get("/desk/log/address/", {"address": "https://news.example/x"}))
    assert f'href="/desk/drafts/{draft.id}/"' in page


def test_an_address_does_not_tell_of_the_drafts_of_others(analyst):
    an_item(by=a_person("analyst"), draft=True, address="https://news.example/x", title="Secret")
    assert "Secret" not in text_of(analyst.get("/desk/log/address/", {"address": "https://news.example/x"}))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "\0", "x" * 5000, "https://"])
def test_what_is_no_address_is_called_so(analyst, address):
    response = analyst.get("/desk/log/address/", {"address": address})
    assert response.status_code == 200
    assert 'class="error-line"' in text_of(response)


def test_it_finds_items_by_their_words(analyst):
    item = an_item(title="Oil may be sold", story="oil-2026")
    page = text_of(analyst.get("/desk/evidence/pick/", {"find_item": "sold oil"}))
    assert f'name="same" value="{item.id}" data-story="oil-2026"' in page


def test_it_finds_an_item_by_the_address_of_its_page_here(analyst):
    item = an_item(title="Oil may be sold")
    assert "Oil may be sold" in text_of(
        analyst.get("/desk/evidence/pick/", {"q": f"https://x.example/evidence/{item.id}/"})
    )


def test_it_finds_no_item_that_is_not_public(analyst):
    an_item(title="Oil may be sold", draft=True)
    assert "No item is found" in text_of(analyst.get("/desk/evidence/pick/", {"q": "oil"}))
