"""The feeds that a web page names in its head (HTML, 4.6.7.1: alternate)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

from claims.addresses import AddressError, clean_address
from claims.leads.encodings import decoded
from claims.leads.plain import plain_line

MOST_FEEDS = 20
# Heads of pages with all their styles in them; feeds named further down are not looked for.
_READ = 2_000_000
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# Only tags of the head are looked at, each on its own: Python's parser takes the square of the
# time for some broken pages, and here a page of two megabytes must cost little.
_MARK = re.compile(
    r"<(?:!--|(?P<raw>script|style|noscript|template|title)\b|(?P<end>body\b|/head\b)"
    r"|(?:link|base)\b(?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000}>)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OfferedFeed:
    """A feed that a page names."""

    address: str
    title: str


class _Tag(HTMLParser):
    """The name and attributes of one tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tag = ""
        self.attributes: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        # Of an attribute named twice the first counts.
        self.attributes = {name: value or "" for name, value in reversed(attrs)}


def find_feeds(page: bytes, *, address: str, content_type: str = "") -> tuple[OfferedFeed, ...]:
    """The feeds that a page at an address names, in its order, each once, at most 20."""
    base = ""
    found: dict[str, OfferedFeed] = {}
    for tag in _head_tags(decoded(page[:_READ], content_type=content_type)):
        href = tag.attributes.get("href", "").strip()
        if tag.tag == "base":
            base = base or href
        elif _names_a_feed(tag.attributes) and (feed := _resolved(href, base, address)):
            title = plain_line(tag.attributes.get("title", ""), longest=200)
            found.setdefault(feed, OfferedFeed(feed, title))
    return tuple(found.values())[:MOST_FEEDS]


def _head_tags(text: str) -> Iterator[_Tag]:
    """Each link and base of the head, without those in comments, scripts and the like."""
    at = 0
    while mark := _MARK.search(text, at):
        if mark["end"]:
            return
        if mark["raw"]:
            at = _after(text, f"</{mark['raw']}", mark.end())
        elif mark[0] == "<!--":
            at = _after(text, "-->", mark.end())
        else:
            yield _Tag(mark[0])
            at = mark.end()


def _after(text: str, end: str, at: int) -> int:
    found = re.compile(re.escape(end), re.IGNORECASE).search(text, at)
    return found.end() if found else len(text)


def _names_a_feed(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in attributes.get("rel", "").lower().split() and kind in _TYPES


def _resolved(href: str, base: str, address: str) -> str:
    if not href:
        return ""
    try:
        whole = urljoin(urljoin(address, base), href).replace(" ", "%20")
        return clean_address(re.sub(r"^feed:(//)?(?=https?:)|^feed:(?=//)", "", whole))
    except (AddressError, ValueError):
        return ""
