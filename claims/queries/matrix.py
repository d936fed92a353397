"""The matrix of an article: its claims, the items that bear on them, and where analysts disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.matrix import Cell, Matrix, Report, matrix
from claims.queries.claim_rows import claims_on
from claims.queries.rows import fetch, fetch_pairs

MOST_CLAIMS = 500
MOST_BEARINGS = 50_000

# What a filter by the source's grade lets through. A source that is not graded yet, or whose reliability cannot be
# judged (F), passes none of them.
GRADES = {"a": "A", "a-b": "AB", "a-c": "ABC", "a-d": "ABCD"}

Crossing = tuple[UUID, int]
"""Where an item and a claim meet: the item's id, and the claim's place among those looked at."""


class Tested(NamedTuple):
    """One claim of the matrix; `topics` are pairs of slug and name."""

    id: UUID
    slug: str
    title: str
    status: str
    probability: Decimal | None
    topics: Sequence[Sequence[str]]


class Item(NamedTuple):
    """One item of evidence; `link` says what a later item did to it."""

    id: UUID
    title: str
    address: str
    story: str
    credibility: int
    known_by: date
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    type: str
    source_name: str
    reliability: str | None
    link: str | None


class Voice(NamedTuple):
    """What one person last said about an item and a claim on which others say otherwise."""

    name: str | None
    stance: str
    weight: str
    said_at: datetime


class Waiting(NamedTuple):
    """A bearing that waits for approval."""

    stance: str
    weight: str


@dataclass(frozen=True)
class Asked:
    """Which claims and which items the matrix is made of; `day` is the day whose evidence is known."""

    day: date
    as_of: date | None = None
    settled: bool = False
    topic: str = ""
    grade: str = ""


@dataclass(frozen=True)
class ArticleMatrix:
    """A matrix with the things that its numbers stand for.

    `every` are all the article's claims, `claims` those looked at, by their place in `matrix`; `left_out` counts the
    items that the filter by grade left out, and `cut` says that there were more bearings than can be looked at.
    """

    every: Sequence[Tested]
    claims: Sequence[Tested]
    matrix: Matrix
    items: Mapping[UUID, Item]
    torn: Mapping[Crossing, Sequence[Voice]]
    left_out: int
    cut: bool


class _Said(NamedTuple):
    bearing_id: UUID
    evidence_id: UUID
    claim: int
    stance: str
    weight: str
    number: int


class _Bearing(NamedTuple):
    id: UUID


class _Pending(NamedTuple):
    evidence_id: UUID
    claim: int
    stance: str
    weight: str


_TESTED = """
SELECT claim.id, claim.slug, claim.title, claim.status, claim.probability,
       (SELECT coalesce(json_agg(json_build_array(topic.slug, topic.name)), '[]'::json)
          FROM claim_topic JOIN topic ON topic.id = claim_topic.topic_id WHERE claim_topic.claim_id = claim.id)
  FROM {claims}
 ORDER BY claim.paragraph, claim.id LIMIT %(most)s
"""

_PUBLIC = "bearing.live AND bearing.state = 'published' AND bearing.known_by <= %(day)s"
_PLACE = "array_position(%(claims)s::uuid[], bearing.claim_id) - 1"

_SAID = f"""
SELECT bearing.id, bearing.evidence_id, {_PLACE}, bearing.stance, bearing.weight, bearing.number
  FROM bearing
 WHERE bearing.claim_id = ANY(%(claims)s) AND {_PUBLIC}
 ORDER BY bearing.known_by DESC, bearing.id DESC LIMIT %(most)s
"""

# What later items did to this one: the strongest word for it.
_ITEMS = """
SELECT evidence.id, evidence.title, evidence.address, evidence.story, evidence.credibility, evidence.known_by,
       evidence.published_from, evidence.published_to, evidence.event_from, evidence.event_to,
       evidence.type, source.name, source.reliability,
       (SELECT kind FROM evidence_link JOIN evidence later ON later.id = evidence_link.from_item_id
         WHERE evidence_link.to_item_id = evidence.id AND later.live
         ORDER BY array_position(ARRAY['retracts', 'supersedes', 'corrects'], kind::text) LIMIT 1)
  FROM evidence JOIN source ON source.id = evidence.source_id
 WHERE evidence.id = ANY(%(items)s)
"""

# The last setting of each author that was ever public: who approves one adds none of their own, and who took one back
# says nothing any more. Bearings that were only ever set one way are left aside before anything is looked at. Which
# bearings are meant is given, not joined: a planner that knows no better yet joins tens of thousands row by row.
_VOICES = """
WITH revision AS (
    SELECT said.bearing_id, said.by_id, said.number, said.stance, said.weight, said.state, said.recorded_at,
           min(said.stance) OVER of_one AS least, max(said.stance) OVER of_one AS most
      FROM bearing_revision said
     WHERE said.bearing_id = ANY(%(bearings)s) AND said.state <> 'pending'
    WINDOW of_one AS (PARTITION BY said.bearing_id)),
