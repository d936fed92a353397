"""Feeds: watched, paused, taken up again, let go, taken over from a list."""

import pytest

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.feeds import import_feeds, pause_feed, remove_feed, resume_feed, watch_feed
from claims.models import Event, Feed
from tests.factories import NOW, a_feed, a_lead, a_person

pytestmark = pytest.mark.django_db
ADDRESS = "https://paper.example/rss"


@pytest.fixture
def editor():
    return a_person("editor")


def watched(by, address=ADDRESS, **words):
    return watch_feed(by=by, address=address, now=NOW, **words)


def paused(by):
    return pause_feed(by=by, feed=a_feed(), reason="Too much of it.")


def test_it_is_due_at_once(editor):
    feed = watched(editor, title="The Paper")
    assert (feed.state, feed.poll_after, str(feed)) == ("active", NOW, "The Paper")


def test_it_is_private_work(editor):
    watched(editor)
    assert Event.objects.filter(subject_type="feed").count() == 0


@pytest.mark.parametrize("again", [ADDRESS, "https://www.paper.example/rss", "https://paper.example/rss#top"])
def test_one_address_is_watched_once(editor, again):
    watched(editor)
    with pytest.raises(Invalid, match="watched already"):
        watched(editor, again)


@pytest.mark.parametrize("address", ["", "paper", "ftp://paper.example/", "javascript:alert(1)"])
def test_what_is_no_address_is_not_watched(editor, address):
    with pytest.raises(Invalid):
        watched(editor, address)


def test_pausing_it_needs_a_reason(editor):
    with pytest.raises(Invalid):
        pause_feed(by=editor, feed=a_feed(), reason=" ")


def test_a_paused_one_shows_why_and_is_due_when_it_is_taken_up_again(editor):
    feed = paused(editor)
    assert (feed.state, feed.paused_because) == ("paused", "Too much of it.")
    feed = resume_feed(by=editor, feed=feed, now=NOW)
    assert (feed.state, feed.paused_because, feed.poll_after) == ("active", "", NOW)


def test_taking_it_up_again_forgets_its_failures(editor):
    feed = a_feed(state="paused", paused_because="It failed.", failures=10)
    assert resume_feed(by=editor, feed=feed, now=NOW).failures == 0


def test_what_it_brought_stays_when_it_is_let_go(editor):
    lead = a_lead(feed=a_feed())
    remove_feed(by=editor, feed=lead.feed)
    lead.refresh_from_db()
    assert (lead.state, lead.feed.state) == ("new", "removed")


def test_one_that_was_let_go_is_taken_up_as_the_same(editor):
    feed = watched(editor)
    remove_feed(by=editor, feed=feed)
    assert watched(editor).id == feed.id


@pytest.mark.parametrize("act", [lambda **given: pause_feed(reason="So.", **given), resume_feed, remove_feed])
def test_one_that_was_let_go_is_only_added_again(editor, act):
    feed = a_feed(state="removed", paused_because="Gone.")
    with pytest.raises(WrongState):
        act(by=editor, feed=feed)


@pytest.mark.parametrize("role", ["analyst", "moderator"])
def test_only_editors_watch(role):
    with pytest.raises(NotAllowed):
        watched(a_person(role))


def test_a_list_is_taken_over_and_what_cannot_be_hinders_no_other(editor):
    watched(editor)
    told = import_feeds(
        by=editor, feeds=[(ADDRESS, ""), ("https://a.example/f", "A"), ("no address", ""), ("https://b.example/f", "")]
    )
    assert (told.added, told.stood, len(told.wrong)) == (2, 1, 1)
    assert Feed.objects.count() == 3
