"""The record of what was done to a claim: judgements, wordings and evidence, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.history import _READ, LAST, NOT_YET, Acts, read_acts
from claims.queries.rows import fetch

MOST_COUNTED = 1000
KINDS = ("assessments", "wording", "evidence")
RELATION_VERBS = ("claims-related", "claims-unrelated")
MERGE_VERBS = ("merged", "unmerged")


class Head(NamedTuple):
    """The claim."""

    id: UUID
    slug: str
    title: str
    paragraph: int
    article_slug: str
    successor_slug: str | None
    successor_title: str | None


class Counts(NamedTuple):
    """How many of the newest acts are of a kind; `everything` is at most MOST_COUNTED + 1."""

    everything: int
    assessments: int
    wording: int
    evidence: int


class Judged(NamedTuple):
    """What an act judged, and what the record said for that day before it."""

    id: UUID
    as_of: date
    status: str
    probability: Decimal | None
    confidence: str
    occurred_on: date | None
    annulled_because: str | None
    cites: int
    was_status: str | None
    was_probability: Decimal | None
    was_confidence: str | None


class Worded(NamedTuple):
    """A wording and the one before it."""

    event_id: UUID
    number: int
    type: str
    in_force_from: date
    reason: str
    title: str
    statement: str
    criteria: str
    fine_print: str
    horizon: date | None
    author_confidence: str
    signposts: str
    review_every_days: int
    was_title: str | None
    was_statement: str | None
    was_criteria: str | None
    was_fine_print: str | None
    was_horizon: date | None
    was_author_confidence: str | None
    was_signposts: str | None
    was_review_every_days: int | None


class Borne(NamedTuple):
    """An item that an act on this claim's evidence was about, and its bearing on the claim, if it has one."""

    evidence_id: UUID
    bearing_id: UUID | None
    title: str
    live: bool
    number: int | None
    state: str | None


class Other(NamedTuple):
    """Another claim that an act names."""

    id: UUID
    slug: str
    title: str


@dataclass(frozen=True)
class ClaimHistory:
    """A page of acts on a claim and what they were about; items by their id, and by that of their bearing."""

    acts: Acts
    judged: dict[UUID, Judged]
    worded: dict[UUID, Worded]
    items: dict[UUID, Borne]
    others: dict[str, Other]


_HEAD = """
SELECT claim.id, claim.slug, claim.title, claim.paragraph, article.slug, successor.slug, successor.title
  FROM claim
  JOIN article ON article.id = claim.article_id
  LEFT JOIN claim successor ON successor.id = claim.successor_id
 WHERE claim.slug = %(slug)s
"""

_ASSESSMENT_EVENTS = "SELECT event_id FROM assessment WHERE claim_id = %(claim)s"
_WORDING_EVENTS = """
SELECT event_id, recorded_at FROM claim_revision WHERE claim_id = %(claim)s
UNION ALL
SELECT event_id, recorded_at FROM assessment WHERE claim_id = %(claim)s AND annulled_because = 'restated'
"""

_ON_EVIDENCE = """
({event}.verb LIKE 'evidence-%%' OR {event}.verb LIKE 'bearing-%%' OR {event}.verb = 'decision-undone'
 OR {event}.verb IN ('merged', 'unmerged') AND {event}.subject_type = 'evidence')
"""

_COUNTS = f"""
WITH newest AS (
    SELECT event_claim.event_id, event.verb, event.subject_type
      FROM event_claim JOIN event ON event.id = event_claim.event_id
     WHERE event_claim.claim_id = %(claim)s AND event.recorded_at <= %(until)s
     ORDER BY event_claim.event_id DESC LIMIT {MOST_COUNTED + 1})
SELECT count(*), (SELECT count(*) FROM assessment WHERE claim_id = %(claim)s AND recorded_at <= %(until)s),
       (SELECT count(*) FROM ({_WORDING_EVENTS}) worded WHERE recorded_at <= %(until)s),
       count(*) FILTER (WHERE {_ON_EVIDENCE.format(event="newest")})
  FROM newest
"""

_OF_CLAIM = f"""{_READ}
  JOIN (SELECT event_id FROM event_claim JOIN event ON event.id = event_claim.event_id
         WHERE event_claim.claim_id = %(claim)s AND event_claim.event_id < %(before)s
           AND event.recorded_at <= %(until)s {{chosen}}
         ORDER BY event_claim.event_id DESC LIMIT %(most)s) chosen ON chosen.event_id = event.id
 ORDER BY event.id DESC
"""
_CHOSEN = {
    "": "",
    "assessments": f"AND event_claim.event_id IN ({_ASSESSMENT_EVENTS})",
    "wording": f"AND event_claim.event_id IN (SELECT event_id FROM ({_WORDING_EVENTS}) worded)",
    "evidence": f"AND {_ON_EVIDENCE.format(event='event')}",
}

