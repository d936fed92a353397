"""Asking one feed: fetched through the guard, parsed, and when to ask it next. Touches no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from claims.capture.errors import FetchError
from claims.capture.fetch import Fetched
from claims.leads.errors import NotAFeed
from claims.leads.getting import get_feed
from claims.leads.pace import after_answer, after_failure, is_good
from claims.leads.parsing import Channel, Entry, parse_feed

DEADLINE = 20.0  # seconds, for all of one answer


@dataclass(frozen=True)
class Asked:
    """A feed as it is asked: what it said last time about its version, and how often in a row it failed.

    `dated` are the instants of the newest entries that are known, for an answer that nothing changed.
    """

    feed: UUID
    address: str
    etag: str
    last_modified: str
    failures: int
    dated: Sequence[datetime] = ()


@dataclass(frozen=True)
class Answer:
    """What came of it, in `words` for a person; `due_at` is None where it is paused, `paused_because` says why then."""

    feed: UUID
    words: str
    due_at: datetime | None
    failed: bool = False
    paused_because: str = ""
    etag: str = ""
    last_modified: str = ""
    title: str = ""
    site: str = ""
    moved_to: str = ""
    entries: Sequence[Entry] = ()


def ask(asked: Asked, *, now: datetime) -> Answer:
    """Asks a feed and gives what came; whatever it sends ends in an answer."""
    try:
        fetched = get_feed(asked.address, headers=_conditions(asked), deadline=DEADLINE)
        if not is_good(fetched.status):
            return failed(asked, _status_words(fetched.status), fetched, now=now)
        if fetched.status == 304:
            return _unchanged(asked, fetched, now=now)
        channel = parse_feed(
            fetched.body, address=fetched.address, content_type=fetched.header("content-type"), now=now
        )
    except (FetchError, NotAFeed) as error:
        return failed(asked, str(error), now=now)
    return _read(asked, fetched, channel, now=now)


def _conditions(asked: Asked) -> list[tuple[str, str]]:
    given = (("If-None-Match", asked.etag), ("If-Modified-Since", asked.last_modified))
    return [(name, value) for name, value in given if value]


def _read(asked: Asked, fetched: Fetched, channel: Channel, *, now: datetime) -> Answer:
    dated = [entry.published_at for entry in channel.entries if entry.published_at]
    left_out = f"; {channel.left_out} could not be used" if channel.left_out else ""
    count = len(channel.entries)
    return Answer(
        asked.feed,
        words=f"{count} {'entry' if count == 1 else 'entries'}{left_out}.",
        due_at=after_answer(
            now=now, headers=fetched.headers, published=dated, stated=channel.stated, spread=_spread(asked.feed)
        ),
        etag=_kept(fetched.header("etag"), 300),
        last_modified=_kept(fetched.header("last-modified"), 100),
        title=channel.title,
        site=channel.site,
        moved_to=fetched.address if fetched.moved_for_good else "",
        entries=channel.entries,
    )


def _unchanged(asked: Asked, fetched: Fetched, *, now: datetime) -> Answer:
    # What the feed says of its own pace is not sent again, and to be asked in this way costs its site next to nothing.
    return Answer(
        asked.feed,
        words="Nothing new.",
        due_at=after_answer(now=now, headers=fetched.headers, published=asked.dated, spread=_spread(asked.feed)),
        etag=_kept(fetched.header("etag"), 300) or asked.etag,
        last_modified=_kept(fetched.header("last-modified"), 100) or asked.last_modified,
    )


def failed(asked: Asked, words: str, fetched: Fetched | None = None, *, now: datetime) -> Answer:
    """What comes of a feed that failed, with the wait that grows with each failure."""
    pause = after_failure(
        now=now,
        failures=asked.failures + 1,
        reason=words,
        status=fetched.status if fetched else None,
        headers=fetched.headers if fetched else (),
        spread=_spread(asked.feed),
    )
    return Answer(asked.feed, words=words, due_at=pause.due_at, failed=True, paused_because=pause.paused_because)


def _status_words(status: int) -> str:
    return f"The feed answered with status {status}."


def _kept(value: str, longest: int) -> str:
    """A version's mark; one that does not fit is not kept, since half of it would never be recognised."""
    return value if len(value) <= longest else ""


def _spread(feed: UUID) -> float:
    """A fixed number from 0 to 1 for each feed, so that those of one pace do not come due together."""
    return crc32(feed.bytes) / 2**32
