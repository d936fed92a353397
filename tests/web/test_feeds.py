"""The page of feeds: watching by a feed's address or a page's, pausing, letting go, lists in and out."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from claims.models import Feed
from tests.actions.test_polling import entry, rss
from tests.capture.sites import Page, serving
from tests.factories import a_feed, a_person

pytestmark = pytest.mark.django_db
FEEDS = "/desk/leads/feeds/"
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


@pytest.fixture
def site(settings):
    with serving() as site:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{site.port}"]
        site.pages["/feed"] = rss(entry(1))
        yield site


@pytest.fixture
def editor(client):
    client.force_login(a_person("editor"))
    return client


def html(*links):
    return Page(f"<html><head>{''.join(links)}</head></html>".encode(), headers={"Content-Type": "text/html"})


def text(answer):
    return answer.content.decode()


def test_a_feed_is_watched_by_its_own_address_under_its_title(editor, site):
    page = text(editor.post(FEEDS, {"address": site.at("/feed")}, follow=True))
    assert "Watched from now on: <bdi>The Paper</bdi>." in page
    assert Feed.objects.get().address == site.at("/feed")


def test_the_one_feed_that_a_page_names_is_watched(editor, site):
    site.pages["/"] = html(LINK.format("All news", "/feed"))
    editor.post(FEEDS, {"address": site.at("/")})
    assert (Feed.objects.get().address, Feed.objects.get().title) == (site.at("/feed"), "The Paper")


def test_of_several_one_chooses(editor, site):
    site.pages["/"] = html(LINK.format("World", "/world"), LINK.format("Sport", "/sport"))
    page = text(editor.post(FEEDS, {"address": site.at("/")}))
    assert f'value="{site.at("/world")}"' in page
    assert not Feed.objects.exists()


@pytest.mark.parametrize(
    "page", [html(), Page(status=404), Page(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})]
)
def test_what_is_no_feed_is_said_and_can_be_watched_all_the_same(editor, site, page):
    site.pages["/x"] = page
    answer = editor.post(FEEDS, {"address": site.at("/x")})
    assert answer.status_code == 422
    assert "Watch it all the same" in text(answer)
    editor.post(FEEDS, {"address": site.at("/x"), "unseen": "1"})
    assert Feed.objects.get().address == site.at("/x")


def test_a_private_address_is_refused(editor):
    answer = editor.post(FEEDS, {"address": "http://127.0.0.1/feed"})
    assert (answer.status_code, Feed.objects.count()) == (422, 0)


def test_a_feed_says_how_it_does(editor):
    a_feed(title="Silent", state="paused", paused_because="It failed 10 times in a row.", failures=10)
    page = text(editor.get(FEEDS))
    assert "Paused: It failed 10 times in a row." in page
    assert "10 failures in a row" in page


def test_it_is_paused_with_a_reason_and_watched_again(editor):
    feed = a_feed()
    editor.post(f"{FEEDS}{feed.id}/pause/", {"reason": "Too much."})
    assert Feed.objects.get().paused_because == "Too much."
    editor.post(f"{FEEDS}{feed.id}/resume/")
    assert Feed.objects.get().state == "active"


def test_pausing_without_a_reason_says_so(editor):
    page = text(editor.post(f"{FEEDS}{a_feed().id}/pause/", {"reason": ""}, follow=True))
    assert "Say why it is not asked any more." in page


def test_it_is_let_go_and_leaves_the_list(editor):
    feed = a_feed(title="Leaving")
    page = text(editor.post(f"{FEEDS}{feed.id}/remove/", follow=True))
    assert "Not watched any more: <bdi>Leaving</bdi>." in page
    assert text(editor.get(FEEDS)).count("Leaving") == 0


def test_one_that_is_gone_already_is_said(editor):
    feed = a_feed(state="removed", paused_because="Gone.")
    assert "not watched any more" in text(editor.post(f"{FEEDS}{feed.id}/remove/", follow=True))


def test_a_list_of_feeds_goes_out_and_comes_in_again(editor):
    a_feed(title="Ärger & Co")
    file = editor.get(f"{FEEDS}opml/").content
    Feed.objects.all().delete()
    page = text(editor.post(f"{FEEDS}opml/upload/", {"file": SimpleUploadedFile("feeds.opml", file)}, follow=True))
    assert "1 feed more is watched." in page
    assert Feed.objects.get().title == "Ärger & Co"


@pytest.mark.parametrize("file", [b"", b"no xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><opml>&b;</opml>", b"x" * 2_100_000])
def test_a_file_that_is_no_list_is_said(editor, file):
    answer = editor.post(f"{FEEDS}opml/upload/", {"file": SimpleUploadedFile("feeds.opml", file)}, follow=True)
    assert answer.status_code == 200
    assert "message--error" in text(answer) or "message--success" not in text(answer)


def test_no_file_is_said(editor):
    assert "Choose a file first." in text(editor.post(f"{FEEDS}opml/upload/", follow=True))


def test_an_analyst_reads_the_list_and_changes_nothing(client):
    client.force_login(a_person("analyst"))
    feed = a_feed()
    assert "Let go" not in text(client.get(FEEDS))
    assert client.post(f"{FEEDS}{feed.id}/remove/").status_code == 403
    assert client.post(FEEDS, {"address": "https://paper.example/", "unseen": "1"}).status_code == 403


def test_for_an_analyst_no_address_is_asked(client, site):
    client.force_login(a_person("analyst", trusted=True))
    assert client.post(FEEDS, {"address": site.at("/feed")}).status_code == 403
    assert site.asked == []


def test_it_says_how_many_are_watched_and_paused(editor):
    (
        a_feed(),
        a_feed(),
        a_feed(state="paused", paused_because="Silent."),
        a_feed(state="removed", paused_because="Gone."),
    )
    assert [chip["count"] for chip in editor.get(FEEDS).context["chips"]] == [3, 2, 0, 1]


def test_paging_shows_each_feed_once(editor):
    for number in range(60):
        a_feed(title=f"Feed {number % 3}")
    first = editor.get(FEEDS)
    second = editor.get(first.context["older"])
    shown = [row["id"] for page in (first, second) for row in page.context["rows"]]
    assert (len(shown), len(set(shown))) == (60, 60)


@pytest.mark.parametrize(
    ("ahead", "words"), [(timedelta(hours=3, minutes=1), ">3 hours</time>"), (timedelta(0), "within a minute")]
)
def test_it_says_when_it_is_asked_next(editor, ahead, words):
    a_feed(poll_after=timezone.now() + ahead)
    assert words in text(editor.get(FEEDS))


def test_of_a_paused_feed_it_says_no_such_thing(editor):
    a_feed(state="paused", paused_because="Silent.")
    assert "asked again in" not in text(editor.get(FEEDS))


def test_of_data_that_is_no_feed_it_says_what_can_be_watched(editor, site):
    site.pages["/feed.json"] = Page(b"{}", headers={"Content-Type": "application/feed+json"})
    page = text(editor.post(FEEDS, {"address": site.at("/feed.json")}))
    assert "application/feed+json, which is not what is looked for there. Only feeds in RSS and Atom" in page


def test_those_that_fail_are_listed_by_themselves(editor):
    a_feed(title="Well"), a_feed(title="Broken", failures=2)
    a_feed(title="Silent", failures=10, state="paused", paused_because="Silent.")
    answer = editor.get(FEEDS, {"state": "failing"})
    assert [row["title"] for row in answer.context["rows"]] == ["Broken"]
    assert [(chip["words"], chip["count"]) for chip in answer.context["chips"]] == [
        ("All", 3), ("Watched", 2), ("Failing", 1), ("Paused", 1)
    ]  # fmt: skip


def test_a_button_leads_back_to_the_place_in_the_list(editor):
    feed = a_feed(failures=1)
    page = text(editor.get(FEEDS, {"state": "failing"}))
    assert f'action="{FEEDS}{feed.id}/pause/?state=failing"' in page
    answer = editor.post(f"{FEEDS}{feed.id}/pause/?state=failing", {"reason": "Silent."})
    assert answer["Location"] == f"{FEEDS}?state=failing"
