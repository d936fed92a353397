"""A claim as the editors' desk works on it: its wording in force, its last judgement, and what its forms offer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from claims.models import Article, Assessment, Bearing, Claim, ClaimRelation, ClaimRevision, ClaimTopic, Topic

MOST_CHOICES = 300


@dataclass(frozen=True)
class LastJudgement:
    """The judgement in force, with the numbers of the items that it cites."""

    assessment: Assessment
    cites: tuple[int, ...]


@dataclass(frozen=True)
class ClaimOnDesk:
    """A claim with its article, the wording in force, the slugs of its topics and its last judgement, if it has one."""

    claim: Claim
    wording: ClaimRevision
    topics: tuple[str, ...]
    last: LastJudgement | None


@dataclass(frozen=True)
class Related:
    """One relation of a claim, read from the first claim to the second; `outward` when this claim is the first."""

    id: UUID
    relation: str
    outward: bool
    slug: str
    title: str


def claim_on_desk(slug: str, *, today: date) -> ClaimOnDesk | None:
    """The claim with this slug, or None. Three SQL queries, four where it was assessed."""
    claim = Claim.objects.select_related("article", "successor", "assessment__by").filter(slug=slug).first()
    if claim is None:
        return None
    wording = (
        ClaimRevision.objects.filter(claim=claim, in_force_from__lte=today)
        .order_by(F("in_force_from").desc(), F("number").desc())
        .first()
    )
    assert wording is not None  # an opening is in force from the day it was made
    topics = ClaimTopic.objects.filter(claim=claim).order_by("topic__name").values_list("topic__slug", flat=True)
    return ClaimOnDesk(claim, wording, tuple(topics), _last(claim))


def _last(claim: Claim) -> LastJudgement | None:
    if claim.assessment is None:
        return None
    cited = Bearing.objects.filter(claim=claim, evidence__citations__assessment=claim.assessment)
    numbers = cited.exclude(number=None).order_by("number").values_list("number", flat=True)
    return LastJudgement(claim.assessment, tuple(number for number in numbers if number is not None))


def number_before(claim: UUID, day: date) -> tuple[date, Decimal] | None:
    """The last probability of an open claim that speaks of `day` or an earlier one, with its own day. One SQL query."""
    rows = Assessment.objects.filter(claim_id=claim, as_of__lte=day, status="open", probability__isnull=False)
    for as_of, probability in rows.order_by("-as_of", "-recorded_at", "-id").values_list("as_of", "probability")[:1]:
        assert probability is not None
        return as_of, probability
    return None


def claim_by_slug(slug: str) -> Claim | None:
    """The claim with this slug and its article, or None. One SQL query."""
    return Claim.objects.select_related("article").filter(slug=slug).first()


def article_by_slug(slug: str) -> Article | None:
    """The article with this slug and its authors, or None. Two SQL queries."""
    return Article.objects.prefetch_related("authors").filter(slug=slug).first()


def article_choices() -> list[tuple[str, str]]:
    """Slug and title of the articles added last, newest first; at most 300. One SQL query."""
    return list(Article.objects.order_by("-added_at", "-id").values_list("slug", "title")[:MOST_CHOICES])


def topic_choices() -> list[tuple[str, str]]:
    """Slug and name of the topics, by name; at most 300. One SQL query."""
    return list(Topic.objects.order_by("name").values_list("slug", "name")[:MOST_CHOICES])


def topics_named(slugs: Collection[str]) -> list[Topic]:
    """The topics with these slugs, by name. One SQL query."""
    return list(Topic.objects.filter(slug__in=slugs).order_by("name"))


def claim_choices(article: UUID, *, but: UUID) -> list[tuple[str, str]]:
    """Slug and title of an article's claims but one, as the article has them; at most 300. One SQL query."""
    rows = Claim.objects.filter(article_id=article).exclude(id=but).order_by("paragraph", "id")
    return list(rows.values_list("slug", "title")[:MOST_CHOICES])


def relations_of(claim: UUID) -> list[Related]:
    """The relations of a claim, both ways; at most 300 each way. Two SQL queries."""
    out = ClaimRelation.objects.filter(from_claim_id=claim).order_by("id")
    into = ClaimRelation.objects.filter(to_claim_id=claim).order_by("id")
    found = [Related(key, relation, True, slug, title) for key, relation, slug, title in _ends(out, "to_claim")]
    return found + [
        Related(key, relation, False, slug, title) for key, relation, slug, title in _ends(into, "from_claim")
    ]


def relation_of(claim: UUID, relation: UUID) -> ClaimRelation | None:
    """A relation that stands, with both its claims, where this claim is one of them; else None. One SQL query."""
    rows = ClaimRelation.objects.select_related("from_claim", "to_claim").filter(id=relation)
    return rows.filter(Q(from_claim_id=claim) | Q(to_claim_id=claim)).first()


def _ends(rows: "QuerySet[ClaimRelation]", end: str) -> list[tuple[UUID, str, str, str]]:
    return list(rows.values_list("id", "relation", f"{end}__slug", f"{end}__title")[:MOST_CHOICES])
