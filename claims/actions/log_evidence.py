"""Logging an item of evidence, with what it bears on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.attach import NewBearing, attach, checked, known_from, revise, said
from claims.actions.evidence_words import EvidenceWords, fill, words_of
from claims.actions.fields import Fields
from claims.actions.insert import in_one_go, insert
from claims.actions.kept import COUNTS, renew
from claims.actions.keys import begin, settle
from claims.actions.leads import settle_leads
from claims.actions.locks import check_unlocked, lock_claims
from claims.actions.permissions import Right, may, require
from claims.actions.record import record
from claims.actions.standing import Logged, attach_to, published_under, standing_source
from claims.ids import uuid7
from claims.models import BearingState, Evidence, EvidenceState, User, Verb
from claims.names import name_of


@act
def log_evidence(
    *,
    by: User,
    words: EvidenceWords,
    bearings: Sequence[NewBearing] = (),
    draft: bool = False,
    key: str = "",
    lead: UUID | None = None,
    import_key: str | None = None,
    today: date,
    now: datetime | None = None,
) -> Logged:
    """Logs an item: published at once for who may, else pending; a draft is private and leaves no event.

    An address that is published already gets the bearings attached to its item. A source that was merged meanwhile
    gives way to the one that stays. The same `key` sent twice logs
    once. The `lead` that it was made of, and that with its address, are settled.
    Raises NotAllowed, Locked, Invalid, KeyUsed.
    """
    require(by, Right.LOG_EVIDENCE)
    now = now or timezone.now()
    fields = Fields()
    evidence = Evidence(
        import_key=import_key, logged_on=today, logged_at=now, touched_at=now, by=by, state=_state(by, draft=draft)
    )
    fill(evidence, words, fields, draft=draft, today=today)
    bearings = checked(bearings, fields)
    fields.check()
    if key:
        told = {**words_of(evidence).said(), "draft": draft, "bearings": [vars(bearing) for bearing in bearings]}
        if earlier := begin(by=by, key=key, said=told, subject_id=evidence.id, now=now):
            return Logged(Evidence.objects.get(id=earlier), repeated=True)
    standing = None if draft else published_under(evidence)
    if standing is None:
        logged = _store(evidence, bearings, by=by, now=now, today=today)
    else:
        if key:
            settle(by=by, key=key, subject_id=standing.id)
        logged = attach_to(standing, bearings, by=by, now=now, today=today)
    if not draft:
        settle_leads(logged.evidence, lead, by=by, today=today, now=now)
    return logged


def _state(by: User, *, draft: bool) -> EvidenceState:
    if draft:
        return EvidenceState.DRAFT
    return EvidenceState.PUBLISHED if may(by, Right.PUBLISH_EVIDENCE) else EvidenceState.PENDING


def _store(evidence: Evidence, bearings: Sequence[NewBearing], *, by: User, now: datetime, today: date) -> Logged:
    public = evidence.state == EvidenceState.PUBLISHED
    private = evidence.state == EvidenceState.DRAFT
    evidence.source = standing_source(evidence.source)
    claims = lock_claims((bearing.claim for bearing in bearings), field="bearings")
    check_unlocked(*claims.values())
    if evidence.state == EvidenceState.PENDING:
        evidence.submitted_at = now
    with in_one_go():
        insert(evidence)
        rows = attach(
            evidence, bearings, by=by, state=BearingState.PUBLISHED if public else BearingState.PENDING, now=now
        )
        if not private:
            event_id = uuid7()
            revise(rows, by=by, now=now, event_id=event_id, first=True)
            record(
                by=by,
                verb=Verb.EVIDENCE_LOGGED if public else Verb.EVIDENCE_SUBMITTED,
                subject=evidence,
                about_on=known_from(evidence),
                now=now,
                event_id=event_id,
                claims=claims,
                touched=[name_of("source", evidence.source_id)],
                payload={**words_of(evidence).said(), "bearings": said(rows, claims)},
            )
        if public:
            renew(COUNTS, claims, today=today)
    return Logged(evidence, attached=list(claims))
