"""Looking at an address before it is watched: is it a feed, or a page that names some? Touches no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.leads.discovery import OfferedFeed, find_feeds
from claims.leads.errors import NotAFeed
from claims.leads.getting import get_feed
from claims.leads.pace import is_good
from claims.leads.parsing import Channel, parse_feed

DEADLINE = 10.0  # seconds; somebody waits for the answer


@dataclass(frozen=True)
class Looked:
    """What stands at an address: a feed, or else the feeds that the page there names."""

    address: str
    channel: Channel | None = None
    offered: Sequence[OfferedFeed] = ()


def look(address: str, *, now: datetime) -> Looked:
    """What stands at an address. Raises FetchError, and NotAFeed where it is neither a feed nor names one."""
    fetched = get_feed(address, deadline=DEADLINE)
    if not is_good(fetched.status):
        raise NotAFeed(f"The address answers with status {fetched.status}.")
    content_type = fetched.header("content-type")
    try:
        channel = parse_feed(fetched.body, address=fetched.address, content_type=content_type, now=now)
    except NotAFeed as error:
        offered = find_feeds(fetched.body, address=fetched.address, content_type=content_type)
        if not offered:
            raise NotAFeed(f"{error} Nor is it a page that names one: look for the feed’s own address.") from error
        return Looked(fetched.address, offered=offered)
    return Looked(fetched.address if fetched.moved_for_good else address, channel)
