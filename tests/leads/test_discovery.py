"""The feeds that a web page names."""

import time

import pytest

from claims.leads.discovery import OfferedFeed, find_feeds

HOME = "https://news.example/world/"
RSS, ATOM = 'rel="alternate" type="application/rss+xml"', 'rel="alternate" type="application/atom+xml"'


def _found(head: str) -> list[str]:
    page = f"<!doctype html><html><head>{head}</head><body></body></html>".encode()
    return [feed.address for feed in find_feeds(page, address=HOME)]


def test_feeds_are_found_in_their_order_with_their_titles() -> None:
    page = f'<head><link {RSS} title="All &amp; more" href="/rss"><link {ATOM} href="https://b.example/atom"/></head>'
    assert find_feeds(page.encode(), address=HOME) == (
        OfferedFeed("https://news.example/rss", "All & more"),
        OfferedFeed("https://b.example/atom", ""),
    )


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (f'<link {RSS} href="feed.xml">', "https://news.example/world/feed.xml"),
        (f'<LINK {RSS.upper()} HREF="/A.xml">', "https://news.example/A.xml"),
        (
            "<link href='/a?b=1&amp;c=2' type='application/atom+xml' rel='home ALTERNATE'>",
            "https://news.example/a?b=1&c=2",
        ),
        ("<link rel=alternate type=application/rss+xml href=/a>", "https://news.example/a"),
        (f'<link {RSS} title="a > b" href="/a">', "https://news.example/a"),
        (f'<link\n{RSS}\nhref="/a"\n/>', "https://news.example/a"),
        ('<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/a">', "https://news.example/a"),
        (f'<base href="https://base.example/x/"><link {RSS} href="a">', "https://base.example/x/a"),
        (f'<base href="/x/"><link {RSS} href="a">', "https://news.example/x/a"),
        (f'<link {RSS} href="feed://news.example/a">', "https://news.example/a"),
        (f'<link {RSS} href="feed:https://news.example/a">', "https://news.example/a"),
    ],
)
def test_a_link_is_read_as_browsers_read_it(link: str, address: str) -> None:
    assert _found(link) == [address]


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" type="text/css" href="/a">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" type="application/json+oembed" href="/a">',
        f"<link {RSS}>",
        f'<link {RSS} href="">',
        f'<link {RSS} href="javascript:alert(1)">',
        f'<link {RSS} href="file:///etc/passwd">',
        f'<link {RSS} href="http://[::1">',
        f'<!-- <link {RSS} href="/a"> -->',
        f"<script>var x = '<link {RSS} href=\"/a\">'</script>",
        f'<title><link {RSS} href="/a"></title>',
        f'</head><body><link {RSS} href="/a">',
        f'<!-- <link {RSS} href="/a">',
    ],
)
def test_what_names_no_feed_is_left(head: str) -> None:
    assert _found(head) == []


def test_a_feed_named_twice_is_offered_once() -> None:
    assert _found(f'<link {RSS} href="/a"><link {ATOM} href="/a">') == ["https://news.example/a"]


def test_at_most_twenty_are_offered() -> None:
    assert len(_found("".join(f'<link {RSS} href="/{n}">' for n in range(30)))) == 20


def test_a_title_in_another_encoding_is_read() -> None:
    page = f'<meta charset="windows-1251"><link {RSS} href="/a" title="Новости">'.encode("cp1251")
    assert find_feeds(page, address=HOME)[0].title == "Новости"


@pytest.mark.parametrize(
    "piece", ["<", "<link ", '<link "', "<link '\"", "<!--", "<script>", "<!", "<a>", f"<link {RSS}>"]
)
def test_a_page_made_to_harm_costs_little(piece: str) -> None:
    begun = time.process_time()
    find_feeds((piece * (1_000_000 // len(piece))).encode(), address=HOME)
    assert time.process_time() - begun < 4
