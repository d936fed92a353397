"""Feeds made to harm: each costs little time and memory, and ends in entries or a sentence."""

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from claims.capture.errors import TooLarge
from claims.capture.fetch import fetch
from claims.leads import reading
from claims.leads.errors import NotAFeed
from claims.leads.parsing import ACCEPTED, MOST_BYTES, parse_feed
from tests.capture.sites import Page, Site, serving

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HEAD, TAIL = b'<rss version="2.0"><channel><title>t</title>', b"</channel></rss>"
LINK = b"<link>https://news.example/a</link>"
SIZE = 300_000


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    with serving() as site:
        settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
        yield site


def _full_of(piece: bytes) -> bytes:
    return piece * (SIZE // len(piece))


def _item(tag: bytes, content: bytes) -> bytes:
    return HEAD + b"<item>" + LINK + b"<" + tag + b">" + content + b"</" + tag + b"></item>" + TAIL


def _seconds(body: bytes) -> float:
    begun = time.process_time()
    with suppress(NotAFeed):
        parse_feed(body, address="https://news.example/feed", now=NOW)
    return time.process_time() - begun


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss version='2.0'><channel><item>"
    + LINK
    + b"<title>&a9;</title></item></channel></rss>"
)
BLOW_UP = (
    b'<!DOCTYPE rss [<!ENTITY a "'
    + b"x" * 100_000
    + b'">]><rss version="2.0"><channel><item>'
    + LINK
    + b"<title>"
    + b"&a;" * 50_000
    + b"</title></item></channel></rss>"
)
OUTSIDE = (
    b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    + LINK
    + b"<title>&a;</title></item></channel></rss>"
)


@pytest.mark.parametrize("body", [LAUGHS, BLOW_UP], ids=["laughs", "blow-up"])
def test_entities_are_not_expanded(body: bytes) -> None:
    tracemalloc.start()
    seconds = _seconds(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 10
    assert most < 50_000_000


def test_nothing_is_read_from_this_machine() -> None:
    (entry,) = parse_feed(OUTSIDE, address="https://news.example/feed", now=NOW).entries
    assert "root" not in entry.title


@pytest.mark.parametrize(
    "body",
    [
        _full_of(b"\n") + HEAD + TAIL,
        b"<!--x-->" + _full_of(b"\n") + HEAD + TAIL,
        _item(b"author", _full_of(b"a")),
        _item(b"author", _full_of(b"a.a") + b"@"),
        _item(b"title", _full_of(b"&lt;")),
        _item(b"title", b"a" + _full_of("\u0301".encode())),
        _item(b"description", _full_of(b"&lt;b&gt;")),
        _item(b"description", _full_of(b"&lt;table&gt;")),
        _item(b"pubDate", _full_of(b"1-")),
        _item(b"link", _full_of(b"a")),
        _item(b"guid", _full_of(b"a")),
        HEAD + _full_of(b"<item>"),
        HEAD + _full_of(b"<category>a</category>") + TAIL,
        HEAD + _full_of(b"<!--"),
        HEAD + _full_of(b"<![CDATA["),
        HEAD + _full_of(b"<"),
        b"<!DOCTYPE rss [" + _full_of(b"<!ENTITY ") + HEAD,
        b'<?xml version="1.0" encoding="punycode"?>' + HEAD + _full_of(b"a") + TAIL,
        b"<html>" + _full_of(b"<p>hello <b>x</b>"),
        _full_of(b"\0"),
    ],
    ids=range(20),
)
def test_it_is_read_or_refused_quickly(body: bytes) -> None:
    assert _seconds(body) < 4


@pytest.mark.parametrize("piece", [b"<a>", b"<a xml:base='a/'>", b"<a/", b"<a "], ids=range(4))
def test_reading_ends_when_its_time_is_over(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READ_SECONDS", 0.2)
    with pytest.raises(NotAFeed, match=r"longer than 0\.2 seconds"):
        parse_feed(HEAD + piece * 200_000, address="https://news.example/feed", now=NOW)


PIECES = """<rss>|<rss:rss>|<channel>|<feed xmlns="http://www.w3.org/2005/Atom">|<item>|<entry>|</item>|</entry>|<title>
|</title>|<title type="xhtml">|<link>|</link>|<link href="/a"/>|<guid>|</guid>|<author>|<name>|</name>|</author>|<div>
|</div>|<content type="xhtml">|<content type="image/png" mode="base64">|QUJD=|</content>|<description>|</description>
|<category term="x">|<image>|</image>|<textInput>|<source>|</source>|<enclosure url="a">|<pubDate>|2026|</pubDate>|<svg>
|<x:y z="w">|<dc:date>|<media:content url="x">|<media:group>|<base href="http://[x">|<a xml:base="http://[">|<!--|-->
|<![CDATA[|]]>|&amp;|&#0;|&#99999999;|&#x110000;|&x;|&lt;|<|>|"|'|=|/|http://[::1|<itunes:image href="">
|<itunes:duration>|<georss:point>|1,x|</georss:point>|<gml:pos>|<cloud/>|<psc:chapter start="x">|<?xml|?>|<!DOCTYPE
|<creativeCommons:license>|<xhtml:div>|<media:credit>|<media:rating>|<rdf:RDF>|<itunes:explicit>|<dc:creator>|<thr:in-reply-to>|<media:thumbnail>"""
SHARDS = st.sampled_from(PIECES.replace("\n", "").split("|"))


@given(st.lists(SHARDS | st.text(max_size=5), max_size=40).map("".join))
def test_whatever_it_holds_it_gives_entries_or_a_sentence(text: str) -> None:
    assert _seconds(b"<rss><channel>" + text.encode("utf-8", "replace")) < 4


def test_a_feed_as_large_as_allowed_is_read_quickly() -> None:
    item = b"<item>" + LINK + b"<title>Some words</title><description>" + b"word " * 100 + b"</description></item>"
    body = HEAD + item * (MOST_BYTES // len(item)) + TAIL
    begun = time.process_time()
    assert len(parse_feed(body, address="https://news.example/feed", now=NOW).entries) == 500
    assert time.process_time() - begun < 4


def test_a_feed_of_fifty_megabytes_is_refused_before_it_is_read(site: Site) -> None:
    site.pages["/feed"] = Page(HEAD + b" " * 50_000_000, headers={"Content-Type": "application/rss+xml"})
    with pytest.raises(TooLarge, match="5,000,000 bytes"):
        fetch(site.at("/feed"), most_bytes=MOST_BYTES, deadline=10, accept=ACCEPTED)


def test_a_feed_is_fetched_and_read(site: Site) -> None:
    body = HEAD + b"<item><link>/a</link></item>" + TAIL
    site.pages["/feed"] = Page(body, headers={"Content-Type": "application/rss+xml"})
    got = fetch(site.at("/feed"), most_bytes=MOST_BYTES, deadline=10, accept=ACCEPTED)
    channel = parse_feed(got.body, address=got.address, content_type=got.header("content-type"), now=NOW)
    assert [entry.address for entry in channel.entries] == [site.at("/a")]
