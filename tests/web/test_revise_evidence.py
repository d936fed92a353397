"""Changing an item that waits or is public."""

import pytest

from claims.actions.revise_evidence import revise_evidence
from tests.factories import DAY, a_claim, a_person, a_source, an_item, item_words, the_house
from tests.web.desk import item_form, signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return a_source("news.example", name="The News")


@pytest.fixture
def item(paper):
    return an_item([a_claim()], source=paper, title="As it stands", address="https://news.example/x")


def page_of(item):
    return f"/desk/evidence/{item.id}/revise/"


def form_of(item, **said):
    words = {"key": None, "version": item.version, "address": item.address, "title": item.title, "reason": "A slip."}
    return item_form(do="change", **(words | said))


def test_it_changes_a_public_item_with_a_reason(client, item):
    signed_in(client, a_person("analyst", trusted=True))
    response = client.post(page_of(item), form_of(item, title="Better said"), follow=True)
    item.refresh_from_db()
    assert (item.title, item.version) == ("Better said", 2)
    assert told(response) == ["“Better said” is changed."]


def test_it_needs_a_reason(client, item):
    signed_in(client, a_person("analyst", trusted=True))
    response = client.post(page_of(item), form_of(item, title="Better said", reason=""))
    item.refresh_from_db()
    assert (response.status_code, item.title) == (422, "As it stands")
    assert "Say why the item changes." in text_of(response)


def test_it_shows_what_the_item_says(client, item):
    page = text_of(signed_in(client, a_person("editor")).get(page_of(item)))
    for words in ('value="As it stands"', 'value="The News (news.example)"', 'name="version" value="1"'):
        assert words in page


def test_it_keeps_what_was_typed_when_stale(client, item):
    words = item_words(source=item.source, address=item.address, title="Changed by another")
    revise_evidence(by=the_house(), evidence=item, seen_version=1, words=words, reason="Because.", today=DAY)
    signed_in(client, a_person("editor"))
    response = client.post(page_of(item), form_of(item, title="Typed by me"))
    item.refresh_from_db()
    page = text_of(response)
    assert (response.status_code, item.title) == (409, "Changed by another")
    assert 'value="Typed by me"' in page
    assert 'name="version" value="2"' in page


def test_a_new_analyst_does_not_change_a_public_item(client, item):
    response = signed_in(client, a_person("analyst")).get(page_of(item))
    assert response.status_code == 403
    assert "You may not revise published evidence." in text_of(response)


def test_its_author_changes_an_item_that_waits(client, paper):
    person = a_person("analyst")
    item = an_item(by=person, source=paper)
    signed_in(client, person).post(page_of(item), form_of(item, title="Better said", reason=""))
    item.refresh_from_db()
    assert (item.title, item.state) == ("Better said", "pending")


def test_nobody_else_sees_an_item_that_waits(client, paper):
    item = an_item(by=a_person("analyst"), source=paper)
    assert signed_in(client, a_person("editor")).get(page_of(item)).status_code == 404


def test_a_draft_is_changed_among_the_drafts(client, paper):
    person = a_person("analyst")
    item = an_item(by=person, source=paper, draft=True)
    assert signed_in(client, person).get(page_of(item)).url == f"/desk/drafts/{item.id}/"


def test_it_says_that_the_address_stands_already(client, item, paper):
    an_item(source=paper, address="https://news.example/other")
    signed_in(client, a_person("editor"))
    response = client.post(page_of(item), form_of(item, address="https://news.example/other"))
    assert response.status_code == 422
    assert "address" in response.context["form"].errors


def test_there_is_no_page_for_an_item_that_does_not_exist(client):
    signed_in(client, a_person("editor"))
    assert client.get("/desk/evidence/01a00000-0000-7000-8000-000000000000/revise/").status_code == 404
