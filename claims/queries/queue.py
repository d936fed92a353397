"""What waits for a moderator, in one list, oldest first: items, bearings that wait alone, flags, suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from claims.models.undone import UNDONE
from claims.queries.merges import HOW_MANY_SUGGESTED
from claims.queries.queue_topics import AS_JSON as TOPICS_AS_JSON
from claims.queries.queue_topics import ON_TOPIC
from claims.queries.ready_reasons import AS_JSON
from claims.queries.rows import fetch

PAGE = 50
CURSOR = (datetime, UUID)
MOST_COUNTED = 1000
_MOST_LOOKED_AT = 5000
KINDS = ("evidence", "bearing", "flag", "suggestion", "returned", "suspended")
"""What the list can be narrowed to: "returned" are the items that were returned before and came again; what suspended
people sent waits under "suspended" alone."""

Place = tuple[datetime, UUID]
_BEGINNING: Place = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


class Line(NamedTuple):
    """One thing that waits; what it is about is an item, a claim, an assessment of one, a source or a lead.

    `kind` is "evidence", "bearing", "flag" or "suggestion"; `reason` is a flag's, `stance` a bearing's, `note` a
    suggestion's; `standing` says what who sent it is: "new analyst", "account" or "" for somebody without one.
    `version` is an item's, for a bearing the number of its last setting.
    `holder` is who else is deciding on it, until `held_until`.
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
    version: int
    note: str
    holder: str
    held_until: datetime | None

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
    """How much waits, each number counted up to MOST_COUNTED + 1, and since when the oldest of all does.

    What suspended people sent is counted apart, and in none of the others. `merges` are those that are suggested
    (claims.queries.merges), `ready` the sentences for decisions (claims.queries.ready_reasons), `topics` what to narrow
    the list to (claims.queries.queue_topics): the same page has them.
    """

    evidence: int
    returned: int
    bearing: int
    flag: int
    suggestion: int
    suspended: int
    oldest: datetime | None
    merges: int
    ready: str
    topics: str

    @property
    def whole(self) -> int:
        """All that waits, as far as it was counted."""
        return self.evidence + self.bearing + self.flag + self.suggestion

    @property
    def cut(self) -> bool:
        """Whether more waits than was counted."""
        return max(self.evidence, self.bearing, self.flag, self.suggestion) > MOST_COUNTED


_RETURNED = f"""
EXISTS (SELECT 1 FROM event WHERE event.subject_type = 'evidence' AND event.subject_id = evidence.id
           AND event.verb = 'evidence-returned' AND NOT {UNDONE})
"""
# Looked up for each row by its key: a join would rather read everybody. Nobody's account is not suspended.
_SUSPENDED = "((SELECT suspended_at IS NOT NULL FROM person WHERE person.id = {}.by_id) IS TRUE)"

_NONE = "NULL::uuid"


def _branch(kind: str, columns: str, where: str = "") -> str:
    """The first rows of one table after a place, as the index on what waits has them."""
    since, waits = _WAITS[kind]
    return f"""(
    SELECT '{kind}' AS kind, id, {since} AS since, by_id, {columns}
      FROM {kind}
     WHERE {waits} AND {since} >= %(since)s AND ({since}, id) > (%(since)s, %(id)s) {where} {{also}}
     ORDER BY {since}, id LIMIT %(limit)s)"""


_WAITS = {
    "evidence": ("submitted_at", "state = 'pending'"),
    "bearing": ("set_at", "state = 'pending' AND live"),
    "flag": ("made_at", "state = 'open'"),
    "suggestion": ("made_at", "state = 'open'"),
}
_COLUMNS = (
    "{} AS evidence_id, {} AS claim_id, {} AS assessment_id, {} AS source_id, {} AS lead_id, {} AS reason,"
    " {} AS stance, {} AS note"
)
_FLAGGED = "CASE WHEN subject_type = '{}' THEN subject_id END"
_ITEM = _COLUMNS.format("id", _NONE, _NONE, "source_id", _NONE, "''", "''", "''")
_BRANCHES = {
    "evidence": _branch("evidence", _ITEM),
    "returned": _branch("evidence", _ITEM, f"AND {_RETURNED}"),
    "bearing": _branch(
        "bearing", _COLUMNS.format("evidence_id", "claim_id", _NONE, _NONE, _NONE, "''", "stance::text", "''")
    ),
    "flag": _branch(
        "flag",
        _COLUMNS.format(
            *map(_FLAGGED.format, ("evidence", "claim", "assessment", "source")), _NONE, "reason::text", "''", "''"
        ),
    ),
    "suggestion": _branch(
        "suggestion", _COLUMNS.format(_NONE, _NONE, _NONE, _NONE, "lead_id", "''", "''", "note::text")
    ),
}

