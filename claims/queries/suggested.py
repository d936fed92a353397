"""A reader's suggestion as a moderator sees it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Suggestion
from claims.queries.rows import fetch


class Suggested(NamedTuple):
    """A suggestion with its lead; `others` is how many more there are of the same address, up to 100."""

    id: UUID
    state: str
    note: str
    answer: str
    made_at: datetime
    by_id: UUID | None
    by: str
    address: str
    title: str
    summary: str
    feed: str
    lead_state: str
    others: int


_ONE = """
SELECT suggestion.id, suggestion.state, suggestion.note, suggestion.answer, suggestion.made_at,
       person.id, coalesce(person.name, ''), lead.address, lead.title, lead.summary,
       coalesce(nullif(feed.title, ''), feed.address, ''), lead.state,
       (SELECT count(*) FROM (SELECT FROM suggestion other
                               WHERE other.lead_id = lead.id AND other.id <> suggestion.id LIMIT 100) counted)
  FROM suggestion
  JOIN lead ON lead.id = suggestion.lead_id
  LEFT JOIN feed ON feed.id = lead.feed_id
  LEFT JOIN person ON person.id = suggestion.by_id
 WHERE suggestion.id = %(suggestion)s
"""


def find_suggestion(suggestion: UUID) -> Suggested | None:
    """The suggestion, decided or not. One query."""
    found = fetch(Suggested, _ONE, suggestion=suggestion)
    return found[0] if found else None


def suggestion_with(suggestion: UUID) -> Suggestion:
    """The suggestion itself, as acts take it. One query."""
    return Suggestion.objects.get(id=suggestion)


def suggestion_if_any(suggestion: UUID) -> Suggestion | None:
    """The same, or None where there is none. One query."""
    return Suggestion.objects.filter(id=suggestion).first()
