"""Flagging something, and deciding a flag."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.decided_mail import tell_of_flag
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.fields import Fields
from claims.actions.holds import check_free, settled
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import Assessment, Claim, Evidence, Flag, FlagReason, FlagState, Source, User, Verb

SUBJECTS: dict[str, type[Model]] = {"evidence": Evidence, "claim": Claim, "assessment": Assessment, "source": Source}


@act
def flag(
    *,
    by: User | None,
    kind: str,
    subject_id: UUID,
    reason: str,
    note: str = "",
    today: date,
    now: datetime | None = None,
) -> Flag:
    """Reports an item, a claim, an assessment or a source; `by` is None without an account.

    Raises NotAllowed, Invalid.
    """
    require(by, Right.FLAG)
    now = now or timezone.now()
    fields = Fields()
    fields.one_of("reason", reason, FlagReason.values, "Choose what is wrong.")
    note = fields.text("note", note, longest=1000, needed="Say what is wrong." if reason == FlagReason.OTHER else "")
    fields.check()
    if kind not in SUBJECTS:
        raise Invalid({"subject": "Such things cannot be flagged."})
    found = SUBJECTS[kind]._default_manager.filter(pk=subject_id)
    if kind == "evidence":
        # Locked, so that a redaction that is under way either comes first or finds this flag.
        found = found.filter(live=True).select_for_update(no_key=True)
    if found.first() is None:
        raise Invalid({"subject": "There is no such thing to flag."})
    row = Flag(subject_type=kind, subject_id=subject_id, reason=reason, note=note, by=by, made_at=now)
    row.save(force_insert=True)
    record(
        by=by,
        verb=Verb.FLAGGED,
        subject=row,
        about_on=today,
        now=now,
        payload={"subject_type": kind, "subject_id": str(subject_id), "reason": reason, "note": note},
    )
    return row


@act
def decide_flag(*, by: User, flag: Flag, upheld: bool, answer: str, today: date, now: datetime | None = None) -> Flag:
    """Decides a flag, with an answer for who reported it. Raises NotAllowed, Held, WrongState, Invalid."""
    require(by, Right.DECIDE_FLAG)
    now = now or timezone.now()
    fields = Fields()
    answer = fields.text("answer", answer, longest=1000, needed="Say why, so that who reported it can read it.")
    fields.check()
    held = Flag.objects.select_for_update(no_key=True).filter(id=flag.id).first()
    if held is None or held.state != FlagState.OPEN:
        raise WrongState("The flag is decided already.")
    if held.by_id == by.id:
        raise NotAllowed("Nobody decides their own flag.")
    check_free(by=by, kind="flag", subject=held.id, now=now)
    held.state = FlagState.UPHELD if upheld else FlagState.DISMISSED
    held.answer = answer
    held.save()
    settled(kind="flag", subject=held.id)
    event = record(
        by=by,
        verb=Verb.FLAG_DECIDED,
        subject=held,
        about_on=today,
        now=now,
        payload={
            "upheld": upheld,
            "answer": answer,
            "subject_type": held.subject_type,
            "subject_id": str(held.subject_id),
        },
    )
    tell_of_flag(held, by=by, event=event, now=now)
    return held
