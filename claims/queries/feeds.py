"""Watched feeds, as the page of feeds lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Feed
from claims.queries.rows import fetch

PAGE = 50
MOST_EXPORTED = 2000
CURSOR = (str, UUID)
STATES = ("active", "failing", "paused")


class Line(NamedTuple):
    """A feed by its title, with what came of asking it last, and how many leads it brought in all."""

    id: UUID
    title: str
    address: str
    site: str
    state: str
    paused_because: str
    added_at: datetime
    added_by: str
    polled_at: datetime | None
    poll_after: datetime
    new_at: datetime | None
    last_words: str
    failures: int
    entries: int


class Counts(NamedTuple):
    """How many feeds are watched, how many of these came to nothing the last time, and how many are paused.

    Together there are at most a few thousand.
    """

    active: int
    failing: int
    paused: int


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some feeds by title; `after` is where the list goes on."""

    lines: Sequence[Line]
    after: tuple[str, UUID] | None


_WHERE = {
    "": "feed.state IN ('active', 'paused')",
    "active": "feed.state = 'active'",
    "failing": "feed.state = 'active' AND feed.failures > 0",
    "paused": "feed.state = 'paused'",
}

_LINES = """
SELECT feed.id, feed.title, feed.address, feed.site, feed.state, feed.paused_because, feed.added_at,
       coalesce(person.name, ''), feed.polled_at, feed.poll_after, feed.new_at, feed.last_words, feed.failures,
       feed.entries
  FROM feed LEFT JOIN person ON person.id = feed.added_by_id
 WHERE {where} AND (feed.title, feed.id) > (%(title)s, %(last)s)
 ORDER BY feed.title, feed.id LIMIT %(limit)s
"""


def feeds(state: str = "", *, after: tuple[str, UUID] | None = None, size: int = PAGE) -> FeedPage:
    """A page of the feeds that are watched, failing or paused, or of all, by title. One query."""
    title, last = after or ("", UUID(int=0))
    found = fetch(Line, _LINES.format(where=_WHERE[state]), title=title, last=last, limit=size + 1)
    return FeedPage(found[:size], (found[size - 1].title, found[size - 1].id) if len(found) > size else None)


def feed_if_any(feed: UUID) -> Feed | None:
    """The feed, as acts take it, or None. One query."""
    return Feed.objects.filter(id=feed).first()


def counts() -> Counts:
    """How many feeds there are of each kind. One query."""
    numbers = ", ".join(f"count(*) FILTER (WHERE {_WHERE[state]})" for state in STATES)
    return fetch(Counts, f"SELECT {numbers} FROM feed")[0]
