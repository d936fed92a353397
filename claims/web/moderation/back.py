"""Where in the queue a moderator is, so that each decision leads back there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from claims.cursors import CursorError, decode
from claims.queries.queue import CURSOR, KINDS, Place
from claims.web.moderation.words import QUEUE


@dataclass(frozen=True, slots=True)
class Back:
    """The kind that the list is narrowed to, whose things it shows, and the place that it goes on from."""

    kind: str = ""
    after: str = ""
    author: str = ""

    @property
    def href(self) -> str:
        """That place's address."""
        named = (("kind", self.kind), ("by", self.author), ("after", self.after))
        given = {name: value for name, value in named if value}
        return f"{QUEUE}?{urlencode(given)}" if given else QUEUE

    @property
    def place(self) -> Place | None:
        """The place as the query takes it."""
        return decode(self.after, CURSOR) if self.after else None

    @property
    def person(self) -> UUID | None:
        """Whose things alone are shown."""
        return UUID(self.author) if self.author else None


def back_of(given: Mapping[str, Any]) -> Back:
    """Where a form came from, in its fields `list_...`; what makes no sense is left out."""
    kind, after, author = (given.get(f"list_{name}", "") for name in ("kind", "after", "by"))
    try:
        decode(after, CURSOR)
    except CursorError:
        after = ""
    return Back(kind if kind in KINDS else "", after, author if uuid_or_none(author) else "")


def uuid_or_none(text: str) -> UUID | None:
    """The id that a form or an address names; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a decision came to nothing, and what had been typed for it."""

    title: str
    words: str
    typed: str = ""
