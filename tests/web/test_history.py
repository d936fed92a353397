"""Histories of claims, items, sources and articles."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import Client

from claims.actions.articles import ArticleWords, revise_article
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve, withdraw
from claims.actions.relations import relate_claims, unrelate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence, revise_evidence
from claims.actions.sources import grade_source
from claims.ids import uuid7
from claims.instants import instant_text
from claims.models import Bearing, Claim, Event, EventBody, EventClaim, Evidence
from claims.names import name_of
from claims.queries.history import Act
from claims.web.history_entries import entry
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    a_source,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    claim_words,
    item_words,
    on,
)

TRUMP = "/claims/trump-turns-on-the-reset/history/"


pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def bare(html: str) -> str:
    """The page without the words for a screen reader."""
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)


def headings(html: str) -> list[str]:
    """What each entry is called, in their order, without markup."""
    return [
        re.sub(r"<[^>]*>", "", found)
        for found in re.findall(r"<h2><span>(.*?)</span>(?: <span class=\"tag\"|</h2>)", bare(html))
    ]


def many_acts(claim: Claim, item: Evidence, count: int) -> None:
    """Acts on an item that touch a claim, in bulk."""
    events = [
        Event(
            id=uuid7(),
            recorded_at=NOW,
            about_on=DAY,
            verb="evidence-revised",
            subject_type="evidence",
            subject_id=item.id,
            commitment=hashlib.sha256(str(number).encode()).digest(),
        )
        for number in range(count)
    ]
    Event.objects.bulk_create(events)
    EventClaim.objects.bulk_create(EventClaim(claim=claim, event=event) for event in events)
    EventBody.objects.bulk_create(EventBody(event=event, payload={"title": item.title}, salt=b"s") for event in events)


def test_it_tells_every_assessment_from_and_to(loaded_db, client):
    html = bare(page(client, f"{TRUMP}?kind=assessments"))
    assert 'Assessed <span class="diff num"><del>24\u00a0%</del> <ins>6\u00a0%</ins></span>' in html
    assert "First assessed, 6\u00a0%" in html
    assert 'Confidence in the analysis <span class="diff"><del>low</del> <ins>moderate</ins></span>' in html
    assert "Cites 2 items" in html


def test_from_and_to_are_said_in_words(loaded_db, client):
    html = page(client, f"{TRUMP}?kind=assessments")
    assert '<del><span class="visually-hidden">from </span>24\u00a0%</del>' in html
    assert '<ins><span class="visually-hidden">to </span>6\u00a0%</ins>' in html


def test_the_reasons_are_those_of_the_day(loaded_db, client):
    assert 'href="/claims/trump-turns-on-the-reset/?as_of=2026-10-10">its reasons' in page(client, TRUMP)


def test_fine_print_that_came_later_is_underlined(loaded_db, client):
    html = bare(page(client, f"{TRUMP}?kind=wording"))
    assert "Fine print and things to watch added" in html
    assert "<ins>The 180 days run while both parts hold." in html
    assert '<span class="tag">clarification</span>' in html


def test_chips_count_each_kind(loaded_db, client):
    html = page(client, TRUMP)
    for words, count in (("All", 50), ("Assessments", 11), ("Wording", 2), ("Evidence", 35)):
        assert f"{words} <b>{count}</b>" in html


def test_acts_on_evidence_are_told_as_one(loaded_db, client):
    html = page(client, TRUMP)
    assert headings(html).count("35 items of evidence logged") == 1
    assert "Show all 35" in html


def test_the_recorded_day_stands_over_the_day_it_speaks_of(loaded_db, client):
    recorded = Event.objects.filter(verb="assessed").latest("id").recorded_at.date()
    html = page(client, TRUMP)
    assert re.search(rf'<time datetime="{recorded}">[^<]*</time>speaks of <span>10 Oct 2026</span>', html)


def test_a_day_that_is_the_recorded_one_stands_once(db, client):
    claim = a_claim(slug="one", opened_on=DAY)
    an_assessment(claim, now=datetime(2026, 6, 1, 12, tzinfo=UTC))
    entry = page(client, "/claims/one/history/?kind=assessments").split('<ol class="log">')[1]
    assert "speaks of" not in entry.split("</li>")[0]


def test_every_entry_has_its_commitment(loaded_db, client):
    html = page(client, f"{TRUMP}?kind=assessments")
    claim = Claim.objects.get(slug="trump-turns-on-the-reset")
    for event in Event.objects.filter(event_claims__claim=claim, verb="assessed"):
        assert f"<code>{bytes(event.commitment).hex()}</code>" in html


def test_every_act_leads_to_its_proof(loaded_db, client):
    html = page(client, TRUMP)
    claim = Claim.objects.get(slug="trump-turns-on-the-reset")
    for event in Event.objects.filter(event_claims__claim=claim):
        assert f'href="/ledger/events/{event.id}/">proof</a>' in html


def test_several_acts_told_as_one_have_a_proof_each(loaded_db, client):
    html = page(client, TRUMP)
    assert "Proof that these 35 entries are in the record" in html
    assert "Proof that this entry is in the record" in html


def test_an_entry_leads_to_its_version_and_to_what_may_be_done_about_it():
    acts = [Act(uuid7(), NOW, DAY, "Ada", "assessed", "assessment", uuid7(), "ab", {}, None)]
    told = entry(acts, "Assessed", version=("as it then stood", "/a/"), acts=[("Restore this version", "/b/")])
    html = render_to_string("history/history.html", {"entries": [told]})
    assert '<a href="/a/">as it then stood</a>' in html
    assert '<a href="/b/" rel="nofollow">Restore this version</a>' in html


def test_a_version_without_a_page_stands_in_its_entry():
    acts = [Act(uuid7(), NOW, DAY, "Ada", "source-graded", "source", uuid7(), "ab", {}, None)]
    html = render_to_string("history/history.html", {"entries": [entry(acts, "Graded", stood=[("Name", "A < B")])]})
    assert re.search(r"<summary>The version then</summary>.*<dt>Name</dt><dd dir=\"auto\">A &lt; B</dd>", html)


def test_who_did_it_is_told(db, client):
    a_claim(slug="one", by=a_person("editor", name="Ada of the desk"))
    assert 'by <span dir="auto">Ada of the desk</span>' in page(client, "/claims/one/history/")


def test_a_resolution_says_how_and_when(db, client):
    claim = a_claim(slug="one")
    an_assessment(claim, as_of=on(-10))
    an_assessment(claim, status="borne-out", occurred_on=on(-2))
    html = page(client, "/claims/one/history/")
    assert headings(html)[0] == "Resolved 40\u00a0% borne out"
    assert "It happened on 30 May 2026." in html


def test_a_review_without_change_says_so(db, client):
    claim = a_claim(slug="one")
    an_assessment(claim, as_of=on(-10))
    an_assessment(claim)
    assert headings(page(client, "/claims/one/history/"))[0] == "Reviewed, still 40\u00a0%"


def test_a_judgement_of_an_earlier_day_is_set_against_what_stood_then(db, client):
    claim = a_claim(slug="one")
    an_assessment(claim, as_of=on(-50), probability=Decimal("0.2"))
    an_assessment(claim, as_of=on(-1), probability=Decimal("0.9"))
    an_assessment(claim, as_of=on(-20), probability=Decimal("0.3"))
    assert headings(page(client, "/claims/one/history/"))[0] == "Assessed 20\u00a0% 30\u00a0%"


def test_a_restated_claim_leads_to_its_successor(db, client):
    claim = a_claim(slug="one")
    words = claim_words(title="The better claim", horizon=on(300))
    revise_claim(
        by=a_person("editor"),
        claim=claim,
        seen_version=None,
        type="change-of-meaning",
        words=words,
        reason="Another day.",
        today=DAY,
    )
    html = page(client, "/claims/one/history/?kind=wording")
    assert headings(html)[0] == "Restated, annulled"
    assert 'href="/claims/the-better-claim/"' in html


def test_a_new_wording_is_shown_word_by_word(db, client):
    words = claim_words(statement="Both sign the treaty by May.")
    claim = a_claim(slug="one", **vars(words))
    revise_claim(
        by=a_person("editor"),
        claim=claim,
        seen_version=None,
        type="wording",
        reason="Clearer.",
        today=DAY,
        words=replace(words, statement="Both sign a treaty by May."),
    )
    html = bare(page(client, "/claims/one/history/"))
    assert "Both sign <del>the</del> <ins>a</ins> treaty by May." in html
    assert "Clearer." in html


def test_a_lock_tells_its_reason(db, client):
    lock_claim_for_all(by=a_person("moderator"), claim=a_claim(slug="one"), reason="Too heated.", today=DAY)
    assert "Too heated." in page(client, "/claims/one/history/")


def test_a_relation_is_read_from_both_ends(db, client):
    part, whole = a_claim(slug="part", title="The part"), a_claim(slug="whole", title="The whole")
    relate_claims(by=a_person("editor"), claim=part, relation="is-a-necessary-part-of", to=whole, today=DAY)
    assert "It is a necessary part of" in page(client, "/claims/part/history/")
    assert re.search(r"It needs <a [^>]*>The part</a>", page(client, "/claims/whole/history/"))


def test_a_relation_taken_back_is_read_from_both_ends_with_its_reason(db, client):
    part, whole = a_claim(slug="part", title="The part"), a_claim(slug="whole", title="The whole")
    row = relate_claims(by=a_person("editor"), claim=part, relation="contributes-to", to=whole, today=DAY)
    unrelate_claims(by=a_person("editor"), relation=row, reason="Read too much into it.", today=DAY)
    htmls = [page(client, f"/claims/{slug}/history/") for slug in ("part", "whole")]
    assert [headings(html)[:2] for html in htmls] == [
        ["Relation to another claim taken back", "Related to another claim"]
    ] * 2
    assert re.search(r"It is no longer said that it contributes to <a [^>]*>The whole</a>\.", htmls[0])
    assert re.search(r"It is no longer said that it is furthered by <a [^>]*>The part</a>\.", htmls[1])
    assert all("Read too much into it." in html for html in htmls)


def test_an_item_that_waits_is_not_named(db, client):
    claim = a_claim(slug="one")
    an_item([claim], by=a_person("analyst"), title="Secret so far")
    html = page(client, "/claims/one/history/")
    assert "an item that is not public" in html
    assert "Secret so far" not in html


def test_once_approved_it_is_named(db, client):
    claim = a_claim(slug="one")
    item = an_item([claim], by=a_person("analyst"), title="Public now")
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    assert page(client, "/claims/one/history/").count("Public now") == 2


def test_a_withdrawn_item_is_named_no_more(db, client):
    claim = a_claim(slug="one")
    item = an_item([claim], title="Taken off")
    withdraw(by=a_person("moderator"), evidence=item, reason="A secret reason.", today=DAY)
    html = page(client, "/claims/one/history/")
    assert headings(html)[:2] == ["Evidence withdrawn", "Evidence logged"]
    assert "Taken off" not in html
    assert "secret reason" not in html


def test_a_bearing_that_waits_says_nothing_of_its_stance(db, client):
    claim, item = a_claim(slug="one"), an_item()
    [bearing] = bearings_on((claim, "contradicts", "decisive"))
    set_bearing(by=a_person("analyst"), evidence=item, bearing=bearing, today=DAY)
    html = page(client, "/claims/one/history/")
    assert "its bearing here is not public" in html
    assert "decisive" not in html


def test_a_bearing_taken_back_keeps_its_reason(db, client):
    claim = a_claim(slug="one")
    item = an_item([claim])
    withdraw_bearing(
        by=a_person("moderator"), bearing=Bearing.objects.get(evidence=item), reason="Off the point.", today=DAY
    )
    assert "Off the point." in page(client, "/claims/one/history/")


def test_every_act_is_met_once_page_after_page(db, client):
    claim = a_claim(slug="one")
    item = an_item([claim])
    many_acts(claim, item, 23)
    expected = [
        bytes(event.commitment).hex() for event in Event.objects.filter(event_claims__claim=claim).order_by("-id")
    ]
    found: list[str] = []
    address: str | None = "/claims/one/history/?page_size=7"
    while address:
        html = page(client, address)
        found += re.findall(r"<code>([0-9a-f]{64})</code>", html)
        more = re.search(r'href="([^"]*)" rel="next"', html)
        address = more[1].replace("&amp;", "&") if more else None
    assert found == expected


@pytest.mark.parametrize("kind", ["", "assessments", "wording", "evidence"])
@pytest.mark.parametrize("size", [10, 1000])
def test_a_claims_history_asks_the_same_whatever_there_is(db, client, django_assert_num_queries, kind, size):
    claim = a_claim(slug="one")
    many_acts(claim, an_item([claim]), size)
    an_assessment(claim)
    with django_assert_num_queries(7):
        page(client, f"/claims/one/history/?kind={kind}")


def test_very_many_acts_are_not_counted_to_the_end(db, client):
    claim = a_claim(slug="one")
    many_acts(claim, an_item([claim]), 1001)
    html = page(client, "/claims/one/history/")
    assert "All <b>1,000+</b>" in html
    assert re.search(r"Evidence</a>", html)


@pytest.mark.parametrize("query", ["kind=people", "after=x", "page_size=0", "kind=wording&after=bWFkZSB1cA"])
def test_what_makes_no_sense_is_refused(db, client, query):
    a_claim(slug="one")
    page(client, f"/claims/one/history/?{query}", status=400)


@pytest.mark.parametrize(
    "address", ["claims/none", "sources/none", "articles/none", "evidence/018f0000-0000-7000-8000-000000000000"]
)
def test_what_is_not_there_is_not_found(db, client, address):
    page(client, f"/{address}/history/", status=404)


def test_a_history_of_evidence_tells_what_it_was_logged_with(db, client):
    claim = a_claim(title="The claim")
    item = an_item([(claim, "contradicts", "strong")], title="The item")
    html = page(client, f"/evidence/{item.id}/history/")
    assert headings(html) == ["Logged"]
    assert re.search(r"The claim</a>.*contradicts, strong", html, re.DOTALL)


def test_a_revised_item_shows_what_changed_and_why(db, client):
    item = an_item(title="The old title", published="2026-05-01", credibility=2)
    words = item_words(
        source=item.source,
        address=item.address,
        title="The new title",
        summary=item.summary,
        published="2026-05",
        credibility=3,
    )
    revise_evidence(
        by=a_person("editor"), evidence=item, seen_version=None, words=words, reason="Read again.", today=DAY
    )
    html = bare(page(client, f"/evidence/{item.id}/history/"))
    assert "The <del>old</del> <ins>new</ins> title" in html
    assert "<del>1</del> May 2026" in html
    assert "Read again." in html
    assert headings(html)[0] == "Title, published and grade of the information changed"


def test_links_stand_in_both_histories(db, client):
    earlier, later = an_item(title="First report"), an_item(title="Correction of it")
    link_evidence(
        by=a_person("editor"), item=later, kind="corrects", earlier=earlier, reason="A wrong number.", today=DAY
    )
    assert headings(page(client, f"/evidence/{earlier.id}/history/"))[0] == "Corrected by another item"
    assert headings(page(client, f"/evidence/{later.id}/history/"))[0] == "Corrects another item"


def test_a_claims_history_says_what_an_item_does_to_another(db, client):
    claim = a_claim(slug="one")
    earlier, later = an_item([claim], title="First report"), an_item(title="Correction of it")
    link_evidence(by=a_person("editor"), item=later, kind="corrects", earlier=earlier, reason="Wrong.", today=DAY)
    html = page(client, "/claims/one/history/")
    assert "corrects “First report”" in html
    assert "its bearing here is not public" not in html


def test_bearings_stand_in_the_items_history(db, client):
    claim, item = a_claim(title="The claim"), an_item()
    [bearing] = bearings_on((claim, "mixed", "slight"))
    set_bearing(by=a_person("editor"), evidence=item, bearing=bearing, today=DAY)
    html = page(client, f"/evidence/{item.id}/history/")
    assert headings(html)[0] == "Bearing set"
    assert "mixed, slight" in html


def test_the_history_of_a_withdrawn_item_keeps_who_when_and_why_alone(db, client):
    item = an_item(title="A secret title", summary="A secret summary.")
    withdraw(by=a_person("moderator", name="Mo"), evidence=item, reason="Not what it says.", today=DAY)
    html = page(client, f"/evidence/{item.id}/history/")
    assert headings(html) == ["Withdrawn", "Logged"]
    assert "Mo</span>" in html
    assert "Not what it says." in html
    assert "secret" not in html.replace("a secret salt", "")


def test_an_item_that_waits_has_no_public_history(db, client):
    item = an_item(by=a_person("analyst"))
    page(client, f"/evidence/{item.id}/history/", status=404)


@pytest.mark.parametrize("size", [10, 1000])
def test_an_items_history_asks_the_same_whatever_there_is(db, client, django_assert_num_queries, size):
    claim = a_claim()
    item = an_item([claim])
    many_acts(claim, item, size)
    with django_assert_num_queries(5):
        page(client, f"/evidence/{item.id}/history/")


def test_a_source_tells_each_grade_and_why(db, client):
    source = a_source("paper.example", reliability="C", name="The Paper")
    grade_source(by=a_person("editor"), source=source, reliability="B", reason="Corrects its mistakes.", today=DAY)
    html = bare(page(client, "/sources/paper-example/history/"))
    assert 'Graded <span class="diff"><del>C, fairly reliable</del> <ins>B, usually reliable</ins></span>' in html
    assert "Corrects its mistakes." in html
    assert headings(html)[-1] == "Added, graded C"


def test_a_source_that_was_renamed_shows_both_names(db, client):
    source = a_source("paper.example", name="The Paper")
    grade_source(
        by=a_person("editor"), source=source, reliability="B", name="The Daily Paper", reason="New name.", today=DAY
    )
    assert "The <ins>Daily</ins> Paper" in bare(page(client, "/sources/paper-example/history/"))


def test_a_sources_history_asks_three_times(db, client, django_assert_num_queries):
    a_source("paper.example")
    with django_assert_num_queries(3):
        page(client, "/sources/paper-example/history/")


def test_an_article_shows_what_was_revised(db, client):
    article = an_article(slug="the-article", title="The first title")
    words = ArticleWords(title="The second title", summary="What it argues, in our words.", paragraphs=12)
    revise_article(by=a_person("editor"), article=article, seen_version=article.version, words=words, today=DAY)
    html = bare(page(client, "/articles/the-article/history/"))
    assert "The <del>first</del> <ins>second</ins> title" in html
    assert "<del>11</del> <ins>12</ins>" in html
    assert headings(html)[-1] == "Article added"


def test_an_articles_history_asks_twice(db, client, django_assert_num_queries):
    an_article(slug="the-article")
    with django_assert_num_queries(2):
        page(client, "/articles/the-article/history/")


def test_markup_in_words_is_shown_as_text(db, client):
    claim = a_claim(slug="one", title="<b>Bold</b>", statement="<script>alert(1)</script> happens.")
    an_item([claim], title="<i>item</i>")
    html = page(client, "/claims/one/history/")
    assert "<script>alert" not in html
    assert "<i>item" not in html
    assert "<b>Bold" not in html


def test_it_depends_on_the_thing(db, client):
    claim, source = a_claim(slug="one"), a_source("paper.example")
    assert client.get("/claims/one/history/").names == {name_of("claim", claim.id)}
    assert client.get("/sources/paper-example/history/").names == {name_of("source", source.id)}


def test_each_entry_of_a_claim_leads_to_the_claim_as_it_then_stood(db, client):
    claim = a_claim(slug="one", statement="It was put so at first.")
    revise_claim(
        by=a_person("editor"),
        claim=claim,
        seen_version=None,
        type="wording",
        reason="Clearer.",
        today=DAY,
        words=claim_words(statement="It is put so now.", horizon=on(200)),
    )
    links = re.findall(r'href="([^"]*)">the claim as it then stood', page(client, "/claims/one/history/"))
    told = [page(client, link) for link in links]
    assert ["It was put so at first." in html for html in told] == [False, True]
    assert ["It is put so now." in html for html in told] == [True, False]


def test_an_item_tells_its_versions_whole(db, client):
    item = an_item(title="The old title", summary="What it says.", published="2026-05")
    words = item_words(source=item.source, address=item.address, title="The new title", summary="What it says.")
    revise_evidence(by=a_person("editor"), evidence=item, seen_version=None, words=words, reason="Read.", today=DAY)
    versions = re.findall(
        r"<summary>The version then</summary>(.*?)</details>", page(client, f"/evidence/{item.id}/history/")
    )
    assert len(versions) == 2
    assert '<dt>Title</dt><dd dir="auto">The new title</dd>' in versions[0]
    assert '<dt>Title</dt><dd dir="auto">The old title</dd>' in versions[1]
    assert '<dt>Published</dt><dd dir="auto">May 2026</dd>' in versions[1]
    assert all('<dt>Summary</dt><dd dir="auto">What it says.</dd>' in version for version in versions)


def test_a_source_and_an_article_tell_their_versions_whole(db, client):
    source, article = a_source("paper.example", name="The Paper"), an_article(slug="the-article", title="The title")
    grade_source(by=a_person("editor"), source=source, reliability="D", reason="Made up.", today=DAY)
    assert '<dt>Grade</dt><dd dir="auto">D, not usually reliable</dd>' in page(
        client, "/sources/paper-example/history/"
    )
    assert article.title in page(client, "/articles/the-article/history/").split("The version then")[1]


class TestOnRecordByAnInstant:
    def test_a_claims_history_ends_there(self, db, client):
        claim = a_claim(slug="one")
        an_assessment(claim, as_of=on(-10), now=NOW)
        an_assessment(claim, now=NOW + timedelta(hours=1))
        html = page(client, f"/claims/one/history/?recorded_by={instant_text(NOW)}")
        assert headings(html) == ["First assessed, 40\u00a0%"]
        assert "Only what was on record here at 12:00 UTC on 1 Jun 2026." in html
        assert "Assessments <b>1</b>" in html
        assert "Wording <b>0</b>" in html

    def test_its_links_keep_the_instant(self, db, client):
        claim = a_claim(slug="one")
        for days in range(3):
            an_assessment(claim, as_of=on(-days), now=NOW)
        html = page(client, f"/claims/one/history/?recorded_by={instant_text(NOW)}&page_size=2")
        links = re.findall(r'class="chip"[^>]* href="([^"]*)"', html) + re.findall(r'href="([^"]*)" rel="next"', html)
        assert len(links) == 5
        assert all("recorded_by=2026-06-01T12%3A00%3A00Z" in link for link in links)
        older = page(client, links[-1].replace("&amp;", "&"))
        assert len(headings(older)) == 1

    @pytest.mark.parametrize("kind", ["evidence", "source", "article"])
    def test_what_was_done_later_to_a_thing_is_left_out(self, db, client, kind):
        item, article = an_item(now=NOW), an_article()
        source = item.source
        address = {
            "evidence": f"/evidence/{item.id}/history/",
            "source": f"/sources/{source.slug}/history/",
            "article": f"/articles/{article.slug}/history/",
        }[kind]
        html = page(client, f"{address}?recorded_by={instant_text(NOW - timedelta(hours=1))}")
        assert headings(html) == []
        assert "Nothing on record by then" in html
        assert f'href="{address}">All that is on record now' in html

    def test_nobody_keeps_it(self, db, client):
        a_claim(slug="one")
        assert not client.get(f"/claims/one/history/?recorded_by={instant_text(NOW)}").names
