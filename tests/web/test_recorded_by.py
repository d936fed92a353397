"""The page of a claim as this site had it on record at an instant."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.articles import ArticleWords, revise_article
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve, withdraw
from claims.actions.judge import reopen
from claims.actions.relations import relate_claims, unrelate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence, revise_evidence
from claims.actions.sources import grade_source
from claims.dates import PartialDate
from claims.ids import uuid7
from claims.instants import instant_text
from claims.models import Bearing, BearingRevision, Claim, ClaimRelation, Event, EventBody, Evidence, Topic
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    a_topic,
    an_assessment,
    an_item,
    bearings_on,
    claim_words,
    item_words,
    many_items,
    on,
)

pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def seen(client: Client, claim: Claim, instant: datetime, day: date = DAY, more: str = "") -> str:
    """The claim's page as of a day by what was on record at an instant."""
    return page(client, f"/claims/{claim.slug}/?as_of={day}&recorded_by={instant_text(instant)}{more}")


def said(html: str) -> str:
    """The words of a page's main part."""
    main = html.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def revised(claim: Claim, type: str = "wording", topics: Sequence[Topic] = (), **words: object) -> None:
    old = claim_words(title=claim.title, statement=claim.statement, horizon=on(200))
    revise_claim(
        by=a_person("editor"),
        claim=claim,
        seen_version=None,
        type=type,
        words=replace(old, **words),  # type: ignore[arg-type]
        reason="Clearer.",
        topics=topics,
        today=DAY,
    )


def item_revised(item: Evidence, **words: object) -> None:
    item.refresh_from_db()
    same = {"source": item.source, "address": item.address, "title": item.title, "summary": item.summary}
    said = item_words(**{**same, "published": item.published, **words})
    revise_evidence(
        by=a_person("editor"), evidence=item, seen_version=None, words=said, reason="Read again.", today=DAY
    )


def bearing_set(item: Evidence, *bearing: object, by: object = None) -> None:
    [wanted] = bearings_on(bearing)  # type: ignore[arg-type]
    set_bearing(by=by or a_person("editor"), evidence=item, bearing=wanted, today=DAY)  # type: ignore[arg-type]


def test_a_judgement_that_came_later_is_not_shown(db, client):
    claim = a_claim()
    an_assessment(claim, as_of=on(-10), probability=Decimal("0.2"))
    then = timezone.now()
    an_assessment(claim, as_of=on(-10), probability=Decimal("0.9"))
    assert 'verdict__num">20<small>%' in seen(client, claim, then)
    assert 'verdict__num">90<small>%' in seen(client, claim, timezone.now())


def test_the_wording_is_that_which_was_recorded(db, client):
    claim = a_claim(statement="It was put so at first.")
    then = timezone.now()
    revised(claim, statement="It is put so now.")
    assert "It was put so at first." in seen(client, claim, then)
    assert "It is put so now." in seen(client, claim, timezone.now())


def test_the_things_to_watch_are_those_of_the_wording_in_force_then(db, client):
    claim = a_claim(signposts=[("A first sign.", "up")])
    then = timezone.now()
    revised(claim, type="clarification", signposts=[("A second sign.", "down")])
    assert "A first sign." in seen(client, claim, then)
    assert "A second sign." not in seen(client, claim, then)
    assert "A second sign." in seen(client, claim, timezone.now())
    assert "A first sign." in seen(client, claim, timezone.now(), day=on(-1))


def test_an_item_that_was_logged_later_is_not_shown(db, client):
    claim = a_claim()
    then = timezone.now()
    an_item([claim], title="Logged later")
    assert "Logged later" not in seen(client, claim, then)
    assert "Logged later" in seen(client, claim, timezone.now())


def test_an_item_counts_from_its_approval_on(db, client):
    claim = a_claim()
    item = an_item([claim], by=a_person("analyst"), title="Waits at first")
    waiting = timezone.now()
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    assert "Waits at first" not in seen(client, claim, waiting)
    assert "Waits at first" in seen(client, claim, timezone.now())


