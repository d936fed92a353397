"""Lists of feeds, given out and taken in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.leads.errors import OpmlError
from claims.leads.opml import MOST_BYTES, Subscription, read_opml, write_opml
from claims.leads.plain import plain_line

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="1.1"><head/><body>{body}</body></opml>'.encode()


def test_feeds_are_read_with_their_folders() -> None:
    read = read_opml(
        _opml(
            '<outline text="World"><outline text="Europe"><outline type="rss" text="A &amp; B"'
            ' xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></outline>'
            '<outline title="C" xmlurl="https://c.example/feed"/>'
        )
    )
    assert read.feeds == (
        Subscription("https://a.example/feed", "A & B", "World / Europe", "https://a.example/"),
        Subscription("https://c.example/feed", "C"),
    )
    assert read.refused == ()


def test_a_feed_in_two_folders_is_taken_once() -> None:
    outline = '<outline text="F"><outline xmlUrl="https://a.example/feed"/></outline>'
    assert len(read_opml(_opml(outline + outline)).feeds) == 1


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken() -> None:
    read = read_opml(
        _opml('<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Good" xmlUrl="https://a.example/"/>')
    )
    assert [feed.title for feed in read.feeds] == ["Good"]
    assert len(read.refused) == 1
    assert read.refused[0].startswith("Bad: Only addresses that begin with")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "line 1 cannot be read"),
        (b"<rss/>", "not OPML"),
        (b"<opml><body>", "line 1 cannot be read"),
        (b"just words", "line 1 cannot be read"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "declares entities"),
        (b" " * (MOST_BYTES + 1), "more than 2,000,000 bytes"),
        (_opml("<outline>" * 100), "more than 50 deep"),
        (_opml("".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(2001))), "more than 2,000 feeds"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(file: bytes, words: str) -> None:
    with pytest.raises(OpmlError, match=words):
        read_opml(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_list_is_read_whatever_its_encoding(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8", "cp1251": "windows-1251"}.get(encoding, encoding)
    file = _opml('<outline text="Новости" xmlUrl="https://a.example/"/>').decode()
    file = file.replace('"1.0"', f'"1.0" encoding="{declared}"', 1)
    assert read_opml(file.encode(encoding)).feeds[0].title == "Новости"


names = st.text(min_size=1, max_size=60).map(lambda text: plain_line(text, longest=60)).filter(bool)
subscriptions = st.lists(
    st.builds(
        Subscription,
        address=st.integers(0, 10**6).map(lambda number: f"https://a.example/{number}?a=b&c=%22"),
        title=names,
        folder=st.just("") | names,
        site=st.sampled_from(["", "https://a.example/"]),
    ),
    max_size=8,
    unique_by=lambda feed: feed.address,
)


@given(subscriptions)
def test_what_is_given_out_can_be_taken_in(feeds: list[Subscription]) -> None:
    read = read_opml(write_opml(feeds, title="Feeds", made_at=NOW))
    assert set(read.feeds) == set(feeds)
    assert read.refused == ()


def test_a_list_says_what_it_is_and_when_it_was_made() -> None:
    written = write_opml([], title="Feeds of <ResetWatch>", made_at=NOW).decode()
    assert "<title>Feeds of &lt;ResetWatch&gt;</title>" in written
    assert "<dateCreated>Tue, 24 Nov 2026 12:00:00 GMT</dateCreated>" in written


def test_a_feed_without_a_title_is_named_by_its_address() -> None:
    assert b'text="https://a.example/"' in write_opml(
        [Subscription("https://a.example/", "")], title="Feeds", made_at=NOW
    )
