"""What waits for a moderator, in one list, oldest first: items, bearings that wait alone, and flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch

PAGE = 50
CURSOR = (datetime, UUID)
MOST_COUNTED = 1000
KINDS = ("evidence", "bearing", "flag", "returned")
"""What the list can be narrowed to; "returned" are the items that were returned before and came again."""

Place = tuple[datetime, UUID]
_BEGINNING: Place = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


class Line(NamedTuple):
    """One thing that waits; what it is about is an item, a claim, an assessment of one, or a source.

    `kind` is "evidence", "bearing" or "flag"; `reason` is a flag's, `stance` a bearing's; `standing` says what
    who sent it is: "new analyst", "account" or "" for somebody without one.
    """

    kind: str
    id: UUID
    since: datetime
    title: str
    claim: str
    reason: str
    stance: str
    subject: str
    by_id: UUID | None
    by: str
    standing: str
    source: str
    reliability: str | None
    credibility: int | None
    bears_on: int
    returned: bool

    @property
    def place(self) -> Place:
        """Where the list goes on after this line."""
        return self.since, self.id


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits, oldest first; `more` where younger things follow."""

    lines: Sequence[Line]
    more: bool


class Counts(NamedTuple):
    """How much waits, each number counted up to MOST_COUNTED + 1, and since when the oldest of all does."""

    evidence: int
    bearing: int
    flag: int
    returned: int
    oldest: datetime | None

    @property
    def whole(self) -> int:
        """All that waits, as far as it was counted."""
        return self.evidence + self.bearing + self.flag

    @property
    def cut(self) -> bool:
        """Whether more waits than was counted."""
        return max(self.evidence, self.bearing, self.flag) > MOST_COUNTED


_RETURNED = """
EXISTS (SELECT 1 FROM event WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
           AND event.verb = 'evidence-returned')
"""

_NONE = "NULL::uuid"


def _branch(kind: str, since: str, columns: str, where: str) -> str:
    """The first rows of one table after a place, as the index on what waits has them."""
    return f"""(
    SELECT '{kind}' AS kind, id, {since} AS since, by_id, {columns}
      FROM {kind}
     WHERE {where} AND {since} >= %(since)s AND ({since}, id) > (%(since)s, %(id)s)
     ORDER BY {since}, id LIMIT %(limit)s)"""


_COLUMNS = "{} AS evidence_id, {} AS claim_id, {} AS assessment_id, {} AS source_id, {} AS reason, {} AS stance"
_FLAGGED = "CASE WHEN subject_type = '{}' THEN subject_id END"

_PENDING_ITEMS = "state = 'pending'"
_BRANCHES = {
    "evidence": _branch(
        "evidence", "submitted_at", _COLUMNS.format("id", _NONE, _NONE, "source_id", "''", "''"), _PENDING_ITEMS
    ),
    "returned": _branch(
        "evidence", "submitted_at", _COLUMNS.format("id", _NONE, _NONE, "source_id", "''", "''"),
        f"{_PENDING_ITEMS} AND {_RETURNED}",
    ),
    "bearing": _branch(
        "bearing", "set_at", _COLUMNS.format("evidence_id", "claim_id", _NONE, _NONE, "''", "stance::text"),
        "state = 'pending' AND live",
    ),
    "flag": _branch(
        "flag", "made_at",
        _COLUMNS.format(*map(_FLAGGED.format, ("evidence", "claim", "assessment", "source")), "reason::text", "''"),
        "state = 'open'",
    ),
}  # fmt: skip

_LINES = f"""
WITH page AS (SELECT * FROM ({{branches}}) waiting ORDER BY since, id LIMIT %(limit)s)
SELECT page.kind, page.id, page.since,
       CASE WHEN evidence.state = 'redacted' THEN 'An item that was redacted'
            ELSE coalesce(evidence.title, claim.title, source.name, '') END,
       coalesce(claim.title, ''), page.reason, page.stance,
       CASE WHEN page.evidence_id IS NOT NULL THEN 'evidence' WHEN page.assessment_id IS NOT NULL THEN 'assessment'
            WHEN page.claim_id IS NOT NULL THEN 'claim' ELSE 'source' END,
       page.by_id, coalesce(person.name, ''),
       CASE WHEN person.id IS NULL THEN ''
            WHEN person.trusted_at IS NULL AND EXISTS (SELECT 1 FROM person_role
                 WHERE person_role.user_id = person.id AND role = 'analyst') THEN 'new analyst' ELSE 'account' END,
       coalesce(source.name, ''), source.reliability, evidence.credibility,
       (SELECT count(*) FROM bearing WHERE bearing.evidence_id = evidence.id AND bearing.state <> 'withdrawn'),
       page.kind = 'evidence' AND {_RETURNED}
  FROM page
  LEFT JOIN evidence ON evidence.id = page.evidence_id
  LEFT JOIN assessment ON assessment.id = page.assessment_id
  LEFT JOIN claim ON claim.id = coalesce(page.claim_id, assessment.claim_id)
  LEFT JOIN source ON source.id = coalesce(page.source_id, evidence.source_id)
  LEFT JOIN person ON person.id = page.by_id
 ORDER BY page.since, page.id
"""

_COUNTED = "(SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT %(limit)s) counted)"
_OLDEST = "(SELECT {1} FROM {0} WHERE {2} ORDER BY {1}, id LIMIT 1)"
_WAITING = (
    ("evidence", "submitted_at", "state = 'pending'"),
    ("bearing", "set_at", "state = 'pending' AND live"),
    ("flag", "made_at", "state = 'open'"),
)
_COUNTS = f"""
SELECT {", ".join(_COUNTED.format(table, where) for table, _, where in _WAITING)},
       {_COUNTED.format("evidence", f"{_PENDING_ITEMS} AND {_RETURNED}")},
       least({", ".join(_OLDEST.format(*one) for one in _WAITING)})
"""


def waiting(kind: str = "", *, after: Place | None = None, size: int = PAGE) -> QueuePage:
    """A page of what waits, all of it or of one kind, from behind a place on. One query."""
    since, identity = after or _BEGINNING
    chosen = [kind] if kind else ["evidence", "bearing", "flag"]
    branches = " UNION ALL ".join(_BRANCHES[one] for one in chosen)
    lines = fetch(Line, _LINES.format(branches=branches), since=since, id=identity, limit=size + 1)
    return QueuePage(lines[:size], more=len(lines) > size)


def counts() -> Counts:
    """How much waits of each kind. One query."""
    return fetch(Counts, _COUNTS, limit=MOST_COUNTED + 1)[0]
