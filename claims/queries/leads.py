"""Leads in a list: what may become evidence, the claims it seems to touch, and who has it in hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from claims.models import Lead, LeadState
from claims.queries.rows import fetch, fetch_pairs

PAGE = 30
MOST_COUNTED = 1000
MOST_PEOPLE = 200
SHOWN_MATCHES = 3
SHOWN_NOTES = 3

BY_TIME = (datetime, UUID)
BY_SCORE = (Decimal, UUID)
Place = tuple[datetime | Decimal, UUID]

STATES = ("new", "mine", "suggested", "snoozed", "dismissed", "logged")
SORTS = ("newest", "best")


class Line(NamedTuple):
    """One lead; `notes` are what its last readers wrote beside it, `suggested` how many suggested it, up to 100.

    `matched_at` is None as long as nobody looked which claims it touches. `decided_by` is who set it aside, put it off
    or logged it; `feed` is empty where readers alone brought it.
    """

    id: UUID
    address: str
    title: str
    author: str
    summary: str
    dated_at: datetime
    score: float
    state: str
    snoozed_until: datetime | None
    decided_at: datetime | None
    decided_by: str
    assigned_to: UUID | None
    assigned: str
    evidence: UUID | None
    feed_id: UUID | None
    feed: str
    suggested: int
    notes: Sequence[str]
    matched_at: datetime | None


class _At(NamedTuple):
    """Where a lead stands in the list: its instant or its score."""

    place: datetime | float


class Match(NamedTuple):
    """A claim that a lead seems to touch, and the words that told, each with its share of the score."""

    lead: UUID
    slug: str
    title: str
    score: float
    words: Any


class Counts(NamedTuple):
    """How many leads there are of each sort, up to MOST_COUNTED + 1; and feeds that are watched, and paused."""

    new: int
    mine: int
    suggested: int
    snoozed: int
    watched: int
    paused: int


class Colleague(NamedTuple):
    """Somebody to whom a lead can be handed."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list shows: leads of one state, of one feed, or those that seem to touch one claim."""

    state: str = "new"
    sort: str = "newest"
    feed: UUID | None = None
    claim: str = ""

    @property
    def decided(self) -> bool:
        """Whether somebody decided on what is listed, who did so last coming first."""
        return self.state in ("snoozed", "dismissed", "logged")

    @property
    def by_score(self) -> bool:
        """Whether the best match comes first, and not the newest."""
        return bool(self.claim) or (self.sort == "best" and not self.decided)


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Some leads with their matches; `after` is where the list goes on."""

    lines: Sequence[Line]
    matches: Mapping[UUID, Sequence[Match]]
    after: Place | None


_FIRST_SCORE = Decimal(2)
_FIRST_INSTANT = datetime(9999, 1, 1, tzinfo=UTC)

_WHERE = {
    "new": "lead.state = 'new'",
    "mine": "lead.state = 'new' AND lead.assigned_to_id = %(person)s",
    "suggested": "lead.state = 'new' AND EXISTS (SELECT FROM suggestion WHERE suggestion.lead_id = lead.id)",
    "snoozed": "lead.state = 'snoozed'",
    "dismissed": "lead.state = 'dismissed' AND lead.address <> ''",
    "logged": "lead.state = 'logged'",
}

_PAGE = f"""
WITH page AS (
    SELECT lead.id, {{place}} AS place FROM lead {{join}}
     WHERE {{where}} AND {{place}} <= %(place)s AND ({{place}}, lead.id) < (%(place)s, %(last)s)
     ORDER BY {{place}} DESC, lead.id DESC LIMIT %(limit)s)
SELECT lead.id, lead.address, lead.title, lead.author, lead.summary, lead.dated_at, lead.score, lead.state,
       lead.snoozed_until, lead.decided_at, coalesce(decider.name, ''), lead.assigned_to_id,
       coalesce(assigned.name, ''), lead.evidence_id, feed.id, coalesce(nullif(feed.title, ''), feed.address, ''),
       (SELECT count(*) FROM (SELECT FROM suggestion WHERE suggestion.lead_id = lead.id LIMIT 100) counted),
       ARRAY(SELECT note FROM suggestion WHERE suggestion.lead_id = lead.id AND note <> ''
              ORDER BY suggestion.id DESC LIMIT {SHOWN_NOTES}),
       lead.matched_at,
       page.place
  FROM page
  JOIN lead ON lead.id = page.id
  LEFT JOIN feed ON feed.id = lead.feed_id
  LEFT JOIN person decider ON decider.id = lead.decided_by_id
  LEFT JOIN person assigned ON assigned.id = lead.assigned_to_id
 ORDER BY page.place DESC, page.id DESC
