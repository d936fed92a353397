"""Opening a claim at the desk."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from claims.models import Article, Claim, ClaimRevision, Event
from tests.factories import a_claim, a_person, a_topic, an_article, on

NEW = "/desk/claims/new/"
FORM = "application/x-www-form-urlencoded"


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def article(db) -> Article:
    return an_article(slug="the-article")


@pytest.fixture
def editor(client: Client, article: Article) -> Client:
    client.force_login(a_person("editor"))
    return client


def form(**changes: object) -> dict[str, object]:
    return {
        "article": "the-article",
        "paragraph": "3",
        "kind": "prediction",
        "title": "A treaty is signed",
        "statement": "The two governments sign a treaty.",
        "criteria": "Both say that it is signed.\nA draft does not count.",
        "fine_print": "By video counts.",
        "horizon": "2026-12-31",
        "author_confidence": "will",
        "signpost_1": "A date for talks is set",
        "direction_1": "up",
        "signpost_2": "An envoy is called back",
        "direction_2": "down",
        "review_every_days": "45",
        "opened_on": "2026-05-01",
        **changes,
    }


def refused(client: Client, status: int = 422, **changes: object) -> str:
    """The page that comes back where nothing may have been stored."""
    events = Event.objects.count()
    response = client.post(NEW, form(**changes))
    assert response.status_code == status
    assert (Claim.objects.count(), Event.objects.count()) == (0, events)
    return response.content.decode()


def test_it_sends_strangers_to_sign_in(article, client):
    response = client.get(NEW)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={NEW}")


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(article, client, roles):
    client.force_login(a_person(*roles))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, form()).status_code == 403
    assert not Claim.objects.exists()


def test_it_refuses_other_methods(editor):
    assert editor.put(NEW).status_code == 405


def test_it_opens_a_claim_and_shows_its_page(editor):
    response = editor.post(NEW, form())
    assert (response.status_code, response["Location"]) == (302, "/claims/a-treaty-is-signed/")
    claim = Claim.objects.get()
    assert (claim.paragraph, claim.kind, claim.opened_on) == (3, "prediction", date(2026, 5, 1))
    assert claim.horizon == date(2026, 12, 31)


def test_it_stores_the_words_as_they_were_typed(editor):
    editor.post(NEW, form())
    wording = ClaimRevision.objects.get()
    assert wording.criteria == "Both say that it is signed.\nA draft does not count."
    assert (wording.fine_print, wording.author_confidence) == ("By video counts.", "will")
    assert wording.review_every_days == 45


def test_it_stores_what_to_watch_in_its_order_without_empty_rows(editor):
    editor.post(NEW, form(signpost_2="", direction_2="", signpost_3="An envoy is called back", direction_3="down"))
    assert ClaimRevision.objects.get().signposts == [
        {"text": "A date for talks is set", "direction": "up"},
        {"text": "An envoy is called back", "direction": "down"},
    ]


def test_it_gives_the_claim_its_topics(editor):
    a_topic("Treaties", slug="treaties")
    a_topic("Other", slug="other")
    editor.post(NEW, form(topics=["treaties"]))
    assert [row.topic.slug for row in Claim.objects.get().claim_topics.all()] == ["treaties"]


def test_it_opens_a_claim_without_a_due_date(editor):
    editor.post(NEW, form(horizon="", open_ended="on"))
    assert Claim.objects.get().horizon is None


def test_it_needs_nothing_to_watch_for_a_fact(editor):
    nothing = dict.fromkeys(["signpost_1", "direction_1", "signpost_2", "direction_2"], "")
    response = editor.post(NEW, form(kind="fact", horizon="", open_ended="on", **nothing))
    assert response.status_code == 302


def test_it_chooses_the_article_asked_for(editor):
    html = editor.get(f"{NEW}?article=the-article").content.decode()
    assert '<option value="the-article" selected>' in html
    assert 'value="2025-03-31"' in html


@pytest.mark.parametrize("slug", ["no-such-article", "%00", "%ED%A0%80", "a" * 5000])
def test_it_lets_choose_where_the_article_asked_for_does_not_exist(editor, slug):
    assert "Choose an article" in editor.get(f"{NEW}?article={slug}").content.decode()


def test_it_says_that_an_article_comes_first(db, client):
    client.force_login(a_person("editor"))
    html = client.get(NEW).content.decode()
    assert "Add an article" in html
    assert "Open the claim" not in html


def test_it_shows_the_address_that_the_title_makes(editor):
    assert '<b data-slug-of="id_title">russias-day</b>' in refused(editor, title="Russia’s day", statement="")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"article": ""}, "Choose the article that makes the claim."),
        ({"article": "no-such-article"}, "There is no such article"),
        ({"paragraph": ""}, "Give the number of the paragraph."),
        ({"paragraph": "three"}, "Give a whole number in digits, such as 7."),
        ({"paragraph": "12"}, "The article has paragraphs 1 to 11."),
        ({"paragraph": "99999999999999999999"}, "Give a whole number in digits, such as 7."),
        ({"kind": ""}, "Choose what sort of claim it is."),
        ({"kind": "guess"}, "Choose what sort of claim it is."),
        ({"title": ""}, "Give the claim a short title."),
        ({"title": " \u200b "}, "Give the claim a short title."),
        ({"title": "x" * 61}, "This has 61 characters and may have 60: shorten it by 1."),
        ({"title": "—!?"}, "No address can be made of these words"),
        ({"title": "A\0title"}, "control character (U+0000)"),
        ({"statement": ""}, "Write what is claimed."),
        ({"statement": "x" * 301}, "This has 301 characters and may have 300"),
        ({"criteria": ""}, "Say what would settle it."),
        ({"criteria": "x" * 1_000_000}, "This has 1,000,000 characters and may have 2,000"),
        ({"fine_print": "x" * 601}, "This has 601 characters and may have 600"),
        ({"horizon": ""}, "Give the day it falls due, or tick open-ended."),
        ({"open_ended": "on"}, "Either a day or open-ended, not both."),
        ({"horizon": "2026-13-01"}, "There is no month 13."),
        ({"horizon": "2026"}, "A day is needed here, not only “2026”."),
        ({"horizon": "2026-04-30"}, "The claim falls due before it was opened."),
        ({"opened_on": "2026-06-02"}, "A claim cannot be opened on a day that has not come yet."),
        ({"opened_on": ""}, "Give the day from which the claim is tracked."),
        ({"signpost_2": ""}, "Name two to four things that anyone could see happen."),
        ({"direction_2": ""}, "Say which way it would move the number."),
        ({"direction_2": "sideways"}, "Say which way it would move the number."),
        ({"signpost_2": "x" * 201}, "This has 201 characters and may have 200"),
        ({"review_every_days": "0"}, "Give a number of days from 1 to 3,660."),
        ({"review_every_days": "-3"}, "Give a whole number in digits"),
        ({"topics": ["no-such-topic"]}, "There is no such topic"),
    ],
)
def test_it_says_what_is_wrong(editor, changes, words):
    assert escape(words) in refused(editor, **changes)


def test_it_says_that_the_title_is_taken(editor):
    a_claim(slug="a-treaty-is-signed")
    response = editor.post(NEW, form())
    assert response.status_code == 422
    assert "There is a claim with this short name already." in response.content.decode()


def test_it_says_all_at_once_what_is_wrong(editor):
    html = refused(editor, title="x" * 61, statement="", horizon="soon")
    assert "3 things to put right" in html
    for target in ("id_title", "id_statement", "id_horizon"):
        assert f'href="#{target}"' in html


def test_it_keeps_all_that_was_typed(editor):
    a_topic("Treaties", slug="treaties")
    html = refused(editor, title="", criteria="Line <one>\r\nand two", horizon="soon", topics=["treaties"])
    assert "Line &lt;one&gt;\nand two" in html.replace("\r\n", "\n")
    assert 'value="soon"' in html
    assert 'value="A date for talks is set"' in html
    assert '<option value="down" selected>' in html
    assert "checked" in html.split('value="treaties"')[1].split(">")[0]


@pytest.mark.parametrize("field", ["title", "statement", "criteria", "signpost_1", "paragraph", "kind", "horizon"])
def test_it_refuses_half_of_a_character(editor, field):
    body = urlencode({**form(), field: ""}).replace(f"{field}=", f"{field}=%ED%A0%80", 1)
    response = editor.post(NEW, body, content_type=FORM)
    assert response.status_code == 422
    assert not Claim.objects.exists()


def test_it_shows_right_to_left_words_as_they_are(editor):
    html = refused(editor, statement="תחזית", horizon="soon")
    assert "תחזית" in html
    assert 'dir="auto"' in html


def test_it_asks_the_database_as_often_with_many_claims(editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert editor.get(f"{NEW}?article=the-article").status_code == 200


def test_a_claim_opens_today_or_before(editor):
    editor.post(NEW, form(opened_on=on(0).isoformat()))
    assert Claim.objects.get().opened_on == on(0)
