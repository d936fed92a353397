"""Logging that something was looked for and not found, and how its page tells it."""

from urllib.parse import urlencode

import pytest

from claims.models import Evidence
from tests.actions.test_not_found import PLACE, logged
from tests.factories import a_person, a_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.force_login(a_person("analyst", trusted=True))
    return client


def sent(**words):
    said = {
        "do": "publish", "address": PLACE, "title": "No word of the G7", "summary": "The search page has no result.",
        "source": a_source().name, "type": "not-found", "looked_for": "G7", "event": "2026-05-30", "credibility": "2",
    }  # fmt: skip
    return {**said, **words}


def test_the_form_opens_with_the_type_chosen(analyst):
    page = analyst.get("/desk/log/?" + urlencode({"type": "not-found"})).content.decode()
    assert '<option value="not-found" selected>' in page


def test_it_is_logged_from_the_form(analyst):
    answer = analyst.post("/desk/log/", sent())
    item = Evidence.objects.get()
    assert (answer.status_code, item.looked_for) == (302, "G7")


def test_an_address_that_stands_is_no_hindrance(analyst):
    logged()
    analyst.post("/desk/log/", sent())
    assert Evidence.objects.filter(state="published").count() == 2


def test_missing_words_are_asked_for_and_nothing_typed_is_lost(analyst):
    answer = analyst.post("/desk/log/", sent(looked_for=""))
    assert answer.status_code == 422
    assert "Give the words that were looked for." in answer.content.decode()
    assert "No word of the G7" in answer.content.decode()


def test_its_page_says_what_where_and_when(client):
    page = client.get(f"/evidence/{logged().id}/").content.decode()
    assert "<dt>Looked for</dt><dd><q" in page
    assert "kremlin.example</dd><dt>When</dt>" in page


def test_its_page_does_not_speak_of_publishing(client):
    assert "<dt>Published</dt>" not in client.get(f"/evidence/{logged().id}/").content.decode()
