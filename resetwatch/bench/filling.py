"""What the bench measures on: things made by the site's own acts, and claims by the thousand in SQL."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from claims.actions.articles import ArticleWords, Author, add_article
from claims.actions.attach import NewBearing
from claims.actions.claim_words import ClaimWords
from claims.actions.evidence_words import EvidenceWords
from claims.actions.judge import Judgement, assess
from claims.actions.kept import EVERYTHING, renew
from claims.actions.log_evidence import log_evidence
from claims.actions.open_claim import open_claim
from claims.actions.people import ensure_house_person
from claims.actions.sources import add_source
from claims.actions.topics import add_topic
from claims.dates import PartialDate
from claims.models import Article, Claim, Source, User

DAY = date(2026, 6, 1)
STANCES, WEIGHTS = ("supports", "contradicts", "mixed", "context"), ("slight", "moderate", "strong")
SUMMARY = (
    "The ministry said on Monday that talks would go on through the summer, without naming a day for the end. " * 3
)


class Desk:
    """An editor, an article and ten sources, in whose name and of which the bench makes things."""

    def __init__(self) -> None:
        self.by: User = ensure_house_person()
        self.article: Article = add_article(
            by=self.by,
            slug="bench",
            words=ArticleWords(title="An article", summary=SUMMARY, paragraphs=11, authors=[Author(name="An Author")]),
            today=DAY,
        )
        self.topics = [add_topic(by=self.by, name=name, today=DAY) for name in ("Trade", "Sanctions", "Talks")]
        self.sources: list[Source] = [self._source(number) for number in range(10)]
        self._made = 0

    def _source(self, number: int) -> Source:
        domain, grade = f"source-{number}.example", "ABCDEF"[number % 6]
        return add_source(
            by=self.by, domains=[domain], name=f"Source {number}", kind="newspaper", reliability=grade, today=DAY
        )

    def claim(self, number: int) -> Claim:
        """A claim with three topics."""
        words = ClaimWords(
            title=f"Claim {number}",
            statement=f"Claim {number} comes true by the end of the year.",
            criteria=SUMMARY,
            fine_print=SUMMARY[:300],
            horizon=date(2026, 12, 31),
            signposts=[("A treaty is signed.", "up"), ("Talks break down.", "down")],
        )
        return open_claim(
            by=self.by, article=self.article, paragraph=1, kind="prediction", words=words, topics=self.topics,
            opened_on=DAY - timedelta(days=400), today=DAY,
        )  # fmt: skip

    def words(self, number: int, *, address: str = "") -> EvidenceWords:
        """What an item says."""
        day = DAY - timedelta(days=number * 7 % 390)
        return EvidenceWords(
            address=address or f"https://source-{number % 10}.example/{number}",
            title=f"Talks go on, says the ministry, for the {number}th time",
            summary=SUMMARY,
            source=self.sources[number % 10],
            credibility=1 + number % 6,
            published=PartialDate(day, day),
            story=f"story-{number // 3}" if number % 5 == 0 else "",
        )

    def claim_with_items(self, items: int) -> Claim:
        """A claim with so many items, and six assessments that cite some."""
        claim = self.claim(0)
        logged = []
        for number in range(items):
            bearing = NewBearing(claim.id, STANCES[number % 4], WEIGHTS[number % 3])
            logged.append(log_evidence(by=self.by, words=self.words(number), bearings=[bearing], today=DAY).evidence)
        for number in range(6):
            as_of = DAY - timedelta(days=60 * number)
            known = [item.id for item in logged if item.known_by <= as_of][:4]
            judgement = Judgement(
                as_of=as_of, rationale=SUMMARY, confidence="moderate", probability=Decimal(3 + number) / 10, cites=known
            )
            assess(by=self.by, claim=claim, judgement=judgement, today=DAY)
        return claim


_MANY_CLAIMS = """
WITH made AS (
    INSERT INTO claim (id, slug, article_id, paragraph, kind, opened_on, version, locked_because, title, statement,
                       due_sort, status, moved, assessed_sort, settled_sort, scored,
                       supports, contradicts, mixed, context, stories, items)
    SELECT gen_random_uuid(), 'many-' || n, %(article)s, 1 + n %% 11, 'prediction', %(day)s::date - n %% 300 - 100,
           1, '', 'Claim ' || n || ' of many', 'Claim ' || n || ' comes true by its day, as the ministry said.',
           %(day)s::date + 1 + n %% 900, 'open', 0, '0001-01-01', '0001-01-01', TRUE, 0, 0, 0, 0, 0, 0
      FROM generate_series(1, %(count)s) n
    RETURNING id, title, statement, opened_on, due_sort
), worded AS (
    INSERT INTO claim_revision (id, claim_id, number, type, title, statement, criteria, fine_print, horizon,
                                author_confidence, signposts, review_every_days, in_force_from, reason,
                                recorded_at, event_id)
    SELECT gen_random_uuid(), id, 1, 'opening', title, statement, 'A document says so.', '', due_sort, '', '[]',
           60, opened_on, '', %(now)s, (SELECT id FROM event ORDER BY id LIMIT 1)
      FROM made
), topical AS (
    INSERT INTO claim_topic (topic_id, claim_id)
    SELECT (%(topics)s::uuid[])[1 + abs(hashtext(id::text)) %% 3], id FROM made
)
INSERT INTO assessment (id, claim_id, as_of, status, probability, confidence, rationale, recorded_at, event_id)
SELECT gen_random_uuid(), id, opened_on + day, 'open', (1 + abs(hashtext(id::text || day)) %% 999) / 1000.0, 'moderate',
       'As things stood.', %(now)s, (SELECT id FROM event ORDER BY id LIMIT 1)
  FROM made, unnest(ARRAY[10, 40, 70]) day
"""  # not a model


def many_claims(desk: Desk, count: int) -> None:
    """So many open claims, each judged three times, with topics in turn; all point at one event."""
    given: Any = {
        "article": desk.article.id, "topics": [topic.id for topic in desk.topics], "count": count, "day": DAY,
        "now": datetime(2026, 6, 1, tzinfo=UTC),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MANY_CLAIMS, given)
        ids: Sequence[object] = list(Claim.objects.values_list("id", flat=True))
        for kept in EVERYTHING:
            renew(kept, ids, today=DAY)  # type: ignore[arg-type]
        cursor.execute("ANALYZE")
