"""Keeping the terms of claims: events are followed by their places, and the claims they touched are weighed anew.

Writers pay nothing for it: a cursor on the ledger's places finds the claims whose words, criteria or evidence may have
changed. How rare words are is counted at night, and before that once a tenth was added to what was counted. Private:
no events.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from claims.actions.acts import act
from claims.leads.common_words import COMMON_WORDS
from claims.leads.scoring import plan_each_time
from claims.leads.terms_sql import HEARD, NEWEST, OF_ARTICLES, RARITY, SHARED, TERMS, THESE, WORDING
from claims.models import Article, ArticleTerm, Claim, TermsDue, TermsState

AT_ONCE = 50
_FOLLOWED_AT_ONCE = 5000
_FEW = 50  # events after which a young site counts again
_LOCK = 0x7E2A5

_COUNT = f"""
WITH {NEWEST.strip()}, {WORDING.strip()}, {RARITY.strip()},
stored AS (INSERT INTO word_rarity (lexeme, rarity) SELECT lexeme, rarity FROM word_rarity)
INSERT INTO terms_state (id, documents, unseen, followed, counted_from, counted_at, changed_at)
SELECT 1, documents, unseen, place, place, %(now)s, %(now)s
  FROM terms_state CROSS JOIN (SELECT coalesce(max(position) + 1, 0) AS place FROM ledger_entry) ledger
ON CONFLICT (id) DO UPDATE
   SET documents = excluded.documents, unseen = excluded.unseen, counted_from = excluded.counted_from,
       counted_at = excluded.counted_at
RETURNING documents
"""  # noqa: S608

_SHARE = f"""
WITH {OF_ARTICLES.strip()}, {WORDING.strip()}, {HEARD.strip()}, {SHARED.strip()}
INSERT INTO article_term (article_id, lexeme, share) SELECT article_id, lexeme, share FROM article_term
"""  # noqa: S608

_WEIGH = f"""
WITH {THESE.strip()}, {WORDING.strip()}, {HEARD.strip()}, {TERMS.strip()}
INSERT INTO claim_term (claim_id, lexeme, weight, own) SELECT claim_id, lexeme, weight, own FROM claim_term
"""  # noqa: S608

_FOLLOW = """
WITH taken AS (
    SELECT position, event_id FROM ledger_entry WHERE position >= %(followed)s ORDER BY position LIMIT %(most)s),
due AS (
    INSERT INTO terms_due (claim_id) SELECT DISTINCT claim_id FROM taken JOIN event_claim USING (event_id)
    ON CONFLICT DO NOTHING)
SELECT coalesce(max(position) + 1, %(followed)s), count(*) FROM taken
"""


def renew_terms(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Follows the events there are and weighs the terms of the claims they touched; gives how many claims."""
    state = TermsState.objects.first()
    if state is None or state.followed - state.counted_from >= max(_FEW, state.documents / 10):
        count_words(now=now)
    followed = _FOLLOWED_AT_ONCE
    while followed == _FOLLOWED_AT_ONCE:
        followed = _follow()
    done = 0
    while renewed := _renew_due(now=now, at_once=at_once):
        done += renewed
    if done:
        terms_changed(now=now)
    return done


def count_words(*, now: datetime) -> int:
    """Counts how rare words are and what articles share; all claims are then due. Gives how many texts it counted."""
    documents = _count(now=now)
    for article in Article.objects.order_by("id").values_list("id", flat=True).iterator():
        _share_and_call_due(article, now=now)
    return documents


def weigh(claims: Sequence[UUID], *, today: date) -> None:
    """Works out and stores the terms of these claims, by the rarities that are kept."""
    alone()
    plan_each_time()
    articles = Claim.objects.filter(id__in=claims).values_list("article", flat=True)
    shared = set(ArticleTerm.objects.filter(article__in=articles).values_list("article", flat=True).distinct())
    for article in sorted(set(articles) - shared):
        _share(article, today=today)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claim_term WHERE claim_id = ANY(%s)", [list(claims)])
        cursor.execute(_WEIGH, {"claims": list(claims), **_everything(today)})


def terms_changed(*, now: datetime) -> None:
    """Notes that leads matched before are to be matched again."""
    TermsState.objects.filter(changed_at__lt=now).update(changed_at=now)


@act
def _count(*, now: datetime) -> int:
    alone()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM word_rarity")
        cursor.execute(_COUNT, {"now": now, "common": COMMON_WORDS, **_everything(now.date())})
        [[documents]] = cursor.fetchall()
    return int(documents)


@act
def _share_and_call_due(article: UUID, *, now: datetime) -> None:
    alone()
    _share(article, today=now.date())
    due = [TermsDue(claim_id=claim) for claim in Claim.objects.filter(article=article).values_list("id", flat=True)]
    TermsDue.objects.bulk_create(due, ignore_conflicts=True, batch_size=1000)


def _share(article: UUID, *, today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM article_term WHERE article_id = %s", [article])
        cursor.execute(_SHARE, {"articles": [article], **_everything(today)})


@act
def _follow() -> int:
    state = TermsState.objects.select_for_update().get()
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"followed": state.followed, "most": _FOLLOWED_AT_ONCE})
        [[followed, many]] = cursor.fetchall()
    if many:
        state.followed = followed
        state.save(update_fields=["followed"])
    return int(many)


@act
def _renew_due(*, now: datetime, at_once: int) -> int:
    alone()
    due = TermsDue.objects.select_for_update(skip_locked=True).order_by("claim_id")
    claims = [row.claim_id for row in due[:at_once]]
    if claims:
        weigh(claims, today=now.date())
        TermsDue.objects.filter(claim__in=claims).delete()
    return len(claims)


def alone() -> None:
    """Waits for others that write terms: two would store the same rows. Writers of the record are not kept waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _everything(today: date) -> dict[str, Any]:
    return {"today": today, "before": date.max, "stories": []}
