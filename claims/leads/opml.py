"""Lists of feeds in OPML (2.0), as feed readers give and take them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import groupby
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from claims.addresses import AddressError, clean_address
from claims.leads.encodings import decoded
from claims.leads.errors import OpmlError
from claims.leads.plain import plain_line

MOST_BYTES = 2_000_000
MOST_FEEDS = 2_000
_MOST_DEPTH = 50
_LONGEST = 200


@dataclass(frozen=True)
class Subscription:
    """A feed in a list: its folder is a name, with those above it before slashes."""

    address: str
    title: str
    folder: str = ""
    site: str = ""


@dataclass(frozen=True)
class Subscriptions:
    """What a list holds: its feeds, each once, and a sentence for each that cannot be taken."""

    feeds: tuple[Subscription, ...]
    refused: tuple[str, ...]


@dataclass
class _Reader:
    """Follows the outlines of a document: those with an xmlUrl are feeds, the others folders."""

    names: list[str] = field(default_factory=list)
    feeds: dict[str, Subscription] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    root: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag.lower()
        if self.root != "opml":
            raise OpmlError("This file is not OPML, the form in which feed readers give out their lists of feeds.")
        named = {name.lower(): value for name, value in attributes.items()}
        title = plain_line(named.get("text") or named.get("title", ""), longest=_LONGEST)
        is_outline = tag.lower() == "outline"
        address = named.get("xmlurl", "").strip() if is_outline else ""
        if address:
            self.take(address, title, named.get("htmlurl", ""))
        self.names.append("" if address or not is_outline else title)
        if len(self.names) > _MOST_DEPTH:
            raise OpmlError(f"Folders lie in each other more than {_MOST_DEPTH} deep. Make the list flatter.")

    def end(self, _tag: str) -> None:
        self.names.pop()

    def take(self, address: str, title: str, site: str) -> None:
        try:
            clean = clean_address(address)
        except AddressError as error:
            self.refused.append(f"{title or plain_line(address, longest=60)}: {error}")
            return
        folder = plain_line(" / ".join(name for name in self.names if name), longest=_LONGEST)
        self.feeds.setdefault(clean, Subscription(clean, title, folder, _site(site)))
        if len(self.feeds) + len(self.refused) > MOST_FEEDS:
            raise OpmlError(f"The list holds more than {MOST_FEEDS:,} feeds. Divide it into several files.")


def read_opml(file: bytes) -> Subscriptions:
    """The feeds that a file lists. Raises OpmlError for a file that is none or is too large."""
    if len(file) > MOST_BYTES:
        raise OpmlError(f"The file has more than {MOST_BYTES:,} bytes. Divide it into several.")
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(decoded(file).lstrip().encode(), True)
    except expat.ExpatError as error:
        raise OpmlError(f"The file is not whole: line {error.lineno} cannot be read as XML.") from error
    return Subscriptions(tuple(reader.feeds.values()), tuple(reader.refused))


def write_opml(feeds: Iterable[Subscription], *, title: str, made_at: datetime) -> bytes:
    """A file that lists the feeds, by folder."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(_fit(title))}</title>",
        f"    <dateCreated>{format_datetime(made_at.astimezone(UTC), usegmt=True)}</dateCreated>",
        "  </head>",
        "  <body>",
    ]
    for folder, held in groupby(sorted(feeds, key=lambda feed: feed.folder), key=lambda feed: feed.folder):
        outlines = [_outline(feed) for feed in held]
        if folder:
            outlines = [f"<outline {_attributes(text=folder)}>", *(f"  {line}" for line in outlines), "</outline>"]
        lines += [f"    {line}" for line in outlines]
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _outline(feed: Subscription) -> str:
    named = {"text": feed.title or feed.address, "title": feed.title, "xmlUrl": feed.address, "htmlUrl": feed.site}
    return f'<outline type="rss" {_attributes(**named)}/>'


def _attributes(**named: str) -> str:
    return " ".join(f"{name}={quoteattr(_fit(value))}" for name, value in named.items() if value)


def _fit(text: str) -> str:
    return decoded(text.encode("utf-8", "replace"))


def _site(address: str) -> str:
    try:
        return clean_address(address)
    except AddressError:
        return ""


def _refuse_entity(*_declared: object) -> None:
    raise OpmlError("The file declares entities, with which a few lines can become gigabytes. Give the list out anew.")
