"""Revising a claim: another wording, or a successor where its meaning changes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.claim_words import ClaimWords, checked, write_revision
from claims.actions.errors import WrongState
from claims.actions.fields import Fields
from claims.actions.judge import annul_restated
from claims.actions.kept import JUDGEMENT, WORDS, renew
from claims.actions.locks import check_unlocked, check_version, lock_claim
from claims.actions.open_claim import free_slug, open_claim
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.dates import day_words
from claims.ids import uuid7
from claims.models import Claim, ClaimRevision, ClaimTopic, RevisionType, Topic, User, Verb
from claims.names import name_of


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
    words = checked(words, opened_on=held.opened_on)
    reason = _check(current, type, words, reason=reason, in_force_from=in_force_from, today=today)
    if type == RevisionType.CHANGE_OF_MEANING:
        return _restate(held, by=by, words=words, reason=reason, topics=topics, today=today, now=now)
    changed = _set_topics(held, topics) if topics is not None else []
    reword(
        held, RevisionType(type), words,
        number=current.number + 1, reason=reason, in_force_from=in_force_from, by=by, topics=changed,
        today=today, now=now,
    )  # fmt: skip
    held.refresh_from_db()
    return Revised(held)


def reword(
    held: Claim,
    type: RevisionType,
    words: ClaimWords,
    *,
    number: int,
    reason: str,
    in_force_from: date,
    by: User,
    topics: Iterable[Topic] = (),
    restores: int | None = None,
    today: date,
    now: datetime,
) -> None:
    """Stores the next wording of a locked claim, and its event, which says the number of a wording that it restores.

    `topics` are those that came or went with it.
    """
    event_id = uuid7()
    write_revision(
        held, number, type, words, in_force_from=in_force_from, by=by, now=now, event_id=event_id, reason=reason
    )
    held.version += 1
    held.save(update_fields=["version"])
    renew(WORDS, [held.id], today=today)
    renew(JUDGEMENT, [held.id], today=today)
    payload = _told(held, number, type, words, reason)
    record(
        by=by,
        verb=Verb.CLAIM_REVISED,
        subject=held,
        about_on=in_force_from,
        now=now,
        event_id=event_id,
        claims=[held.id],
        touched=[name_of("article", held.article_id), *(name_of("topic", topic.id) for topic in topics)],
        payload=payload if restores is None else {**payload, "restores": restores},
    )


def _check(
    current: ClaimRevision, type: str, words: ClaimWords, *, reason: str, in_force_from: date, today: date
) -> str:
    """The reason, cleaned. Raises Invalid where the new wording does not fit behind the last one."""
    fields = Fields()
    reason = fields.line("reason", reason, longest=500, needed="Say why the wording changes.")
    allowed = (RevisionType.WORDING, RevisionType.CLARIFICATION, RevisionType.CHANGE_OF_MEANING)
    fields.one_of("type", type, allowed, "Choose what the new wording does to the claim.")
    if type != RevisionType.CHANGE_OF_MEANING and words.horizon != current.horizon:
        fields.wrong("horizon", "Another due date changes what is claimed: choose “change of meaning”.")
    if not current.in_force_from <= in_force_from <= today:
        since = day_words(current.in_force_from)
        fields.wrong(
            "in_force_from", f"A wording is in force from a day between that of the last one, {since}, and today."
        )
    fields.check()
    return reason


def _told(held: Claim, number: int, type: str, words: ClaimWords, reason: str) -> dict[str, object]:
    """A revision as its event tells it."""
    topics = sorted(row.topic.slug for row in held.claim_topics.select_related("topic"))
    return {"number": number, "type": str(type), "reason": reason, "topics": topics, **asdict(words)}


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
        slug=free_slug(words.title),
        today=today,
        now=now,
    )
    annul_restated(held, successor=successor, by=by, reason=reason, today=today, now=now)
    held.refresh_from_db()
    return Revised(held, successor)


def _set_topics(claim: Claim, topics: Iterable[Topic]) -> list[Topic]:
    """Gives the claim exactly these topics, and gives those that came or went."""
    before = {row.topic.id: row.topic for row in claim.claim_topics.select_related("topic")}
    after = {topic.id: topic for topic in topics}
    claim.claim_topics.exclude(topic_id__in=after).delete()
    ClaimTopic.objects.bulk_create(
        ClaimTopic(topic=topic, claim=claim) for identity, topic in after.items() if identity not in before
    )
    return [topic for identity, topic in {**before, **after}.items() if (identity in before) != (identity in after)]
