"""What had to be put right: acts that changed what was public, newest recorded first, each with its reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from claims.models.undone import UNDONE
from claims.queries.changes import Thing, things_of
from claims.queries.history import LAST
from claims.queries.rows import fetch

MOST_COUNTED = 1000
MOST_NAMED = 10
"""So many of the claims that one act touched are named."""


class Happened(NamedTuple):
    """One act; its payload is None where its body was destroyed. `was_*` is a bearing before it was restored.

    `linked_to` is the earlier item of a link, and what a merge leads to.
    """

    id: UUID
    kind: str
    recorded_at: datetime
    about_on: date
    actor: str | None
    verb: str
    subject_type: str
    subject_id: UUID
    payload: str | None
    link: str | None
    linked_to: UUID | None
    successor_slug: str | None
    successor_title: str | None
    was_state: str | None
    was_stance: str | None
    was_weight: str | None
    bearing_number: int | None


class Touched(NamedTuple):
    """A claim that an act touched, one of `among`, which is at most MOST_COUNTED + 1."""

    event_id: UUID
    slug: str
    title: str
    among: int


class Counted(NamedTuple):
    """How many corrections of one kind there are, at most MOST_COUNTED + 1."""

    kind: str
    number: int


@dataclass(frozen=True)
class Correction:
    """One act with all that its entry needs; `thing` and `other` are None where they are not public."""

    event: Happened
    said: dict[str, Any]
    claims: Sequence[Touched]
    thing: Thing | None
    other: Thing | None

    @property
    def claims_count(self) -> int:
        """How many claims it touched, at most MOST_COUNTED + 1."""
        return self.claims[0].among if self.claims else 0


@dataclass(frozen=True)
class Corrections:
    """A page of corrections."""

    rows: Sequence[Correction]
    more: bool

    @property
    def next(self) -> tuple[UUID]:
        """Where the next page goes on."""
        return (self.rows[-1].event.id,)


def _by_verb(verb: str, also: str = "") -> str:
    return f"SELECT id FROM event WHERE verb = '{verb}' AND id < %(before)s {also} ORDER BY id DESC LIMIT %(most)s"


# As the index of migration 0008 has it, word by word.
_SETTLED_BEFORE = "payload #>> '{was,status}' <> 'open' AND payload ->> 'status' <> 'open'"

# A claim that was settled when it was settled otherwise, and one that was reopened in between. An annulment is told
# as that, whatever it takes the place of.
_RE_RESOLVED = f"""
SELECT id FROM (
    (SELECT event_id AS id FROM event_body
      WHERE {_SETTLED_BEFORE} AND payload ->> 'status' <> 'annulled' AND event_id < %(before)s
      ORDER BY event_id DESC LIMIT %(most)s)
    UNION
    SELECT later.event_id
      FROM event
      JOIN assessment opened ON opened.id = event.subject_id
      JOIN assessment later ON later.claim_id = opened.claim_id AND later.event_id > event.id
     WHERE event.verb = 'reopened' AND later.status NOT IN ('open', 'annulled') AND later.event_id < %(before)s
    ) again
 ORDER BY id DESC LIMIT %(most)s
"""

_ANNULLED = """
SELECT event_id AS id FROM assessment
 WHERE status = 'annulled' AND event_id < %(before)s ORDER BY event_id DESC LIMIT %(most)s
"""

# A bearing that waited was told to nobody, and that it was taken back says nothing to a reader.
_PUBLIC_ONCE = "AND EXISTS (SELECT FROM bearing WHERE bearing.id = event.subject_id AND bearing.number IS NOT NULL)"

# Claims that are merged are told as annulled, and as reopened where that is undone.
_NO_CLAIM = "AND event.subject_type <> 'claim'"

_RESTORED = """
SELECT event_id AS id FROM event_body
 WHERE payload ? 'restores' AND event_id < %(before)s ORDER BY event_id DESC LIMIT %(most)s
