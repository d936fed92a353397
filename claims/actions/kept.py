"""What is kept on a claim (words, judgement, counts): how it is worked out, renewed and proved.

Each `Kept` is one SELECT. An act renews the claims that it holds locked with it, and `check_counters` compares
every claim with the same SELECT, so that there is one rule and not two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from claims.models.folding import HEAVIEST_FIRST, STORY


@dataclass(frozen=True)
class Kept:
    """Columns of the claim, and the SELECT of (claim_id, those columns) for the claims in %(claims)s."""

    columns: tuple[str, ...]
    select: str


WORDS = Kept(
    columns=("title", "statement", "due_sort"),
    select="""
    SELECT DISTINCT ON (claim_id) claim_id, title, statement, coalesce(horizon, DATE '9999-12-31') AS due_sort
      FROM claim_revision
     WHERE claim_id = ANY(%(claims)s) AND in_force_from <= %(today)s
     ORDER BY claim_id, in_force_from DESC, number DESC
    """,
)

JUDGEMENT = Kept(
    columns=(
        "assessment_id",
        "status",
        "probability",
        "assessed_sort",
        "occurred_on",
        "annulled_because",
        "earlier_probability",
        "earlier_on",
        "moved",
        "settled_sort",
        "review_due_on",
        "scored",
    ),
    select="""
    SELECT claim.id AS claim_id,
           last.id AS assessment_id,
           coalesce(last.status, 'open') AS status,
           last.probability,
           coalesce(last.as_of, DATE '0001-01-01') AS assessed_sort,
           last.occurred_on,
           last.annulled_because,
           earlier.probability AS earlier_probability,
           earlier.as_of AS earlier_on,
           CASE WHEN last.status = 'open'
                THEN coalesce(abs(last.probability - earlier.probability), 0) ELSE 0 END AS moved,
           CASE WHEN last.status <> 'open' THEN coalesce(last.occurred_on, last.as_of)
                ELSE DATE '0001-01-01' END AS settled_sort,
           CASE WHEN coalesce(last.status, 'open') = 'open'
                THEN coalesce(last.as_of, claim.opened_on) + revision.review_every_days END AS review_due_on,
           claim.kind <> 'fact'
               AND NOT coalesce(last.occurred_on < article.published_from, FALSE) AS scored
      FROM claim
      JOIN article ON article.id = claim.article_id
      JOIN LATERAL (SELECT review_every_days FROM claim_revision
                     WHERE claim_id = claim.id AND in_force_from <= %(today)s
                     ORDER BY in_force_from DESC, number DESC LIMIT 1) revision ON TRUE
      LEFT JOIN LATERAL (SELECT * FROM assessment WHERE claim_id = claim.id
                          ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) last ON TRUE
      LEFT JOIN LATERAL (SELECT probability, as_of FROM assessment WHERE claim_id = claim.id
                            AND status = 'open' AND id <> last.id
                          ORDER BY as_of DESC, recorded_at DESC, id DESC LIMIT 1) earlier ON TRUE
     WHERE claim.id = ANY(%(claims)s)
    """,
)

COUNTS = Kept(
    columns=("supports", "contradicts", "mixed", "context", "stories", "items", "last_known_by"),
    select=f"""
    SELECT claim.id AS claim_id,
           count(*) FILTER (WHERE place = 1 AND stance = 'supports') AS supports,
           count(*) FILTER (WHERE place = 1 AND stance = 'contradicts') AS contradicts,
           count(*) FILTER (WHERE place = 1 AND stance = 'mixed') AS mixed,
           count(*) FILTER (WHERE place = 1 AND stance = 'context') AS context,
           count(*) FILTER (WHERE place = 1) AS stories,
           count(place) AS items,
           max(known_by) AS last_known_by
      FROM claim
      LEFT JOIN (SELECT bearing.claim_id, bearing.stance, bearing.known_by,
                        row_number() OVER (PARTITION BY bearing.claim_id, {STORY} ORDER BY {HEAVIEST_FIRST}) AS place
                   FROM bearing JOIN evidence ON evidence.id = bearing.evidence_id
                  WHERE bearing.claim_id = ANY(%(claims)s) AND bearing.live AND bearing.state = 'published'
                ) report ON report.claim_id = claim.id
     WHERE claim.id = ANY(%(claims)s)
     GROUP BY claim.id
    """,  # noqa: S608 (of our own texts)
)

EVERYTHING = (WORDS, JUDGEMENT, COUNTS)


def renew(kept: Kept, claims: Iterable[UUID], *, today: date) -> None:
    """Works out and stores what is kept on these claims; their rows must be locked by the caller."""
    wanted = list(claims)
    if not wanted:
        return
    assigned = ", ".join(f"{column} = found.{column}" for column in kept.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE claim SET {assigned} FROM ({kept.select}) found WHERE claim.id = found.claim_id",  # noqa: S608
            {"claims": wanted, "today": today},
        )


Columns = dict[str, tuple[object, object]]  # by column: what is kept, what is counted
Differences = dict[UUID, Columns]


def all_differences(claims: Sequence[UUID], *, today: date) -> Differences:
    """The claims of which anything that is kept differs from a recount. Three queries."""
    found: Differences = {}
    for kept in EVERYTHING:
        for claim, columns in differences(kept, claims, today=today):
            found.setdefault(claim, {}).update(columns)
    return found


def differences(kept: Kept, claims: Sequence[UUID], *, today: date) -> list[tuple[UUID, Columns]]:
    """The claims whose columns of one sort differ from a recount: (claim, {column: (kept, counted)})."""
    columns = kept.columns
    mine = ", ".join(f"claim.{column}" for column in columns)
    counted = ", ".join(f"found.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT claim.id, {mine}, {counted} FROM claim JOIN ({kept.select}) found ON claim.id = found.claim_id"  # noqa: S608
            f" WHERE ROW({mine}) IS DISTINCT FROM ROW({counted}) ORDER BY claim.id",
            {"claims": list(claims), "today": today},
        )
        rows = cursor.fetchall()
    return [
        (
            row[0],
            {
                column: (row[1 + place], row[1 + len(columns) + place])
                for place, column in enumerate(columns)
                if row[1 + place] != row[1 + len(columns) + place]
            },
        )
        for row in rows
    ]
