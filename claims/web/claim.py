"""The page of a claim, now and looked back to."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims import wordings
from claims.cursors import encode
from claims.names import LISTS, SOURCES, name_of
from claims.queries.claim import ClaimPage, Related, claim_head, claim_page
from claims.scoring import STANCES, Balance
from claims.web import asked, paths
from claims.web.claim_evidence import chips, latest_day, stories_by_month
from claims.web.claim_judgement import assessments_shown, judgement_shown
from claims.web.claim_picture import picture_of
from claims.web.errors import Missing
from claims.web.icons import icon
from claims.web.offered import claim_acts, offered
from claims.web.shown import MOST_NAMES, shown
from claims.web.standing import standing_words

STORIES_ON_A_PAGE = 50


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the claim stands and why; `?as_of=` looks back, `?stance=` and `?after=` choose its evidence."""
    today = asked.today()
    day = asked.as_of(request, today=today)
    stance = asked.choice(request, "stance", STANCES)
    after = asked.after(request, (date, int))
    size = asked.page_size(request, default=STORIES_ON_A_PAGE)
    head = claim_head(slug)
    if head is None:
        raise Missing("There is no claim at this address.")
    if day is not None and day < head.opened_on:
        words = wordings.not_yet_opened(opened_on=head.opened_on, day=day)
        context: dict[str, object] = {"head": head, "words": words, "as_of": day}
        return shown(request, "claims/not_yet_opened.html", context, names=[name_of("claim", head.id)])
    page = claim_page(head, today=today, as_of=day, stance=stance, after=after, size=size)
    context = _context(page, today=today, day=day, stance=stance, after=after)
    settled = page.last is not None and page.last.status != "open"
    acts = claim_acts(head.slug, settled=settled, locked=bool(head.locked_because))
    context["acts"] = offered(request, acts)
    return shown(request, "claims/claim.html", context, names=_names(page))


def _context(
    page: ClaimPage, *, today: date, day: date | None, stance: str, after: tuple[date, int] | None
) -> dict[str, object]:
    path = paths.claim_path(page.head.slug)
    on_page = {report.number for story in page.evidence.stories for report in story}
    return {
        "page": page,
        "head": page.head,
        "wording": page.wording,
        "path": path,
        "as_of": day,
        "today": today,
        "article_path": paths.article_path(page.head.article_slug, day),
        "judgement": judgement_shown(page, on_page, today=day or today, day=day),
        "signposts": [
            (words, [post["text"] for post in page.wording.signposts if post["direction"] == direction], icon(shape))
            for words, direction, shape in (
                ("Would raise the number", "up", "rise"),
                ("Would lower it", "down", "fall"),
            )
        ],
        "picture": picture_of(page, on_page, today=day or today, day=day),
        "assessments": assessments_shown(page, on_page, day=day),
        "months": stories_by_month(page.evidence.stories, day=day),
        "chips": chips(page.marks, path=path, chosen=stance, day=day),
        "weighing": wordings.weighing_words(items=page.items, balance=_balance(page)),
        "quiet": _quiet(page, today=day or today),
        "no_evidence": "Nothing was known of it by that day."
        if day
        else "Nothing that bears on this claim was logged so far.",
        "unassessed": "The editors had not judged it by that day." if day else "The editors have not judged it so far.",
        "record": _record(page),
        "flag": paths.flag_path("claim", page.head.id),
        "first": paths.claim_path(page.head.slug, day) if after else "",
        "older": _older(page, path, stance=stance, day=day),
        "related": [_related(row, day) for row in page.related],
        "topics": [(paths.topic_path(topic.slug, day), topic.name) for topic in page.topics],
    }


def _balance(page: ClaimPage) -> Balance:
    return Balance(**{stance: sum(mark.stance == stance for mark in page.marks) for stance in STANCES})


def _quiet(page: ClaimPage, *, today: date) -> str:
    if page.last is not None and page.last.status != "open":
        return ""
    words = wordings.quiet_words(last_known_by=latest_day(page.marks), today=today)
    return f"{words.capitalize()}." if words else ""


def _record(page: ClaimPage) -> str:
    wordings_, judged = page.wording.wordings, len(page.assessments)
    return f"{wordings_} wording{'' if wordings_ == 1 else 's'}, {judged} assessment{'' if judged == 1 else 's'}"


def _older(page: ClaimPage, path: str, *, stance: str, day: date | None) -> str:
    if not page.evidence.more:
        return ""
    chosen = "".join(f"&{name}={value}" for name, value in (("stance", stance), ("as_of", day)) if value)
    return f"{path}?after={encode(page.evidence.next)}{chosen}#evidence"


def _related(row: Related, day: date | None) -> dict[str, object]:
    there, here = wordings.RELATION_WORDS[row.relation]
    word, number = standing_words(row.status, row.probability)
    return {
        "how": there if row.outward else here,
        "path": paths.claim_path(row.slug, day),
        "title": row.title,
        "icon": icon(row.status),
        "word": word,
        "number": number,
    }


def _names(page: ClaimPage) -> Iterable[str]:
    own = [name_of("claim", page.head.id), name_of("article", page.head.article_id), SOURCES]
    related = [name_of("claim", row.id) for row in page.related]
    return [*own, *related] if len(own) + len(related) <= MOST_NAMES else [*own, LISTS]
