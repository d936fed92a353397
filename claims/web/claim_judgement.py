"""The verdict on a claim, why, and every judgement before it, as ready strings."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims import wordings
from claims.dates import day_words
from claims.queries.claim import Cited, ClaimPage, Judged
from claims.scoring import outlook, percent_words, points
from claims.verdicts import verdict_sentence
from claims.web import paths
from claims.web.icons import icon
from claims.web.pictures import rails
from claims.web.standing import standing_words


def time_tag(day: date) -> SafeString:
    """A day as a `time` element."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_words(day))


def cites_of(cited: Sequence[Cited], on_page: Collection[int], day: date | None) -> SafeString:
    """The numbers behind a rationale, in their order; each leads to its item, here or on its own page."""
    return format_html_join(
        "", "{}", ((_cite(one, on_page, day),) for one in sorted(cited, key=lambda one: one.number))
    )


def _cite(one: Cited, on_page: Collection[int], day: date | None) -> SafeString:
    if one.merged:
        return format_html(
            '\u2060<a class="cite" title="merged into another item" href="{}">'
            '<span class="visually-hidden">item </span>{}<span aria-hidden="true">→</span>'
            '<span class="visually-hidden"> (merged into another)</span></a>',
            paths.evidence_path(one.evidence_id, day), one.number,
        )  # fmt: skip
    if not one.shown:
        return format_html('\u2060<span class="cite" title="taken off the site"><del>{}</del></span>', one.number)
    href = cite_href(one, on_page, day)
    return format_html(
        '\u2060<a class="cite" href="{}"><span class="visually-hidden">item </span>{}</a>', href, one.number
    )


def cite_href(one: Cited, on_page: Collection[int], day: date | None) -> str:
    """Where a citation leads."""
    return f"#item-{one.number}" if one.number in on_page else paths.evidence_path(one.evidence_id, day)


def judgement_shown(page: ClaimPage, on_page: Collection[int], *, today: date, day: date | None) -> dict[str, object]:
    """The verdict with its scale, sentence, notices and reasons."""
    last, wording = page.last, page.wording
    earlier = [
        (one.as_of, one.probability)
        for one in page.assessments[1:]
        if one.status == "open" and one.probability is not None
    ]
    before = earlier[0][1] if earlier else None
    status = last.status if last else "open"
    settled = status != "open"
    probability = last.probability if last else None
    word, _ = standing_words(status, probability)
    shown: dict[str, object] = {
        "settled": settled,
        "word": word,
        "icon": icon(status) if settled or last is None else "",
        "number": f"{points(probability)}" if probability is not None and not settled else "",
        "rails": "" if settled else rails(probability, before),
        "answer": verdict_sentence(
            kind=page.head.kind,
            status=status,
            today=today,
            probability=probability,
            judged_on=last.as_of if last else None,
            earlier=earlier[::-1],
            horizon=wording.horizon,
            occurred_on=last.occurred_on if last else None,
            annulled_because=last.annulled_because if last else None,
            article_from=page.head.article_from,
        ),
        "notices": _notices(page, status, today=today),
    }
    if last:
        cited = page.citations.get(last.id, [])
        count = len(cited)
        shown |= {
            "judged_on": time_tag(last.as_of),
            "confidence": last.confidence,
            "rationale": last.rationale,
            "cites": cites_of(cited, on_page, day),
            "cited": f"cites {count} item{'' if count == 1 else 's'}" if count else "rests on no item",
        }
    return shown


def _notices(page: ClaimPage, status: str, *, today: date) -> list[str]:
    last = page.last
    if last is None:
        return []
    if status != "open":
        return [wordings.fine_print_notice(judged_on=last.as_of, fine_print_from=page.wording.fine_print_from)]
    review_due_on = date.fromordinal(last.as_of.toordinal() + page.wording.review_every_days)
    notices = [
        _reopened(page),
        wordings.overdue_notice(assessed_on=last.as_of, review_due_on=review_due_on, today=today),
    ]
    late = [str(one.number) for one in page.citations.get(last.id, []) if one.shown and one.known_by > last.as_of]
    if late:
        notices.append(f"A date was corrected since: item {', '.join(late)} was not known when this was judged.")
    return [words for words in notices if words]


def _reopened(page: ClaimPage) -> str:
    """Says that an open claim was settled before; empty where it never was."""
    for later, one in pairwise(page.assessments):
        if one.status != "open":
            return wordings.reopened_notice(status=one.status, judged_on=one.as_of, reopened_on=later.as_of)
    return ""


def assessments_shown(page: ClaimPage, on_page: Collection[int], *, day: date | None) -> list[dict[str, object]]:
    """Every judgement, newest first, for the list and for the table behind the chart."""
    rows: list[dict[str, object]] = []
    for place, one in enumerate(page.assessments):
        before = next((other.probability for other in page.assessments[place + 1 :] if other.status == "open"), None)
        cited = page.citations.get(one.id, [])
        rows.append(
            {
                "number": _headline(one),
                "word": _word(one),
                "day": time_tag(one.as_of),
                "confidence": one.confidence,
                "rationale": one.rationale,
                "cites": cites_of(cited, on_page, day),
                "status": one.status.replace("-", " "),
                "percent": percent_words(one.probability)
                if one.probability is not None and one.status == "open"
                else "",
                "change": _change(one, before),
                "links": format_html_join(" ", '<a href="{}">{}</a>', _links(cited, on_page, day)),
            }
        )
    return rows


def _headline(one: Judged) -> str:
    if one.status != "open" or one.probability is None:
        return one.status.replace("-", " ")
    return percent_words(one.probability)


def _word(one: Judged) -> str:
    if one.status == "open" and one.probability is not None:
        return outlook(one.probability).words
    if one.status == "partly-borne-out" and one.probability is not None:
        return f"counted as {percent_words(one.probability)}"
    return f"on {day_words(one.occurred_on)}" if one.occurred_on else ""


def _change(one: Judged, before: Decimal | None) -> str:
    if one.status != "open" or one.probability is None or before is None:
        return ""
    return wordings.signed_points(one.probability - before)


def _links(cited: Sequence[Cited], on_page: Collection[int], day: date | None) -> list[tuple[str, int]]:
    return [
        (cite_href(one, on_page, day), one.number) for one in sorted(cited, key=lambda one: one.number) if one.shown
    ]
