"""The page of an item of evidence, now and looked back to."""

import re
import uuid
from datetime import date

import pytest
from django.test import Client

from claims.actions.bearings import set_bearing
from claims.actions.decide import reject, withdraw
from claims.actions.revise_evidence import link_evidence, revise_evidence
from claims.models import Evidence
from claims.names import LISTS, name_of
from tests.factories import (
    DAY,
    a_claim,
    a_person,
    a_source,
    an_assessment,
    an_item,
    bearings_on,
    item_words,
    many_claims,
    many_items,
    on,
)

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.web.asked.today", lambda: TODAY)


def page(client: Client, item: Evidence, query: str = "", status: int = 200) -> str:
    response = client.get(f"/evidence/{item.id}/{query}")
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


@pytest.fixture
def diesel(loaded_db) -> Evidence:
    return Evidence.objects.get(title="Russian diesel let into the United States")


def test_it_says_where_it_stands_and_how_far_to_trust_it(diesel, client):
    html = page(client, diesel)
    assert '<h1 dir="auto">Russian diesel let into the United States</h1>' in html
    assert "<b>B</b> usually reliable" in html
    assert "<b>2</b> probably true" in html


def test_its_address_is_left_without_a_referrer_to_follow(diesel, client):
    assert (
        f'href="{diesel.address}" rel="noopener nofollow">Read it at codziennatranskrypcjatvpis.github.io</a>'
        in page(client, diesel)
    )


def test_dates_stay_as_partial_as_they_are(diesel, client):
    html = page(client, diesel)
    assert '<dt>Event</dt><dd><time datetime="2026-10">Oct 2026</time></dd>' in html
    assert '<dt>Published</dt><dd><time datetime="2026-10-10">10 Oct 2026</time></dd>' in html


def test_each_claim_has_stance_weight_ratio_number_and_standing(diesel, client):
    html = page(client, diesel)
    row = html[html.index("Trump turns on the reset</a>") :].split("</tr>")[0]
    assert 'href="/claims/trump-turns-on-the-reset/#item-35"' in row
    assert "Contradicts" in row
    assert "strong, ×5" in row
    assert "<b>6\u00a0%</b>" in row
    assert "very unlikely" in row


def test_context_has_no_ratio(diesel, client):
    row = page(client, diesel).split("delay brings a major US measure</a>")[1].split("</tr>")[0]
    assert "slight</span>" in row
    assert "×" not in row


def test_judgements_that_cite_it_are_told_newest_first(loaded_db, client):
    item = Evidence.objects.get(title="Trump to the UN: I have signed the Graham law")
    html = page(client, item)
    days = re.findall(r'assessment__when.*?datetime="([\d-]+)"', html)
    assert days
    assert days == sorted(days, reverse=True)


def test_looking_back_shows_each_claim_as_it_stood(diesel, client):
    html = page(client, diesel, "?as_of=2026-10-10")
    assert "As the world could know it on <time" in html
    assert 'href="/claims/trump-turns-on-the-reset/?as_of=2026-10-10"' in html


def test_before_it_was_known_it_says_so_and_nothing_else(diesel, client):
    html = page(client, diesel, "?as_of=2026-10-09")
    assert "Not yet known then" in html
    assert "Putin" not in html


@pytest.mark.parametrize("query", ["?as_of=soon", "?as_of=2026-13-01", "?as_of=2027-01-01", "?as_of=2026"])
def test_a_day_that_makes_no_sense_is_refused(diesel, client, query):
    page(client, diesel, query, status=400)


def test_an_unknown_item_is_not_found(db, client):
    response = client.get(f"/evidence/{uuid.uuid4()}/")
    assert response.status_code == 404
    assert "There is no public item of evidence at this address." in response.content.decode()


def test_an_item_that_waits_is_not_found(db, client):
    page(client, an_item(by=a_person("analyst")), status=404)


def test_a_draft_is_not_found_by_its_own_author(db, client):
    author = a_person("analyst", trusted=True)
    client.force_login(author)
    page(client, an_item(by=author, draft=True), status=404)


def test_a_rejected_item_is_not_found(db, client):
    item = an_item(by=a_person("analyst"))
    reject(by=a_person("moderator"), evidence=item, reason="Not ours.", today=DAY)
    page(client, item, status=404)


def test_a_withdrawn_item_is_gone_and_says_nothing_of_itself(db, client):
    item = an_item(title="A secret title", summary="A secret summary.")
    withdraw(by=a_person("moderator"), evidence=item, reason="A secret reason.", today=DAY)
    html = page(client, item, status=410)
    assert "This item was withdrawn" in html
    assert "secret" not in html


def test_one_that_later_items_changed_says_so_on_top(db, client):
    editor = a_person("editor")
    earlier, later = an_item(title="First report"), an_item(title="Correction of it")
    link_evidence(by=editor, item=later, kind="corrects", earlier=earlier, reason="A wrong number.", today=DAY)
    assert re.search(r"Corrected by <a [^>]*>Correction of it</a>", page(client, earlier))
    assert re.search(r"This item corrects <a [^>]*>First report</a>", page(client, later))


