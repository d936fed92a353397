"""When an entry says that it was published."""

import time
from datetime import UTC, datetime

import pytest

from claims.leads.dating import published_at
from claims.leads.parsing import parse_feed

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _read(text: str) -> datetime | None:
    """As it comes out of a feed."""
    item = f"<item><link>https://a.example/</link><pubDate>{text}</pubDate></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()
    return parse_feed(feed, address="https://a.example/feed", now=NOW).entries[0].published_at


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Tue, 24 Nov 2026 10:00:00 GMT", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 10:00:00 +0530", datetime(2026, 11, 24, 4, 30, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 10:00:00 EST", datetime(2026, 11, 23, 15, tzinfo=UTC)),
        ("23 Nov 26 10:00", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-24T10:00:00Z", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24T10:00:00.123+02:00", datetime(2026, 11, 24, 8, 0, 0, 123000, tzinfo=UTC)),
        ("2026-11-24 10:00:00 +0200", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("2026-11-24 10:00:00 UTC", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24 10:00", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 24, tzinfo=UTC)),
        ("20261124", datetime(2026, 11, 24, tzinfo=UTC)),
        ("Τρι, 24 Νοέ 2026 10:00:00 GMT", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 12:59:00 GMT", datetime(2026, 11, 24, 12, 59, tzinfo=UTC)),
    ],
)
def test_a_date_is_read(text: str, instant: datetime | None) -> None:
    assert _read(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026",
        "2026-11",
        "Nov 2026",
        "0000-00-00T00:00:00Z",
        "0000-01-01",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 30 Nov 0000 00:00:00 +0000",
        "2026-02-31T10:00:00Z",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "2026-13-01",
        "Tue, 24 Nov 2026 14:00:00 GMT",
        "2099-01-01T00:00:00Z",
        "99999-01-01",
        "Tue, 24 Nov 99999 10:00:00 GMT",
        "Tue, 24 Nov 2026 10:00:00 +99999999",
        "1" * 100_000,
    ],
)
def test_a_date_that_cannot_be_right_is_none(text: str) -> None:
    assert _read(text) is None


def test_what_feedparser_takes_from_today_is_not_believed() -> None:
    assert published_at("10:00", time.gmtime(), now=NOW) is None


def test_an_entry_without_the_day_of_its_publication_has_that_of_its_change() -> None:
    feed = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/><published>soon</published>'
        b"<updated>2026-11-20T10:00:00Z</updated></entry></feed>"
    )
    (entry,) = parse_feed(feed, address="https://a.example/", now=NOW).entries
    assert entry.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
