"""Suggesting an address, with and without an account, and what a moderator makes of it."""

from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.utils import timezone

from claims.ids import uuid7
from claims.models import Lead, Suggestion
from claims.web import strangers
from tests.factories import NOW, a_claim, a_lead, a_person, an_item

pytestmark = pytest.mark.django_db
PAGE = "https://example.org/page"


def sent(client, **fields):
    return client.post("/suggest/", {"address": PAGE, "note": "Look at the third paragraph.", **fields})


def a_suggestion(**columns):
    row = Suggestion(**{"lead": a_lead(), "note": "Look here.", "made_at": NOW, **columns})
    row.save(force_insert=True)
    return row


@pytest.fixture
def moderator(client):
    client.force_login(a_person("moderator"))
    return client


def decided(client, row, **fields):
    return client.post(f"/moderation/suggestions/{row.id}/", fields)


def test_a_stranger_suggests_an_address(client):
    assert sent(client)["Location"] == "/suggest/thanks/"
    assert (Suggestion.objects.get().by, Lead.objects.get().address) == (None, PAGE)


def test_who_has_an_account_is_named(client):
    client.force_login(reader := a_person())
    sent(client)
    assert Suggestion.objects.get().by == reader


def test_the_thanks_say_what_becomes_of_it(client):
    assert "among the leads" in client.get("/suggest/thanks/").content.decode()


def test_what_was_typed_stays_where_it_is_refused(client):
    answer = sent(client, address="no address")
    assert answer.status_code == 422
    assert "Look at the third paragraph." in answer.content.decode()


def test_what_is_evidence_already_is_said(client):
    assert "among the evidence already" in sent(client, address=an_item().address).content.decode()


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(client):
    assert sent(client, website="https://spam.example")["Location"] == "/suggest/thanks/"
    assert not Suggestion.objects.exists()


def test_the_form_can_be_filled_by_a_link(client):
    assert f'value="{PAGE}"' in client.get("/suggest/", {"address": PAGE}).content.decode()


def test_no_proxy_keeps_the_form(client):
    assert "no-store" in client.get("/suggest/")["Cache-Control"]


def test_strangers_together_have_a_limit(client, monkeypatch):
    monkeypatch.setattr(strangers, "MOST_OF_STRANGERS", 2)
    lead = a_lead()
    long_ago = uuid7().int - (int(timedelta(hours=2).total_seconds() * 1000) << 80)
    for identity in (uuid7(), uuid7()):
        Suggestion(id=identity, lead=lead, made_at=timezone.now()).save(force_insert=True)
    assert sent(client).status_code == 429
    Suggestion.objects.all().delete()
    Suggestion(id=type(uuid7())(int=long_ago), lead=lead, made_at=NOW).save(force_insert=True)
    assert sent(client).status_code == 302


def test_one_address_has_a_limit(client):
    assert site_settings.ACCOUNT_RATE_LIMITS["suggestion"] == site_settings.FLAG_RATE


def test_a_slip_of_the_pen_is_not_counted(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"suggestion": "2/m/ip"}
    codes = [sent(client, address=address).status_code for address in ("x", "x", "x", PAGE, f"{PAGE}/2", f"{PAGE}/3")]
    assert codes == [422, 422, 422, 302, 302, 429]


def test_a_moderator_reads_it(moderator):
    page = moderator.get(f"/moderation/suggestions/{a_suggestion().id}/").content.decode()
    assert "Look here." in page
    assert "a reader without an account" in page


def test_a_moderator_passes_it_on(moderator):
    row = a_suggestion()
    assert decided(moderator, row, decision="taken")["Location"] == "/moderation/"
    assert Suggestion.objects.get().state == "taken"


def test_dismissing_it_asks_for_an_answer(moderator):
    row = a_suggestion()
    assert decided(moderator, row, decision="dismissed").status_code == 422
    decided(moderator, row, decision="dismissed", answer="An advertisement.")
    assert (Suggestion.objects.get().state, Lead.objects.get().state) == ("dismissed", "dismissed")


def test_nothing_chosen_is_said(moderator):
    assert "Choose whether it is passed on" in decided(moderator, a_suggestion()).content.decode()


def test_one_that_is_decided_says_how(moderator):
    row = a_suggestion(state="dismissed", answer="Satire.")
    page = moderator.get(f"/moderation/suggestions/{row.id}/").content.decode()
    assert "dismissed already" in page
    assert decided(moderator, row, decision="taken").status_code == 409


def test_the_second_to_decide_keeps_the_answer_that_was_typed(moderator):
    row = a_suggestion(state="taken")
    answer = decided(moderator, row, decision="dismissed", answer="It is satire.")
    assert answer.status_code == 409
    for words in ("The suggestion is decided already.", "It is satire."):
        assert words in answer.content.decode()
    assert 'name="unsent" content=""' in answer.content.decode()


def test_one_of_a_page_that_was_redacted_says_so(moderator):
    row = a_suggestion(lead=a_lead(address="", address_norm="", title="", state="dismissed"), note="")
    assert "removed on legal grounds" in moderator.get(f"/moderation/suggestions/{row.id}/").content.decode()


def test_who_comes_from_a_claim_finds_it_named_in_the_note(client):
    claim = a_claim(title="Secondary tariffs")
    form = client.get("/suggest/", {"claim": claim.slug}).context["form"]
    assert form["note"].value() == "On the claim “Secondary tariffs”: "


@pytest.mark.parametrize("claim", ["", "no-such-claim", "no slug", "x" * 5000])
def test_a_claim_that_there_is_not_is_passed_over(client, claim):
    assert client.get("/suggest/", {"claim": claim}).context["form"]["note"].value() == ""