"""

KINDS: Mapping[str, Sequence[str]] = {
    "reopened": [_by_verb("reopened")],
    "re-resolved": [_RE_RESOLVED],
    "annulled": [_ANNULLED],
    "withdrawn": [_by_verb("evidence-withdrawn", f"AND NOT {UNDONE}"), _by_verb("bearing-withdrawn", _PUBLIC_ONCE)],
    "corrected": [_by_verb("evidence-linked")],
    "redacted": [_by_verb("evidence-redacted"), _by_verb("person-erased")],
    "restored": [_RESTORED],
    "merged": [_by_verb("merged", _NO_CLAIM), _by_verb("unmerged", _NO_CLAIM)],
}
"""How the acts of each kind are found; no act is of two kinds."""


def _found(kind: str) -> str:
    return " UNION ALL ".join(f"SELECT id, '{kind}' FROM ({sql}) one" for sql in KINDS[kind])


_PAGE = """
SELECT event.id, found.kind, event.recorded_at, event.about_on, person.name, event.verb, event.subject_type,
       event.subject_id, event_body.payload, link.kind,
       CASE WHEN found.kind = 'merged' THEN (event_body.payload ->> 'into')::uuid ELSE link.to_item_id END,
       successor.slug, successor.title,
       before.state, before.stance, before.weight, bearing.number
  FROM (SELECT id, kind FROM ({found}) of_all(id, kind) ORDER BY id DESC LIMIT %(most)s) found
  JOIN event ON event.id = found.id
  LEFT JOIN person ON person.id = event.actor_id
  LEFT JOIN event_body ON event_body.event_id = event.id
  LEFT JOIN evidence_link link
    ON event.verb = 'evidence-linked' AND link.from_item_id = event.subject_id AND link.event_id = event.id
  LEFT JOIN assessment ON event.verb = 'claim-restated' AND assessment.id = event.subject_id
  LEFT JOIN claim restated ON restated.id = assessment.claim_id
  LEFT JOIN claim successor ON successor.id = restated.successor_id
  LEFT JOIN bearing ON event.subject_type = 'bearing' AND bearing.id = event.subject_id
  LEFT JOIN bearing_revision now ON now.bearing_id = bearing.id AND now.event_id = event.id
  LEFT JOIN bearing_revision before ON before.bearing_id = bearing.id AND before.number = now.number - 1
 ORDER BY event.id DESC
"""

_TOUCHED = f"""
SELECT told.id, claim.slug, claim.title, told.among
  FROM (SELECT wanted.id, one.claim_id, count(*) OVER (PARTITION BY wanted.id) AS among,
               row_number() OVER (PARTITION BY wanted.id) AS place
          FROM unnest(%(events)s::uuid[]) wanted(id)
          JOIN LATERAL (SELECT claim_id FROM event_claim
                         WHERE event_id = wanted.id LIMIT {MOST_COUNTED + 1}) one ON TRUE) told
  JOIN claim ON claim.id = told.claim_id
 WHERE told.place <= {MOST_NAMED}
 ORDER BY told.id, told.place
"""


def corrections(*, kind: str = "", before: UUID | None = None, size: int) -> Corrections:
    """At most `size` corrections recorded before that event, of one kind where given. Three queries."""
    found = " UNION ALL ".join(_found(one) for one in ([kind] if kind else KINDS))
    rows = fetch(Happened, _PAGE.format(found=found), before=before or LAST, most=size + 1)
    events = rows[:size]
    claims: dict[UUID, list[Touched]] = {}
    for touched in fetch(Touched, _TOUCHED, events=[event.id for event in events]):
        claims.setdefault(touched.event_id, []).append(touched)
    linked = [event.linked_to for event in events if event.linked_to]
    named = things_of([*(event.subject_id for event in events), *linked])
    things = {key: one for key, one in named.items() if one.shown}
    told = [
        Correction(
            event=event,
            said=json.loads(event.payload) if event.payload else {},
            claims=claims.get(event.id, []),
            thing=things.get(event.subject_id),
            other=things.get(event.linked_to) if event.linked_to else None,
        )
        for event in events
    ]
    return Corrections(told, len(rows) > size)


def counts() -> dict[str, int]:
    """How many corrections of each kind there are, each at most MOST_COUNTED + 1. One query."""
    parts = (f"SELECT '{kind}', (SELECT count(*) FROM ({_found(kind)}) counted(id, kind))" for kind in KINDS)
    rows = fetch(Counted, " UNION ALL ".join(parts), before=LAST, most=MOST_COUNTED + 1)
    return {row.kind: min(row.number, MOST_COUNTED + 1) for row in rows}
