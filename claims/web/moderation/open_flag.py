"""A flag laid open: what was reported, the thing itself beside it, and the form that decides it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.addresses import domain_of
from claims.models import EvidenceType, FlagReason, FlagState, SourceKind
from claims.queries.flagged import (
    FlaggedAssessment,
    FlaggedClaim,
    FlaggedItem,
    FlaggedSource,
    Report,
    Subject,
    find_subject,
)
from claims.queries.queue_item import Set, bearings_of
from claims.web import paths
from claims.web.grades import reliability_words
from claims.web.moderation.compare import bearing_tag, dated_tag, source_tag
from claims.web.moderation.forms import FlagDecisionForm
from claims.web.moderation.merge_new import new_path
from claims.web.moderation.merge_sides import NOUNS
from claims.web.moderation.open_item import Opened
from claims.web.moderation.words import age_tag, day_tag, waiting_path
from claims.web.standing import standing_words

KIND_WORDS = {
    "evidence": "an item of evidence",
    "claim": "a claim",
    "assessment": "a judgement",
    "source": "a source",
}


def open_flag(
    report: Report, others: Sequence[Report], *, now: datetime, form: FlagDecisionForm | None = None
) -> Opened:
    """A flag, decided or not, beside the others on the same thing. One query, two for an item."""
    subject = find_subject(report.kind, report.subject_id)
    forms: dict[str, Form] = {"decide": form or FlagDecisionForm(auto_id="flag_%s")}
    return Opened(
        held_kind="flag",
        id=report.id,
        template="moderation/open_flag.html",
        kind=format_html("Flag on {}, {}", KIND_WORDS[report.kind], age_tag(report.made_at, now)),
        path=waiting_path("flag", report.id),
        own=False,
        forms=forms,
        errors="decide" if form is not None and form.errors else "",
        shown={
            "reason": reason_words(report.reason),
            "note": report.note,
            "who": who_flagged(report),
            "open": report.state == FlagState.OPEN,
            "decided": decided_words(report),
            "answer": report.answer,
            "others": [_other(other) for other in others],
            "subject": subject_shown(subject) if subject else None,
            "withdraw": _withdraw(subject),
            "lock": _lock(subject),
            "merge": _merge(report, subject),
        },
    )


def reason_words(reason: str) -> str:
    """Why something was flagged: "The address is dead"."""
    label = str(FlagReason(reason).label)
    return label[0].upper() + label[1:]


def who_flagged(report: Report) -> str:
    """The person, or a reader without an account."""
    return report.by or "a reader without an account"


def decided_words(report: Report) -> SafeString:
    """How a flag was decided: "Upheld on 3 Mar 2026 by Momo Moderator"; empty while it waits."""
    if report.state == FlagState.OPEN:
        return SafeString("")
    on = format_html(" on {}", day_tag(report.decided_at.date())) if report.decided_at else ""
    by = format_html(" by <bdi>{}</bdi>", report.decided_by) if report.decided_by else ""
    return format_html("{}{}{}", report.state.capitalize(), on, by)


def _other(report: Report) -> dict[str, str]:
    waits = report.state == FlagState.OPEN
    return {
        "reason": reason_words(report.reason),
        "href": waiting_path("flag", report.id),
        "note": report.note,
        "rest": format_html("{}, {}", who_flagged(report), day_tag(report.made_at.date())),
        "state": "waits too" if waits else decided_words(report),
        "answer": report.answer,
    }


def _withdraw(subject: Subject | None) -> str:
    """Where an item is withdrawn, if that is what the flag leads to."""
    if isinstance(subject, FlaggedItem) and subject.live:
        return f"{waiting_path('evidence', subject.id)}withdraw/"
    return ""


def _lock(subject: Subject | None) -> str:
    """Where a claim is locked or unlocked, if a dispute about it leads to that."""
    if isinstance(subject, FlaggedClaim | FlaggedAssessment):
        return f"/desk/claims/{subject.slug}/lock/"
    return ""


def _merge(report: Report, subject: Subject | None) -> str:
    """Where somebody looks for what the thing is a duplicate of, if that is what the flag says."""
    gone = subject is None or (isinstance(subject, FlaggedItem) and not subject.live)
    if report.reason != FlagReason.DUPLICATE or report.kind not in NOUNS or gone:
        return ""
    return new_path(report.kind, report.subject_id)


def subject_shown(subject: Subject) -> dict[str, Any]:
    """The thing itself: title and address of its page, facts in pairs, its text, and what it bears on."""
    if isinstance(subject, FlaggedItem):
        return _item(subject, bearings_of(subject.id))
    if isinstance(subject, FlaggedClaim):
        return _claim(subject)
    if isinstance(subject, FlaggedAssessment):
        return _assessment(subject)
    return _source(subject)


def _item(item: FlaggedItem, bearings: Sequence[Set]) -> dict[str, Any]:
    facts: list[tuple[str, str]] = [
        ("Source", source_tag(item.source, item.source_slug, item.reliability, item.credibility)),
        (
            "Dated",
            dated_tag((item.published_from, item.published_to), (item.event_from, item.event_to), type=item.type),
        ),
        ("Address", external_link(item.address)),
    ]
    if item.type == EvidenceType.NOT_FOUND:
        facts.insert(0, ("Not found", format_html("<q>{}</q>", item.looked_for)))
    if not item.live:
        facts.insert(0, ("State", f"{item.state}: not public any more"))
    return {
        "title": item.title,
        "href": paths.evidence_path(item.id) if item.live else "",
        "facts": facts,
        "text": item.summary,
        "quotation": item.quotation,
        "bearings": [(paths.claim_path(one.slug), one.title, bearing_tag(one)) for one in bearings],
    }


def _claim(claim: FlaggedClaim) -> dict[str, Any]:
    return {
        "title": claim.title,
        "href": paths.claim_path(claim.slug),
        "facts": [
            ("Stands at", _stand(claim.status, claim.probability)),
            (
                "Article",
                format_html('<a href="{}" dir="auto">{}</a>', paths.article_path(claim.article_slug), claim.article),
            ),
            ("Settled by", claim.criteria),
            *([("Fine print", claim.fine_print)] if claim.fine_print else []),
        ],
        "text": claim.statement,
    }


def _assessment(judged: FlaggedAssessment) -> dict[str, Any]:
    cites = ", ".join(map(str, judged.cites))
    return {
        "title": judged.title,
        "href": paths.claim_path(judged.slug),
        "facts": [
            ("Speaks of", day_tag(judged.as_of)),
            ("Judged", _stand(judged.status, judged.probability)),
            *([("Happened", day_tag(judged.occurred_on))] if judged.occurred_on else []),
            ("Confidence", judged.confidence),
            ("Cites", f"evidence {cites}" if cites else "nothing"),
        ],
        "text": judged.rationale,
    }


def _source(source: FlaggedSource) -> dict[str, Any]:
    grade = f"{source.reliability}: {reliability_words(source.reliability)}" if source.reliability else "none yet"
    return {
        "title": source.title,
        "href": paths.source_path(source.slug),
        "facts": [
            ("Kind", SourceKind(source.kind).label),
            ("Country", "" if source.country == "XX" else source.country),
            ("Reliability", grade),
            ("Domains", ", ".join(source.domains)),
        ],
        "text": "",
    }


def _stand(status: str, probability: Any) -> str:
    word, number = standing_words(status, probability)
    return f"{word}, {number}" if number else word


def external_link(address: str) -> SafeString:
    """An address outside the site by its host, which is told nothing of where its visitor came from."""
    return format_html('<a href="{}" rel="noreferrer nofollow ugc">{}</a>', address, domain_of(address) or address)