_LINES = f"""
WITH page AS (SELECT * FROM ({{branches}}) waiting ORDER BY since, id LIMIT %(limit)s)
SELECT page.kind, page.id, page.since,
       CASE WHEN evidence.state = 'redacted' THEN 'An item that was redacted'
            ELSE coalesce(evidence.title, claim.title, source.name, nullif(lead.title, ''), lead.address, '') END,
       coalesce(claim.title, ''), page.reason, page.stance,
       CASE WHEN page.evidence_id IS NOT NULL THEN 'evidence' WHEN page.assessment_id IS NOT NULL THEN 'assessment'
            WHEN page.claim_id IS NOT NULL THEN 'claim' WHEN page.lead_id IS NOT NULL THEN 'lead' ELSE 'source' END,
       page.by_id, coalesce(person.name, ''),
       CASE WHEN person.id IS NULL THEN ''
            WHEN person.trusted_at IS NULL AND EXISTS (SELECT 1 FROM person_role
                 WHERE person_role.user_id = person.id AND role = 'analyst') THEN 'new analyst' ELSE 'account' END,
       coalesce(source.name, ''), source.reliability, evidence.credibility,
       (SELECT count(*) FROM bearing WHERE bearing.evidence_id = evidence.id AND bearing.state <> 'withdrawn'),
       page.kind = 'evidence' AND {_RETURNED},
       CASE WHEN page.kind = 'bearing' THEN (SELECT max(number) FROM bearing_revision WHERE bearing_id = page.id)
            WHEN page.kind = 'evidence' THEN evidence.version ELSE 0 END, page.note,
       coalesce(holder.name, ''), hold.until
  FROM page
  LEFT JOIN evidence ON evidence.id = page.evidence_id
  LEFT JOIN assessment ON assessment.id = page.assessment_id
  LEFT JOIN claim ON claim.id = coalesce(page.claim_id, assessment.claim_id)
  LEFT JOIN source ON source.id = coalesce(page.source_id, evidence.source_id)
  LEFT JOIN lead ON lead.id = page.lead_id
  LEFT JOIN person ON person.id = page.by_id
  LEFT JOIN queue_hold hold
    ON hold.subject_type = page.kind AND hold.subject_id = page.id AND hold.until > %(now)s AND hold.by_id <> %(me)s
  LEFT JOIN person holder ON holder.id = hold.by_id
 ORDER BY page.since, page.id
"""

_LOOKED_AT = """
{kind}_waits AS (
    SELECT least(count(*) FILTER (WHERE NOT suspended), %(limit)s) AS waits,
           count(*) FILTER (WHERE suspended) AS suspended,
           least(count(*) FILTER (WHERE NOT suspended AND {returned}), %(limit)s) AS returned,
           min(since) FILTER (WHERE NOT suspended) AS oldest
      FROM (SELECT id, {since} AS since, {suspended} AS suspended
              FROM {kind} WHERE {waits} {{on_{kind}}} ORDER BY {since}, id LIMIT %(looked_at)s) {kind})
"""
_COUNTS = f"""
WITH {
    ", ".join(
        _LOOKED_AT.format(
            kind=kind,
            since=since,
            waits=waits,
            suspended=_SUSPENDED.format(kind),
            returned=_RETURNED if kind == "evidence" else "FALSE",
        )
        for kind, (since, waits) in _WAITS.items()
    )
}
SELECT evidence_waits.waits, evidence_waits.returned, bearing_waits.waits, flag_waits.waits, suggestion_waits.waits,
       least({" + ".join(f"{kind}_waits.suspended" for kind in _WAITS)}, %(limit)s),
       least({", ".join(f"{kind}_waits.oldest" for kind in _WAITS)}),
       {HOW_MANY_SUGGESTED}, {AS_JSON}, {TOPICS_AS_JSON}
  FROM {", ".join(f"{kind}_waits" for kind in _WAITS)}
"""


def waiting(
    kind: str = "",
    *,
    me: UUID,
    now: datetime,
    author: UUID | None = None,
    topic: str = "",
    after: Place | None = None,
    size: int = PAGE,
) -> QueuePage:
    """A page of what waits, all of it or of one kind, by one author where given, from behind a place on. One query.

    `topic` is the slug of one whose claims the things are about; none waits on one that does not exist.
    `me` is who looks: what they hold themselves counts as free.
    """
    since, identity = after or _BEGINNING
    chosen = [kind] if kind in _BRANCHES else list(_WAITS)
    branches = " UNION ALL ".join(
        _BRANCHES[one].replace("{also}", _also(one, suspended=kind == "suspended", author=author, topic=topic))
        for one in chosen
    )
    lines = fetch(
        Line,
        _LINES.format(branches=branches),
        since=since,
        id=identity,
        limit=size + 1,
        author=author,
        topic=topic,
        me=me,
        now=now,
    )
    return QueuePage(lines[:size], more=len(lines) > size)


def _also(branch: str, *, suspended: bool, author: UUID | None, topic: str) -> str:
    kind = "evidence" if branch == "returned" else branch
    whose = "by_id = %(author)s" if author else f"{'' if suspended else 'NOT '}{_SUSPENDED.format(kind)}"
    return f"AND {whose} AND {ON_TOPIC[kind]}" if topic else f"AND {whose}"


def counts(topic: str = "") -> Counts:
    """How much waits of each kind, on a topic where given, among the oldest thousands of each. One query."""
    sql = _COUNTS
    for kind, on_it in ON_TOPIC.items():
        sql = sql.replace(f"{{on_{kind}}}", f"AND {on_it}" if topic else "")
    return fetch(Counts, sql, limit=MOST_COUNTED + 1, looked_at=_MOST_LOOKED_AT, topic=topic)[0]