def test_a_link_with_an_item_that_was_withdrawn_does_not_show(db, client):
    earlier, later = an_item(title="First report"), an_item(title="Correction of it")
    link_evidence(by=a_person("editor"), item=later, kind="retracts", earlier=earlier, reason="Wrong.", today=DAY)
    withdraw(by=a_person("moderator"), evidence=later, reason="Wrong.", today=DAY)
    assert "Correction of it" not in page(client, earlier)


def test_a_link_from_an_item_not_known_yet_does_not_show_when_looking_back(db, client):
    earlier = an_item(title="First report", published="2026-05-01")
    later = an_item(title="Correction of it", published="2026-05-20")
    link_evidence(by=a_person("editor"), item=later, kind="corrects", earlier=earlier, reason="Wrong.", today=DAY)
    assert "Correction of it" not in page(client, earlier, "?as_of=2026-05-19")


def test_other_reports_of_the_same_event_are_named(db, client):
    item, other = an_item(story="the-call"), an_item(story="the-call", title="Another report")
    an_item(title="A stranger")
    html = page(client, item)
    assert f'href="/evidence/{other.id}/"' in html
    assert "A stranger" not in html


def test_many_other_reports_are_folded_away(db, client):
    item, source = an_item(story="the-call"), a_source()
    for number in range(6):
        an_item(story="the-call", source=source, title=f"Report {number}")
    html = page(client, item)
    assert "6 other reports, counted once with this one." in html
    assert "<summary>2 more</summary>" in html


def test_alone_it_says_that_it_stands_alone(db, client):
    assert "it stands alone" in page(client, an_item())


def test_analysts_who_differ_are_told(db, client):
    claim = a_claim()
    item = an_item([(claim, "supports")], by=a_person("analyst", trusted=True))
    [other] = bearings_on((claim, "contradicts"))
    set_bearing(by=a_person("analyst", trusted=True), evidence=item, bearing=other, today=DAY)
    assert "Analysts differ: 1 says supports, 1 says contradicts." in page(client, item)


def test_an_analyst_who_changes_their_mind_differs_from_nobody(db, client):
    claim, analyst = a_claim(), a_person("analyst", trusted=True)
    item = an_item([(claim, "supports")], by=analyst)
    [other] = bearings_on((claim, "contradicts"))
    set_bearing(by=analyst, evidence=item, bearing=other, today=DAY)
    assert "Analysts differ" not in page(client, item)


def test_a_judgement_made_before_a_corrected_date_is_marked(db, client):
    claim, editor = a_claim(), a_person("editor")
    item = an_item([claim], published="2026-05-01")
    an_assessment(claim, cites=[item], as_of=on(-20))
    words = item_words(source=item.source, address=item.address, title=item.title, published="2026-05-25")
    revise_evidence(by=editor, evidence=item, seen_version=None, words=words, reason="Date put right.", today=DAY)
    assert "this item was not known yet when this was judged" in page(client, item)


def test_without_a_date_it_counts_from_the_day_it_was_logged(db, client):
    html = page(client, an_item(published=None))
    assert "<dt>Published</dt><dd>not known</dd>" in html
    assert "the day it was logged, as no date is known" in html


def test_words_in_another_script_keep_their_direction(db, client):
    html = page(client, an_item(title="عنوان التقرير", summary="ملخص"))
    assert '<h1 dir="auto">عنوان التقرير</h1>' in html


def test_markup_in_words_is_shown_as_text(db, client):
    html = page(client, an_item(title="<script>alert(1)</script>", summary="<b>bold</b>", quotation="<i>said</i>"))
    assert "<script>alert" not in html
    assert "<b>bold" not in html
    assert "<i>said" not in html


def test_an_item_without_bearings_says_so(db, client):
    assert "It bears on no claim so far" in page(client, an_item())


@pytest.mark.parametrize("size", [10, 1000])
def test_it_asks_the_database_the_same_whatever_there_is(db, client, django_assert_num_queries, size):
    item = an_item(many_claims(size))
    others = many_items(a_claim(), size, story_of=size)
    Evidence.objects.filter(id=item.id).update(story=others[0].story)
    with django_assert_num_queries(5):
        page(client, item)


def test_very_many_claims_are_cut_and_said_to_be(db, client):
    html = page(client, an_item(many_claims(201)))
    assert "more than 200 claims" in html
    assert "The heaviest 200 are shown." in html


def test_it_depends_on_itself_its_source_and_its_claims(db, client):
    claim = a_claim()
    item = an_item([claim])
    response = client.get(f"/evidence/{item.id}/")
    assert response.names == {
        name_of("evidence", item.id),
        name_of("source", item.source_id),
        name_of("claim", claim.id),
    }


def test_one_of_a_story_depends_on_the_lists_too(db, client):
    item = an_item(story="the-call")
    assert LISTS in client.get(f"/evidence/{item.id}/").names


def test_with_many_claims_it_depends_on_the_lists(db, client):
    item = an_item(many_claims(20))
    assert client.get(f"/evidence/{item.id}/").names == {name_of("evidence", item.id), LISTS}
