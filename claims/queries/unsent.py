"""A person's forms that were typed and not sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import Unsent
from claims.queries.rows import fetch


class Left(NamedTuple):
    """A form in a list; `name` is what it is about as far as it was typed."""

    id: UUID
    place: str
    name: str
    saved_at: datetime


def unsent_at(person: UUID, place: str) -> Unsent | None:
    """What a person left unsent in the form at this place. One query."""
    return Unsent.objects.filter(person_id=person, place=place).first()


def unsent_with(person: UUID, identity: UUID) -> Unsent | None:
    """A form that a person left unsent. One query."""
    return Unsent.objects.filter(person_id=person, id=identity).first()


# The fields that say what a form is about, the most telling first.
_NAMED = ["title", "statement", "address", "name", "domain", "rationale", "reason", "note"]
_LEFT = """
SELECT id, place, coalesce((
           SELECT left(btrim(fields -> named ->> 0), 100)
             FROM unnest(%(names)s::text[]) WITH ORDINALITY AS names (named, nth)
            WHERE btrim(fields -> named ->> 0) <> '' ORDER BY nth LIMIT 1), ''), saved_at
  FROM unsent WHERE person_id = %(person)s ORDER BY saved_at DESC, id DESC LIMIT %(limit)s
"""


def left_unsent(person: UUID, *, limit: int) -> Sequence[Left]:
    """The forms that a person left unsent, the last one first. One query."""
    return fetch(Left, _LEFT, person=person, names=_NAMED, limit=limit)
