"""Feeds: watching an address, pausing it, taking it up again and letting it go. Private: no act leaves an event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.addresses import AddressError, clean_address, normalise_address
from claims.models import Feed, FeedState, User

LET_GO = "It is not watched any more."
MOST_WATCHED = 2000


@act
def watch_feed(*, by: User, address: str, title: str = "", site: str = "", now: datetime | None = None) -> Feed:
    """Watches an address from now on; one that was let go is taken up again.

    Raises NotAllowed, Invalid (also where it is watched already), WrongState.
    """
    require(by, Right.WATCH_FEEDS)
    now = now or timezone.now()
    fields = Fields()
    try:
        cleaned, norm = clean_address(address), normalise_address(address)
    except AddressError as error:
        raise Invalid({"address": str(error)}) from error
    title = fields.line("title", title[:300], longest=300)
    fields.check()
    known = Feed.objects.select_for_update(no_key=True).filter(address_norm=norm).first()
    if known is not None and known.state != FeedState.REMOVED:
        raise Invalid({"address": f"This feed is watched already, as “{known}”."})
    if known is None and Feed.objects.exclude(state=FeedState.REMOVED).count() >= MOST_WATCHED:
        raise WrongState(f"{MOST_WATCHED:,} feeds are watched, which is as many as there may be. Let one go first.")
    feed = known or Feed(address_norm=norm, added_at=now)
    feed.address, feed.title, feed.site, feed.added_by = cleaned, title or feed.title, site[:2000] or feed.site, by
    return _taken_up(feed, now=now)


@act
def pause_feed(*, by: User, feed: Feed, reason: str) -> Feed:
    """Stops asking a feed until somebody takes it up again. Raises NotAllowed, WrongState, Invalid."""
    require(by, Right.WATCH_FEEDS)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why it is not asked any more.")
    fields.check()
    held = _held(feed.id)
    if held.state != FeedState.ACTIVE:
        raise WrongState("The feed is not watched just now.")
    held.state, held.paused_because = FeedState.PAUSED, reason
    held.save(update_fields=["state", "paused_because"])
    return held


@act
def resume_feed(*, by: User, feed: Feed, now: datetime | None = None) -> Feed:
    """Asks a paused feed again, at once. Raises NotAllowed, WrongState."""
    require(by, Right.WATCH_FEEDS)
    held = _held(feed.id)
    if held.state != FeedState.PAUSED:
        raise WrongState("The feed is not paused.")
    return _taken_up(held, now=now or timezone.now())


@act
def remove_feed(*, by: User, feed: Feed) -> Feed:
    """Lets a feed go; its leads stay. Raises NotAllowed, WrongState."""
    require(by, Right.WATCH_FEEDS)
    held = _held(feed.id)
    held.state, held.paused_because = FeedState.REMOVED, LET_GO
    held.save(update_fields=["state", "paused_because"])
    return held


@dataclass
class Imported:
    """What came of a list of feeds: how many are watched now that were not, and sentences on the others."""

    added: int = 0
    stood: int = 0
    wrong: list[str] = field(default_factory=list)


@act
def import_feeds(*, by: User, feeds: Iterable[tuple[str, str]], now: datetime | None = None) -> Imported:
    """Watches many addresses, each given with its title; what cannot be watched hinders no other.

    Raises NotAllowed.
    """
    require(by, Right.WATCH_FEEDS)
    told = Imported()
    known = set(Feed.objects.exclude(state=FeedState.REMOVED).values_list("address_norm", flat=True))
    for address, title in feeds:
        try:
            if normalise_address(address) in known:
                told.stood += 1
                continue
            known.add(watch_feed(by=by, address=address, title=title, now=now).address_norm)
        except (AddressError, Invalid, WrongState) as error:
            told.wrong.append(f"{address[:200]}: {error}")
        else:
            told.added += 1
    return told


def _held(feed: UUID) -> Feed:
    held = Feed.objects.select_for_update(no_key=True).filter(id=feed).exclude(state=FeedState.REMOVED).first()
    if held is None:
        raise WrongState("The feed is not watched any more.")
    return held


def _taken_up(feed: Feed, *, now: datetime) -> Feed:
    feed.state, feed.paused_because, feed.failures, feed.poll_after = FeedState.ACTIVE, "", 0, now
    feed.save()
    return feed
