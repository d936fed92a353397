"""Where in the list of leads a person is: what it is narrowed to, and from where it goes on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from claims.cursors import CursorError, decode, encode
from claims.queries.leads import BY_SCORE, BY_TIME, SORTS, STATES, Narrowed, Place
from claims.web.errors import BadInput

LEADS = "/desk/leads/"
_ROW = re.compile(r"lead-[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Here:
    """A place in the list; `href` leads there."""

    narrowed: Narrowed
    after: Place | None = None

    @property
    def href(self) -> str:
        """The address of this place."""
        query = urlencode(self.given)
        return f"{LEADS}?{query}" if query else LEADS

    @property
    def given(self) -> dict[str, str]:
        """The query string of this place, without what is so anyway."""
        narrowed = self.narrowed
        given = {
            "state": narrowed.state if narrowed.state != "new" else "",
            "sort": narrowed.sort if narrowed.sort != "newest" else "",
            "feed": str(narrowed.feed or ""),
            "claim": narrowed.claim,
            "after": encode(self.after) if self.after else "",
        }
        return {name: value for name, value in given.items() if value}

    def kept(self, row: str) -> str:
        """This place and a row of it, `#lead-` and its id, as the log form keeps it for the way back."""
        return f"{urlencode(self.given)}{row}"

    def to(self, **changes: Any) -> "Here":
        """The beginning of the list, narrowed otherwise."""
        return Here(replace(self.narrowed, **changes))


def here(given: Mapping[str, Any]) -> Here:
    """The place that a query string or a form tells. Raises BadInput for what makes no sense."""
    state, sort = given.get("state") or "new", given.get("sort") or "newest"
    if state not in STATES:
        raise BadInput(f"state: choose one of {', '.join(STATES)}.")
    if sort not in SORTS:
        raise BadInput(f"sort: choose one of {', '.join(SORTS)}.")
    feed, claim = given.get("feed", ""), given.get("claim", "")
    if len(claim) > 80 or (not claim.replace("-", "").isalnum() and claim):
        raise BadInput("claim: give the short name of a claim.")
    narrowed = Narrowed(state, sort, _feed(feed) if feed else None, claim)
    return Here(narrowed, _after(given.get("after", ""), narrowed))


def way_back(kept: str) -> str:
    """The address of a place that was kept with a row; of what makes no sense the list as it begins."""
    query, _, row = kept.partition("#")
    try:
        address = here(QueryDict(query)).href
    except BadInput:
        return LEADS
    return f"{address}#{row}" if _ROW.fullmatch(row) else address


def _feed(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput("feed: there is no such feed.") from error


def _after(text: str, narrowed: Narrowed) -> Any:
    if not text:
        return None
    try:
        return decode(text, BY_SCORE if narrowed.by_score else BY_TIME)
    except CursorError as error:
        raise BadInput(f"after: {error}") from error
