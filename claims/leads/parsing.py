"""Bytes of RSS and Atom to what the site keeps of a feed and its entries."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from claims.addresses import AddressError, clean_address
from claims.leads.dating import published_at
from claims.leads.encodings import decoded
from claims.leads.errors import NotAFeed
from claims.leads.pace import stated_pace
from claims.leads.plain import plain_line
from claims.leads.reading import read

MOST_BYTES = 5_000_000
# Feeds come under many types; whether it is one is seen when it is read.
ACCEPTED = (
    "application/atom+xml",
    "application/rss+xml",
    "application/rdf+xml",
    "application/xml",
    "text/*",
    "application/xhtml+xml",
    "application/octet-stream",
)
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_AUTHOR, LONGEST_GUID = 300, 2000, 200, 500

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed, in plain text. `guid` is what its feed tells it apart by, or empty."""

    guid: str
    address: str
    title: str
    summary: str
    published_at: datetime | None
    author: str


@dataclass(frozen=True)
class Channel:
    """A feed as it was read: its entries in its own order.

    `left_out` counts entries whose address is missing or none that the site can keep; `stated` is how long the feed
    says that it stays as it is.
    """

    title: str
    site: str
    language: str
    entries: tuple[Entry, ...]
    left_out: int
    stated: timedelta = timedelta()


def parse_feed(body: bytes, *, address: str, content_type: str = "", now: datetime) -> Channel:
    """A feed as fetched from an address. Raises NotAFeed for a document that is none."""
    text = decoded(body[:MOST_BYTES], content_type=content_type)
    if not _ROOT.search(text):
        raise NotAFeed(_why_none(text))
    found = read(text, address=address)
    if not found.version or (not found.entries and _PAGE.match(text)):
        raise NotAFeed(_why_none(text))
    entries = [entry for entry in (_entry(one, now) for one in found.entries) if entry]
    return Channel(
        title=_plain(found.feed, "title", LONGEST_TITLE),
        site=_address(_links(found.feed)),
        language=_language(found.feed),
        entries=tuple(entries),
        left_out=len(found.entries) - len(entries),
        stated=_stated(found.feed),
    )


def _stated(feed: Any) -> timedelta:
    ttl, period, often = (str(dict.get(feed, key) or "") for key in ("ttl", "sy_updateperiod", "sy_updatefrequency"))
    return stated_pace(ttl=ttl, period=period, frequency=often)


def _why_none(text: str) -> str:
    if not text.strip():
        return "The address answered with nothing. A feed in RSS or Atom was expected."
    if _PAGE.match(text):
        return "This is a web page and not a feed. Look in it for the address of its feed."
    if text.lstrip().startswith("{"):
        return "This is data in JSON. Only feeds in RSS and Atom can be watched."
    return "This is neither RSS nor Atom, the two kinds of feeds that can be watched."


def _entry(one: Any, now: datetime) -> Entry | None:
    guid = plain_line(str(dict.get(one, "id") or ""), longest=5000)
    address = _address([*_links(one), guid])
    if not address:
        return None
    return Entry(
        guid=guid if len(guid) <= LONGEST_GUID else f"sha256:{hashlib.sha256(guid.encode()).hexdigest()}",
        address=address,
        title=_plain(one, "title", LONGEST_TITLE),
        summary=_plain(one, "summary", LONGEST_SUMMARY) or _content(one),
        published_at=_published_at(one, now),
        author=_author(one),
    )


def _published_at(one: Any, now: datetime) -> datetime | None:
    dates = (
        published_at(str(dict.get(one, key) or ""), dict.get(one, f"{key}_parsed"), now=now)
        for key in ("published", "updated", "created")
    )
    return next((date for date in dates if date), None)


def _plain(one: Any, key: str, longest: int) -> str:
    detail = dict.get(one, f"{key}_detail") or {}
    return _plain_value(dict.get(one, key), dict.get(detail, "type"), longest)


def _content(one: Any) -> str:
    content = (dict.get(one, "content") or [{}])[0]
    return _plain_value(dict.get(content, "value"), dict.get(content, "type"), LONGEST_SUMMARY)


def _plain_value(value: Any, kind: Any, longest: int) -> str:
    return plain_line(value, longest=longest, is_html=kind != "text/plain") if isinstance(value, str) else ""


def _author(one: Any) -> str:
    """The author's name, out of "Name", "Name <mail>" or "mail (Name)". Mail addresses are nobody's business here."""
    detail = dict.get(one, "author_detail") or {}
    text = str(dict.get(detail, "name") or dict.get(one, "author") or "")
    name = " ".join(word for word in text[:1000].split() if "@" not in word)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return plain_line(name, longest=LONGEST_AUTHOR, is_html=True)


def _links(one: Any) -> list[str]:
    """Where it says that it stands, the likeliest first."""
    links = dict.get(one, "links") or []
    alternate = [str(dict.get(link, "href") or "") for link in links if dict.get(link, "rel") == "alternate"]
    return [str(dict.get(one, "link") or ""), *alternate]


def _address(candidates: Iterable[str]) -> str:
    """The first that is an address of the web."""
    for candidate in candidates:
        try:
            if candidate.strip()[:4].lower() == "http":
                return clean_address(candidate.strip().replace(" ", "%20"))
        except AddressError:
            continue
    return ""


def _language(feed: Any) -> str:
    stated = str(dict.get(feed, "language") or "").strip().replace("_", "-")
    return stated.lower() if _LANGUAGE.fullmatch(stated) else ""
