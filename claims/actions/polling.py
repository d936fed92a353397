"""Polling: asking the feeds that are due, and keeping each new entry once, as a lead. Private work: no events.

What is due stands in the table. A feed that is being asked is put off for LEASE, so that nobody asks it beside us
and a worker that dies with it costs no more than that.
"""

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from claims.actions.acts import act
from claims.actions.lead_redact import print_of
from claims.actions.wake import wake
from claims.addresses import AddressError, normalise_address
from claims.capture.guard import Clock
from claims.leads.asking import Answer, Asked, ask, failed
from claims.leads.parsing import Entry
from claims.leads.titles import title_key
from claims.models import Evidence, EvidenceState, Feed, FeedState, Lead
from claims.text import excerpt

logger = logging.getLogger(__name__)

BROKE = "What it sent could not be taken in, for a reason that stands in the log of this site."
MATCH = "claims.tasks.match_leads"
LEASE = timedelta(minutes=10)
AT_ONCE = 16
BEGUN_FOR = 45.0  # seconds in which rounds are begun, each of about twenty at most, so that a task ends by itself
DATED = 20  # entries by whose rhythm a feed is asked
OLDEST = timedelta(days=60)  # an entry that appeared longer ago is no lead
SAME_TITLE_WITHIN = timedelta(days=30)
SEEN_AGAIN = timedelta(days=30)  # far less than leads are kept for


def poll_due_feeds(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Asks the feeds that have been due the longest, `at_once` side by side, and as many again while more are due and
    time is left.

    Stores what came, and gives how many were asked.
    """
    asked, clock = 0, Clock(BEGUN_FOR)
    with ThreadPoolExecutor(max_workers=at_once) as asking:
        while True:
            due = _lease(now=now, at_once=at_once)
            for one, under_way in [(one, asking.submit(ask, one, now=now)) for one in due]:
                _settle(one, under_way, now=now)
            asked += len(due)
            if len(due) < at_once or clock.elapsed > BEGUN_FOR:
                break
    if asked:
        wake(MATCH)
    return asked


def _settle(one: Asked, under_way: Future[Answer], *, now: datetime) -> None:
    """Stores what came of asking a feed; one that breaks something in us is no reason to leave out the others."""
    try:
        _store(under_way.result(), now=now)
    except Exception:  # whatever a feed sends, it is a failure of that feed alone
        logger.exception("What the feed %s sent was not stored", one.feed)
        _store(failed(one, BROKE, now=now), now=now)


@act
def _lease(*, now: datetime, at_once: int) -> list[Asked]:
    due = Feed.objects.select_for_update(skip_locked=True, no_key=True).filter(
        state=FeedState.ACTIVE, poll_after__lte=now
    )
    feeds = list(due.order_by("poll_after", "id")[:at_once])
    Feed.objects.filter(id__in=[feed.id for feed in feeds]).update(poll_after=now + LEASE)
    return [Asked(feed.id, feed.address, feed.etag, feed.last_modified, feed.failures, _newest(feed)) for feed in feeds]


def _newest(feed: Feed) -> list[datetime]:
    dated = Lead.objects.filter(feed=feed, published_at__isnull=False).order_by("-dated_at")
    return list(dated.values_list("dated_at", flat=True)[:DATED])


@act
def _store(answer: Answer, *, now: datetime) -> None:
    """Notes what came of asking a feed; one that was paused or let go meanwhile stays so."""
    feed = Feed.objects.select_for_update(no_key=True).filter(id=answer.feed, state=FeedState.ACTIVE).first()
    if feed is None:
        return
    feed.polled_at, feed.last_words = now, excerpt(answer.words, 500)
    if answer.failed:
        feed.failures += 1
    else:
        feed.failures = 0
        feed.etag, feed.last_modified = answer.etag, answer.last_modified
        feed.title, feed.site = feed.title or answer.title, answer.site or feed.site
        _moved(feed, answer)
    if fresh := _keep(feed.id, answer.entries, now=now):
        feed.entries += fresh
        feed.new_at = now
    if answer.due_at is None:
        feed.state, feed.paused_because = FeedState.PAUSED, excerpt(answer.paused_because, 500)
    else:
        feed.poll_after = answer.due_at
    feed.save()


def _moved(feed: Feed, answer: Answer) -> None:
    """Keeps the address that the feed moved to for good, unless it is watched itself."""
    if not answer.moved_to:
        return
    try:
        norm = normalise_address(answer.moved_to)
    except AddressError:
        return
    if not Feed.objects.filter(address_norm=norm).exclude(id=feed.id).exists():
        feed.address, feed.address_norm = answer.moved_to, norm


def _keep(feed: UUID, entries: Sequence[Entry], *, now: datetime) -> int:
    """Stores the entries that are not known by identifier, address or title; gives how many. Eight queries at most."""
    leads = {lead.address_norm: lead for lead in _leads(feed, entries, now=now)}
    known = Lead.objects.filter(feed=feed, guid__in=[lead.guid for lead in leads.values() if lead.guid])
    guids = set(known.values_list("guid", flat=True))
    told = Lead.objects.filter(feed=feed, title_key__in=[lead.title_key for lead in leads.values() if lead.title_key])
    titles = set(told.filter(seen_at__gte=now - SAME_TITLE_WITHIN).values_list("title_key", flat=True))
    logged = Evidence.objects.filter(address_norm__in=list(leads), state=EvidenceState.PUBLISHED)
    addresses = {*logged.values_list("address_norm", flat=True), *_redacted(leads)}
    fresh = []
    for norm, lead in leads.items():
        if norm in addresses or lead.guid in guids or lead.title_key in titles:
            continue
        fresh.append(lead)
        guids |= {lead.guid} - {""}
        titles |= {lead.title_key} - {""}
    before = Lead.objects.filter(address_norm__in=[lead.address_norm for lead in fresh]).count()
    Lead.objects.bulk_create(fresh, ignore_conflicts=True)
    _see_again([norm for norm, lead in leads.items() if lead.published_at is None], now=now)
    return len(fresh) - before


def _see_again(undated: Sequence[str], *, now: datetime) -> None:
    """Notes that entries without a date are still there: forgotten like old ones, they would come again as new."""
    known = Lead.objects.filter(address_norm__in=[*undated, *map(print_of, undated)], seen_at__lt=now - SEEN_AGAIN)
    held = list(known.select_for_update(skip_locked=True, no_key=True).values_list("id", flat=True)) if undated else []
    if held:
        Lead.objects.filter(id__in=held).update(seen_at=now)


def _redacted(norms: Iterable[str]) -> set[str]:
    """Those of the addresses that were removed on legal grounds: a feed does not bring them back."""
    prints = {print_of(norm): norm for norm in norms}
    known = Lead.objects.filter(address_norm__in=list(prints)).values_list("address_norm", flat=True)
    return {prints[one] for one in known}


def _leads(feed: UUID, entries: Iterable[Entry], *, now: datetime) -> Iterable[Lead]:
    for entry in entries:
        dated = min(entry.published_at or now, now)
        if dated < now - OLDEST:
            continue
        try:
            norm = normalise_address(entry.address)
        except AddressError:
            continue
        yield Lead(
            feed_id=feed,
            guid=entry.guid,
            address=entry.address,
            address_norm=norm,
            title=entry.title,
            title_key=title_key(entry.title),
            author=entry.author,
            summary=entry.summary,
            published_at=entry.published_at,
            seen_at=now,
            dated_at=dated,
        )
