"""Flags, and the things that can be flagged as whoever decides sees them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.models import Flag
from claims.queries.rows import fetch

MOST_OTHERS = 20


class FlaggedItem(NamedTuple):
    """An item, whatever became of it since it was public, unless it was redacted."""

    id: UUID
    live: bool
    state: str
    title: str
    address: str
    summary: str
    quotation: str
    type: str
    looked_for: str
    published_from: date | None
    published_to: date | None
    event_from: date | None
    event_to: date | None
    credibility: int
    source: str
    source_slug: str
    reliability: str | None


class FlaggedClaim(NamedTuple):
    """A claim as it is worded and stands now."""

    id: UUID
    slug: str
    title: str
    statement: str
    criteria: str
    fine_print: str
    status: str
    probability: Decimal | None
    article: str
    article_slug: str
    paragraph: int


class FlaggedAssessment(NamedTuple):
    """One judgement of a claim, and the numbers of the items that it cites."""

    id: UUID
    slug: str
    title: str
    as_of: date
    status: str
    probability: Decimal | None
    confidence: str
    occurred_on: date | None
    rationale: str
    cites: list[int]


class FlaggedSource(NamedTuple):
    """A source with its domains."""

    id: UUID
    slug: str
    title: str
    kind: str
    country: str
    reliability: str | None
    domains: list[str]


Subject = FlaggedItem | FlaggedClaim | FlaggedAssessment | FlaggedSource


class Report(NamedTuple):
    """A flag; `by` is empty for a reader without an account, the last three are set once it is decided."""

    id: UUID
    kind: str
    subject_id: UUID
    reason: str
    note: str
    by_id: UUID | None
    by: str
    made_at: datetime
    state: str
    answer: str
    decided_by: str | None
    decided_at: datetime | None


_ITEM = """
SELECT evidence.id, evidence.live, evidence.state, evidence.title, evidence.address, evidence.summary,
       evidence.quotation, evidence.type, evidence.looked_for, evidence.published_from, evidence.published_to,
       evidence.event_from, evidence.event_to, evidence.credibility, source.name, source.slug, source.reliability
  FROM evidence JOIN source ON source.id = evidence.source_id
 WHERE evidence.id = %(subject)s AND evidence.state <> 'redacted'
"""

_CLAIM = """
SELECT claim.id, claim.slug, claim.title, claim.statement, worded.criteria, worded.fine_print, claim.status,
       claim.probability, article.title, article.slug, claim.paragraph
  FROM claim
  JOIN article ON article.id = claim.article_id
  JOIN LATERAL (SELECT criteria, fine_print FROM claim_revision WHERE claim_id = claim.id
                 ORDER BY in_force_from DESC, number DESC LIMIT 1) worded ON TRUE
 WHERE claim.id = %(subject)s
"""

_ASSESSMENT = """
SELECT assessment.id, claim.slug, claim.title, assessment.as_of, assessment.status, assessment.probability,
       assessment.confidence, assessment.occurred_on, assessment.rationale,
       ARRAY(SELECT bearing.number FROM citation
               JOIN bearing ON bearing.claim_id = citation.claim_id AND bearing.evidence_id = citation.evidence_id
              WHERE citation.assessment_id = assessment.id AND bearing.number IS NOT NULL ORDER BY bearing.number)
  FROM assessment JOIN claim ON claim.id = assessment.claim_id
 WHERE assessment.id = %(subject)s
"""

_SOURCE = """
SELECT id, slug, name, kind, country, reliability,
       ARRAY(SELECT domain::text FROM source_domain WHERE source_id = source.id ORDER BY domain LIMIT 20)
  FROM source WHERE id = %(subject)s
"""

_SUBJECTS: dict[str, tuple[type[Subject], str]] = {
    "evidence": (FlaggedItem, _ITEM),
    "claim": (FlaggedClaim, _CLAIM),
    "assessment": (FlaggedAssessment, _ASSESSMENT),
    "source": (FlaggedSource, _SOURCE),
}
KINDS = tuple(_SUBJECTS)

_REPORTS = """
SELECT flag.id, flag.subject_type, flag.subject_id, flag.reason, flag.note, flag.by_id, coalesce(person.name, ''),
       flag.made_at, flag.state, flag.answer, decider.name, decided.recorded_at
  FROM flag
  LEFT JOIN person ON person.id = flag.by_id
  LEFT JOIN LATERAL (SELECT actor_id, recorded_at FROM event
                      WHERE subject_type = 'flag' AND subject_id = flag.id AND verb = 'flag-decided'
                      ORDER BY id DESC LIMIT 1) decided ON TRUE
  LEFT JOIN person decider ON decider.id = decided.actor_id
"""
_ONE = f"{_REPORTS} WHERE flag.id = %(flag)s"
_OTHERS = f"""{_REPORTS}
 WHERE flag.subject_type = %(kind)s AND flag.subject_id = %(subject)s AND flag.id <> %(flag)s
 ORDER BY flag.state <> 'open', flag.id DESC
 LIMIT %(most)s
"""

_WITH_OTHERS = f"""{_REPORTS}
 WHERE (flag.subject_type, flag.subject_id) = (SELECT subject_type, subject_id FROM flag WHERE id = %(flag)s)
 ORDER BY flag.id <> %(flag)s, flag.state <> 'open', flag.id DESC
 LIMIT %(most)s + 1
"""


def find_subject(kind: str, subject: UUID) -> Subject | None:
    """What a flag is about, of one of KINDS, whatever became of it; None where there is no such thing. One query."""
    row, sql = _SUBJECTS[kind]
    found = fetch(row, sql, subject=subject)
    return found[0] if found else None


def public_subject(kind: str, subject: UUID) -> Subject | None:
    """What can be flagged: as `find_subject`, but of items only what is public. One query."""
    found = find_subject(kind, subject)
    return None if isinstance(found, FlaggedItem) and not found.live else found


def find_report(flag: UUID) -> Report | None:
    """The flag, decided or not. One query."""
    found = fetch(Report, _ONE, flag=flag)
    return found[0] if found else None


def others_on(report: Report) -> Sequence[Report]:
    """Other flags on the same thing, those that wait first, at most MOST_OTHERS. One query."""
    return fetch(Report, _OTHERS, kind=report.kind, subject=report.subject_id, flag=report.id, most=MOST_OTHERS)


def find_with_others(flag: UUID) -> tuple[Report, Sequence[Report]] | None:
    """The flag, and the others on the same thing. One query."""
    found = fetch(Report, _WITH_OTHERS, flag=flag, most=MOST_OTHERS)
    return (found[0], found[1:]) if found and found[0].id == flag else None


def flag_with(flag: UUID) -> Flag:
    """The flag itself, as acts take it. One query."""
    return Flag.objects.get(id=flag)
