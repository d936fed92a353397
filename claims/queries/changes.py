"""What changed, by the day that each change speaks of; only what the public may see, by how things stand now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.cursors import Value
from claims.models import CLAIM_VERBS, JUDGEMENT_VERBS, SOURCE_VERBS, Verb
from claims.models.undone import UNDONE
from claims.queries.rows import fetch

KINDS: Mapping[str, tuple[str, ...]] = {
    "judgements": JUDGEMENT_VERBS,
    "evidence": (
        Verb.EVIDENCE_LOGGED, Verb.EVIDENCE_APPROVED, Verb.EVIDENCE_LINKED,
        Verb.EVIDENCE_WITHDRAWN, Verb.EVIDENCE_REDACTED, Verb.MERGED, Verb.UNMERGED,
        Verb.BEARING_SET, Verb.BEARING_APPROVED, Verb.BEARING_CHANGED, Verb.BEARING_WITHDRAWN,
    ),
    "claims": CLAIM_VERBS,
    "sources": SOURCE_VERBS,
}  # fmt: skip
"""Which acts make news, by kind; all others are private or say nothing to a reader."""

FOLDED = (Verb.CLAIM_OPENED, Verb.CLAIM_REVISED)
"""Acts of which all that speak of one day are told as one change."""

CURSOR = (date, UUID)
MOST_TOLD = 100
"""So many of the claims that one change touches are named."""


class Happened(NamedTuple):
    """One event of the record, or the last of those that are told as one."""

    id: UUID
    about_on: date
    verb: str
    subject_type: str
    subject_id: UUID


class Touched(NamedTuple):
    """A claim that a change touched; `wording` is the type of its new wording, if it got one."""

    event_id: UUID
    slug: str
    title: str
    wording: str
    among: int


class Judged(NamedTuple):
    """A judgement, and the number of the one before it."""

    id: UUID
    status: str
    probability: Decimal | None
    occurred_on: date | None
    annulled_because: str | None
    before: Decimal | None


class Thing(NamedTuple):
    """An item, a source or an article; the slug of a bearing is its item's id, `source` an item's."""

    id: UUID
    slug: str
    title: str
    source: str
    shown: bool


class Detail(NamedTuple):
    """What else an event said: a link or a merge and the other thing, or a grade and the one before."""

    event_id: UUID
    now: str
    was: str
    thing: UUID | None


@dataclass(frozen=True)
class Change:
    """One change with all that its line needs; `claims` are at most MOST_TOLD of the `claims_count` touched."""

    event: Happened
    claims: Sequence[Touched]
    claims_count: int
    judged: Judged | None
    thing: Thing | None
    detail: Detail | None
    other: Thing | None


@dataclass(frozen=True)
class Changes:
    """A page of changes, the latest day first."""

    changes: Sequence[Change]
    more: bool

    @property
    def next(self) -> tuple[Value, ...]:
        """The place to go on from."""
        last = self.changes[-1].event
        return last.about_on, last.id


def _listed(verbs: Iterable[str]) -> str:
    return ", ".join(f"'{verb}'" for verb in verbs)


# Items, and bearings on them, are told only while the item is public. Bearings that waited were told to nobody. That
# an item was withdrawn or merged, or one that had been public was redacted, is told without a word of what it said.
# Merges of claims are told as the judgements that they are. What was undone at once was no news.
_EVENTS = f"""
SELECT event.id, event.about_on, event.verb, event.subject_type, event.subject_id
  FROM event
 WHERE {{where}}
   AND CASE
       WHEN event.verb IN ({_listed(FOLDED)}) THEN event.id = (
           SELECT last.id FROM event last
            WHERE last.about_on = event.about_on AND last.verb = event.verb AND last.verb IN ({_listed(CLAIM_VERBS)})
            ORDER BY last.about_on DESC, last.id DESC LIMIT 1)
       WHEN event.verb IN ('evidence-logged', 'evidence-approved', 'evidence-linked') THEN EXISTS (
           SELECT FROM evidence WHERE evidence.id = event.subject_id AND evidence.live)
       WHEN event.verb = 'merged' THEN event.subject_type <> 'claim'
       WHEN event.verb = 'unmerged' THEN event.subject_type = 'source' OR EXISTS (
           SELECT FROM evidence WHERE evidence.id = event.subject_id AND evidence.live)
       WHEN event.verb = 'evidence-redacted' THEN EXISTS (
           SELECT FROM event public WHERE public.subject_type = 'evidence' AND public.subject_id = event.subject_id
              AND public.verb IN ('evidence-logged', 'evidence-approved'))
       WHEN event.verb LIKE 'bearing-%%' THEN EXISTS (
           SELECT FROM evidence WHERE evidence.live AND evidence.id = coalesce(
               (SELECT evidence_id FROM bearing WHERE bearing.id = event.subject_id), event.subject_id))
           AND (event.verb = 'bearing-approved' OR EXISTS (
               SELECT FROM event_body body WHERE body.event_id = event.id AND CASE event.verb
                   WHEN 'bearing-withdrawn' THEN body.payload ->> 'number' IS NOT NULL
                   ELSE 'published' = body.payload ->> 'state' OR 'true' = body.payload ->> 'public' END))
       ELSE TRUE END
   AND NOT (event.verb IN ('evidence-approved', 'evidence-withdrawn', 'bearing-approved') AND {UNDONE})
 ORDER BY event.about_on DESC, event.id DESC
 LIMIT %(size)s
