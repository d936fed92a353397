"""Assessing, resolving and reopening claims."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Hindsight, Invalid, WrongState
from claims.actions.fields import Fields
from claims.actions.kept import JUDGEMENT, renew
from claims.actions.locks import check_unlocked, check_version, lock_claim
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.dates import day_words
from claims.ids import uuid7
from claims.models import AnnulledBecause, Assessment, Bearing, Citation, Claim, ClaimStatus, Confidence, User, Verb
from claims.names import name_of

_FIXED = {ClaimStatus.BORNE_OUT: Decimal(1), ClaimStatus.NOT_BORNE_OUT: Decimal(0)}
RESTATED = "The claim was restated: its successor is judged in its place."
_WITHOUT = (ClaimStatus.AMBIGUOUS, ClaimStatus.ANNULLED)


@dataclass(frozen=True)
class Judgement:
    """What an editor says of a claim as of a day; `cites` are ids of items that bear on it."""

    as_of: date
    rationale: str
    confidence: str
    status: str = ClaimStatus.OPEN
    probability: Decimal | None = None
    cites: Sequence[UUID] = ()
    occurred_on: date | None = None
    annulled_because: str | None = None


@act
def assess(
    *,
    by: User,
    claim: Claim,
    judgement: Judgement,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Assessment:
    """Judges an open claim. Raises NotAllowed, Locked, Stale, WrongState, Invalid, Hindsight."""
    require(by, Right.ASSESS)
    if judgement.status != ClaimStatus.OPEN:
        raise Invalid({"status": "An assessment leaves the claim open; resolve it to settle it."})
    held = lock_claim(claim.id)
    check_version("The claim", held, seen_version)
    if not _stood_open(held, judgement.as_of):
        if held.status == ClaimStatus.OPEN:
            raise WrongState(f"The claim stood settled on {day_words(judgement.as_of)}: judge it as of a later day.")
        raise WrongState("The claim is settled: reopen it first.")
    return _judge(held, judgement, verb=Verb.ASSESSED, by=by, today=today, now=now)


@act
def resolve(
    *,
    by: User,
    claim: Claim,
    judgement: Judgement,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Assessment:
    """Settles a claim, or settles it otherwise than before; in force at once.

    Raises NotAllowed, Locked, Stale, WrongState, Invalid, Hindsight.
    """
    require(by, Right.RESOLVE)
    if judgement.status == ClaimStatus.OPEN:
        raise Invalid({"status": "Choose how the claim is settled."})
    held = lock_claim(claim.id)
    check_version("The claim", held, seen_version)
    if held.successor_id is not None:
        raise WrongState(RESTATED)
    if judgement.annulled_because == AnnulledBecause.RESTATED:
        raise Invalid({"annulled_because": "A claim is restated by revising it: choose a change of meaning there."})
    if held.assessed_on is not None and judgement.as_of < held.assessed_on:
        words = f"The claim was judged as of {day_words(held.assessed_on)}: settle it as of that day or a later one."
        raise Invalid({"as_of": words})
    return _judge(held, judgement, verb=Verb.RESOLVED, by=by, today=today, now=now)


@act
def reopen(
    *,
    by: User,
    claim: Claim,
    judgement: Judgement,
    seen_version: int | None = None,
    today: date,
    now: datetime | None = None,
) -> Assessment:
    """Opens a settled claim again, with a new probability and the reason. Raises as `assess` does."""
    require(by, Right.REOPEN)
    if judgement.status != ClaimStatus.OPEN:
        raise Invalid({"status": "A reopened claim is open."})
    held = lock_claim(claim.id)
    check_version("The claim", held, seen_version)
    if held.status == ClaimStatus.OPEN:
        raise WrongState("The claim is open.")
    if held.successor_id is not None:
        raise WrongState(RESTATED)
    if judgement.as_of < (held.assessed_on or held.opened_on):
        raise Invalid({"as_of": "The claim was settled after that day: reopen it as of a later one."})
    return _judge(held, judgement, verb=Verb.REOPENED, by=by, today=today, now=now)


def annul_restated(held: Claim, *, successor: Claim, by: User, reason: str, today: date, now: datetime) -> None:
    """Annuls a locked claim whose meaning changed, in favour of its successor; part of revising it."""
    held.successor = successor
    held.save(update_fields=["successor"])
    judgement = Judgement(
        as_of=today,
        status=ClaimStatus.ANNULLED,
        annulled_because=AnnulledBecause.RESTATED,
        confidence=Confidence.HIGH,
        rationale=reason,
    )
    _judge(held, judgement, verb=Verb.CLAIM_RESTATED, by=by, today=today, now=now)


def judge_anew(held: Claim, judgement: Judgement, *, by: User, today: date, now: datetime) -> None:
    """Opens a locked claim that was annulled, or settles it as it was; part of undoing a merge."""
    verb = Verb.REOPENED if judgement.status == ClaimStatus.OPEN else Verb.RESOLVED
    _judge(held, judgement, verb=verb, by=by, today=today, now=now)


def _stood_open(claim: Claim, day: date) -> bool:
    """Whether the judgement in force at the end of a day leaves the claim open."""
    until = Assessment.objects.filter(claim=claim, as_of__lte=day).order_by("-as_of", "-recorded_at", "-id")
    return until.values_list("status", flat=True).first() in (None, ClaimStatus.OPEN)


def _judge(held: Claim, judgement: Judgement, *, verb: Verb, by: User, today: date, now: datetime | None) -> Assessment:
    check_unlocked(held)
    now = now or timezone.now()
    probability, rationale = _check(held, judgement, today=today)
    _check_citations(held, judgement)
    event_id = uuid7()
    assessment = Assessment(
        claim=held,
        as_of=judgement.as_of,
        status=judgement.status,
        probability=probability,
        confidence=judgement.confidence,
        occurred_on=judgement.occurred_on,
        annulled_because=judgement.annulled_because or None,
        rationale=rationale,
        by=by,
        recorded_at=now,
        event_id=event_id,
    )
    assessment.save(force_insert=True)
    cites = list(dict.fromkeys(judgement.cites))
    Citation.objects.bulk_create(Citation(assessment=assessment, claim=held, evidence_id=item) for item in cites)
    held.version += 1
    held.save(update_fields=["version"])
    renew(JUDGEMENT, [held.id], today=today)
    record(
        by=by,
        verb=verb,
        subject=assessment,
        about_on=judgement.as_of,
        now=now,
        event_id=event_id,
        claims=[held.id],
        touched=[name_of("article", held.article_id), *(name_of("evidence", item) for item in cites)],
        payload={
            **asdict(judgement),
            "probability": probability,
            "rationale": rationale,
            "cites": cites,
            "claim": held.slug,
            "was": {"status": held.status, "probability": held.probability},
            **({"successor": held.successor.slug} if verb == Verb.CLAIM_RESTATED and held.successor else {}),
        },
    )
    return assessment


def _check(held: Claim, judgement: Judgement, *, today: date) -> tuple[Decimal | None, str]:
    fields = Fields()
    rationale = fields.text(
        "rationale", judgement.rationale, longest=3000, needed="Say why, so that a reader can weigh it."
    )
    fields.one_of("confidence", judgement.confidence, Confidence.values, "Choose how firm the analysis is.")
    fields.one_of("status", judgement.status, ClaimStatus.values, "Choose where the claim stands.")
    if judgement.as_of > today:
        fields.wrong("as_of", f"{day_words(judgement.as_of)} has not come yet.")
    if judgement.as_of < held.opened_on:
        fields.wrong("as_of", f"The claim was opened on {day_words(held.opened_on)}.")
    if judgement.status == ClaimStatus.ANNULLED:
        fields.one_of(
            "annulled_because", judgement.annulled_because, AnnulledBecause.values, "Say why the claim is annulled."
        )
    elif judgement.annulled_because:
        fields.wrong("annulled_because", "Only an annulled claim has such a reason.")
    if judgement.occurred_on is not None:
        if judgement.status == ClaimStatus.OPEN:
            fields.wrong("occurred_on", "An open claim has not happened yet.")
        elif judgement.occurred_on > judgement.as_of:
            fields.wrong("occurred_on", "It cannot have happened after the day that the judgement speaks of.")
    probability = _probability(judgement, fields)
    fields.check()
    return probability, rationale


def _probability(judgement: Judgement, fields: Fields) -> Decimal | None:
    if judgement.status in _WITHOUT:
        if judgement.probability is not None:
            fields.wrong("probability", "An ambiguous or annulled claim has no probability.")
        return None
    if judgement.status in _FIXED:
        fixed = _FIXED[ClaimStatus(judgement.status)]
        if judgement.probability not in (None, fixed):
            fields.wrong("probability", "A claim that is borne out stands at 100 %, one that is not at 0 %.")
        return fixed
    chance = judgement.probability
    if chance is None:
        fields.wrong("probability", "Give the probability.")
    elif not chance.is_finite() or not Decimal(0) < chance < Decimal(1):
        fields.wrong("probability", "Give a probability above 0 % and below 100 %.")
    elif chance != chance.quantize(Decimal("0.001")):
        fields.wrong("probability", "A tenth of a per cent is as fine as it goes.")
    return chance


def _check_citations(held: Claim, judgement: Judgement) -> None:
    cites = set(judgement.cites)
    rows = Bearing.objects.filter(claim=held, evidence_id__in=cites, live=True, state="published")
    known = {row.evidence_id: (row.number, row.known_by) for row in rows}
    if missing := cites - known.keys():
        words = "One item does" if len(missing) == 1 else f"{len(missing)} items do"
        raise Invalid({"cites": f"{words} not bear on this claim, or not in public, and cannot be cited."})
    late = sorted((number, day) for number, day in known.values() if day > judgement.as_of)
    if late:
        items = ", ".join(f"[{number}] (known from {day_words(day)})" for number, day in late)
        raise Hindsight({"cites": f"Not known by {day_words(judgement.as_of)}: {items}."})
