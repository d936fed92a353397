"""Restoring an earlier version from its page."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.actions.revise_claim import revise_claim
from claims.actions.sources import grade_source
from claims.models import Bearing, Claim, ClaimRevision, Source
from claims.web.moderation.restorable import bearing_revert_path, claim_revert_path, source_revert_path
from tests.factories import DAY, a_claim, a_person, a_source, an_item, claim_words, on, the_house
from tests.web.desk import signed_in, text_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

WHY = "The change rested on a misreading."


@pytest.fixture
def moderator(client: Client) -> Client:
    return signed_in(client, a_person("moderator"))


def a_reworded_claim(**words: Any) -> Claim:
    claim = a_claim(title="A treaty is signed", statement="It is signed in spring.")
    said = {"title": "A pact is signed", "statement": "It is signed in autumn.", "horizon": claim.horizon, **words}
    revise_claim(
        by=the_house(), claim=claim, seen_version=None, type="wording", words=claim_words(**said), reason="Plainer.",
        today=on(-1),
    )  # fmt: skip
    claim.refresh_from_db()
    return claim


def a_changed_bearing() -> Bearing:
    item, claim = an_item(title="The report"), a_claim()
    for stance, note in (("supports", "It says so."), ("contradicts", "It does not.")):
        row = set_bearing(
            by=the_house(), evidence=item, bearing=NewBearing(claim.id, stance, "moderate", note), today=DAY
        )
    return row


def a_regraded_source() -> Source:
    source = a_source(name="The Paper", reliability="B")
    return grade_source(by=the_house(), source=source, reliability="D", reason="Slips.", today=DAY)


def sent(client: Client, path: str, version: int, **words: Any) -> Any:
    return client.post(path, {"version": version, "reason": WHY, **words})


def test_it_shows_what_would_change(moderator):
    page = text_of(moderator.get(claim_revert_path(a_reworded_claim().slug, 1)))
    assert '<del><span class="visually-hidden">taken out: </span>autumn.</del>' in page
    assert '<ins><span class="visually-hidden">added: </span>spring.</ins>' in page


def test_it_shows_nothing_that_stays(moderator):
    assert "Falls due" not in text_of(moderator.get(claim_revert_path(a_reworded_claim().slug, 1)))


def test_it_says_whose_version_it_is(moderator):
    page = text_of(moderator.get(claim_revert_path(a_reworded_claim().slug, 1)))
    assert "Wording 1</span>, of " in page
    assert f"by {the_house().name}" in page


def test_it_restores_a_wording_and_leads_to_the_history(moderator):
    claim = a_reworded_claim()
    answer = sent(moderator, claim_revert_path(claim.slug, 1), claim.version)
    assert answer.headers["Location"] == f"/claims/{claim.slug}/history/"
    claim.refresh_from_db()
    assert claim.title == "A treaty is signed"


def test_it_says_that_it_is_restored(moderator):
    claim = a_reworded_claim()
    answer = moderator.post(claim_revert_path(claim.slug, 1), {"version": claim.version, "reason": WHY}, follow=True)
    assert told(answer) == ["Wording 1 is restored. What stood before stays in the history."]


def test_it_restores_a_bearing(moderator):
    row = a_changed_bearing()
    answer = sent(moderator, bearing_revert_path(row.id, 1), 2)
    assert answer.headers["Location"] == f"/evidence/{row.evidence_id}/history/"
    row.refresh_from_db()
    assert (row.stance, row.note) == ("supports", "It says so.")


def test_it_restores_a_source(moderator):
    source = a_regraded_source()
    answer = sent(moderator, source_revert_path(source.slug, 1), source.version)
    assert answer.headers["Location"] == f"/sources/{source.slug}/history/"
    source.refresh_from_db()
    assert source.reliability == "B"


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_it_keeps_what_was_typed_when_it_is_refused(moderator, reason):
    claim = a_reworded_claim()
    answer = sent(moderator, claim_revert_path(claim.slug, 1), claim.version, reason=reason)
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (422, reason)


def test_it_stores_nothing_without_a_reason(moderator):
    claim = a_reworded_claim()
    sent(moderator, claim_revert_path(claim.slug, 1), claim.version, reason="")
    assert ClaimRevision.objects.filter(claim=claim).count() == 2


def test_a_stale_form_shows_what_stands_by_then_and_goes_through_when_it_is_sent_again(moderator):
    claim = a_reworded_claim()
    answer = sent(moderator, claim_revert_path(claim.slug, 1), claim.version - 1)
    assert (answer.status_code, answer.context["form"]["version"].value()) == (409, str(claim.version))
    assert "changed by somebody else" in text_of(answer)
    assert sent(moderator, claim_revert_path(claim.slug, 1), claim.version).status_code == 302


def test_a_stale_bearing_is_told_as_well(moderator):
    assert sent(moderator, bearing_revert_path(a_changed_bearing().id, 1), 1).status_code == 409


def test_the_wording_that_stands_has_no_form(moderator):
    page = text_of(moderator.get(claim_revert_path(a_reworded_claim().slug, 2)))
    assert "That wording stands." in page
    assert "Restore it" not in page


def test_a_locked_claim_has_no_form_and_leads_to_its_lock(moderator):
    claim = a_reworded_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    page = text_of(moderator.get(claim_revert_path(claim.slug, 1)))
    assert "Restore it" not in page
    assert f'<a href="/desk/claims/{claim.slug}/lock/">unlock it</a>' in page


def test_a_lock_set_meanwhile_is_said(moderator):
    claim = a_reworded_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    assert sent(moderator, claim_revert_path(claim.slug, 1), claim.version).status_code == 409


def test_a_bearing_of_a_hidden_item_is_not_there(moderator):
    row = a_changed_bearing()
    withdraw(by=a_person("moderator"), evidence=row.evidence, reason="Forged.", today=DAY)
    answer = moderator.get(bearing_revert_path(row.id, 1))
    assert (answer.status_code, "The report" in text_of(answer)) == (404, False)


@pytest.mark.parametrize("number", [0, 9, 2**70])
def test_a_version_that_never_was_is_not_there(moderator, number):
    assert moderator.get(claim_revert_path(a_reworded_claim().slug, number)).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_only_a_moderator_sees_it(client, role):
    signed_in(client, a_person(role))
    answer = client.get(claim_revert_path(a_reworded_claim().slug, 1))
    assert (answer.status_code, "You may not restore earlier versions" in text_of(answer)) == (403, True)


# --- Offered on the histories ---


def offers(html: str) -> list[str]:
    """The addresses under which a history offers to restore something, newest first."""
    return re.findall(r'href="(/moderation/[a-z]+/[^"]+/revert/\d+/)"', html)


def test_a_claims_history_offers_each_earlier_wording(moderator):
    claim = a_reworded_claim()
    assert offers(text_of(moderator.get(f"/claims/{claim.slug}/history/"))) == [claim_revert_path(claim.slug, 1)]


def test_a_wording_that_says_what_stands_is_not_offered(moderator):
    claim = a_reworded_claim()
    sent(moderator, claim_revert_path(claim.slug, 1), claim.version)
    assert offers(text_of(moderator.get(f"/claims/{claim.slug}/history/"))) == [claim_revert_path(claim.slug, 2)]


def test_an_items_history_offers_earlier_versions_of_its_bearings(moderator):
    row = a_changed_bearing()
    page = text_of(moderator.get(f"/evidence/{row.evidence_id}/history/"))
    assert offers(page) == [bearing_revert_path(row.id, 1)]


def test_a_withdrawn_bearing_can_be_made_again_what_it_was(moderator):
    row = a_changed_bearing()
    withdraw_bearing(by=the_house(), bearing=row, reason="Misread.", today=DAY)
    page = text_of(moderator.get(f"/evidence/{row.evidence_id}/history/"))
    assert offers(page) == [bearing_revert_path(row.id, 2), bearing_revert_path(row.id, 1)]


def test_each_bearing_of_one_act_is_offered_by_its_claim(moderator):
    claims = [a_claim(title="First"), a_claim(title="Second")]
    item = an_item(claims)
    for claim in claims:
        set_bearing(by=the_house(), evidence=item, bearing=NewBearing(claim.id, "context", "slight"), today=DAY)
    page = text_of(moderator.get(f"/evidence/{item.id}/history/"))
    assert re.findall(">(Restore: [^<]+)<", page) == ["Restore: First", "Restore: Second"]


def test_a_withdrawn_items_history_offers_nothing(moderator):
    row = a_changed_bearing()
    withdraw(by=a_person("moderator"), evidence=row.evidence, reason="Forged.", today=DAY)
    assert offers(text_of(moderator.get(f"/evidence/{row.evidence_id}/history/"))) == []


def test_a_sources_history_offers_each_earlier_version(moderator):
    source = a_regraded_source()
    page = text_of(moderator.get(f"/sources/{source.slug}/history/"))
    assert offers(page) == [source_revert_path(source.slug, 1)]


@pytest.mark.parametrize("role", ["", "analyst", "editor"])
def test_who_may_not_restore_is_offered_nothing(client, role):
    claim = a_reworded_claim()
    if role:
        signed_in(client, a_person(role))
    assert offers(text_of(client.get(f"/claims/{claim.slug}/history/"))) == []


@pytest.mark.parametrize("number", [1, 5])
def test_offering_asks_once_whatever_there_is(moderator, django_assert_num_queries, number):
    claim = a_reworded_claim()
    for place in range(number):
        words = claim_words(title=f"Pact {place}", horizon=claim.horizon)
        revise_claim(by=the_house(), claim=claim, seen_version=None, type="wording", words=words, reason="x", today=DAY)
    with django_assert_num_queries(7 + 3 + 1):  # the page, who asks and what they may, what is offered
        moderator.get(f"/claims/{claim.slug}/history/")


def test_the_histories_say_what_was_restored(moderator):
    claim, row, source = a_reworded_claim(), a_changed_bearing(), a_regraded_source()
    sent(moderator, claim_revert_path(claim.slug, 1), claim.version)
    sent(moderator, bearing_revert_path(row.id, 1), 2)
    sent(moderator, source_revert_path(source.slug, 1), source.version)
    told = {
        f"/claims/{claim.slug}/history/": "<h2><span>Wording 1 restored</span>",
        f"/claims/{row.claim.slug}/history/": "<h2><span>Bearing restored</span>",
        f"/evidence/{row.evidence_id}/history/": "<h2><span>Bearing restored</span>",
        f"/sources/{source.slug}/history/": "<h2><span>Version 1 restored, graded ",
    }
    assert {path: words in text_of(moderator.get(path)) for path, words in told.items()} == dict.fromkeys(told, True)


def test_another_name_restored_is_no_grading(moderator):
    source = a_source(name="The Paper", reliability="B")
    grade_source(by=the_house(), source=source, reliability="B", name="The Organ", reason="New name.", today=DAY)
    sent(moderator, source_revert_path(source.slug, 1), 2)
    assert "<h2><span>Version 1 restored</span>" in text_of(moderator.get(f"/sources/{source.slug}/history/"))


def test_user_text_is_escaped(moderator):
    claim = a_reworded_claim(title="<i>pact</i>")
    assert "<i>pact" not in moderator.get(claim_revert_path(claim.slug, 1)).content.decode()
