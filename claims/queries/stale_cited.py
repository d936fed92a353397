"""Standing judgements that cite what fell since: items withdrawn, merged, retracted, or of a source trusted less."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch
from claims.stale import TRUST_SQL, Broken, Fallen, RestsOn

MOST = 4_000
"""So many fallen citations are read at most; what is settled among them lets others in."""


class _Row(NamedTuple):
    claim: UUID
    status: str
    number: int
    how: str
    on: date
    later: int | None
    source: str | None
    was: str | None
    now: str | None


class Resting(NamedTuple):
    """What a claim's standing judgement rests on that fell, and since which day."""

    reason: RestsOn
    since: date


# Each from what fell, which is little, to the citations of it that stand; `recorded_at` of an item is of its act.
_HIDDEN = """
SELECT evidence.id AS evidence_id, NULL::uuid AS claim_id, 'withdrawn' AS how, evidence.touched_at AS at,
       NULL::uuid AS later, NULL::text AS source, NULL::text AS now, NULL::uuid AS source_id
  FROM evidence WHERE evidence.state = 'withdrawn'
 UNION ALL
SELECT evidence.id, NULL, 'redacted', event.recorded_at, NULL, NULL, NULL, NULL
  FROM event JOIN evidence ON evidence.id = event.subject_id AND evidence.state = 'redacted'
 WHERE event.verb = 'evidence-redacted'
 UNION ALL
SELECT merge.from_id, NULL, 'merged', coalesce(merge.decided_at, merge.made_at), merge.into_id, NULL, NULL, NULL
  FROM merge JOIN evidence ON evidence.id = merge.from_id AND NOT evidence.live
 WHERE merge.subject_type = 'evidence' AND merge.state = 'confirmed'
 UNION ALL
SELECT bearing.evidence_id, bearing.claim_id, 'bearing', event.recorded_at, NULL, NULL, NULL, NULL
  FROM event JOIN bearing ON bearing.id = event.subject_id AND bearing.state = 'withdrawn' AND bearing.live
 WHERE event.verb = 'bearing-withdrawn'
 UNION ALL
SELECT link.to_item_id, NULL, link.kind, event.recorded_at, link.from_item_id, NULL, NULL, NULL
  FROM evidence_link link
  JOIN event ON event.id = link.event_id
  JOIN evidence later ON later.id = link.from_item_id AND later.live
"""
_GRADED = f"""
 UNION ALL
SELECT evidence.id, NULL, 'graded', lower.at, NULL, lower.name, lower.now, lower.source_id
  FROM (SELECT source.id AS source_id, source.name, source.reliability AS now, max(event.recorded_at) AS at
          FROM source
          JOIN source_revision revision ON revision.source_id = source.id
          JOIN event ON event.id = revision.event_id
         GROUP BY source.id
        HAVING {TRUST_SQL.format("source.reliability")} > min({TRUST_SQL.format("revision.reliability")})) lower
  JOIN evidence ON evidence.source_id = lower.source_id AND evidence.live
"""
_ROWS = f"""
WITH fallen AS ({_HIDDEN}{_GRADED})
SELECT claim.id, claim.status, bearing.number, fallen.how, (fallen.at AT TIME ZONE 'UTC')::date,
       (SELECT number FROM bearing later WHERE later.claim_id = claim.id AND later.evidence_id = fallen.later
                                           AND later.live AND later.state = 'published'),
       fallen.source, graded.was, fallen.now
  FROM fallen
  JOIN citation ON citation.evidence_id = fallen.evidence_id
  JOIN claim ON claim.id = citation.claim_id AND claim.assessment_id = citation.assessment_id
  JOIN assessment ON assessment.id = citation.assessment_id
  JOIN bearing ON bearing.claim_id = claim.id AND bearing.evidence_id = fallen.evidence_id
  LEFT JOIN LATERAL (
       SELECT revision.reliability AS was FROM source_revision revision JOIN event ON event.id = revision.event_id
        WHERE revision.source_id = fallen.source_id AND event.recorded_at <= assessment.recorded_at
        ORDER BY revision.number DESC LIMIT 1) graded ON TRUE
 WHERE coalesce(fallen.claim_id, claim.id) = claim.id
   AND (fallen.at > assessment.recorded_at OR fallen.how IN ('withdrawn', 'redacted', 'merged', 'bearing'))
   AND claim.successor_id IS NULL
   AND (claim.status = 'open' OR fallen.how NOT IN ('corrects', 'supersedes', 'graded'))
   AND (fallen.how <> 'graded' OR {TRUST_SQL.format("fallen.now")} > {TRUST_SQL.format("graded.was")})
"""
_ONLY = " AND claim.id = %(claim)s"
_LIMIT = " ORDER BY fallen.at, claim.id, bearing.number LIMIT %(limit)s"


def resting_on_fallen(only: UUID | None = None) -> dict[UUID, Resting]:
    """The claims whose standing judgement rests on what fell since, or this one if it does. One SQL query.

    An item that was withdrawn, redacted or merged into another counts, one that bears on the claim no more, and one
    that was retracted; for an open claim one that was corrected or superseded too, and one whose source is trusted
    less. What the judgement could know of when it was recorded is none of it.
    """
    rows = fetch(_Row, f"{_ROWS}{'' if only is None else _ONLY}{_LIMIT}", claim=only, limit=MOST)
    found: dict[UUID, dict[int, _Row]] = {}
    for row in rows:
        kept = found.setdefault(row.claim, {}).get(row.number)
        if kept is None or _WORSE.index(Broken(row.how)) < _WORSE.index(Broken(kept.how)):
            found[row.claim][row.number] = row
    return {claim: _resting(list(by_number.values())) for claim, by_number in found.items()}


# An item that fell twice is told of once, by the first of these.
_WORSE = list(Broken)


def _resting(rows: list[_Row]) -> Resting:
    items = tuple(
        Fallen(row.number, Broken(row.how), row.on, row.later, row.source or "", row.was or "", row.now or "")
        for row in sorted(rows, key=lambda row: row.number)
    )
    return Resting(RestsOn(items, settled=rows[0].status != "open"), min(row.on for row in rows))
