"""The words of a search: how PostgreSQL reads them, and whether they are an address or begin a title."""

import re
from typing import NamedTuple

from claims.addresses import AddressError, normalise_address
from claims.queries.rows import fetch
from claims.text import TextError, slugify_title

_CUT_OFF_AT_LEAST = 3  # letters of a last word that may be the beginning of one
_NOTHING_TO_FIND = ("", "T")  # PostgreSQL's words for a query that no index can answer


class Reading(NamedTuple):
    """What PostgreSQL reads in the words: how many parts, and by which of them it can find anything."""

    parts: int
    findable: str

    @property
    def finds(self) -> bool:
        """False where only very common words are left, or the words say only what must not be there."""
        return self.findable not in _NOTHING_TO_FIND


_READING = "SELECT numnode(query), querytree(query) FROM websearch_to_tsquery('english', %(words)s) query"

_TITLES = """
(SELECT title FROM claim ORDER BY id DESC LIMIT 500)
UNION ALL
(SELECT title FROM evidence WHERE live ORDER BY known_by DESC, id DESC LIMIT 500)
"""


class _Title(NamedTuple):
    title: str


def read_words(words: str) -> Reading:
    """How the words are read: websearch syntax, English stems. One query."""
    return fetch(Reading, _READING, words=words)[0]


def words_in_use() -> set[str]:
    """Words of the newest titles, in small letters, each of which finds something. One query."""
    return {word for row in fetch(_Title, _TITLES) for word in re.findall(r"[^\W\d_]{4,}", row.title.lower())}


def slug_of(words: str) -> str:
    """The slug that a title of these words has; empty where it has none."""
    try:
        return slugify_title(words)
    except TextError:
        return ""


def beginning_of(words: str) -> str:
    """A query for titles that begin with these plain words, the last of which may be cut off; else empty."""
    parts = re.findall(r"\w+", words)
    if not parts or len(parts[-1]) < _CUT_OFF_AT_LEAST or re.search(r'["()|&!:*<>\\]|(^|\s)-', words):
        return ""
    return " & ".join([*(f"'{part}'" for part in parts[:-1]), f"'{parts[-1]}':*"])


def address_in(words: str) -> str:
    """The normalised address that the words are; else empty."""
    if not words.lower().startswith(("http://", "https://")):
        return ""
    try:
        return normalise_address(words)
    except AddressError:
        return ""


def escaped(words: str) -> str:
    """The words for LIKE, to be found as they stand."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
