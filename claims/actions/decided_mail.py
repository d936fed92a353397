"""What people are told by mail of a decision: in words, with the reason, and with the address of what it is about."""

from datetime import datetime

from claims.actions.mail import tell
from claims.models import Bearing, Claim, Event, Evidence, Flag, User, Verb

_ITEM = {
    Verb.EVIDENCE_RETURNED: ("was returned to your drafts", "/desk/drafts/{}/"),
    Verb.EVIDENCE_REJECTED: ("was rejected", "/desk/mine/"),
    Verb.EVIDENCE_WITHDRAWN: ("was withdrawn", "/evidence/{}/"),
}


def tell_of_approval(item: Evidence, public: Evidence, *, by: User, event: Event, now: datetime) -> None:
    """Tells an author that their item is public, or that the one which stood there before is."""
    tell(
        item.by,
        subject=f"{item.title}: approved",
        body=f"Your item “{public.title}” is public now.",
        link=f"/evidence/{public.id}/",
        now=now,
        unless=by,
        cause=event.id,
    )


def tell_of_item(item: Evidence, verb: Verb, *, by: User, event: Event, reason: str, now: datetime) -> None:
    """Tells an author what was decided against their item, and why."""
    words, link = _ITEM[verb]
    tell(
        item.by,
        subject=f"{item.title}: {words}",
        body=f"Your item “{item.title}” {words}.\n\nThe reason given:\n{reason}",
        link=link.format(item.id),
        now=now,
        unless=by,
        cause=event.id,
    )


def tell_of_bearing(row: Bearing, claim: Claim, *, by: User, event: Event, reason: str, now: datetime) -> None:
    """Tells who set a bearing that it counts, or that it does not and why."""
    approved = event.verb == Verb.BEARING_APPROVED
    words = "is public now" if approved else "was rejected"
    because = "" if approved else f"\n\nThe reason given:\n{reason}"
    tell(
        row.by,
        subject=f"{row.evidence.title}: its bearing {'approved' if approved else 'rejected'}",
        body=f"What you say “{row.evidence.title}” tells about “{claim.title}” {words}.{because}",
        link=f"/evidence/{row.evidence_id}/",
        now=now,
        unless=by,
        cause=event.id,
    )


def tell_of_flag(flag: Flag, *, by: User, event: Event, now: datetime) -> None:
    """Tells who reported something how that was decided."""
    link = f"/evidence/{flag.subject_id}/" if flag.subject_type == "evidence" else ""
    tell(
        flag.by,
        subject="Your flag was answered",
        body=f"It was {flag.get_state_display()}.\n\n{flag.answer}",
        link=link,
        now=now,
        unless=by,
        cause=event.id,
    )
