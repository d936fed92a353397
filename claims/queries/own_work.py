"""What a person works on, as the desk's first page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from claims.queries.desk import MOST_COUNTED, SHOWN, Counted, Own
from claims.queries.rows import fetch
from claims.text import excerpt

# A rejected item stands among what came back for so long.
REJECTED_SHOWN_DAYS = 30


@dataclass(frozen=True, slots=True)
class WaitingBearing:
    """A bearing of one's own on a published item that waits for approval."""

    evidence_id: UUID
    title: str
    claim_slug: str
    claim: str
    stance: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The latest of each list; `more` names those cut off, `today` says how many were logged today: "4", "100+"."""

    drafts: Sequence[Own]
    came_back: Sequence[Own]
    waiting: Sequence[Own]
    waiting_bearings: Sequence[WaitingBearing]
    logged: Sequence[Own]
    more: frozenset[str]
    today: str


class _Line(NamedTuple):
    """An item in one of the lists, or a bearing on one with its claim."""

    part: str
    today: int
    id: UUID
    title: str
    address: str
    source: str
    state: str
    because: str
    at: datetime
    bearings: int
    claim_slug: str
    claim: str
    stance: str

    @property
    def own(self) -> Own:
        name = self.title or excerpt(self.address, 100)
        return Own(self.id, name, self.address, self.source, self.state, self.because, self.at, self.bearings)

    @property
    def bearing(self) -> WaitingBearing:
        return WaitingBearing(self.id, self.title, self.claim_slug, self.claim, self.stance, self.at)


# Each walk is the beginning of a range of an index.
_ITEMS = """
(SELECT '{part}', evidence.id, NULL::uuid, touched_at FROM evidence WHERE by_id = %(by)s AND {where}
  ORDER BY touched_at DESC, id DESC LIMIT %(most)s)
"""
_BEARINGS = """
(SELECT 'waiting_bearings', evidence_id, id, set_at FROM bearing WHERE by_id = %(by)s AND state = 'pending' AND live
  ORDER BY set_at DESC, id DESC LIMIT %(most)s)
"""
_WALKS = (
    ("drafts", "state = 'draft' AND returned_because = ''"),
    ("came_back", "state = 'draft' AND returned_because <> ''"),
    ("came_back", "state = 'rejected' AND returned_because <> '' AND touched_at >= %(since)s"),
    ("waiting", "state = 'pending'"),
    ("logged", "state = 'published'"),
)
_PARTS = " UNION ALL ".join([*(_ITEMS.format(part=part, where=where) for part, where in _WALKS), _BEARINGS])
# The number stands in every line: where there is none, nothing was logged.
_TODAY = """
SELECT count(*) FROM (
    SELECT FROM evidence WHERE by_id = %(by)s AND state IN ('published', 'pending')
       AND touched_at >= %(midnight)s AND logged_on = %(today)s LIMIT %(most_counted)s + 1) few
"""
_LINES = f"""
SELECT line.part, ({_TODAY}), evidence.id, evidence.title, evidence.address, coalesce(source.name, ''),
       evidence.state, evidence.returned_because, line.at,
       (SELECT count(*) FROM bearing of_it WHERE of_it.evidence_id = evidence.id AND of_it.state <> 'withdrawn'),
       coalesce(claim.slug, ''), coalesce(claim.title, ''), coalesce(bearing.stance, '')
  FROM ({_PARTS}) line (part, evidence_id, bearing_id, at)
  JOIN evidence ON evidence.id = line.evidence_id
  LEFT JOIN source ON source.id = evidence.source_id
  LEFT JOIN bearing ON bearing.id = line.bearing_id
  LEFT JOIN claim ON claim.id = bearing.claim_id
 ORDER BY line.at DESC, coalesce(line.bearing_id, evidence.id) DESC
"""


def own_work(by: UUID, *, today: date) -> OwnWork:
    """A person's work on the desk's first page. One query."""
    midnight = datetime.combine(today, time.min, UTC)
    lines = fetch(
        _Line,
        _LINES,
        by=by,
        today=today,
        midnight=midnight,
        since=midnight - timedelta(days=REJECTED_SHOWN_DAYS),
        most=SHOWN + 1,
        most_counted=MOST_COUNTED,
    )
    parts: dict[str, list[_Line]] = {}
    for line in lines:
        parts.setdefault(line.part, []).append(line)
    items = {
        part: [line.own for line in parts.get(part, [])[:SHOWN]]
        for part in ("drafts", "came_back", "waiting", "logged")
    }
    return OwnWork(
        waiting_bearings=[line.bearing for line in parts.get("waiting_bearings", [])[:SHOWN]],
        more=frozenset(part for part, found in parts.items() if len(found) > SHOWN),
        today=Counted("today", lines[0].today if lines else 0).words,
        **items,
    )
