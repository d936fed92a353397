"""feedparser on text of ours, within bounds: it has none itself.

Its own entrance reads a short document as the name of a local file, an author of 200,000 letters
keeps it busy for two minutes, and blank lines before a document for the square of their number.
So its two parsers are run here: with a time, a number of entries, no entities, and without the
steps that it would take before and after.
"""

import io
import re
import time
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges, feature_namespaces

from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.mixin import _FeedParserMixin

from claims.leads.errors import NotAFeed

MOST_ENTRIES = 500
READ_SECONDS = 5.0
# What feedparser lets through when a document makes it stumble.
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}\?>")


@dataclass(frozen=True)
class Read:
    """What feedparser found, in its own terms; `version` is empty where it knew no kind of feed."""

    version: str
    feed: Any
    entries: list[Any]


class _Enough(Exception):
    """As many entries as are taken have been read."""


class _TooSlow(Exception):
    """Reading has taken as long as it may."""


class _Entities(SAXException):
    """The document declares entities, with which a few lines can become gigabytes."""


class _Bounded(_FeedParserMixin):
    """What is put before each of feedparser's two parsers."""

    until = 0.0
    resolve_relative_uris = False
    sanitize_html = False
    # What a feed tells an entry apart by is compared, not followed.
    can_be_relative_uri = _FeedParserMixin.can_be_relative_uri - {"id"}

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> Any:
        if len(self.entries) > MOST_ENTRIES:
            raise _Enough
        if time.monotonic() > self.until:
            raise _TooSlow
        return super().unknown_starttag(tag, attrs)

    def _sync_author_detail(self, key: str = "author") -> None:
        """Nothing: it looks for mail addresses with the square of the time, and takes ".exam" for an end of one."""


class _Strict(_Bounded, StrictFeedParser):
    """For XML that is XML."""


class _Loose(_Bounded, LooseFeedParser):
    """For what only looks like it."""


class _WithoutEntities(ExpatParser):
    _parser: Any

    def reset(self) -> None:
        super().reset()
        self._parser.EntityDeclHandler = _refuse_entity


def _refuse_entity(*declared: object) -> None:
    raise _Entities("entities are declared")


def read(text: str, *, address: str) -> Read:
    """The first entries of a feed at an address, by which relative links are resolved. Raises NotAFeed."""
    text = _DECLARATION.sub("", text.lstrip(), count=1).lstrip()
    until = time.monotonic() + READ_SECONDS
    try:
        return _read_strictly(text, address, until) or _read_loosely(text, address, until)
    except _TooSlow as error:
        raise NotAFeed(f"Reading the feed took longer than {READ_SECONDS:g} seconds, so it was given up.") from error


def _read_strictly(text: str, address: str, until: float) -> Read | None:
    """The feed, or nothing where it is not XML as it should be."""
    parser = _Strict(address, None, "utf-8")
    parser.until = until
    reader = _WithoutEntities()
    reader.setFeature(feature_namespaces, True)
    reader.setFeature(feature_external_ges, False)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    try:
        reader.parse(io.BytesIO(text.encode()))
    except _Enough:
        return _found(parser)
    except (SAXException, *_STUMBLES):
        return None
    return _found(parser)


def _read_loosely(text: str, address: str, until: float) -> Read:
    parser = _Loose(address, None, "utf-8", {})
    parser.until = until
    try:
        parser.feed(text)
    except _Enough:
        return _found(parser)
    except _STUMBLES as error:
        if not parser.entries:
            raise NotAFeed("The document is so broken that no feed can be read from it.") from error
    return _found(parser)


def _found(parser: Any) -> Read:
    return Read(parser.version or "", parser.feeddata, parser.entries[:MOST_ENTRIES])
