"""What stands at the address of a feed, fetched through the guard."""

from collections.abc import Sequence

from claims.capture.errors import WrongContent
from claims.capture.fetch import Fetched, fetch
from claims.leads.errors import NotAFeed
from claims.leads.parsing import ACCEPTED, MOST_BYTES


def get_feed(address: str, *, headers: Sequence[tuple[str, str]] = (), deadline: float) -> Fetched:
    """What a site answers, within `deadline` seconds. Raises FetchError, and NotAFeed for a type that no feed has."""
    try:
        return fetch(address, headers=headers, most_bytes=MOST_BYTES, deadline=deadline, accept=ACCEPTED)
    except WrongContent as error:
        raise NotAFeed(f"{error} Only feeds in RSS and Atom can be watched.") from error
