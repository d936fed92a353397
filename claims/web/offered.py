"""The acts that a page offers to who may do them; a reader without an account is offered none, so pages can be kept."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from claims.actions.permissions import Right, may

Act = tuple[Right, str, str]  # the right it needs, where it leads, what it says


def offered(request: HttpRequest, acts: Iterable[Act]) -> list[tuple[str, str]]:
    """Address and words of each act that the person signed in may do; one without words is left out."""
    if not request.user.is_authenticated:
        return []
    return [(address, words) for right, address, words in acts if words and may(request.user, right)]


def claim_acts(slug: str, identity: UUID, *, settled: bool, locked: bool) -> list[Act]:
    """What can be done with a claim, the most usual first."""
    desk = f"/desk/claims/{slug}"
    return [
        (Right.ASSESS, f"{desk}/assess/", "" if settled else "Assess"),
        (Right.LOG_EVIDENCE, f"/desk/log/?claim={slug}", "Log evidence"),
        (Right.RESOLVE, f"{desk}/resolve/", "Resolve otherwise" if settled else "Resolve"),
        (Right.REOPEN, f"{desk}/reopen/", "Reopen" if settled else ""),
        (Right.REVISE_CLAIM, f"{desk}/revise/", "Revise"),
        (Right.RELATE_CLAIMS, f"{desk}/relate/", "Relate"),
        (Right.CHOOSE_TERMS, f"{desk}/terms/", "Words for leads"),
        (Right.LOG_EVIDENCE, _duplicate("claim", identity), "This is a duplicate"),
        (Right.LOCK, f"{desk}/lock/", "Unlock" if locked else "Lock"),
    ]


def evidence_acts(identity: UUID) -> list[Act]:
    """What can be done with a published item."""
    desk = f"/desk/evidence/{identity}"
    return [
        (Right.SET_BEARING, f"{desk}/bearings/", "Set bearings"),
        (Right.REVISE_EVIDENCE, f"{desk}/revise/", "Revise"),
        (Right.REVISE_EVIDENCE, f"{desk}/link/", "Link to another"),
        (Right.LOG_EVIDENCE, _duplicate("evidence", identity), "This is a duplicate"),
        (Right.WITHDRAW, f"/moderation/evidence/{identity}/withdraw/", "Withdraw"),
        *gone_acts(identity),
    ]


def _duplicate(kind: str, identity: UUID) -> str:
    """Where somebody says that a thing is a duplicate of another."""
    return f"/moderation/merges/new/?kind={kind}&id={identity}"


def gone_acts(identity: UUID) -> list[Act]:
    """What can be done with an item that was withdrawn."""
    return [(Right.REDACT, f"/moderation/evidence/{identity}/redact/", "Redact")]


def source_acts(slug: str, identity: UUID) -> list[Act]:
    """What can be done with a source."""
    return [
        (Right.GRADE_SOURCE, f"/desk/sources/{slug}/grade/", "Grade"),
        (Right.LOG_EVIDENCE, _duplicate("source", identity), "This is a duplicate"),
    ]


def article_acts(slug: str) -> list[Act]:
    """What can be done with an article."""
    return [
        (Right.OPEN_CLAIM, f"/desk/claims/new/?article={slug}", "Open a claim"),
        (Right.ADD_ARTICLE, f"/desk/articles/{slug}/revise/", "Revise"),
    ]
