"""The list of leads: what it shows, in which order, and what its buttons do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Evidence, Lead, LeadMatch, Suggestion
from claims.web.desk.leads.rows import marked_words
from tests.factories import NOW, a_claim, a_feed, a_lead, a_person, a_source

pytestmark = pytest.mark.django_db
LIST = "/desk/leads/"


@pytest.fixture
def analyst(client):
    client.force_login(person := a_person("analyst", trusted=True))
    client.person = person
    return client


def many_leads(count, feed=None, **columns):
    Lead.objects.bulk_create(
        Lead(
            feed=feed,
            address=f"https://many.example/{place}",
            address_norm=f"https://many.example/{place}",
            title=f"Many {place}",
            seen_at=NOW,
            dated_at=NOW - timedelta(minutes=place),
            score=place / count,
            **columns,
        )
        for place in range(count)
    )


def matched(lead, claim, score=0.8, words=(("tariffs", 0.6), ("oil", 0.4))):
    LeadMatch(lead=lead, claim=claim, score=score, words=words).save(force_insert=True)
    Lead.objects.filter(id=lead.id).update(score=score)


def text(client, query=""):
    return client.get(f"{LIST}{query}").content.decode()


def titles(client, query=""):
    return [row["name"] for row in client.get(f"{LIST}{query}").context["rows"]]


def state_of(lead):
    return Lead.objects.get(id=lead.id).state


def test_the_newest_come_first(analyst):
    a_lead(title="Older", dated_at=NOW - timedelta(days=1))
    a_lead(title="Newer")
    assert titles(analyst) == ["Newer", "Older"]


def test_the_best_matched_come_first_where_they_are_asked_for(analyst):
    matched(a_lead(title="Faint", dated_at=NOW), a_claim(), 0.3)
    matched(a_lead(title="Strong", dated_at=NOW - timedelta(days=1)), a_claim(), 0.9)
    assert titles(analyst, "?sort=best") == ["Strong", "Faint"]


@pytest.mark.parametrize("sort", ["newest", "best"])
def test_paging_shows_each_lead_once(analyst, sort):
    many_leads(70)
    seen, query = [], f"?sort={sort}"
    while query:
        page = analyst.get(f"{LIST}{query}")
        seen += [row["name"] for row in page.context["rows"]]
        query = page.context["older"].removeprefix(LIST)
    assert sorted(seen) == sorted(f"Many {place}" for place in range(70))


def test_it_says_which_claims_it_seems_to_touch_and_by_which_words(analyst):
    matched(a_lead(title="New tariffs on oil"), a_claim(title="Secondary tariffs"))
    page = text(analyst)
    assert "Secondary tariffs" in page
    assert "<mark>tariffs</mark> 60\N{NO-BREAK SPACE}%, <mark>oil</mark> 40\N{NO-BREAK SPACE}%" in page
    assert "New <mark>tariffs</mark> on <mark>oil</mark>" in page


@pytest.mark.parametrize(("score", "word"), [(0.7, "close"), (0.4, "close"), (0.3, "fair"), (0.12, "faint")])
def test_it_says_how_close_a_match_is(analyst, score, word):
    matched(a_lead(), a_claim(), score)
    assert f'title="Score {score:.2f}">{word}<' in text(analyst)


def test_of_a_long_summary_it_shows_what_stands_around_the_words_that_told(analyst):
    matched(a_lead(summary=f"{'Weather. ' * 100} The new tariffs came."), a_claim())
    shown = analyst.get(LIST).context["rows"][0]["summary"]
    assert "The new <mark>tariffs</mark> came." in shown
    assert shown.startswith("… Weather.")


def test_words_are_marked_whole_and_escaped():
    assert marked_words("Oil <b>boils</b> oil", {"oil"}) == "<mark>Oil</mark> &lt;b&gt;boils&lt;/b&gt; <mark>oil</mark>"


def test_those_of_one_claim_come_best_first(analyst):
    claim = a_claim()
    matched(a_lead(title="Faint"), claim, 0.3)
    matched(a_lead(title="Strong"), claim, 0.9)
    a_lead(title="Other")
    assert titles(analyst, f"?claim={claim.slug}") == ["Strong", "Faint"]


def test_those_of_one_feed(analyst):
    feed = a_feed()
    a_lead(title="Its own", feed=feed)
    a_lead(title="Other")
    assert titles(analyst, f"?feed={feed.id}") == ["Its own"]


def test_one_s_own_and_those_of_readers(analyst):
    a_lead(title="Mine", assigned_to=analyst.person)
    Suggestion(lead=a_lead(title="Theirs"), note="Look here.", made_at=NOW).save(force_insert=True)
    assert titles(analyst, "?state=mine") == ["Mine"]
    assert titles(analyst, "?state=suggested") == ["Theirs"]
    assert "Look here." in text(analyst, "?state=suggested")


@pytest.mark.parametrize(
    "query", ["?state=lost", "?sort=odd", "?feed=x", "?claim=a b", "?after=zzz", "?claim=x'--", "?done=dismiss&lead=x"]
)
def test_nonsense_is_refused_with_a_sentence(analyst, query):
    assert analyst.get(f"{LIST}{query}").status_code == 400


def test_setting_one_aside_says_so_and_can_be_undone(analyst):
    lead = a_lead(title="An advertisement")
    page = analyst.post(LIST, {"dismiss": str(lead.id)}, follow=True).content.decode()
    assert (state_of(lead), "Set aside: “<bdi>An advertisement</bdi>”." in page) == ("dismissed", True)
    analyst.post(LIST, {"restore": "ticked", "tick": [str(lead.id)]})
    assert state_of(lead) == "new"


def test_a_row_that_leaves_the_list_leads_to_the_next_and_the_last_to_the_one_before(analyst):
    a_lead(title="Third", dated_at=NOW - timedelta(days=2))
    a_lead(title="Second", dated_at=NOW - timedelta(days=1))
    a_lead(title="First")
    first, second, third = analyst.get(LIST).context["rows"]
    then = [row["then"] for row in (first, second, third)]
    assert then == [f"#lead-{second['id']}", f"#lead-{third['id']}", f"#lead-{second['id']}"]


def test_the_only_row_leads_nowhere(analyst):
    a_lead()
    assert analyst.get(LIST).context["rows"][0]["then"] == ""


def test_the_list_of_one_claim_does_not_lead_to_itself(analyst):
    matched(a_lead(), claim := a_claim())
    assert f"?claim={claim.slug}" in text(analyst)
    assert f"?claim={claim.slug}" not in text(analyst, f"?claim={claim.slug}")


def test_the_ticked_are_set_aside_together(analyst):
    first, second, third = a_lead(), a_lead(), a_lead()
    page = analyst.post(LIST, {"dismiss": "ticked", "tick": [str(first.id), str(second.id)]}, follow=True)
    assert [state_of(lead) for lead in (first, second, third)] == ["dismissed", "dismissed", "new"]
    assert "Set aside: 2 leads." in page.content.decode()


def test_nothing_ticked_is_said(analyst):
    assert "none was ticked" in analyst.post(LIST, {"dismiss": "ticked"}, follow=True).content.decode()


def test_one_that_somebody_else_decided_on_is_said(analyst):
    lead = a_lead(state="dismissed")
    page = analyst.post(LIST, {"snooze": f"7:{lead.id}"}, follow=True).content.decode()
    assert "1 could not be" in page


def test_it_is_put_off_for_as_long_as_the_button_says(analyst):
    analyst.post(LIST, {"snooze": f"30:{(lead := a_lead()).id}"})
    row = Lead.objects.get(id=lead.id)
    assert (row.state, (row.snoozed_until - row.decided_at).days) == ("snoozed", 30)


def test_it_is_taken_and_given_back(analyst):
    analyst.post(LIST, {"take": str((lead := a_lead()).id)})
    assert Lead.objects.get(id=lead.id).assigned_to == analyst.person
    analyst.post(LIST, {"give": str(lead.id)})
    assert Lead.objects.get(id=lead.id).assigned_to is None


def test_the_ticked_are_handed_over(analyst):
    lead, colleague = a_lead(), a_person("editor", name="Edda")
    assert "Edda" in text(analyst)
    analyst.post(LIST, {"hand": "ticked", "tick": [str(lead.id)], "to": str(colleague.id)})
    assert Lead.objects.get(id=lead.id).assigned_to == colleague


@pytest.mark.parametrize("sent", [{}, {"snooze": "400:x"}, {"dismiss": "x"}, {"hand": "ticked", "to": ""}])
def test_a_button_that_is_none_is_refused(analyst, sent):
    assert analyst.post(LIST, sent).status_code == 400


def test_one_goes_on_where_one_was(analyst):
    answer = analyst.post(LIST, {"dismiss": str(a_lead().id), "state": "mine", "sort": "best"})
    assert answer["Location"].startswith(f"{LIST}?state=mine&sort=best&done=dismiss")


def test_logging_it_fills_everything_but_the_summary(analyst):
    claim = a_claim(title="Secondary tariffs")
    lead = a_lead(title="Tariffs at last", author="A. Writer", summary="They come.", published_at=NOW)
    matched(lead, claim)
    page = analyst.get(f"/desk/log/?lead={lead.id}")
    form = page.context["form"]
    filled = [form[name].value() for name in ("address", "title", "author", "published", "quotation", "summary")]
    assert filled == [lead.address, "Tariffs at last", "A. Writer", "2026-06-01", "They come.", None]
    assert [row.claim.slug for row in page.context["page"].rows] == [claim.slug]


def test_what_was_logged_from_it_settles_it_and_leads_back(analyst):
    lead = a_lead()
    sent = {
        "do": "publish", "lead": str(lead.id), "address": lead.address, "title": "T", "summary": "S",
        "source": a_source().name, "type": "newspaper", "published": "2026-05-01", "credibility": "2",
    }  # fmt: skip
    answer = analyst.post("/desk/log/", sent)
    assert answer["Location"] == LIST
    assert Lead.objects.get(id=lead.id).evidence == Evidence.objects.get()


def test_one_that_is_decided_on_does_not_fill_the_form(analyst):
    lead = a_lead(state="dismissed", title="Gone")
    assert "Gone" not in analyst.get(f"/desk/log/?lead={lead.id}").content.decode()


@pytest.mark.parametrize("state", ["new", "mine", "suggested", "snoozed", "dismissed", "logged"])
def test_an_empty_list_says_what_comes_there(analyst, state):
    assert 'class="empty"' in text(analyst, f"?state={state}")


def test_what_a_redaction_emptied_is_not_listed(analyst):
    a_lead(state="dismissed", address="", address_norm="", title="")
    assert titles(analyst, "?state=dismissed") == []


@pytest.mark.parametrize("count", [3, 10_000])
def test_it_takes_the_same_few_queries_however_many_there_are(analyst, count):
    many_leads(count, feed=a_feed())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        analyst.get(LIST)
    assert len(asked) <= 9


def test_beside_the_log_form_stands_what_readers_wrote(analyst):
    lead = a_lead(summary="Ministers meet.")
    Suggestion(lead=lead, note="See the third paragraph.", made_at=NOW).save(force_insert=True)
    page = analyst.get(f"/desk/log/?lead={lead.id}").content.decode()
    assert "See the third paragraph." in page
    assert "Looked for something and found nothing?" not in page


def test_after_logging_one_is_back_at_the_place_in_the_list(analyst):
    claim = a_claim(title="Secondary tariffs")
    leads = [a_lead(title=title, dated_at=NOW - timedelta(hours=place)) for place, title in enumerate(("One", "Two"))]
    for lead in leads:
        matched(lead, claim)
    place = f"{LIST}?state=new&claim={claim.slug}"
    rows = analyst.get(place).context["rows"]
    first, second = rows[0], rows[1]
    page = analyst.get(first["log"])
    back = f"{LIST}?claim={claim.slug}#lead-{second['id']}"
    assert f'href="{back}"' in page.content.decode()
    sent = {
        "do": "publish", "lead": str(first["id"]), "back": page.context["form"]["back"].value(),
        "address": first["address"], "title": "T", "summary": "S", "source": a_source().name, "type": "newspaper",
        "published": "2026-05-01", "credibility": "2",
    }  # fmt: skip
    assert analyst.post(first["log"], sent)["Location"] == back


@pytest.mark.parametrize(
    "back", ["//evil.example/", "state=lost", "x#<b>", "after=zzz", "https://evil.example/#lead-1"]
)
def test_the_way_back_leads_to_the_list_and_nowhere_else(analyst, back):
    assert analyst.get("/desk/log/", {"lead": a_lead().id, "back": back}).context["back"] == LIST


def test_what_was_typed_is_found_again_from_whichever_list(analyst):
    lead = a_lead()
    places = [
        analyst.get("/desk/log/", {"lead": lead.id, "back": back}).wsgi_request.unsent.name
        for back in ("", "state=mine", "sort=best")
    ]
    assert set(places) == {f"/desk/log/?lead={lead.id}"}


def test_a_lead_that_somebody_was_faster_with_is_said(analyst):
    page = analyst.get(f"/desk/log/?lead={a_lead(state='logged').id}").content.decode()
    assert "Somebody logged that lead or set it aside meanwhile." in page


def test_what_the_last_readers_wrote_stands_beside_it(analyst):
    lead = a_lead()
    for note in ("First.", "", "Second.", "Third.", "Fourth."):
        Suggestion(lead=lead, note=note, made_at=NOW).save(force_insert=True)
    assert analyst.get(LIST).context["rows"][0]["notes"] == ["Fourth.", "Third.", "Second."]


@pytest.mark.parametrize(
    ("matched_at", "words"), [(None, "Not yet compared with the claims."), (NOW, "It matches no claim.")]
)
def test_it_says_whether_it_was_compared_at_all(analyst, matched_at, words):
    a_lead(matched_at=matched_at)
    assert words in text(analyst)
