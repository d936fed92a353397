"""What an admin sees before an item or a person's data is destroyed: how much of it there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

MOST_COUNTED = 1000
MOST_TWINS = 20


class Going(NamedTuple):
    """An item in any state; `acts` are those on record, without which it is its author's alone.

    Each number is counted up to MOST_COUNTED + 1.
    """

    id: UUID
    version: int
    state: str
    public: bool
    address: str
    address_norm: str
    title: str
    summary: str
    source: str
    by: str
    acts: int
    notes: int
    flags: int
    links: int
    cited_by: int


class Twin(NamedTuple):
    """Another item with the same address, which is redacted by itself."""

    id: UUID
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Redactable:
    """The item, and the others that say the same of the same page."""

    item: Going
    twins: Sequence[Twin]


class Leaving(NamedTuple):
    """A person, and how much there is of each thing that goes or stays, counted up to MOST_COUNTED + 1."""

    id: UUID
    name: str
    email: str
    anonymised_at: datetime | None
    drafts: int
    flags: int
    items: int
    acts: int


def _counted(sql: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 FROM {sql} LIMIT {MOST_COUNTED + 1}) counted)"


_ITEM = f"""
SELECT evidence.id, evidence.version, evidence.state,
       evidence.live OR EXISTS (SELECT FROM event WHERE subject_type = 'evidence' AND subject_id = evidence.id
                                                    AND verb IN ('evidence-withdrawn', 'merged')),
       evidence.address, evidence.address_norm, evidence.title, evidence.summary, coalesce(source.name, ''),
       coalesce(person.name, ''),
       {_counted("event WHERE subject_type = 'evidence' AND subject_id = evidence.id")},
       {_counted("bearing WHERE evidence_id = evidence.id AND note <> ''")},
       {_counted("flag WHERE subject_type = 'evidence' AND subject_id = evidence.id")},
       {_counted("evidence_link WHERE evidence.id IN (from_item_id, to_item_id)")},
       {_counted("citation WHERE citation.evidence_id = evidence.id")}
  FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN person ON person.id = evidence.by_id
 WHERE evidence.id = %(item)s
"""

_TOLD = "EXISTS (SELECT FROM event WHERE subject_type = 'evidence' AND subject_id = evidence.id)"

_TWINS = f"""
SELECT id, state, title FROM evidence
 WHERE address_norm = %(address)s AND address_norm <> '' AND id <> %(item)s AND {_TOLD}
 ORDER BY id DESC
 LIMIT %(most)s
"""

_PERSON = f"""
SELECT person.id, person.name, person.email, person.anonymised_at,
       {_counted(f"evidence WHERE by_id = person.id AND state IN ('draft', 'withdrawn') AND NOT {_TOLD}")},
       {_counted("flag WHERE by_id = person.id")},
       {_counted("evidence WHERE by_id = person.id AND live")},
       {_counted("event WHERE actor_id = person.id")}
  FROM person
 WHERE person.id = %(person)s
"""


def find_redactable(item: UUID) -> Redactable | None:
    """The item and its twins, or None; also of a draft that its author alone has seen. Two queries."""
    found = fetch(Going, _ITEM, item=item)
    if not found or not found[0].acts:
        return None
    return Redactable(found[0], fetch(Twin, _TWINS, item=item, address=found[0].address_norm, most=MOST_TWINS))


def find_leaving(person: UUID) -> Leaving | None:
    """The person, or None. One query."""
    found = fetch(Leaving, _PERSON, person=person)
    return found[0] if found else None
