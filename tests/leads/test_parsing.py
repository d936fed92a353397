"""Feeds as they are in the wild, from bytes to entries."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.leads.errors import NotAFeed
from claims.leads.parsing import Channel, Entry, parse_feed

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOME = "https://news.example/feeds/all.xml"


def _parse(body: str | bytes, **known: Any) -> Channel:
    body = body.encode() if isinstance(body, str) else body
    return parse_feed(body, **{"address": HOME, "content_type": "application/xml", "now": NOW} | known)


def _rss(*items: str, channel: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{listed}</channel></rss>'


def _entry(item: str) -> Entry:
    (entry,) = _parse(_rss(f"<link>https://news.example/a</link>{item}")).entries
    return entry


def _atom(entry: str, attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>F</title><entry>{entry}</entry></feed>'


@pytest.mark.parametrize(
    ("channel", "hours"),
    [
        ("<ttl>180</ttl>", 3),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 12),
        ("<ttl/>", 0),
    ],
)
def test_it_keeps_how_long_the_feed_says_that_it_stays(channel: str, hours: int) -> None:
    body = _rss(channel=channel).replace("<rss ", "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' ")
    assert _parse(body).stated == timedelta(hours=hours)


def test_rss_is_read() -> None:
    channel = _parse(
        _rss(
            "<title>Talks resume</title><link>https://news.example/1</link><guid>g-1</guid>"
            "<pubDate>Tue, 24 Nov 2026 10:30:00 +0200</pubDate><description>In Geneva.</description>"
            "<author>desk@news.example (A. Writer)</author>",
            channel="<title>News</title><link>https://news.example/</link><language>en-GB</language>",
        )
    )
    assert channel == Channel(
        "News",
        "https://news.example/",
        "en-gb",
        (
            Entry(
                "g-1",
                "https://news.example/1",
                "Talks resume",
                "In Geneva.",
                datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
                "A. Writer",
            ),
        ),
        0,
    )


def test_atom_is_read() -> None:
    (entry,) = _parse(
        _atom(
            '<id>tag:news.example,2026:1</id><title type="html">War &amp;amp; peace</title>'
            '<link rel="alternate" href="/1"/><published>2026-11-23T09:00:00Z</published>'
            "<updated>2026-11-24T09:00:00Z</updated><summary>Short.</summary><author><name>A. Writer</name>"
            "<email>a@news.example</email></author>"
        )
    ).entries
    assert entry == Entry(
        "tag:news.example,2026:1",
        "https://news.example/1",
        "War & peace",
        "Short.",
        datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        "A. Writer",
    )


def test_rss_of_the_first_kind_is_read() -> None:
    channel = _parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://news.example/"><title>News</title><link>https://news.example/</link></channel>'
        '<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link>'
        "<dc:date>2026-11-24T08:00:00+01:00</dc:date></item></rdf:RDF>"
    )
    assert [(entry.title, entry.published_at) for entry in channel.entries] == [
        ("One", datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    ]


def test_a_feed_without_entries_is_one() -> None:
    assert _parse(_rss(channel="<title>Quiet</title>")) == Channel("Quiet", "", "", (), 0)


def test_entries_keep_the_order_of_the_feed() -> None:
    links = [f"<link>https://news.example/{n}</link>" for n in (3, 1, 2)]
    assert [entry.address[-1] for entry in _parse(_rss(*links)).entries] == ["3", "1", "2"]


def test_at_most_five_hundred_entries_are_read() -> None:
    links = [f"<link>https://news.example/{n}</link>" for n in range(700)]
    entries = _parse(_rss(*links)).entries
    assert (len(entries), entries[-1].address) == (500, "https://news.example/499")


# --- Addresses ---


@pytest.mark.parametrize(
    ("attributes", "link", "address"),
    [
        ("", "/a?b=c", "https://news.example/a?b=c"),
        ("", "b", "https://news.example/feeds/b"),
        ("", "//other.example/a", "https://other.example/a"),
        ('xml:base="https://base.example/x/"', "y", "https://base.example/x/y"),
        ('xml:base="/x/"', "y", "https://news.example/x/y"),
        ("", " https://news.example/with space ", "https://news.example/with%20space"),
        ("", "HTTPS://News.Example/мир", "https://news.example/%D0%BC%D0%B8%D1%80"),
    ],
)
def test_a_link_is_resolved(attributes: str, link: str, address: str) -> None:
    (entry,) = _parse(_atom(f'<title>T</title><link href="{link}"/>', attributes)).entries
    assert entry.address == address


def test_a_relative_link_of_rss_is_resolved_by_the_feeds_address() -> None:
    assert _parse(_rss("<link>/a</link>")).entries[0].address == "https://news.example/a"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example", "http://u:p@news.example/"],
)
def test_an_entry_that_leads_nowhere_on_the_web_is_left_out_and_counted(link: str) -> None:
    channel = _parse(_rss(f"<title>T</title><link>{link}</link><guid isPermaLink='false'>x</guid>"))
    assert (channel.entries, channel.left_out) == ((), 1)


def test_a_guid_that_is_an_address_serves_where_a_link_is_missing() -> None:
    assert _parse(_rss("<guid>https://news.example/g</guid>")).entries[0].address == "https://news.example/g"


@pytest.mark.parametrize("attribute", ["", ' isPermaLink="false"', ' isPermaLink="true"'])
def test_a_guid_is_kept_as_it_is_written(attribute: str) -> None:
    assert _entry(f"<guid{attribute}>12345</guid>").guid == "12345"


def test_a_guid_that_is_too_long_stays_apart_from_others() -> None:
    first, second = (_entry(f'<guid isPermaLink="false">{"x" * 600}{n}</guid>').guid for n in (1, 2))
    assert first != second
    assert len(first) <= 500


# --- Words ---


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Plain words", "Plain words"),
        ("AT&amp;amp;T", "AT&T"),
        ("Russia&amp;#8217;s gas", "Russia’s gas"),
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("<![CDATA[<i>In</i> short]]>", "In short"),
        ("1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"),
        ("  Two\n lines\t ", "Two lines"),
        ("ab\u202ecd\u2066", "ab cd"),
        ("Zero\u00a0width\u200b", "Zero width"),
    ],
)
def test_a_title_is_plain_text(written: str, read: str) -> None:
    assert _entry(f"<title>{written}</title>").title == read


def test_scripts_and_comments_are_no_words() -> None:
    html = "<script>alert(1)</script><style>p {}</style><!-- aside -->Safe <b onclick='x'>words</b>"
    assert _entry(f"<description><![CDATA[{html}]]></description>").summary == "Safe words"


def test_what_atom_calls_text_is_not_read_as_markup() -> None:
    (entry,) = _parse(_atom('<title type="text">Use &lt;b&gt; for bold</title><link href="/a"/>')).entries
    assert entry.title == "Use <b> for bold"


def test_xhtml_becomes_text() -> None:
    (entry,) = _parse(
        _atom(
            '<link href="/a"/><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two <em>x'
            "</em></p></div></summary>"
        )
    ).entries
    assert entry.summary == "One Two x"


def test_paragraphs_do_not_run_together() -> None:
    assert _entry("<description><![CDATA[<p>One</p><p>Two<br>Three</p>]]></description>").summary == "One Two Three"


def test_the_text_of_an_entry_serves_where_a_summary_is_missing() -> None:
    (entry,) = _parse(_atom('<link href="/a"/><content type="html">&lt;p&gt;All of it.&lt;/p&gt;</content>')).entries
    assert entry.summary == "All of it."


def test_long_fields_are_cut() -> None:
    entry = _entry(f"<title>{'word ' * 500}</title><description>{'word ' * 5000}</description>")
    assert 250 < len(entry.title) <= 300
    assert 1900 < len(entry.summary) <= 2000


def test_a_mail_address_is_no_name() -> None:
    assert _entry("<author>someone@news.example</author>").author == ""


@pytest.mark.parametrize(
    ("stated", "language"), [("de_AT", "de-at"), ("EN", "en"), ("<b>", ""), ("english please", "")]
)
def test_a_language_is_a_tag_or_nothing(stated: str, language: str) -> None:
    stated = stated.replace("<", "&lt;")
    assert _parse(_rss(channel=f"<language>{stated}</language>")).language == language


# --- Encodings ---

TITLE = "Мир и “война”"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "application/xml"),
        ("utf-8", "iso-8859-1", "application/xml"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "utf-16", "text/xml"),
        ("utf-8", "no-such-thing", "text/html"),
        ("utf-8", "punycode", "application/xml"),
        ("utf-8-sig", "utf-8", "application/xml"),
        ("utf-16", "utf-16", "application/xml"),
        ("utf-16-le", "utf-16", "application/xml"),
        ("utf-16-be", "utf-8", "application/xml"),
        ("utf-32", "utf-32", "application/xml"),
        ("cp1251", "windows-1251", "application/xml"),
        ("cp1251", "windows-1251", "text/xml"),
        ("cp1251", "", "text/xml; charset=windows-1251"),
    ],
)
def test_letters_are_read_whatever_is_declared(encoding: str, declared: str, content_type: str) -> None:
    declaration = f' encoding="{declared}"' if declared else ""
    body = _rss(f"<link>/a</link><title>{TITLE}</title>").replace('"1.0"', f'"1.0"{declaration}', 1)
    assert _parse(body.encode(encoding), content_type=content_type).entries[0].title == TITLE


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    body = _rss(f"<link>/a</link><title>{TITLE} BROKEN</title>").encode().replace(b"BROKEN", b"\xff")
    assert _parse(body).entries[0].title == f"{TITLE} \ufffd"


def test_control_characters_are_dropped() -> None:
    assert _entry("<title>a\x0bb\x00c\x1f</title>").title == "abc"


# --- Malformed ---


@pytest.mark.parametrize(
    "body",
    [
        _rss("<link>/a</link><title>Cut off</title>")[:-16],
        _rss("<link>/a</link><title>Cut off</title>") + "<p>and more",
        "\n\n  \ufeff" + _rss("<link>/a</link><title>Cut off</title>"),
        _rss("<link>/a</link><title>Cut off</title><description>a & b &nbsp; <br> c</description>"),
        _rss("<link>/a</link><title>Cut off</title><media:thing>x</media:thing>"),
        '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>' + _rss("<link>/a</link><title>Cut&nbsp;off</title>")[21:],
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">' + _rss("<link>/a</link><title>Cut off</title>")[21:],
    ],
)
def test_a_malformed_feed_gives_what_can_be_read(body: str) -> None:
    assert [(entry.address, entry.title) for entry in _parse(body).entries] == [("https://news.example/a", "Cut off")]


def test_what_was_read_before_the_document_broke_is_kept() -> None:
    body = _rss("<link>/a</link><title>First</title>", "<link>/b</link><title>&#99999999;</title>")
    assert _parse(body).entries[0].title == "First"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "answered with nothing"),
        (" \n ", "answered with nothing"),
        ("<!doctype html><title>News</title><p>Hello", "a web page and not a feed"),
        ("<HTML><body>x</body>", "a web page and not a feed"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "JSON"),
        ("Just words.", "neither RSS nor Atom"),
        ("<opml><body/></opml>", "neither RSS nor Atom"),
        ("<channel><title>x</title></channel>", "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither RSS nor Atom"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_said_in_a_sentence(body: str | bytes, words: str) -> None:
    with pytest.raises(NotAFeed, match=words):
        _parse(body)


def test_a_web_page_that_mentions_atom_is_no_feed() -> None:
    with pytest.raises(NotAFeed, match="web page"):
        _parse('<html xmlns:a="http://www.w3.org/2005/Atom"><head><a:feed/></head><body>x</body></html>')


def test_a_body_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "rss"
    secret.write_text(_rss("<link>/a</link>"))
    with pytest.raises(NotAFeed):
        _parse(str(secret))
