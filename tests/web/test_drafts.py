"""Drafts on the desk: gone on with, submitted, thrown away."""

import pytest

from claims.actions.decide import return_to_author
from claims.actions.revise_evidence import revise_evidence
from claims.models import Bearing, Evidence
from tests.factories import DAY, a_claim, a_person, a_source, an_item, item_words
from tests.web.desk import item_form, signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return a_person("analyst", trusted=True)


@pytest.fixture
def paper():
    return a_source("news.example", name="The News")


@pytest.fixture
def draft(analyst, paper):
    return an_item(by=analyst, draft=True, source=paper, title="Begun", address="https://news.example/begun")


def page_of(draft):
    return f"/desk/drafts/{draft.id}/"


def form_of(draft, *bearings, **said):
    words = {"key": None, "version": draft.version, "address": draft.address, "title": draft.title} | said
    return item_form(*bearings, **words)


def test_it_lists_ones_own_drafts_alone(client, analyst, draft):
    an_item(by=a_person("analyst"), draft=True, title="Somebody else's")
    page = text_of(signed_in(client, analyst).get("/desk/drafts/"))
    assert "Begun" in page
    assert "Somebody else's" not in page


def test_it_shows_what_stands_in_the_draft(client, analyst, draft):
    page = text_of(signed_in(client, analyst).get(page_of(draft)))
    assert 'value="Begun"' in page
    assert f'name="version" value="{draft.version}"' in page


def test_it_shows_the_claims_of_the_draft(client, analyst, paper):
    claim = a_claim()
    draft = an_item([(claim, "mixed", "strong")], by=analyst, draft=True, source=paper)
    page = text_of(signed_in(client, analyst).get(page_of(draft)))
    assert f'name="{claim.id}-stance" value="mixed"' in page
    assert '<option value="strong" selected>' in page


def test_it_keeps_the_draft_with_its_claims(client, analyst, draft):
    claim = a_claim()
    form = form_of(draft, (claim, "supports", "slight"), do="draft", title="Gone on with")
    response = signed_in(client, analyst).post(page_of(draft), form)
    draft.refresh_from_db()
    assert (draft.title, draft.state, response.url) == ("Gone on with", "draft", "/desk/drafts/")
    assert Bearing.objects.get().claim == claim


def test_it_takes_claims_off(client, analyst, paper):
    draft = an_item([a_claim()], by=analyst, draft=True, source=paper)
    signed_in(client, analyst).post(page_of(draft), form_of(draft, do="draft"))
    assert not Bearing.objects.exists()


def test_it_publishes_the_draft_for_a_trusted_analyst(client, analyst, draft):
    claim = a_claim()
    response = signed_in(client, analyst).post(page_of(draft), form_of(draft, (claim, "supports", "slight")))
    draft.refresh_from_db()
    assert (draft.state, response.url) == ("published", f"/evidence/{draft.id}/")
    assert Bearing.objects.get().number == 1


def test_it_sends_a_new_analysts_draft_for_approval(client, paper):
    person = a_person("analyst")
    draft = an_item(by=person, draft=True, source=paper)
    response = signed_in(client, person).post(page_of(draft), form_of(draft))
    draft.refresh_from_db()
    assert (draft.state, response.url) == ("pending", "/desk/mine/?state=pending")


def test_it_says_what_is_missing_before_it_publishes(client, analyst, draft):
    response = signed_in(client, analyst).post(page_of(draft), form_of(draft, summary="", credibility=None))
    draft.refresh_from_db()
    assert (response.status_code, draft.state, draft.version) == (422, "draft", 1)
    assert "Say in your words what it says." in text_of(response)


def test_it_answers_a_stale_draft_with_what_stands_and_keeps_what_was_typed(client, analyst, draft):
    form = form_of(draft, do="draft", title="Typed in an old tab")
    words = item_words(source=draft.source, address=draft.address, title="Stored from another tab")
    now = revise_evidence(by=analyst, evidence=draft, seen_version=1, words=words, today=DAY)
    response = signed_in(client, analyst).post(page_of(draft), form)
    page = text_of(response)
    assert response.status_code == 409
    assert 'value="Typed in an old tab"' in page
    assert 'id="beside-h"' in page
    assert "Stored from another" in page
    assert f'name="version" value="{now.version}"' in page


def test_a_stale_draft_sent_again_is_stored(client, analyst, draft):
    words = item_words(source=draft.source, address=draft.address, title="Stored from another tab")
    now = revise_evidence(by=analyst, evidence=draft, seen_version=1, words=words, today=DAY)
    signed_in(client, analyst).post(page_of(draft), form_of(draft, do="draft", title="Mine", version=now.version))
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_it_says_why_a_draft_came_back(client, paper):
    person = a_person("analyst")
    item = an_item(by=person, source=paper)
    return_to_author(by=a_person("moderator"), evidence=item, reason="Give the page's own date.", today=DAY)
    page = text_of(signed_in(client, person).get(page_of(item)))
    assert "Returned to you" in page
    assert "Give the page's own date." in page


def test_it_leads_on_from_what_is_no_draft_any_more(client, analyst, paper):
    item = an_item(by=analyst, source=paper)
    response = signed_in(client, analyst).get(page_of(item), follow=False)
    assert response.url == f"/evidence/{item.id}/"


def test_sending_a_draft_twice_leads_to_the_item(client, analyst, draft):
    signed_in(client, analyst)
    client.post(page_of(draft), form_of(draft))
    assert client.post(page_of(draft), form_of(draft)).url == f"/evidence/{draft.id}/"
    assert Evidence.objects.count() == 1


def test_a_draft_of_a_standing_address_gives_it_its_claims(client, analyst, draft):
    claim = a_claim(title="Oil flows")
    standing = an_item(address=draft.address, title="It stands")
    response = signed_in(client, analyst).post(
        page_of(draft), form_of(draft, (claim, "supports", "slight")), follow=True
    )
    assert Bearing.objects.get(state="published").evidence == standing
    assert "This address stood already" in told(response)[0]


def test_nobody_sees_the_draft_of_another(client, draft):
    assert signed_in(client, a_person("editor")).get(page_of(draft)).status_code == 404


def test_it_asks_before_it_throws_a_draft_away(client, analyst, draft):
    page = text_of(signed_in(client, analyst).get(f"{page_of(draft)}discard/"))
    draft.refresh_from_db()
    assert "Throw this draft away?" in page
    assert draft.state == "draft"


def test_it_throws_a_draft_away(client, analyst, draft):
    response = signed_in(client, analyst).post(f"{page_of(draft)}discard/", {"version": draft.version}, follow=True)
    assert told(response) == ["The draft “Begun” is thrown away."]
    assert "Begun" not in text_of(client.get("/desk/drafts/"))


def test_it_does_not_throw_away_what_was_changed_meanwhile(client, analyst, draft):
    seen = draft.version
    revise_evidence(by=analyst, evidence=draft, seen_version=seen, words=item_words(source=draft.source), today=DAY)
    response = signed_in(client, analyst).post(f"{page_of(draft)}discard/", {"version": seen})
    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (409, "draft")


def test_it_does_not_throw_away_what_is_published(client, analyst, paper):
    item = an_item(by=analyst, source=paper)
    response = signed_in(client, analyst).post(f"{page_of(item)}discard/")
    item.refresh_from_db()
    assert (response.status_code, item.state) == (409, "published")
    assert "The item is not a draft any more." in text_of(response)
