"""One item of evidence as its page shows it, now or as the world could know it on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

FOR_EVER = date.max
MOST_BEARINGS = 200
MOST_JUDGEMENTS = 50
MOST_REPORTS = 50
MOST_LINKS = 20


class Item(NamedTuple):
    """The item itself, in any state; `withdrawn_at` is set once it was taken off the site, by a merge too.

    The last three tell of its redaction and are empty where there was none.
    """

    id: UUID
    state: str
    live: bool
    withdrawn_at: datetime | None
    address: str
    title: str
    author: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    logged_on: date
    known_by: date
    type: str
    summary: str
    quotation: str
    looked_for: str
    credibility: int | None
    story: str
    source_id: UUID | None
    source_slug: str | None
    source_name: str | None
    reliability: str | None
    logged_by: str | None
    redacted_at: datetime | None
    legal_basis: str
    redacted_because: str


class Borne(NamedTuple):
    """What the item says about one claim, and how that claim stands; `stances` are its analysts' latest ones."""

    number: int
    stance: str
    weight: str
    note: str
    claim_id: UUID
    slug: str
    title: str
    status: str
    probability: Decimal | None
    stances: list[str]


class Citing(NamedTuple):
    """A judgement that cites the item, or (`elsewhere`) one that was merged into it."""

    id: UUID
    as_of: date
    status: str
    probability: Decimal | None
    rationale: str
    claim_id: UUID
    slug: str
    title: str
    elsewhere: bool


class Report(NamedTuple):
    """Another item of the same story."""

    id: UUID
    title: str
    source: str
    known_by: date
    reliability: str | None
    credibility: int


class Link(NamedTuple):
    """A link with another item; `outward` where this one does it to the other."""

    kind: str
    outward: bool
    id: UUID
    title: str
    source: str
    known_by: date


@dataclass(frozen=True)
class ItemPage:
    """All that an item's page tells, each list cut at its MOST_."""

    item: Item
    bearings: Sequence[Borne]
    judgements: Sequence[Citing]
    reports: Sequence[Report]
    links: Sequence[Link]
    more_bearings: bool
    more_judgements: bool
    more_reports: bool


_ITEM = """
SELECT evidence.id, evidence.state, evidence.live,
       (SELECT recorded_at FROM event WHERE subject_type = 'evidence' AND subject_id = evidence.id
           AND verb IN ('evidence-withdrawn', 'merged') ORDER BY id DESC LIMIT 1),
       evidence.address, evidence.title, evidence.author, evidence.published_from, evidence.published_to,
       evidence.event_from, evidence.event_to, evidence.logged_on, evidence.known_by, evidence.type, evidence.summary,
       evidence.quotation, evidence.looked_for, evidence.credibility, evidence.story,
       source.id, source.slug, source.name, source.reliability, person.name,
       tombstone.recorded_at, coalesce(tombstone.payload ->> 'legal_basis', ''),
       coalesce(tombstone.payload ->> 'reason', '')
  FROM evidence
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN person ON person.id = evidence.by_id
  LEFT JOIN LATERAL (SELECT event.recorded_at, event_body.payload
                       FROM event LEFT JOIN event_body ON event_body.event_id = event.id
                      WHERE evidence.state = 'redacted' AND subject_type = 'evidence' AND subject_id = evidence.id
                        AND verb = 'evidence-redacted' ORDER BY event.id DESC LIMIT 1) tombstone ON TRUE
 WHERE evidence.id = %(item)s
"""

# An approval is a moderator's decision and no opinion of theirs.
_BEARINGS = """
SELECT bearing.number, bearing.stance, bearing.weight, bearing.note, claim.id, claim.slug,
       worded.title, coalesce(judged.status, 'open'), judged.probability,
       ARRAY(SELECT stance FROM (
                 SELECT DISTINCT ON (said.by_id) said.stance::text AS stance, said.state
                   FROM bearing_revision said JOIN event ON event.id = said.event_id
                  WHERE said.bearing_id = bearing.id AND event.verb NOT IN ('bearing-approved', 'bearing-rejected')
                  ORDER BY said.by_id, said.number DESC) latest
              WHERE state <> 'withdrawn')
  FROM bearing
  JOIN claim ON claim.id = bearing.claim_id
  JOIN LATERAL (SELECT title FROM claim_revision WHERE claim_id = claim.id AND in_force_from <= %(day)s
                 ORDER BY in_force_from DESC, number DESC LIMIT 1) worded ON TRUE
  LEFT JOIN LATERAL (SELECT status, probability FROM assessment WHERE claim_id = claim.id AND as_of <= %(day)s
                      ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) judged ON TRUE
 WHERE bearing.evidence_id = %(item)s AND bearing.live AND bearing.state = 'published'
 ORDER BY array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], bearing.weight::text) DESC,
          bearing.stance = 'context', bearing.id
 LIMIT %(most)s
"""

