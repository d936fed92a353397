"""Matching: the claims that leads seem to touch, kept beside them. What waits stands in the table; no events."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from claims.actions.acts import act
from claims.leads.scoring import Match, claims_of_leads, plan_each_time
from claims.leads.written import written
from claims.models import Lead, LeadState, TermsState

AT_ONCE = 500
AT_MOST = 2000  # a run; a task is stopped after ninety seconds, and what is left stands in the table
AGAIN_WITHIN = timedelta(days=14)

_KEEP = """
WITH gone AS (DELETE FROM lead_match WHERE lead_id = ANY(%(leads)s::uuid[]) AND (lead_id, claim_id) NOT IN
                  (SELECT * FROM unnest(%(matched)s::uuid[], %(claims)s::uuid[]))),
kept AS (
    INSERT INTO lead_match (lead_id, claim_id, score, words)
    SELECT * FROM unnest(%(matched)s::uuid[], %(claims)s::uuid[], %(scores)s::float8[], %(words)s::jsonb[])
    ON CONFLICT (lead_id, claim_id) DO UPDATE SET score = excluded.score, words = excluded.words)
UPDATE lead SET matched_at = %(now)s, score = coalesce(best.score, 0)
  FROM unnest(%(leads)s::uuid[]) AS these (id)
  LEFT JOIN (SELECT id, max(score) AS score
               FROM unnest(%(matched)s::uuid[], %(scores)s::float8[]) AS match (id, score) GROUP BY id) best USING (id)
 WHERE lead.id = these.id
"""


def match_waiting_leads(*, now: datetime, at_once: int = AT_ONCE, at_most: int = AT_MOST) -> int:
    """Matches the leads that were never matched, some a transaction, and gives how many.

    Waits until the words were counted for the first time: before that nothing is known of any claim.
    """
    if not TermsState.objects.exists():
        return 0
    return _all(Lead.objects.filter(matched_at=None).order_by("seen_at", "id"), at_once, now=now, at_most=at_most)


def match_leads_again(*, now: datetime, at_once: int = AT_ONCE, at_most: int = AT_MOST) -> int:
    """Matches new leads of the last fortnight anew where terms have changed since, the newest first; gives how many."""
    changed = TermsState.objects.values_list("changed_at", flat=True).first()
    if changed is None:
        return 0
    stale = Lead.objects.filter(
        Q(matched_at__lt=changed), state=LeadState.NEW, dated_at__gte=now - AGAIN_WITHIN, matched_at__lt=now
    )
    return _all(stale.order_by("-dated_at", "-id"), at_once, now=now, at_most=at_most)


def _all(waiting: "QuerySet[Lead]", at_once: int, *, now: datetime, at_most: int) -> int:
    done = 0
    while done < at_most and (matched := _some(waiting, at_once, now=now)):
        done += matched
    return done


@act
def _some(waiting: "QuerySet[Lead]", at_once: int, *, now: datetime) -> int:
    held = waiting.select_for_update(skip_locked=True, no_key=True).values_list("id", "title", "summary")[:at_once]
    leads = {str(lead): f"{title}\n{summary}" for lead, title, summary in held}
    if leads:
        plan_each_time()
        _keep(leads, claims_of_leads(leads), now=now)
    return len(leads)


def _keep(leads: Mapping[str, str], matches: Sequence[Match], *, now: datetime) -> None:
    matched = list(dict.fromkeys(match.text for match in matches))
    as_written = dict(zip(matched, written([leads[lead] for lead in matched]), strict=True))
    words = [
        json.dumps([(as_written[match.text].get(lexeme, lexeme), round(share, 3)) for lexeme, share in match.words])
        for match in matches
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "leads": list(leads),
                "matched": [match.text for match in matches],
                "claims": [match.claim for match in matches],
                "scores": [match.score for match in matches],
                "words": words,
                "now": now,
            },
        )