_JUDGED = """
SELECT now.id, now.as_of, now.status, now.probability, now.confidence, now.occurred_on, now.annulled_because,
       (SELECT count(*) FROM citation WHERE assessment_id = now.id),
       before.status, before.probability, before.confidence
  FROM assessment now
  LEFT JOIN LATERAL (SELECT status, probability, confidence FROM assessment earlier
                      WHERE earlier.claim_id = now.claim_id AND earlier.as_of <= now.as_of
                        AND earlier.event_id < now.event_id
                      ORDER BY earlier.as_of DESC, earlier.recorded_at DESC, earlier.id DESC LIMIT 1) before ON TRUE
 WHERE now.id = ANY(%(judgements)s)
"""

_WORDED = """
SELECT now.event_id, now.number, now.type, now.in_force_from, now.reason,
       now.title, now.statement, now.criteria, now.fine_print, now.horizon, now.author_confidence, now.signposts,
       now.review_every_days,
       before.title, before.statement, before.criteria, before.fine_print, before.horizon, before.author_confidence,
       before.signposts, before.review_every_days
  FROM claim_revision now
  LEFT JOIN claim_revision before ON before.claim_id = now.claim_id AND before.number = now.number - 1
 WHERE now.claim_id = %(claim)s AND now.event_id = ANY(%(events)s)
"""

_BORNE = """
SELECT evidence.id, bearing.id, evidence.title, evidence.live, bearing.number, bearing.state
  FROM evidence
  LEFT JOIN bearing ON bearing.evidence_id = evidence.id AND bearing.claim_id = %(claim)s
 WHERE evidence.id = ANY(%(items)s) OR evidence.id IN (SELECT evidence_id FROM bearing WHERE id = ANY(%(bearings)s))
"""

_OTHERS = "SELECT id, slug, title FROM claim WHERE slug = ANY(%(slugs)s)"


def claim_head(slug: str) -> Head | None:
    """The claim under this slug, or None. One query."""
    found = fetch(Head, _HEAD, slug=slug)
    return found[0] if found else None


def claim_counts(claim: UUID, *, until: datetime | None = None) -> Counts:
    """How many acts of each kind there are, those on evidence among the newest. One query."""
    return fetch(Counts, _COUNTS, claim=claim, until=until or NOT_YET)[0]


def claim_history(
    head: Head, *, kind: str, before: UUID | None, size: int, until: datetime | None = None
) -> ClaimHistory:
    """A page of what was done to a claim, of one kind and recorded by an instant where they are given. Five queries."""
    sql = _OF_CLAIM.format(chosen=_CHOSEN[kind])
    acts = read_acts(sql, size=size, until=until, claim=head.id, before=before or LAST, rewording=[], wording=[])
    subjects: dict[str, list[UUID]] = {}
    for act in acts.rows:
        subjects.setdefault(act.subject_type, []).append(act.subject_id)
    items = [*subjects.get("evidence", []), *_linked(acts)]
    borne = fetch(Borne, _BORNE, claim=head.id, items=items, bearings=subjects.get("bearing", []))
    worded = fetch(Worded, _WORDED, claim=head.id, events=[act.id for act in acts.rows])
    others = fetch(Other, _OTHERS, slugs=_named(acts, head))
    return ClaimHistory(
        acts=acts,
        judged={row.id: row for row in fetch(Judged, _JUDGED, judgements=subjects.get("assessment", []))},
        worded={row.event_id: row for row in worded},
        items={row.evidence_id: row for row in borne} | {row.bearing_id: row for row in borne if row.bearing_id},
        others={row.slug: row for row in others},
    )


def _linked(acts: Acts) -> Sequence[UUID]:
    linked = [act.said.get("to") for act in acts.rows if act.verb == "evidence-linked"]
    merged = [act.said.get("into") for act in acts.rows if act.verb in MERGE_VERBS and act.subject_type == "evidence"]
    return [UUID(other) for other in (*linked, *merged) if other]


def _named(acts: Acts, head: Head) -> list[str]:
    related = (act.said for act in acts.rows if act.verb in RELATION_VERBS)
    merged = (act.said for act in acts.rows if act.verb in MERGE_VERBS and act.subject_type == "claim")
    named = {str(said.get(end)) for said in (*related, *merged) for end in ("from", "to")}
    return sorted(named - {head.slug})