# What cites the item itself, or else one that was merged into it.
_JUDGEMENTS = """
WITH RECURSIVE duplicate(id) AS (
    SELECT %(item)s::uuid
     UNION
    SELECT merge.from_id FROM duplicate
      JOIN merge ON merge.subject_type = 'evidence' AND merge.into_id = duplicate.id AND merge.state = 'confirmed'),
cited AS (
    SELECT assessment_id, bool_and(evidence_id <> %(item)s) AS elsewhere
      FROM citation WHERE evidence_id IN (SELECT id FROM duplicate) GROUP BY assessment_id)
SELECT assessment.id, assessment.as_of, assessment.status, assessment.probability, assessment.rationale,
       claim.id, claim.slug, worded.title, cited.elsewhere
  FROM cited
  JOIN assessment ON assessment.id = cited.assessment_id
  JOIN claim ON claim.id = assessment.claim_id
  JOIN LATERAL (SELECT title FROM claim_revision WHERE claim_id = claim.id AND in_force_from <= %(day)s
                 ORDER BY in_force_from DESC, number DESC LIMIT 1) worded ON TRUE
 WHERE assessment.as_of <= %(day)s
 ORDER BY assessment.as_of DESC, assessment.recorded_at DESC, assessment.id DESC
 LIMIT %(most)s
"""

_REPORTS = """
SELECT evidence.id, evidence.title, source.name, evidence.known_by, source.reliability, evidence.credibility
  FROM evidence
  JOIN source ON source.id = evidence.source_id
 WHERE evidence.story = %(story)s AND evidence.story <> '' AND evidence.id <> %(item)s
   AND evidence.live AND evidence.known_by <= %(day)s
 ORDER BY evidence.known_by, evidence.id
 LIMIT %(most)s
"""

_LINKS = """
SELECT evidence_link.kind, evidence_link.from_item_id = %(item)s, other.id, other.title, source.name, other.known_by
  FROM evidence_link
  JOIN evidence other ON other.id = CASE WHEN evidence_link.from_item_id = %(item)s
                                         THEN evidence_link.to_item_id ELSE evidence_link.from_item_id END
  JOIN source ON source.id = other.source_id
 WHERE %(item)s IN (evidence_link.from_item_id, evidence_link.to_item_id) AND other.live AND other.known_by <= %(day)s
 ORDER BY evidence_link.from_item_id = %(item)s,
          array_position(ARRAY['retracts', 'supersedes', 'corrects'], evidence_link.kind::text),
          other.known_by DESC, other.id
 LIMIT %(most)s
"""


def find_item(identity: UUID) -> Item | None:
    """The item with this id, whatever its state, or None. One query."""
    found = fetch(Item, _ITEM, item=identity)
    return found[0] if found else None


def item_page(item: Item, *, as_of: date | None) -> ItemPage:
    """What the item bears on, what cites it, who else reports it; `as_of` looks back. Four queries.

    The item is known by `as_of`; its bearings are today's, as the look-back has it.
    """
    day = as_of or FOR_EVER
    bearings = fetch(Borne, _BEARINGS, item=item.id, day=day, most=MOST_BEARINGS + 1)
    judgements = fetch(Citing, _JUDGEMENTS, item=item.id, day=day, most=MOST_JUDGEMENTS + 1)
    reports = fetch(Report, _REPORTS, item=item.id, story=item.story, day=day, most=MOST_REPORTS + 1)
    return ItemPage(
        item=item,
        bearings=bearings[:MOST_BEARINGS],
        judgements=judgements[:MOST_JUDGEMENTS],
        reports=reports[:MOST_REPORTS],
        links=fetch(Link, _LINKS, item=item.id, day=day, most=MOST_LINKS),
        more_bearings=len(bearings) > MOST_BEARINGS,
        more_judgements=len(judgements) > MOST_JUDGEMENTS,
        more_reports=len(reports) > MOST_REPORTS,
    )
