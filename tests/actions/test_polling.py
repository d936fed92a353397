"""Polling: real sites on loopback are asked, and each entry is kept once."""

from datetime import timedelta
from importlib import import_module

import pytest

from claims.actions import polling
from claims.actions.lead_redact import print_of
from claims.actions.leads import forget_leads
from claims.actions.polling import LEASE, poll_due_feeds
from claims.actions.redact import redact_evidence
from claims.models import Feed, Lead
from tests.actions.threads import at_once
from tests.capture.sites import Page, redirect, serving
from tests.factories import DAY, NOW, a_feed, a_lead, a_person, an_item

ITEM = "<item><guid>{guid}</guid><link>{link}</link><title>{title}</title><pubDate>{date}</pubDate></item>"
TODAY = "Mon, 01 Jun 2026 08:00:00 GMT"


@pytest.fixture
def site(settings):
    with serving() as site:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{site.port}"]
        yield site


def entry(number, title=None, date=TODAY, link=None):
    link = link or f"https://paper.example/{number}"
    return ITEM.format(guid=number, link=link, title=title or f"Entry {number}", date=date)


def rss(*entries):
    body = f"<rss version='2.0'><channel><title>The Paper</title>{''.join(entries)}</channel></rss>"
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"one"'})


def watching(site, *entries, path="/feed", **columns):
    site.pages[path] = rss(*entries)
    return a_feed(address=site.at(path), address_norm=site.at(path), **columns)


def again(feed, *, hours=24):
    """Asks it once more, later."""
    Feed.objects.filter(id=feed.id).update(poll_after=NOW)
    assert poll_due_feeds(now=NOW + timedelta(hours=hours)) == 1
    feed.refresh_from_db()
    return feed


def polled(feed):
    assert poll_due_feeds(now=NOW) == 1
    feed.refresh_from_db()
    return feed


def titles():
    return sorted(Lead.objects.values_list("title", flat=True))


def test_each_entry_becomes_a_lead(db, site):
    feed = polled(watching(site, entry(1), entry(2)))
    assert titles() == ["Entry 1", "Entry 2"]
    assert (feed.title, feed.entries, feed.last_words, feed.polled_at) == ("The Paper", 2, "2 entries.", NOW)


def test_a_feed_that_states_its_pace_is_not_asked_before(db, site):
    feed = polled(watching(site, "<ttl>600</ttl>", entry(1)))
    assert timedelta(hours=10) <= feed.poll_after - NOW <= timedelta(hours=11)


def test_entries_without_a_date_make_no_rhythm(db, site):
    feed = polled(watching(site, entry(1, date=""), entry(2, date="")))
    first = feed.poll_after - NOW
    site.pages["/feed"] = Page(status=304)
    later = again(feed, hours=1)
    assert later.poll_after - (NOW + timedelta(hours=1)) == first


@pytest.mark.parametrize(("seconds", "asked"), [(45, 5), (-1, 1)])
def test_all_that_are_due_are_asked_while_time_is_left(db, site, monkeypatch, seconds, asked):
    monkeypatch.setattr(polling, "BEGUN_FOR", seconds)
    for number in range(5):
        watching(site, entry(number), path=f"/feed/{number}")
    assert poll_due_feeds(now=NOW, at_once=1) == asked


def test_an_entry_without_a_date_is_not_forgotten_while_its_feed_has_it(db, site):
    feed = polled(watching(site, entry(1, date="")))
    Lead.objects.update(state="dismissed", seen_at=NOW - timedelta(days=100))
    again(feed)
    assert forget_leads(now=NOW + timedelta(days=1)) == 0
    again(feed)
    assert list(Lead.objects.values_list("state", flat=True)) == ["dismissed"]


def test_what_was_redacted_stays_away_while_its_feed_has_it(db, site):
    feed = polled(watching(site, entry(1, date="")))
    known = Lead.objects.get().address_norm
    Lead.objects.all().delete()
    Lead(address_norm=print_of(known), state="dismissed", seen_at=NOW - timedelta(days=100), dated_at=NOW).save()
    again(feed)
    assert forget_leads(now=NOW + timedelta(days=1)) == 0
    again(feed)
    assert titles() == [""]


def test_an_entry_is_kept_once(db, site):
    feed = polled(watching(site, entry(1)))
    site.pages["/feed"] = rss(entry(1), entry(2))
    assert (again(feed).entries, titles()) == (2, ["Entry 1", "Entry 2"])


@pytest.mark.parametrize(
    "other",
    [
        entry(1, title="Told anew", link="https://paper.example/elsewhere"),
        entry(9, title="Another", link="https://www.paper.example/1?utm_source=rss"),
        entry(9, title="ENTRY 1!"),
    ],
    ids=["identifier", "address", "title"],
)
def test_it_is_known_by_identifier_address_or_title(db, site, other):
    feed = polled(watching(site, entry(1)))
    site.pages["/feed"] = rss(other)
    again(feed)
    assert titles() == ["Entry 1"]


def test_two_alike_in_one_answer_are_one(db, site):
    polled(watching(site, entry(1), entry(1), entry(2, title="Entry 1")))
    assert titles() == ["Entry 1"]


def test_an_address_that_another_feed_brought_is_not_kept_twice(db, site):
    a_lead(address="https://paper.example/1", address_norm="https://paper.example/1", title="There before")
    assert polled(watching(site, entry(1))).entries == 0
    assert titles() == ["There before"]


def test_what_is_evidence_already_is_no_lead(db, site):
    an_item(address="https://paper.example/1")
    polled(watching(site, entry(1)))
    assert titles() == []


