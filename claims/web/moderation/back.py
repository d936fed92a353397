"""Where in the queue a moderator is, so that each decision leads back there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from claims.cursors import CursorError, decode
from claims.queries.queue import CURSOR, KINDS, Place
from claims.web.moderation.words import QUEUE

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(frozen=True, slots=True)
class Back:
    """The kind that the list is narrowed to, the place that it goes on from, whose things it shows, on which topic."""

    kind: str = ""
    after: str = ""
    author: str = ""
    topic: str = ""

    @property
    def href(self) -> str:
        """That place's address."""
        return f"{QUEUE}?{urlencode(self._given)}" if self._given else QUEUE

    def on(self, page: str) -> str:
        """The address of a page from which decisions lead back to that place."""
        given = {f"list_{name}": value for name, value in self._given.items()}
        return f"{page}?{urlencode(given)}" if given else page

    @property
    def _given(self) -> dict[str, str]:
        named = {"kind": self.kind, "topic": self.topic, "by": self.author, "after": self.after}
        return {name: value for name, value in named.items() if value}

    def at(self, after: str = "") -> "Back":
        """The same list from another place on, its beginning unless given."""
        return replace(self, after=after)

    def of(self, kind: str) -> "Back":
        """The beginning of the same list, narrowed to another kind."""
        return replace(self, kind=kind, after="")

    @property
    def place(self) -> Place | None:
        """The place as the query takes it."""
        return decode(self.after, CURSOR) if self.after else None

    @property
    def person(self) -> UUID | None:
        """Whose things alone are shown."""
        return UUID(self.author) if self.author else None


def back_of(given: Mapping[str, Any]) -> Back:
    """Where a form or a page came from, in the fields `list_...`; what makes no sense is left out."""
    kind, after, author, topic = (given.get(f"list_{name}", "") for name in ("kind", "after", "by", "topic"))
    try:
        decode(after, CURSOR)
    except CursorError:
        after = ""
    return Back(
        kind if kind in KINDS else "",
        after,
        author if uuid_or_none(author) else "",
        topic if _SLUG.fullmatch(topic) else "",
    )


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
