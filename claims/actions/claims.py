"""Opening and revising claims."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.judge import annul_restated
from claims.actions.kept import JUDGEMENT, WORDS, renew
from claims.actions.locks import check_unlocked, check_version, lock_claim
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.ids import uuid7
from claims.models import (
    NO_DUE_DATE,
    Article,
    Claim,
    ClaimKind,
    ClaimRevision,
    ClaimTopic,
    RevisionType,
    Topic,
    User,
    Verb,
)
from claims.names import name_of
from claims.text import TextError, slugify_title

LONGEST_TITLE, LONGEST_STATEMENT, MOST_SIGNPOSTS = 60, 300, 4


@dataclass(frozen=True)
class ClaimWords:
    """One wording of a claim; signposts are (text, "up" or "down")."""

    title: str
    statement: str
    criteria: str
    fine_print: str = ""
    horizon: date | None = None
    author_confidence: str = ""
    signposts: Sequence[tuple[str, str]] = ()
    review_every_days: int = 60


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
    words = _checked(words, opened_on=opened_on)
    fields = Fields()
    fields.one_of("kind", kind, ClaimKind.values, "Choose what sort of claim it is.")
    if slug:
        fields.slug("slug", slug, longest=80)
    if not 1 <= paragraph <= article.paragraphs:
        fields.wrong("paragraph", f"The article has paragraphs 1 to {article.paragraphs}.")
    if opened_on > today:
        fields.wrong("opened_on", "A claim cannot be opened on a day that has not come yet.")
    fields.check()
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
    topics = list(topics)
    ClaimTopic.objects.bulk_create(ClaimTopic(topic=topic, claim=claim) for topic in topics)
    event_id = uuid7()
    _write_revision(claim, 1, RevisionType.OPENING, words, in_force_from=opened_on, by=by, now=now, event_id=event_id)
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


@dataclass(frozen=True)
class Revised:
    """The claim as revised, and the claim that took its place where its meaning changed."""

    claim: Claim
    successor: Claim | None = None


@act
def revise_claim(
    *,
    by: User,
    claim: Claim,
    seen_version: int | None,
    type: str,
    words: ClaimWords,
    reason: str,
    topics: Iterable[Topic] | None = None,
    in_force_from: date | None = None,
    today: date,
    now: datetime | None = None,
) -> Revised:
    """Gives a claim another wording, in force from today unless an earlier day is given.

    A change of meaning, a changed horizon included, annuls the claim as restated and opens a successor.
    Raises NotAllowed, Locked, Stale, WrongState, Invalid.
    """
    require(by, Right.REVISE_CLAIM)
    now = now or timezone.now()
    in_force_from = in_force_from or today
    held = lock_claim(claim.id)
    check_version("The claim", held, seen_version)
    check_unlocked(held)
    current = ClaimRevision.objects.filter(claim=held).order_by("-number")[0]
    words = _checked(words, opened_on=held.opened_on)
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the wording changes.")
    allowed = (RevisionType.WORDING, RevisionType.CLARIFICATION, RevisionType.CHANGE_OF_MEANING)
    fields.one_of("type", type, allowed, "Choose what the new wording does to the claim.")
    if type != RevisionType.CHANGE_OF_MEANING and words.horizon != current.horizon:
        fields.wrong("horizon", "Another due date changes what is claimed: choose “change of meaning”.")
    if in_force_from > today or in_force_from < held.opened_on:
        fields.wrong("in_force_from", "A wording is in force from a day between the claim's opening and today.")
    fields.check()
    if type == RevisionType.CHANGE_OF_MEANING:
        return _restate(held, by=by, words=words, reason=reason, topics=topics, today=today, now=now)
    number = current.number + 1
    event_id = uuid7()
    _write_revision(
        held,
        number,
        RevisionType(type),
        words,
        in_force_from=in_force_from,
        by=by,
        now=now,
        event_id=event_id,
        reason=reason,
    )
    held.version += 1
    held.save(update_fields=["version"])
    changed = _set_topics(held, topics) if topics is not None else []
    renew(WORDS, [held.id], today=today)
    renew(JUDGEMENT, [held.id], today=today)
    record(
        by=by,
        verb=Verb.CLAIM_REVISED,
        subject=held,
        about_on=in_force_from,
        now=now,
        event_id=event_id,
        claims=[held.id],
        touched=[name_of("article", held.article_id), *(name_of("topic", topic.id) for topic in changed)],
        payload={
            "number": number,
            "type": str(type),
            "reason": reason,
            "topics": sorted(row.topic.slug for row in held.claim_topics.select_related("topic")),
            **asdict(words),
        },
    )
    held.refresh_from_db()
    return Revised(held)


def _restate(
    held: Claim, *, by: User, words: ClaimWords, reason: str, topics: Iterable[Topic] | None, today: date, now: datetime
) -> Revised:
    if held.status != "open":
        raise WrongState("The claim is settled already: reopen it before you restate it.")
    chosen = list(topics) if topics is not None else [row.topic for row in held.claim_topics.select_related("topic")]
    successor = open_claim(
        by=by,
        article=held.article,
        paragraph=held.paragraph,
        kind=held.kind,
        words=words,
        topics=chosen,
        slug=_free_slug(words.title),
        today=today,
        now=now,
    )
    annul_restated(held, successor=successor, by=by, reason=reason, today=today, now=now)
    held.refresh_from_db()
    return Revised(held, successor)


def _checked(words: ClaimWords, *, opened_on: date) -> ClaimWords:
    fields = Fields()
    signposts = [(fields.line("signposts", text, longest=200), direction) for text, direction in words.signposts]
    signposts = [(text, direction) for text, direction in signposts if text]
    if len(signposts) > MOST_SIGNPOSTS:
        fields.wrong("signposts", f"Name {MOST_SIGNPOSTS} things to watch at most.")
    if any(direction not in {"up", "down"} for _, direction in signposts):
        fields.wrong("signposts", "Say of each thing to watch which way it would move the number.")
    if not 1 <= words.review_every_days <= 3660:
        fields.wrong("review_every_days", "Give a number of days from 1 to 3,660.")
    if words.horizon is not None and words.horizon < opened_on:
        fields.wrong("horizon", "The claim falls due before it was opened.")
    checked = ClaimWords(
        title=fields.line("title", words.title, longest=LONGEST_TITLE, needed="Give the claim a short title."),
        statement=fields.line("statement", words.statement, longest=LONGEST_STATEMENT, needed="Write what is claimed."),
        criteria=fields.text("criteria", words.criteria, longest=2000, needed="Say what would settle it."),
        fine_print=fields.text("fine_print", words.fine_print, longest=600),
        horizon=words.horizon,
        author_confidence=fields.line("author_confidence", words.author_confidence, longest=300),
        signposts=signposts,
        review_every_days=words.review_every_days,
    )
    fields.check()
    return checked


def _write_revision(
    claim: Claim,
    number: int,
    type: RevisionType,
    words: ClaimWords,
    *,
    in_force_from: date,
    by: User,
    now: datetime,
    event_id: UUID,
    reason: str = "",
) -> None:
    ClaimRevision(
        claim=claim,
        number=number,
        type=type,
        in_force_from=in_force_from,
        by=by,
        recorded_at=now,
        event_id=event_id,
        reason=reason,
        title=words.title,
        statement=words.statement,
        criteria=words.criteria,
        fine_print=words.fine_print,
        horizon=words.horizon,
        author_confidence=words.author_confidence,
        review_every_days=words.review_every_days,
        signposts=[{"text": text, "direction": direction} for text, direction in words.signposts],
    ).save(force_insert=True)


def _set_topics(claim: Claim, topics: Iterable[Topic]) -> list[Topic]:
    """Gives the claim exactly these topics, and gives those that came or went."""
    before = {row.topic.id: row.topic for row in claim.claim_topics.select_related("topic")}
    after = {topic.id: topic for topic in topics}
    claim.claim_topics.exclude(topic_id__in=after).delete()
    ClaimTopic.objects.bulk_create(
        ClaimTopic(topic=topic, claim=claim) for identity, topic in after.items() if identity not in before
    )
    return [topic for identity, topic in {**before, **after}.items() if (identity in before) != (identity in after)]


def _slug(title: str) -> str:
    try:
        return slugify_title(title)
    except TextError as error:
        raise Invalid({"title": str(error)}) from error


def _free_slug(title: str) -> str:
    slug = _slug(title)[:74]
    taken = set(Claim.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates: Iterable[str] = (slug, *(f"{slug}-{number}" for number in range(2, 10_000)))
    return next(candidate for candidate in candidates if candidate not in taken)
