"""Open claims whose number, or whose being open, another claim's does not allow."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from claims.queries.rows import fetch
from claims.stale import Decided, Peer, Unlikely, too_likely_together

MOST = 4_000
"""So many contradictory relations are read at most; what is settled among them lets others in."""


class _Row(NamedTuple):
    relation: str
    here: UUID
    slug: str
    title: str
    status: str
    probability: Decimal | None
    judged: date
    there: UUID
    to_slug: str
    to_title: str
    to_status: str
    to_probability: Decimal | None
    to_judged: date

    @property
    def peer(self) -> Peer:
        return Peer(self.slug, self.title, self.status, self.probability)

    @property
    def to_peer(self) -> Peer:
        return Peer(self.to_slug, self.to_title, self.to_status, self.to_probability)


class Contradicted(NamedTuple):
    """What is wrong with a claim beside another one, and since which day."""

    reason: Decided | Unlikely
    since: date


_ROWS = """
SELECT relation.relation,
       here.id, here.slug, here.title, here.status, here.probability, here.assessed_sort,
       there.id, there.slug, there.title, there.status, there.probability, there.assessed_sort
  FROM claim_relation relation
  JOIN claim here ON here.id = relation.from_claim_id
  JOIN claim there ON there.id = relation.to_claim_id
"""
# A part and its whole, what is conditional and its condition, two that compete.
_CONTRADICTS = """
 WHERE (relation.relation = 'is-a-necessary-part-of' AND there.status = 'open'
            AND (here.status = 'not-borne-out' OR here.status = 'open' AND there.probability > here.probability)
        OR relation.relation = 'is-conditional-on' AND here.status = 'open' AND there.status = 'not-borne-out'
        OR relation.relation = 'competes-with' AND here.status = 'open' AND there.status = 'open'
            AND here.probability IS NOT NULL AND there.probability IS NOT NULL)
"""
# Only those that can stand in a group above 1: each with all its competitors does.
_CROWDED = """
WITH edge AS (
    SELECT relation.from_claim_id AS one, relation.to_claim_id AS other FROM claim_relation relation
     WHERE relation.relation = 'competes-with'
     UNION
    SELECT relation.to_claim_id, relation.from_claim_id FROM claim_relation relation
     WHERE relation.relation = 'competes-with'
),
crowded AS MATERIALIZED (
    SELECT one.id FROM edge JOIN claim one ON one.id = edge.one JOIN claim other ON other.id = edge.other
     WHERE one.status = 'open' AND other.status = 'open'
     GROUP BY one.id HAVING max(one.probability) + sum(other.probability) > 1
)
"""
_OF_CROWDED = """
   AND (relation.relation <> 'competes-with'
        OR (here.id IN (SELECT id FROM crowded) AND there.id IN (SELECT id FROM crowded)))
"""
_NEAR = """
WITH near AS MATERIALIZED (
    SELECT %(claim)s::uuid AS id
     UNION SELECT to_claim_id FROM claim_relation WHERE from_claim_id = %(claim)s
     UNION SELECT from_claim_id FROM claim_relation WHERE to_claim_id = %(claim)s
)
"""
_OF_NEAR = """
   AND relation.from_claim_id IN (SELECT id FROM near) AND relation.to_claim_id IN (SELECT id FROM near)
"""
_LIMIT = " ORDER BY relation.id LIMIT %(limit)s"


def contradicted(only: UUID | None = None) -> dict[UUID, list[Contradicted]]:
    """The open claims that another claim contradicts, or this one if it does. One SQL query."""
    before, after = (_CROWDED, _OF_CROWDED) if only is None else (_NEAR, _OF_NEAR)
    sql = f"{before}{_ROWS}{_CONTRADICTS}{after}{_LIMIT}"
    found = told(fetch(_Row, sql, claim=only, limit=MOST))
    return found if only is None else {claim: reasons for claim, reasons in found.items() if claim == only}


def told(rows: Collection[_Row]) -> dict[UUID, list[Contradicted]]:
    """What the relations that contradict say of each claim."""
    found: dict[UUID, list[Contradicted]] = {}
    rivals = [row for row in rows if row.relation == "competes-with"]
    for row in rows:
        if row.relation == "is-conditional-on":
            found.setdefault(row.here, []).append(Contradicted(Decided(row.to_peer, part=False), row.to_judged))
        elif row.relation == "is-a-necessary-part-of":
            since = max(row.judged, row.to_judged)
            if row.status == "open":
                assert row.to_probability is not None
                reason: Decided | Unlikely = Unlikely(row.to_probability, (row.peer,), part=True)
            else:
                reason, since = Decided(row.peer, part=True), row.judged
            found.setdefault(row.there, []).append(Contradicted(reason, since))
    for claim, reason, since in _rivalries(rivals):
        found.setdefault(claim, []).append(Contradicted(reason, since))
    return found


def _rivalries(rows: Collection[_Row]) -> list[tuple[UUID, Unlikely, date]]:
    peers = {row.here: (row.peer, row.judged) for row in rows} | {
        row.there: (row.to_peer, row.to_judged) for row in rows
    }
    chances = {claim: peer.probability for claim, (peer, _) in peers.items() if peer.probability is not None}
    groups = too_likely_together(chances, [(row.here, row.there) for row in rows])
    result = []
    for claim, group in groups.items():
        others = sorted((peers[one][0] for one in group if one != claim), key=lambda peer: (-_chance(peer), peer.slug))
        reason = Unlikely(chances[claim], tuple(others), part=False)
        result.append((claim, reason, max(peers[one][1] for one in group)))
    return result


def _chance(peer: Peer) -> Decimal:
    return peer.probability or Decimal(0)
