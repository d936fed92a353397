"""The page of corrections: what, from what to what, why, by whom, and where it stands on record."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import withdraw
from claims.actions.erase_person import erase_person
from claims.actions.judge import reopen
from claims.actions.redact import redact_evidence
from claims.actions.revert import revert_bearing, revert_claim, revert_source
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.models import Bearing, Claim, Event, Evidence
from claims.names import LISTS, SOURCES
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    an_assessment,
    an_item,
    claim_words,
    on,
    the_house,
)
from tests.web.desk import text_of

PATH = "/corrections/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

REVERSAL = {"number": 1, "reason": "It was right before.", "seen_version": None, "today": DAY, "now": NOW}


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(PATH + query)
    assert response.status_code == status, response.content[:500]
    return text_of(response)


def entries(html: str) -> list[str]:
    """Each correction as a reader sees it, without what only a screen reader says."""
    found = html.split('<ol class="log">')[1].split("</main>")[0].split('<li id="correction-')[1:]
    bare = (re.sub(r'<span class="visually-hidden">[^<]*</span>', "", one.split(">", 1)[1]) for one in found)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in bare]


def reopened(title: str = "It", rationale: str = "The vote was put off.") -> Claim:
    claim = a_claim(title=title)
    an_assessment(claim, as_of=on(-3), status="borne-out", now=NOW)
    again = a_judgement(probability=Decimal("0.6"), rationale=rationale)
    reopen(by=the_house(), claim=claim, judgement=again, today=DAY, now=NOW)
    return claim


def changed_bearing() -> Bearing:
    item, claim = an_item(title="The report"), a_claim(title="It")
    for stance, weight in (("supports", "slight"), ("contradicts", "strong")):
        row = set_bearing(by=the_house(), evidence=item, bearing=NewBearing(claim.id, stance, weight), today=DAY)
    return row


def withdrawn(item: Evidence, reason: str = "It was made up.") -> None:
    withdraw(by=a_person("moderator", name="Mo"), evidence=item, reason=reason, today=DAY, now=NOW)


def linked(kind: str = "retracts") -> tuple[Evidence, Evidence]:
    earlier, later = an_item(title="The first report"), an_item(title="The second report")
    link_evidence(
        by=the_house(), item=later, kind=kind, earlier=earlier, reason="The paper said so.", today=DAY, now=NOW
    )
    return earlier, later


def redacted(item: Evidence) -> None:
    redact_evidence(
        by=a_person("admin", name="Ada"),
        evidence=item,
        reason="A court said so.",
        legal_basis="court-order",
        today=DAY,
        now=NOW,
    )


def test_a_reopening_says_from_what_to_what_why_and_by_whom(client):
    reopened()
    by = the_house().name
    assert entries(page(client)) == [
        f"1 Jun 2026 Reopened borne out 60 % It The vote was put off. by {by} , 12:00 UTC In its history"
    ]


def test_a_judgement_of_another_day_says_so(client):
    claim = a_claim(title="It")
    an_assessment(claim, as_of=on(-3), status="annulled", annulled_because="assumption-fell", now=NOW)
    assert entries(page(client))[0].startswith("1 Jun 2026 speaks of 29 May 2026 Annulled")


def test_settling_anew_says_from_what_to_what(client):
    claim = reopened()
    an_assessment(claim, status="not-borne-out")
    assert "Settled anew 60 % not borne out It" in entries(page(client))[0]


def test_settling_anew_the_same_way_says_still(client):
    claim = a_claim(title="It")
    for day in (-2, -1):
        an_assessment(claim, status="borne-out", occurred_on=on(day))
    [one] = entries(page(client))
    assert "Settled anew, still borne out It It happened on 31 May 2026." in one


def test_an_annulment_says_why_and_where_it_stood(client):
    claim = a_claim(title="It")
    an_assessment(claim, probability=Decimal("0.3"))
    an_assessment(claim, status="annulled", annulled_because="no-path-to-one-side")
    assert "Annulled 30 % It Because only one answer was ever possible." in entries(page(client))[0]


def test_a_claim_that_was_never_assessed_is_annulled_from_that(client):
    an_assessment(a_claim(title="It"), status="annulled", annulled_because="underspecified")
    assert "Annulled not assessed It" in entries(page(client))[0]


def test_a_restated_claim_leads_to_its_successor(client):
    claim = a_claim(title="It")
    words = claim_words(title="It, restated", horizon=on(300))
    revised = revise_claim(
        by=the_house(), claim=claim, seen_version=None, type="change-of-meaning", words=words, reason="x", today=DAY
    )
    assert revised.successor is not None
    assert f'It goes on as <a href="/claims/{revised.successor.slug}/" dir="auto">It, restated</a>.' in page(client)


def test_a_withdrawn_item_is_told_with_its_claims_and_reason_and_not_named(client):
    withdrawn(an_item([a_claim(title="It"), a_claim(title="That")], title="A secret title"))
    html = page(client)
    assert "secret" not in html
    [one] = entries(html)
    assert "An item of evidence was withdrawn It bore on 2 claims" in one
    assert "It was made up. by Mo , 12:00 UTC" in one


def test_a_bearing_taken_back_names_item_and_claim(client):
    withdraw_bearing(by=the_house(), bearing=changed_bearing(), reason="Misread.", today=DAY)
    assert "No longer counted contradicts, strong The report On the claim It Misread." in entries(page(client))[0]


def test_a_bearing_of_an_item_that_is_hidden_names_the_claim_alone(client):
    row = changed_bearing()
    withdraw_bearing(by=the_house(), bearing=row, reason="Misread.", today=DAY)
    withdrawn(row.evidence)
    html = page(client)
    assert ("The report" in html, "Misread" in html) == (False, False)
    assert "No longer counted It A bearing of an item that is not public" in entries(html)[1]


@pytest.mark.parametrize(
    ("kind", "word"), [("retracts", "retracted"), ("corrects", "corrected"), ("supersedes", "superseded")]
)
def test_a_link_says_what_became_of_the_earlier_item(client, kind, word):
    linked(kind)
    [one] = entries(page(client))
    assert f"Evidence {word} The first report By The second report The paper said so." in one


@pytest.mark.parametrize("hidden", [0, 1])
def test_a_link_with_an_item_that_is_hidden_says_nothing_of_it(client, hidden):
    items = linked()
    withdrawn(items[hidden])
    html = page(client)
    assert items[hidden].title not in html
    assert items[1 - hidden].title in html
    assert "The paper said so." not in html


def test_a_redaction_is_a_tombstone(client):
    item = an_item([a_claim(title="It")], title="A secret title")
    redacted(item)
    html = page(client)
    assert "secret" not in html
    assert "An item of evidence was removed On legal grounds: a court order. It bore on 1 claim" in entries(html)[0]


def test_what_a_redacted_item_was_withdrawn_for_is_gone_with_it(client):
    item = an_item([a_claim()], title="A secret title")
    withdrawn(item, reason="It quoted a secret.")
    redacted(item)
    assert "secret" not in page(client)


def test_an_erased_person_is_not_named(client):
    erase_person(
        by=a_person("admin"), person=a_person(name="Pat"), reason="Asked.", legal_basis="data-protection", today=DAY
    )
    html = page(client)
    assert "Pat" not in html
    assert "A person’s data was erased On legal grounds: data protection" in entries(html)[0]


def test_a_restored_wording_says_which(client):
    claim = a_claim(title="It")
    words = claim_words(title="That", horizon=claim.horizon)
    revise_claim(by=the_house(), claim=claim, seen_version=None, type="wording", words=words, reason="x", today=DAY)
    revert_claim(by=a_person("moderator"), claim=claim, **REVERSAL)
    assert "Wording 1 restored It In place of wording 2. It was right before." in entries(page(client))[0]


def test_a_restored_bearing_says_from_what_to_what(client):
    revert_bearing(by=a_person("moderator"), bearing=changed_bearing(), **REVERSAL)
    [one] = entries(page(client))
    assert "Bearing restored contradicts, strong supports, slight The report On the claim It" in one


def test_a_bearing_that_was_withdrawn_is_restored_from_that(client):
    row = withdraw_bearing(by=the_house(), bearing=changed_bearing(), reason="Misread.", today=DAY)
    revert_bearing(by=a_person("moderator"), bearing=row, **REVERSAL)
    assert "Bearing restored withdrawn supports, slight The report" in entries(page(client))[0]


@pytest.mark.parametrize(
    ("words", "heading"), [({"reliability": "E"}, "Grade restored E B"), ({"name": "That"}, "Version 1 restored")]
)
def test_a_restored_source_says_from_what_to_what(client, words, heading):
    source = a_source(name="The Paper", reliability="B")
    grade_source(by=the_house(), source=source, reason="x", today=DAY, **{"reliability": "B", **words})
    revert_source(by=a_person("moderator"), source=source, **REVERSAL)
    assert f"{heading} The Paper It was right before." in entries(page(client))[0]


def test_it_leads_to_the_act_in_its_history_however_old_that_is(client):
    claim = reopened()
    event = Event.objects.get(verb="reopened")
    for _ in range(60):
        an_assessment(claim)
    [href] = re.findall(r'href="([^"]+)">In its history', page(client))
    assert href.startswith(f"/claims/{claim.slug}/history/?after=")
    assert href.endswith(f"#event-{event.id}")
    assert f'<li id="event-{event.id}"' in client.get(href).content.decode()


def test_a_withdrawn_items_history_is_led_to(client):
    item = an_item([a_claim()])
    withdrawn(item)
    [href] = re.findall(r'href="([^"]+)">In its history', page(client))
    assert href.startswith(f"/evidence/{item.id}/history/")
    assert client.get(href).status_code == 200


def test_a_long_reason_is_cut_between_words(client):
    reopened(rationale="word " * 400)
    assert "word word …" in page(client)


def test_chips_count_and_choose(client):
    reopened(title="It")
    withdrawn(an_item([a_claim()]))
    html = page(client, "?kind=reopened")
    assert len(entries(html)) == 1
    chips = re.findall(r'<a class="chip" href="([^"]+)"( aria-current="true")?>([^<]+) <b>([^<]+)</b>', html)
    assert [(href, bool(on), label, number) for href, on, label, number in chips][:2] == [
        ("/corrections/", False, "All", "2"),
        ("/corrections/?kind=reopened", True, "Reopened", "1"),
    ]


def test_it_pages_and_keeps_the_kind(client):
    for _ in range(3):
        withdrawn(an_item())
    html = page(client, "?kind=withdrawn&page_size=2")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    assert "kind=withdrawn" in older
    assert len(entries(text_of(client.get(older)))) == 1


def test_with_nothing_corrected_it_says_so(client):
    html = page(client)
    assert "Nothing has had to be corrected so far." in html
    assert 'class="chip"' not in html


def test_it_says_what_is_no_correction(client):
    assert "A new assessment, a first verdict or new evidence corrects nothing" in page(client)


def test_none_of_a_kind_offers_all(client):
    reopened()
    assert "None of this kind so far" in page(client, "?kind=redacted")


@pytest.mark.parametrize("query", ["?kind=x", "?after=x", "?page_size=x"])
def test_it_refuses_what_makes_no_sense(client, query):
    page(client, query, status=400)


def test_user_text_is_escaped(client):
    reopened(title="<i>it</i>", rationale="<i>because</i>")
    assert "<i>" not in client.get(PATH).content.decode()


def test_it_depends_on_the_lists_and_the_sources(client):
    assert client.get(PATH).names == {LISTS, SOURCES}


@pytest.mark.parametrize("number", [1, 9])
def test_it_takes_four_queries(client, django_assert_num_queries, number):
    for _ in range(number):
        withdrawn(an_item([a_claim()]))
    with django_assert_num_queries(4):
        page(client)


def test_every_page_leads_to_it(client):
    assert '<a href="/corrections/">Corrections</a>' in client.get("/changes/").content.decode()
