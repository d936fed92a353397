"""The evidence of a claim, month by month, with stories folded, as ready strings for a flat loop."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import PartialDate
from claims.models import EvidenceType
from claims.queries.claim_evidence import Mark, Reported
from claims.scoring import STANCES, WEIGHT_ORDER
from claims.web import paths
from claims.web.grades import grade_tag
from claims.web.icons import icon

OPEN_SUMMARIES = 3  # the newest stories show what they say; older ones on demand
_LINKED = {"supersedes": "superseded by a later item", "corrects": "corrected by a later item", "retracts": "retracted"}
_TYPES: dict[str, str] = {value: str(label) for value, label in EvidenceType.choices}


@cache
def weight_tag(weight: str) -> SafeString:
    """The dots of a weight."""
    on = WEIGHT_ORDER[weight]
    dots = SafeString('<i class="on"></i>') * on + SafeString("<i></i>") * (4 - on)
    return format_html('<span class="weight" role="img" aria-label="weight: {}">{}</span>', weight, SafeString(dots))


def type_words(type: str) -> str:
    """What sort of page an item is: "newspaper", "looked for and not found"; empty for a draft without one."""
    return _TYPES.get(type, "")


def stories_by_month(
    stories: Sequence[Sequence[Reported]], *, day: date | None
) -> list[tuple[str, list[dict[str, object]]]]:
    """The months that the page reaches, each with its stories."""
    rows = [_story(story, place, day) for place, story in enumerate(stories)]
    return [(month, list(group)) for month, group in groupby(rows, key=lambda row: str(row["month"]))]


def _story(story: Sequence[Reported], place: int, day: date | None) -> dict[str, object]:
    head, others = story[0], story[1:]
    return {
        "month": _month(head),
        "number": head.number,
        "stance": head.stance,
        "stance_word": head.stance.capitalize(),
        "icon": icon(head.stance),
        "weight": weight_tag(head.weight),
        "page": paths.evidence_path(head.evidence_id, day),
        "address": head.address,
        "title": head.title,
        "source": head.source_name,
        "source_path": paths.source_path(head.source_slug),
        "grade": grade_tag(head.reliability, head.credibility),
        "dated": dated(
            head.published_from, head.published_to, head.event_from, head.event_to, looked=_looked(head.type)
        ),
        "type": type_words(head.type),
        "linked": _LINKED.get(head.link or "", ""),
        "note": head.note,
        "summary": head.summary,
        "open": place < OPEN_SUMMARIES,
        "more": _more(head, others),
        "others": [_other(report, day) for report in others],
    }


def _looked(type: str) -> bool:
    return type == EvidenceType.NOT_FOUND


def _month(head: Reported) -> str:
    """The month that a story stands under; of one that only a year is known of, the year."""
    known = head.known_by
    when = next(
        (
            PartialDate.from_bounds(first, last)
            for first, last in ((head.published_from, head.published_to), (head.event_from, head.event_to))
            if first and last
        ),
        None,
    )
    return when.words() if when is not None and when.precision == "year" else f"{known:%B} {known.year}"


def dated(
    published_from: date | None,
    published_to: date | None,
    event_from: date | None,
    event_to: date | None,
    *,
    looked: bool = False,
) -> SafeString:
    """When it appeared, as partial as that is known, or that the page shows no date.

    Of what was looked for and not found, when somebody looked.
    """
    if looked:
        published_from, published_to = event_from, event_to
    if published_from and published_to:
        words = PartialDate.from_bounds(published_from, published_to).words()
        return format_html('<time datetime="{}">{}</time>', published_to.isoformat(), words)
    if event_from and event_to:
        return format_html("<span>undated page, event {}</span>", PartialDate.from_bounds(event_from, event_to).words())
    return SafeString("<span>undated</span>")


def _more(head: Reported, others: Sequence[Reported]) -> str:
    if not others:
        return ""
    told = "1 more report" if len(others) == 1 else f"{len(others):,} more reports"
    words = f"{told} of the same event, counted once"
    differing = sum(report.stance != head.stance for report in others)
    if differing:
        words += f"; {_these(differing, len(others))} otherwise"
    return words


def _these(some: int, of: int) -> str:
    if of == 1:
        return "it says"
    return "1 of them says" if some == 1 else f"{some:,} of them say"


def _other(report: Reported, day: date | None) -> dict[str, object]:
    grade = f"{report.reliability or '–'}{report.credibility}"
    missing = f" · {type_words(report.type)}" if _looked(report.type) else ""
    return {
        "number": report.number,
        "page": paths.evidence_path(report.evidence_id, day),
        "address": report.address,
        "title": report.title,
        "rest": f"{report.source_name} · {grade} · {report.stance}, {report.weight}{missing}",
        "linked": _LINKED.get(report.link or "", ""),
    }


def chips(marks: Sequence[Mark], *, path: str, chosen: str, looking: str) -> list[dict[str, object]]:
    """The filter of the evidence: all, and each stance that any story has; `looking` is kept in its addresses."""
    counts = {stance: sum(mark.stance == stance for mark in marks) for stance in STANCES}
    rows: list[dict[str, object]] = [
        {
            "words": "All",
            "count": f"{len(marks):,}",
            "href": f"{path}?{looking}#evidence" if looking else f"{path}#evidence",
            "on": not chosen,
        }
    ]
    for stance, count in counts.items():
        if count or stance == chosen:
            query = f"stance={stance}" + (f"&{looking}" if looking else "")
            rows.append(
                {
                    "words": stance.capitalize(),
                    "count": f"{count:,}",
                    "href": f"{path}?{query}#evidence",
                    "on": stance == chosen,
                    "stance": stance,
                    "icon": icon(stance),
                }
            )
    return rows


def latest_day(marks: Sequence[Mark]) -> date | None:
    """The day from which the newest report is known."""
    return max((mark.last_known_by for mark in marks), default=None)
