"""People as moderators and admins see them: the list by name, one person, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.models import User
from claims.queries.rows import fetch

PAGE = 50
MOST_DECISIONS = 20


class Person(NamedTuple):
    """A person with their roles, in the order of their names."""

    id: UUID
    name: str
    email: str
    roles: list[str]
    trusted_at: datetime | None
    joined_at: datetime
    suspended_at: datetime | None
    anonymised_at: datetime | None


class Decision(NamedTuple):
    """One decision on a person: on roles, trust, suspension or erasure; `said` is False where its words were erased."""

    at: datetime
    by: str | None
    verb: str
    said: bool
    trusted: bool | None
    roles: list[str]
    reason: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some people by name; `more` where others follow."""

    people: Sequence[Person]
    more: bool


_COLUMNS = """
SELECT person.id, person.name, person.email,
       ARRAY(SELECT role::text FROM person_role WHERE person_role.user_id = person.id ORDER BY role),
       person.trusted_at, person.joined_at, person.suspended_at, person.anonymised_at
  FROM person
"""
# As the index has it; the embedded server knows no other order that all servers share.
_NAME = 'lower({}.name) COLLATE "C"'
_PERSON, _LAST = _NAME.format("person"), _NAME.format("last")
_AFTER = f"""
({_PERSON}, person.id) > (SELECT {_LAST}, last.id FROM person last WHERE last.id = %(after)s)
"""

_DECISIONS = """
SELECT event.recorded_at, person.name, event.verb, event_body.event_id IS NOT NULL,
       (event_body.payload ->> 'trusted')::boolean,
       ARRAY(SELECT jsonb_array_elements_text(coalesce(event_body.payload -> 'roles', '[]'::jsonb))),
       coalesce(event_body.payload ->> 'reason', ''), coalesce(event_body.payload ->> 'legal_basis', '')
  FROM event
  LEFT JOIN event_body ON event_body.event_id = event.id
  LEFT JOIN person ON person.id = event.actor_id
 WHERE event.subject_type = 'person' AND event.subject_id = %(person)s
   AND event.verb IN ('trust-set', 'roles-set', 'person-erased', 'person-suspended', 'suspension-lifted')
 ORDER BY event.id DESC
 LIMIT %(most)s
"""


def people(
    words: str = "", *, by_email: bool = False, role: str = "", after: UUID | None = None, size: int = PAGE
) -> PeoplePage:
    """A page of people by name, from behind a person on. One query.

    `words` are looked for anywhere in the name, and with `by_email` in the address; `role` keeps those who hold it.
    """
    wheres = []
    if words:
        named = "strpos(lower(person.name), lower(%(words)s)) > 0"
        wheres.append(f"({named} OR strpos(lower(person.email), lower(%(words)s)) > 0)" if by_email else named)
    if role:
        wheres.append("EXISTS (SELECT 1 FROM person_role WHERE person_role.user_id = person.id AND role = %(role)s)")
    if after:
        wheres.append(_AFTER)
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    sql = f"{_COLUMNS}{where} ORDER BY {_PERSON}, person.id LIMIT %(limit)s"
    found = fetch(Person, sql, words=words, role=role, after=after, limit=size + 1)
    return PeoplePage(found[:size], more=len(found) > size)


def find_person(person: UUID) -> Person | None:
    """One person, or None. One query."""
    found = fetch(Person, f"{_COLUMNS} WHERE person.id = %(person)s", person=person)
    return found[0] if found else None


def decisions_about(person: UUID) -> Sequence[Decision]:
    """The last times that a person's roles or trust were set or their data erased, newest first. One query."""
    return fetch(Decision, _DECISIONS, person=person, most=MOST_DECISIONS)


def person_if_any(person: UUID) -> User | None:
    """The person, as acts take them, or None. One query."""
    return User.objects.filter(id=person).first()


def person_with(person: UUID) -> User:
    """The person, as acts take them. One query."""
    return User.objects.get(id=person)