def test_a_bearing_is_as_it_was_set_then(db, client):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")])
    then = timezone.now()
    bearing_set(item, claim, "contradicts", "decisive")
    assert "1 supports it, 0 contradict it" in seen(client, claim, then)
    assert "weight: slight" in seen(client, claim, then)
    assert "0 support it, 1 contradicts it" in seen(client, claim, timezone.now())


def test_a_bearing_that_was_taken_back_since_stands_then(db, client):
    claim = a_claim()
    item = an_item([claim], title="Bore on it once")
    then = timezone.now()
    withdraw_bearing(by=a_person("moderator"), bearing=Bearing.objects.get(evidence=item), reason="No.", today=DAY)
    assert "Bore on it once" in seen(client, claim, then)
    assert "Bore on it once" not in seen(client, claim, timezone.now())


def test_a_bearing_that_waits_is_not_shown(db, client):
    claim, item = a_claim(), an_item(title="Bears on nothing so far")
    bearing_set(item, claim, "supports", "slight", by=a_person("analyst"))
    assert "Bears on nothing so far" not in seen(client, claim, timezone.now())


def test_an_item_says_what_it_said_then(db, client):
    claim = a_claim()
    item = an_item([claim], title="The old title", summary="The old summary.", published="2026-04", story="one")
    then = timezone.now()
    item_revised(item, title="The new title", summary="The new summary.", published="2026-05-20", credibility=5)
    html = seen(client, claim, then)
    assert "The old title" in html
    assert "The old summary." in html
    assert '<h3 class="month">April 2026</h3>' in html
    assert "The new" not in html


def test_an_item_whose_date_was_corrected_counts_from_the_day_that_was_thought_then(db, client):
    claim = a_claim()
    item = an_item([claim], title="Dated anew", published=str(on(-5)))
    then = timezone.now()
    item_revised(item, published=str(on(-50)))
    assert "Dated anew" not in seen(client, claim, then, day=on(-20))
    assert "Dated anew" in seen(client, claim, timezone.now(), day=on(-20))


def test_a_source_has_the_name_and_the_grade_that_it_had(db, client):
    claim, source = a_claim(), a_source(name="The Paper", reliability="B")
    an_item([claim], source=source)
    then = timezone.now()
    grade_source(by=a_person("editor"), source=source, reliability="D", name="The Rag", reason="Made up.", today=DAY)
    assert "The Paper" in seen(client, claim, then)
    assert "The Rag" not in seen(client, claim, then)
    assert "The Rag" in seen(client, claim, timezone.now())


def test_a_later_item_marks_an_earlier_one_from_then_on(db, client):
    claim = a_claim()
    earlier, later = an_item([claim]), an_item()
    then = timezone.now()
    link_evidence(by=a_person("editor"), item=later, kind="retracts", earlier=earlier, reason="Wrong.", today=DAY)
    assert "retracted" not in seen(client, claim, then)
    assert "retracted" in seen(client, claim, timezone.now())


def test_the_claims_beside_it_are_those_that_were_related_then(db, client):
    claim, other = a_claim(), a_claim(title="The one beside it")
    relation = relate_claims(by=a_person("editor"), claim=claim, relation="contributes-to", to=other, today=DAY)
    then = timezone.now()
    unrelate_claims(by=a_person("editor"), relation=relation, reason="Read too much into it.", today=DAY)
    assert not ClaimRelation.objects.exists()
    assert re.search(r"contributes to</span><a [^>]*>The one beside it", seen(client, claim, then))
    assert re.search(r"is furthered by</span>", seen(client, other, then))
    assert "The one beside it" not in seen(client, claim, timezone.now())


def test_a_claim_beside_it_stands_as_it_stood_then_and_leads_there(db, client):
    claim, other = a_claim(), a_claim(title="Called so", slug="other")
    relate_claims(by=a_person("editor"), claim=claim, relation="competes-with", to=other, today=DAY)
    then = timezone.now()
    revised(other, title="Called otherwise")
    an_assessment(other, probability=Decimal("0.9"))
    html = seen(client, claim, then)
    assert f'href="/claims/other/?as_of={DAY}&amp;recorded_by={instant_text(then)}"' in html
    assert "Called so" in html
    assert "90\u00a0%" not in html