"""

_TOUCHED = f"""
SELECT told.id, claim.slug, claim.title, '', told.among
  FROM (SELECT wanted.id, one.claim_id, count(*) OVER (PARTITION BY wanted.id) AS among,
               row_number() OVER (PARTITION BY wanted.id) AS place
          FROM unnest(%(events)s::uuid[]) wanted(id)
          JOIN LATERAL (SELECT claim_id FROM event_claim WHERE event_id = wanted.id LIMIT 1001) one ON TRUE) told
  JOIN claim ON claim.id = told.claim_id
 WHERE told.place <= {MOST_TOLD}
UNION ALL
SELECT told.id, claim.slug, claim.title, coalesce(claim_revision.type, ''), told.among
  FROM (SELECT wanted.id, one.id AS event_id, one.subject_id, count(*) OVER (PARTITION BY wanted.id) AS among,
               row_number() OVER (PARTITION BY wanted.id ORDER BY one.id) AS place
          FROM unnest(%(folded)s::uuid[]) wanted(id)
          JOIN event last ON last.id = wanted.id
          JOIN LATERAL (SELECT id, subject_id FROM event
                         WHERE about_on = last.about_on AND verb = last.verb LIMIT 1001) one ON TRUE) told
  JOIN claim ON claim.id = told.subject_id
  LEFT JOIN claim_revision ON claim_revision.claim_id = claim.id AND claim_revision.event_id = told.event_id
 WHERE told.place <= {MOST_TOLD}
"""

_JUDGED = """
SELECT assessment.id, assessment.status, assessment.probability, assessment.occurred_on, assessment.annulled_because,
       earlier.probability
  FROM assessment
  LEFT JOIN LATERAL (
       SELECT probability FROM assessment earlier
        WHERE earlier.claim_id = assessment.claim_id
          AND (earlier.as_of, earlier.recorded_at, earlier.id)
              < (assessment.as_of, assessment.recorded_at, assessment.id)
        ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) earlier ON TRUE
 WHERE assessment.id = ANY(%(ids)s)
"""

_DETAILS = """
SELECT event.id, event.verb::text, '', (body.payload ->> 'into')::uuid
  FROM event JOIN event_body body ON body.event_id = event.id
 WHERE event.id = ANY(%(events)s) AND event.verb IN ('merged', 'unmerged')
UNION ALL
SELECT event_id, kind, '', to_item_id
  FROM evidence_link
 WHERE from_item_id = ANY(%(ids)s) AND event_id = ANY(%(events)s)
UNION ALL
SELECT graded.event_id, coalesce(graded.reliability, ''), coalesce(earlier.reliability, ''), NULL
  FROM source_revision graded
  LEFT JOIN source_revision earlier ON earlier.source_id = graded.source_id AND earlier.number = graded.number - 1
 WHERE graded.source_id = ANY(%(ids)s) AND graded.event_id = ANY(%(events)s)
"""

_THINGS = """
SELECT evidence.id, '', evidence.title, source.name, evidence.live
  FROM evidence LEFT JOIN source ON source.id = evidence.source_id WHERE evidence.id = ANY(%(ids)s)
UNION ALL SELECT bearing.id, evidence.id::text, evidence.title, source.name, evidence.live
  FROM bearing JOIN evidence ON evidence.id = bearing.evidence_id LEFT JOIN source ON source.id = evidence.source_id
 WHERE bearing.id = ANY(%(ids)s)
UNION ALL SELECT id, slug, name, '', TRUE FROM source WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, slug, title, '', TRUE FROM article WHERE id = ANY(%(ids)s)
"""


def things_of(ids: Iterable[UUID]) -> dict[UUID, Thing]:
    """Items, bearings with their items, sources and articles by their ids. One query."""
    return {one.id: one for one in fetch(Thing, _THINGS, ids=list(ids))}


def changes(
    *, kinds: Iterable[str] = KINDS, since: date | None = None, after: Sequence[Value] | None = None, size: int
) -> Changes:
    """At most `size` changes of these kinds, none that speaks of a day before `since`. Five queries."""
    verbs = [str(verb) for kind in kinds for verb in KINDS[kind]]
    where = [f"event.verb IN ({_listed(verbs)})"]
    given: dict[str, object] = {"size": size + 1}
    if since is not None:
        where.append("event.about_on >= %(since)s")
        given["since"] = since
    if after is not None:
        where.append("(event.about_on, event.id) < (%(after_day)s, %(after_id)s)")
        given |= {"after_day": after[0], "after_id": after[1]}
    found = fetch(Happened, _EVENTS.format(where=" AND ".join(where)), **given)
    return Changes(_told(found[:size]), len(found) > size)


def _told(events: Sequence[Happened]) -> list[Change]:
    subjects = [event.subject_id for event in events]
    folded = [event.id for event in events if event.verb in FOLDED]
    single = [event.id for event in events if event.verb not in FOLDED]
    claims: dict[UUID, list[Touched]] = {}
    for touched in fetch(Touched, _TOUCHED, events=single, folded=folded):
        claims.setdefault(touched.event_id, []).append(touched)
    judged = {one.id: one for one in fetch(Judged, _JUDGED, ids=subjects)}
    details = {one.event_id: one for one in fetch(Detail, _DETAILS, ids=subjects, events=single)}
    earlier = [one.thing for one in details.values() if one.thing is not None]
    things = things_of([*subjects, *earlier])
    return [
        Change(
            event=event,
            claims=claims.get(event.id, []),
            claims_count=claims[event.id][0].among if event.id in claims else 0,
            judged=judged.get(event.subject_id),
            thing=things.get(event.subject_id),
            detail=(detail := details.get(event.id)),
            other=things.get(detail.thing) if detail and detail.thing else None,
        )
        for event in events
    ]
