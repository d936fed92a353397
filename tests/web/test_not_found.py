"""Logging that something was looked for and not found, and how its page tells it."""

from urllib.parse import urlencode

import pytest

from claims.actions.flags import flag
from claims.models import Evidence
from tests.actions.test_not_found import PLACE, logged
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on

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


# --- on a claim's page, in the matrix and on its source's page ---


def test_the_row_of_a_claim_says_when_it_was_looked_for_and_that_it_was_not_found(client):
    logged(bearings=bearings_on(a_claim(slug="asked")))
    page = client.get("/claims/asked/").content.decode()
    assert '<time datetime="2026-05-31">31 May 2026</time><span>looked for and not found</span>' in page


def test_a_report_below_another_says_it_too(client):
    claim = a_claim(slug="asked")
    an_item([(claim, "supports", "strong")], story="one-event")
    logged(bearings=bearings_on((claim, "contradicts", "slight")), story="one-event")
    assert "contradicts, slight · looked for and not found</span>" in client.get("/claims/asked/").content.decode()


def test_the_row_of_the_matrix_says_that_nothing_was_found(client):
    claim = a_claim()
    logged(bearings=bearings_on(claim))
    page = client.get(f"/articles/{claim.article.slug}/matrix/").content.decode()
    assert "31 May 2026</time>, nothing found" in page


def test_the_row_of_its_source_says_it_too(client):
    item = logged()
    assert "looked for and not found" in client.get(f"/sources/{item.source.slug}/").content.decode()


# --- in the queue ---


@pytest.fixture
def moderator(client):
    client.force_login(a_person("moderator"))
    return client


def waiting(**words):
    return logged(by=a_person("analyst"), **words)


def opened(moderator, item):
    return moderator.get(f"/moderation/evidence/{item.id}/").content.decode()


def test_a_moderator_reads_what_was_looked_for_where_and_when(moderator):
    item = waiting()
    page = opened(moderator, item)
    for words in (
        '<dt>Looked for</dt><dd><q dir="auto">G7, return</q></dd>',
        f"<dt>Where</dt><dd><bdi>{item.source.name}</bdi>, at kremlin.example</dd>",
        '<dt>When</dt><dd><time datetime="2026-05-31">31 May 2026</time></dd>',
        "<dt>Found</dt><dd>nothing</dd>",
    ):
        assert words in page
    assert "undated" not in page


def test_other_items_say_nothing_of_looking(moderator):
    assert "<dt>Looked for</dt>" not in opened(moderator, an_item(by=a_person("analyst")))


@pytest.mark.parametrize("first", [logged, lambda: an_item(address=PLACE)], ids=["looked through", "a page"])
def test_it_is_no_duplicate_of_what_stands_at_its_address(moderator, first):
    there = first()
    page = opened(moderator, waiting())
    assert "Its address is published already" not in page
    assert "Approving makes no second item" not in page
    assert f'<a href="/evidence/{there.id}/">' in page
    assert "Other items with the same address, which may be looked through many times" in page


def test_no_page_is_a_duplicate_of_what_was_not_found_at_its_address(moderator):
    there = logged()
    page = opened(moderator, an_item(by=a_person("analyst"), address=PLACE))
    assert "Its address is published already" not in page
    assert f'<a href="/evidence/{there.id}/">' in page


@pytest.mark.parametrize("address", [PLACE, "https://other.example/news"])
def test_of_the_same_event_it_is_compared_and_no_date_differs(moderator, address):
    an_item(story="one-event", address=address)
    page = opened(moderator, waiting(story="one-event"))
    assert "Says it is the same event as an item that stands" in page
    assert "looked <time" in page
    assert "only one has a date" not in page


def test_a_flag_on_it_says_what_was_looked_for(moderator):
    told = flag(by=None, kind="evidence", subject_id=logged().id, reason="other", note="I found it.", today=DAY)
    page = moderator.get(f"/moderation/flags/{told.id}/").content.decode()
    assert "<q>G7, return</q>" in page
    assert "looked <time" in page