def test_its_topics_are_those_that_it_had(db, client):
    claim = a_claim(topics=[a_topic("Tariffs"), a_topic("Arms")])
    then = timezone.now()
    revised(claim, topics=[a_topic("Oil")])
    assert re.findall(r'class="tag"[^>]*>([^<]*)<', seen(client, claim, then)) == ["Arms", "Tariffs"]
    assert re.findall(r'class="tag"[^>]*>([^<]*)<', seen(client, claim, timezone.now())) == ["Oil"]


def test_a_lock_of_today_is_not_shown(db, client):
    claim = a_claim()
    then = timezone.now()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Too heated.", today=DAY)
    assert "Too heated." not in seen(client, claim, then)


def test_a_claim_that_was_reopened_is_settled_then(db, client):
    claim, editor = a_claim(), a_person("editor")
    an_assessment(claim, by=editor, as_of=on(-9), status="borne-out", occurred_on=on(-10))
    then = timezone.now()
    reopen(by=editor, claim=claim, judgement=a_judgement(as_of=on(-9)), today=DAY)
    assert "Borne out" in seen(client, claim, then)
    assert "Borne out" not in seen(client, claim, timezone.now()).split("verdict__head")[1].split("</div>")[0]


def test_both_times_are_combined(db, client):
    claim = a_claim()
    an_assessment(claim, as_of=on(-20), probability=Decimal("0.2"))
    an_assessment(claim, as_of=on(-10), probability=Decimal("0.3"))
    then = timezone.now()
    an_assessment(claim, as_of=on(-15), probability=Decimal("0.9"))
    assert 'verdict__num">20<small>%' in seen(client, claim, then, day=on(-11))
    assert 'verdict__num">30<small>%' in seen(client, claim, then, day=on(-10))


def article_revised(claim: Claim, **words: object) -> None:
    same = ArticleWords(title="Called so", summary="In our words.", paragraphs=11)
    said = replace(same, **words)  # type: ignore[arg-type]
    article = claim.article
    revise_article(by=a_person("editor"), article=article, seen_version=article.version, words=said, today=DAY)


def every_act(claim: Claim, item: Evidence, other: Claim) -> list[Callable[[], object]]:
    """Everything that can be done later to what stands on a claim's page, save taking off what it shows."""
    editor, source = a_person("editor"), item.source
    assert source is not None
    return [
        lambda: an_item([(claim, "contradicts", "decisive")], title="Newest", published=str(on(-40))),
        lambda: bearing_set(item, claim, "mixed", "decisive"),
        lambda: item_revised(item, title="Another title", published="2025-07", credibility=6, story="another"),
        lambda: grade_source(by=editor, source=source, reliability="E", name="Renamed", reason="Bad.", today=DAY),
        lambda: an_assessment(claim, as_of=on(-30), probability=Decimal("0.99"), cites=[]),
        lambda: revised(claim, type="clarification", fine_print="Of a sort.", topics=[a_topic("Another topic")]),
        lambda: relate_claims(by=editor, claim=other, relation="competes-with", to=claim, today=DAY),
        lambda: unrelate_claims(by=editor, relation=ClaimRelation.objects.earliest("id"), reason="No.", today=DAY),
        lambda: revised(other, title="Another beside it"),
        lambda: an_assessment(other, probability=Decimal("0.01")),
        lambda: link_evidence(by=editor, item=an_item(), kind="corrects", earlier=item, reason="Wrong.", today=DAY),
        lambda: withdraw_bearing(
            by=a_person("moderator"), bearing=Bearing.objects.get(evidence=item, claim=claim), reason="No.", today=DAY
        ),
        lambda: an_assessment(claim, status="borne-out", occurred_on=on(-1)),
        lambda: article_revised(claim, title="Another article", published=PartialDate(on(-1), on(-1))),
        lambda: reopen(by=editor, claim=claim, judgement=a_judgement(), today=DAY),
        lambda: revised(claim, type="change-of-meaning", horizon=on(300)),
        lambda: lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Too heated.", today=DAY),
    ]


