"""Opening a claim."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.claim_words import ClaimWords, checked, write_revision
from claims.actions.errors import Invalid
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import NO_DUE_DATE, Article, Claim, ClaimKind, ClaimTopic, RevisionType, Topic, User, Verb
from claims.names import name_of
from claims.text import SLUG_LENGTH, TextError, slugify_title


@act
def open_claim(
    *,
    by: User,
    article: Article,
    paragraph: int,
    kind: str,
    words: ClaimWords,
    topics: Iterable[Topic] = (),
    opened_on: date | None = None,
    slug: str = "",
    today: date,
    now: datetime | None = None,
) -> Claim:
    """Opens a claim of an article, by default as of today. Raises NotAllowed, Invalid."""
    require(by, Right.OPEN_CLAIM)
    now = now or timezone.now()
    opened_on = opened_on or today
    words = checked(words, opened_on=opened_on)
    _check(article, paragraph, kind, slug, opened_on, today=today)
    claim = Claim(
        slug=slug or _slug(words.title),
        article=article,
        paragraph=paragraph,
        kind=kind,
        opened_on=opened_on,
        title=words.title,
        statement=words.statement,
        due_sort=words.horizon or NO_DUE_DATE,
        review_due_on=opened_on + timedelta(days=words.review_every_days),
        scored=kind != ClaimKind.FACT,
    )
    claim.save(force_insert=True)
    topics = list(dict.fromkeys(topics))
    ClaimTopic.objects.bulk_create(ClaimTopic(topic=topic, claim=claim) for topic in topics)
    event_id = uuid7()
    write_revision(claim, 1, RevisionType.OPENING, words, in_force_from=opened_on, by=by, now=now, event_id=event_id)
    record(
        by=by,
        verb=Verb.CLAIM_OPENED,
        subject=claim,
        about_on=opened_on,
        now=now,
        event_id=event_id,
        claims=[claim.id],
        touched=[name_of("article", article.id), *(name_of("topic", topic.id) for topic in topics)],
        payload={
            "slug": claim.slug,
            "article": article.slug,
            "paragraph": paragraph,
            "kind": kind,
            "topics": [topic.slug for topic in topics],
            **asdict(words),
        },
    )
    return claim


def _check(article: Article, paragraph: int, kind: str, slug: str, opened_on: date, *, today: date) -> None:
    fields = Fields()
    fields.one_of("kind", kind, ClaimKind.values, "Choose what sort of claim it is.")
    if slug:
        fields.slug("slug", slug, longest=SLUG_LENGTH)
    if not 1 <= paragraph <= article.paragraphs:
        fields.wrong("paragraph", f"The article has paragraphs 1 to {article.paragraphs}.")
    if opened_on > today:
        fields.wrong("opened_on", "A claim cannot be opened on a day that has not come yet.")
    fields.check()


def _slug(title: str, *, longest: int = SLUG_LENGTH) -> str:
    try:
        return slugify_title(title, longest=longest)
    except TextError as error:
        raise Invalid({"title": str(error)}) from error


def free_slug(title: str) -> str:
    """A short name made of the title that no claim has yet."""
    slug = _slug(title, longest=SLUG_LENGTH - 6)
    taken = set(Claim.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates: Iterable[str] = (slug, *(f"{slug}-{number}" for number in range(2, 10_000)))
    return next(candidate for candidate in candidates if candidate not in taken)