def test_what_appeared_long_ago_is_no_lead(db, site):
    polled(watching(site, entry(1, date="Mon, 05 Jan 2026 08:00:00 GMT")))
    assert titles() == []


def test_one_without_a_date_is_dated_when_it_is_seen(db, site):
    polled(watching(site, entry(1, date="")))
    lead = Lead.objects.get()
    assert (lead.published_at, lead.dated_at) == (None, NOW)


def test_it_asks_for_what_changed_alone(db, site):
    feed = polled(watching(site, entry(1)))
    site.pages["/feed"] = Page(status=304)
    feed = again(feed)
    assert site.asked[-1][1]["if-none-match"] == '"one"'
    assert (feed.etag, feed.last_words, feed.failures) == ('"one"', "Nothing new.", 0)


def test_what_is_no_feed_is_a_failure_said_beside_it(db, site):
    site.pages["/feed"] = Page(b"<html><p>Hello", headers={"Content-Type": "text/html"})
    feed = polled(a_feed(address=site.at("/feed"), address_norm=site.at("/feed")))
    assert feed.failures == 1
    assert feed.last_words
    assert feed.poll_after > NOW


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_bad_answer_is_tried_again_later(db, site, status):
    site.pages["/feed"] = Page(status=status)
    feed = polled(a_feed(address=site.at("/feed"), address_norm=site.at("/feed")))
    assert (feed.state, feed.failures) == ("active", 1)
    assert str(status) in feed.last_words


def test_a_site_that_says_when_to_come_again_is_obeyed(db, site):
    site.pages["/feed"] = Page(status=503, headers={"Retry-After": "7200"})
    feed = polled(a_feed(address=site.at("/feed"), address_norm=site.at("/feed")))
    assert feed.poll_after >= NOW + timedelta(hours=2)


def test_the_tenth_failure_in_a_row_pauses_it_with_the_reason(db, site):
    site.pages["/feed"] = Page(status=500)
    feed = polled(a_feed(address=site.at("/feed"), address_norm=site.at("/feed"), failures=9))
    assert feed.state == "paused"
    assert "10 times in a row" in feed.paused_because


def test_a_good_answer_ends_the_failures(db, site):
    assert polled(watching(site, entry(1), failures=5)).failures == 0


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(db, site):
    site.pages["/old"] = redirect(site.at("/feed"), 301)
    site.pages["/feed"] = rss(entry(1))
    feed = polled(a_feed(address=site.at("/old"), address_norm=site.at("/old")))
    assert feed.address == site.at("/feed")


def test_a_private_address_is_never_asked(db, settings):
    settings.FETCH_ALLOWED_HOSTS = []
    with serving() as site:
        feed = polled(watching(site, entry(1)))
        assert (site.asked, feed.failures) == ([], 1)


def test_one_that_is_paused_or_not_due_is_not_asked(db, site):
    watching(site, entry(1), state="paused", paused_because="So.")
    watching(site, entry(2), path="/later", poll_after=NOW + timedelta(seconds=1))
    assert poll_due_feeds(now=NOW) == 0


def test_one_that_is_paused_while_it_is_asked_stays_so(db, site):
    feed = watching(site, entry(1))
    [asked] = polling._lease(now=NOW, at_once=1)
    Feed.objects.filter(id=feed.id).update(state="paused", paused_because="So.")
    polling._store(polling.ask(asked, now=NOW), now=NOW)
    feed.refresh_from_db()
    assert (titles(), feed.state) == ([], "paused")


def test_a_feed_that_is_asked_is_put_off_so_that_nobody_asks_it_beside(db, site):
    feed = watching(site, entry(1))
    assert len(polling._lease(now=NOW, at_once=5)) == 1
    feed.refresh_from_db()
    assert feed.poll_after == NOW + LEASE
    assert polling._lease(now=NOW, at_once=5) == []


def test_two_pollers_at_once_ask_each_feed_once(cloned_db, site):
    for number in range(6):
        watching(site, entry(number), path=f"/{number}")

    def poll():
        return poll_due_feeds(now=NOW, at_once=4)

    assert sum(at_once(poll, poll)) == len(site.asked)
    assert len({path for path, _ in site.asked}) == len(site.asked)


@pytest.mark.parametrize("brought", [True, False])
def test_a_feed_does_not_bring_back_a_page_that_was_redacted(db, site, brought):
    link = "https://www.paper.example/1?utm_source=feed"
    feed = polled(watching(site, *([entry(1, link=link)] if brought else [])))
    item = an_item(address="http://paper.example/1/")
    redact_evidence(by=a_person("admin"), evidence=item, reason="Ordered.", legal_basis="court-order", today=DAY)
    site.pages["/feed"] = rss(entry("1 anew", link=link), entry(2))
    again(feed)
    assert sorted(Lead.objects.exclude(address="").values_list("address", flat=True)) == ["https://paper.example/2"]


@pytest.mark.parametrize("where", ["claims.leads.asking.parse_feed", "claims.actions.polling._keep"])
def test_a_feed_that_breaks_something_hinders_no_other(db, site, monkeypatch, where):
    module, _, name = where.rpartition(".")
    real = getattr(import_module(module), name)
    bad, good = watching(site, entry("bad")), watching(site, entry("good"), path="/good")

    def breaks(*given, **named):
        if "bad" in str(given):
            raise RuntimeError("It broke.")
        return real(*given, **named)

    monkeypatch.setattr(where, breaks)
    assert poll_due_feeds(now=NOW) == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.failures, bad.last_words, good.failures, titles()) == (1, polling.BROKE, 0, ["Entry good"])