@pytest.mark.parametrize("day", [DAY, on(-25)])
def test_nothing_that_is_recorded_later_changes_the_page(db, client, day):
    claim, other = a_claim(slug="one", topics=[a_topic("Tariffs")]), a_claim(slug="other")
    item = an_item([(claim, "supports", "strong"), other], published=str(on(-40)), story="a-story")
    an_item([(claim, "supports", "slight")], published=str(on(-39)), story="a-story")
    an_assessment(claim, as_of=on(-30), cites=[item])
    an_assessment(other, as_of=on(-30))
    relate_claims(by=a_person("editor"), claim=claim, relation="contributes-to", to=other, today=DAY)
    then = timezone.now()
    before = seen(client, claim, then, day)
    for act in every_act(claim, item, other):
        act()
        assert said(seen(client, claim, then, day)) == said(before)
    assert said(seen(client, claim, timezone.now(), day)) != said(before)


def test_what_is_taken_off_goes_from_it_at_every_instant(db, client):
    claim = a_claim()
    item = an_item([claim], title="A secret title")
    an_assessment(claim, as_of=on(-1), cites=[item])
    then = timezone.now()
    withdraw(by=a_person("moderator"), evidence=item, reason="Private.", today=DAY)
    html = seen(client, claim, then)
    assert "A secret title" not in html
    assert str(item.id) not in html
    assert "<del>1</del>" in html


def test_words_whose_body_was_destroyed_are_todays(db, client):
    claim = a_claim()
    item = an_item([claim], title="The first title")
    then = timezone.now()
    item_revised(item, title="The title today")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM event_body USING event WHERE event.id = event_id AND subject_id = %s", [item.id])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "The title today" in seen(client, claim, then)


class TestWhatItSays:
    def test_it_names_the_instant_and_leads_to_now(self, loaded_db, client, monkeypatch):
        monkeypatch.setattr("claims.web.asked.now", lambda: datetime.fromisoformat("2027-01-01T00:00:00Z"))
        html = page(client, "/claims/trump-turns-on-the-reset/?recorded_by=2026-12-03T12:00:00Z&as_of=2026-11-20")
        assert (
            "As this site had it on record at 12:00 UTC on 3 Dec 2026,"
            " of what the world could know at the end of 20 Nov 2026." in html
        )
        assert 'href="/claims/trump-turns-on-the-reset/">The claim as it stands now' in html

    def test_an_instant_alone_is_shown_as_of_its_day(self, db, client, monkeypatch):
        monkeypatch.setattr("claims.web.asked.now", lambda: datetime.fromisoformat("2099-01-01T00:00:00Z"))
        claim = a_claim()
        an_assessment(claim, as_of=on(-10), probability=Decimal("0.2"))
        html = page(client, f"/claims/{claim.slug}/?recorded_by=2098-12-31")
        assert "As this site had it on record at the end of 31 Dec 2098" in html
        assert f'value="{DAY}"' in html

    def test_before_it_was_recorded_it_says_so(self, db, client):
        claim = a_claim(slug="one")
        recorded = claim.revisions.get().recorded_at
        html = page(client, f"/claims/one/?as_of={DAY}&recorded_by={instant_text(recorded - timedelta(seconds=1))}")
        assert "<h1>Not yet on record</h1>" in html
        assert f'href="/claims/one/?recorded_by={instant_text(recorded)}"' in html
        assert claim.statement not in html

    def test_from_the_instant_of_its_recording_it_is_there(self, db, client):
        claim = a_claim(slug="one")
        assert claim.statement in seen(client, claim, claim.revisions.get().recorded_at)

    def test_before_it_was_opened_it_says_so_and_keeps_the_instant(self, db, client):
        claim = a_claim(slug="one", opened_on=on(-10))
        then = timezone.now()
        html = seen(client, claim, then, day=on(-11))
        assert "<h1>Not yet opened</h1>" in html
        assert f"?as_of={on(-10)}&amp;recorded_by={instant_text(then)}" in html

    def test_its_links_keep_both(self, db, client):
        claim = a_claim(slug="one")
        many_items(claim, 3)
        an_item([claim])
        for number in range(3):
            an_item([claim], published=str(on(-40 - number)))
        then = timezone.now()
        both = f"as_of={DAY}&amp;recorded_by={instant_text(then)}"
        html = seen(client, claim, then, more="&page_size=2")
        assert f"?stance=supports&amp;{both}#evidence" in html
        assert re.search(rf'\?after=[^"]*&amp;{re.escape(both)}#evidence" rel="next"', html)
        assert f'name="recorded_by" value="{instant_text(then)}"' in html
        assert f'href="/claims/one/history/?recorded_by={instant_text(then)}"' in html

    def test_it_is_not_for_search_engines_and_nobody_keeps_it(self, db, client):
        a_claim(slug="one")
        response = client.get(f"/claims/one/?as_of={DAY}&recorded_by={instant_text(timezone.now())}")
        assert b'<meta name="robots" content="noindex">' in response.content
        assert not response.names