last AS (
    SELECT DISTINCT ON (bearing_id, by_id) bearing_id, by_id, number, stance, weight, state, recorded_at
      FROM revision WHERE least <> most
     ORDER BY bearing_id, by_id, number DESC),
voice AS (
    SELECT last.*, min(stance) OVER of_one AS least, max(stance) OVER of_one AS most FROM last
     WHERE state = 'published' WINDOW of_one AS (PARTITION BY bearing_id))
SELECT voice.bearing_id, person.name, voice.stance, voice.weight, voice.recorded_at
  FROM voice LEFT JOIN person ON person.id = voice.by_id
 WHERE least <> most
 ORDER BY voice.bearing_id, voice.number DESC
"""

_WAITING = f"""
SELECT bearing.evidence_id, {_PLACE}, bearing.stance, bearing.weight
  FROM bearing
 WHERE bearing.state = 'pending' AND bearing.live AND bearing.by_id = %(by)s AND bearing.claim_id = ANY(%(claims)s)
"""

_VOICES_ON = f"""
WITH last AS (
    SELECT DISTINCT ON (said.by_id) said.by_id, said.number, said.stance, said.weight, said.state, said.recorded_at
      FROM bearing JOIN bearing_revision said ON said.bearing_id = bearing.id
     WHERE bearing.evidence_id = %(item)s AND bearing.claim_id = %(claim)s AND {_PUBLIC} AND said.state <> 'pending'
     ORDER BY said.by_id, said.number DESC)
SELECT person.name, last.stance, last.weight, last.recorded_at
  FROM last LEFT JOIN person ON person.id = last.by_id
 WHERE last.state = 'published' ORDER BY last.number DESC
"""


def article_matrix(article: UUID, asked: Asked) -> ArticleMatrix:
    """The matrix of an article's claims and of all that is known of them by the day. Four queries."""
    given = {"article": article, "day": asked.as_of, "most": MOST_CLAIMS}
    every = fetch(Tested, _TESTED.format(claims=claims_on(asked.as_of, of_an_article=True)), **given)
    claims = [claim for claim in every if _looked_at(claim, asked)]
    ids = [claim.id for claim in claims]
    said = fetch(_Said, _SAID, claims=ids, day=asked.day, most=MOST_BEARINGS + 1)
    cells: dict[UUID, dict[int, Cell]] = {}
    for _, item, claim, stance, weight, number in said[:MOST_BEARINGS]:
        cells.setdefault(item, {})[claim] = Cell(stance, weight, number)
    found = fetch(Item, _ITEMS, items=list(cells))
    passed = GRADES.get(asked.grade)
    items = {item.id: item for item in found if passed is None or (item.reliability or "-") in passed}
    reports = [Report(it.id, it.story, it.credibility, it.known_by, cells[it.id]) for it in items.values()]
    crossings = {
        row.bearing_id: (row.evidence_id, row.claim) for row in said[:MOST_BEARINGS] if row.evidence_id in items
    }
    return ArticleMatrix(
        every=every,
        claims=claims,
        matrix=matrix(reports, claims=len(claims)),
        items=items,
        torn=_torn(crossings),
        left_out=len(found) - len(items),
        cut=len(said) > MOST_BEARINGS,
    )


def _torn(crossings: Mapping[UUID, Crossing]) -> dict[Crossing, list[Voice]]:
    """Who said what, by where it was said, of those bearings on which people differ. One query."""
    torn: dict[Crossing, list[Voice]] = {}
    for bearing, voice in fetch_pairs(_Bearing, Voice, _VOICES, bearings=list(crossings)):
        torn.setdefault(crossings[bearing.id], []).append(voice)
    return torn


def waiting_of(person: UUID, claims: Sequence[Tested]) -> dict[Crossing, Waiting]:
    """The bearings of one person on these claims that wait for approval. One query."""
    rows = fetch(_Pending, _WAITING, claims=[claim.id for claim in claims], by=person)
    return {(row.evidence_id, row.claim): Waiting(row.stance, row.weight) for row in rows}


def voices_on(item: UUID, claim: UUID, *, day: date) -> list[Voice]:
    """What each author of one bearing last said of it, the latest first; empty unless they differ. One query."""
    voices = fetch(Voice, _VOICES_ON, item=item, claim=claim, day=day)
    return voices if len({voice.stance for voice in voices}) > 1 else []


def _looked_at(claim: Tested, asked: Asked) -> bool:
    if claim.status != "open" and not asked.settled:
        return False
    return not asked.topic or any(slug == asked.topic for slug, _ in claim.topics)