"""

_MATCHES = """
SELECT lead_match.lead_id, claim.slug, claim.title, lead_match.score, lead_match.words
  FROM lead_match JOIN claim ON claim.id = lead_match.claim_id
 WHERE lead_match.lead_id = ANY(%(leads)s)
 ORDER BY lead_match.lead_id, lead_match.score DESC, claim.id
"""

_COUNTED = "(SELECT count(*) FROM (SELECT FROM lead WHERE {} LIMIT %(most)s) counted)"
_COUNTS = f"""
SELECT {", ".join(_COUNTED.format(_WHERE[state]) for state in ("new", "mine", "suggested", "snoozed"))},
       (SELECT count(*) FROM feed WHERE state = 'active'), (SELECT count(*) FROM feed WHERE state = 'paused')
"""

_COLLEAGUES = """
SELECT id, name FROM person
 WHERE suspended_at IS NULL AND anonymised_at IS NULL
   AND EXISTS (SELECT FROM person_role WHERE person_role.user_id = person.id)
 ORDER BY lower(name) COLLATE "C", id LIMIT %(most)s
"""


def leads(narrowed: Narrowed, *, person: UUID, after: Place | None = None, size: int = PAGE) -> LeadPage:
    """A page of leads, newest or best first. Two queries, one where there are none."""
    place, last = after or (_FIRST_SCORE if narrowed.by_score else _FIRST_INSTANT, UUID(int=2**128 - 1))
    column = "lead.score" if narrowed.by_score else "lead.decided_at" if narrowed.decided else "lead.dated_at"
    wheres, join = [_WHERE[narrowed.state]], ""
    if narrowed.feed:
        wheres.append("lead.feed_id = %(feed)s")
    if narrowed.claim:
        column, join = "lead_match.score", "JOIN lead_match ON lead_match.lead_id = lead.id"
        wheres.append("lead_match.claim_id = (SELECT id FROM claim WHERE slug = %(claim)s)")
    sql = _PAGE.format(place=column, join=join, where=" AND ".join(wheres))
    given = {
        "place": float(place) if isinstance(place, Decimal) else place,
        "last": last,
        "person": person,
        "feed": narrowed.feed,
        "claim": narrowed.claim,
    }
    found = fetch_pairs(Line, _At, sql, **given, limit=size + 1)
    lines = [line for line, _ in found[:size]]
    last_line, last_at = found[size - 1] if len(found) > size else (None, None)
    following = (_kept(last_at.place), last_line.id) if last_line and last_at else None
    return LeadPage(lines, _matches_of(lines), following)


def _kept(place: datetime | float) -> datetime | Decimal:
    """The place as a cursor keeps it; the shortest text of a score reads back as exactly that score."""
    return Decimal(repr(place)) if isinstance(place, float) else place


def _matches_of(lines: Sequence[Line]) -> Mapping[UUID, Sequence[Match]]:
    matches: dict[UUID, list[Match]] = {line.id: [] for line in lines}
    if matches:
        for match in fetch(Match, _MATCHES, leads=list(matches)):
            words = [(word, share) for word, share in json.loads(match.words)]  # as text, since Django leaves it so
            matches[match.lead].append(match._replace(words=words))
    return {lead: found[:SHOWN_MATCHES] for lead, found in matches.items()}


def counts(*, person: UUID) -> Counts:
    """How many leads and feeds there are. One query."""
    return fetch(Counts, _COUNTS, person=person, most=MOST_COUNTED + 1)[0]


def leads_with(ids: Sequence[UUID]) -> list[Lead]:
    """Those of these leads that exist, as acts take them. One query."""
    return list(Lead.objects.filter(id__in=ids).order_by("id"))


def waiting_lead(lead: UUID) -> Lead | None:
    """The lead, where nobody has decided on it yet. One query."""
    return Lead.objects.filter(id=lead, state__in=(LeadState.NEW, LeadState.SNOOZED)).first()


def claims_touched(lead: Lead) -> list[UUID]:
    """The claims that the lead seems to touch, the best match first. One query."""
    return list(lead.matches.order_by("-score", "claim_id").values_list("claim_id", flat=True))


def colleagues() -> list[Colleague]:
    """The people with a role, by name, at most MOST_PEOPLE. One query."""
    return fetch(Colleague, _COLLEAGUES, most=MOST_PEOPLE)