@pytest.mark.parametrize("address", ["/claims/one/", "/claims/one/history/"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("2026-12-03T12:00:00", "zone is missing"),
        ("2999-01-01T00:00:00Z", "year"),
        ("2198-01-01T00:00:00Z", "has not come yet"),
        ("2198-01-01", "has not come yet"),
        ("yesterday", "is not a date"),
        ("2025-02-30", "there is no day 30"),
        ("%00", "recorded_by"),
    ],
)
def test_it_refuses_nonsense_and_the_future_in_words(db, client, address, query, words):
    a_claim(slug="one")
    assert words in page(client, f"{address}?recorded_by={query}", status=400)


def test_today_as_a_day_is_now(db, client):
    claim = a_claim(slug="one")
    html = page(client, f"/claims/one/?as_of={DAY}&recorded_by={timezone.now().date()}")
    assert claim.statement in html


def recorded_in_bulk(claim: Claim) -> None:
    """Gives the items of `many_items` the events that the acts would have written."""
    rows = list(Bearing.objects.filter(claim=claim).select_related("evidence__source"))
    events = [
        Event(
            id=uuid7(),
            recorded_at=NOW,
            about_on=row.known_by,
            verb="evidence-logged",
            subject_type="evidence",
            subject_id=row.evidence_id,
            commitment=hashlib.sha256(row.id.bytes).digest(),
        )
        for row in rows
    ]
    Event.objects.bulk_create(events)
    EventBody.objects.bulk_create(
        EventBody(
            event=event,
            salt=b"s",
            payload={
                "title": row.evidence.title,
                "story": row.evidence.story,
                "source": row.evidence.source.slug,
                "published": str(row.known_by),
                "event": None,
            },
        )
        for event, row in zip(events, rows, strict=True)
    )
    BearingRevision.objects.bulk_create(
        BearingRevision(
            bearing=row,
            number=1,
            stance=row.stance,
            weight=row.weight,
            state="published",
            recorded_at=NOW,
            event=event,
        )
        for event, row in zip(events, rows, strict=True)
    )


@pytest.mark.parametrize("more", ["", "&stance=supports"])
def test_it_asks_as_often_for_a_thousand_items_as_for_ten(db, client, more):
    few, many = a_claim(), a_claim()
    many_items(few, 10)
    many_items(many, 1000, story_of=3)
    counts = []
    for claim in (few, many):
        recorded_in_bulk(claim)
        for days in range(3):
            an_assessment(claim, as_of=on(-days))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            html = seen(client, claim, timezone.now(), more=more)
        assert "evidence__title" in html
        counts.append(len(counted))
    assert counts[1] - counts[0] in (0, 1), "a claim with more than a page asks once more for its marks"
    assert max(counts) <= 10
