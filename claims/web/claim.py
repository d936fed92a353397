"""The page of a claim, now and looked back to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims import wordings
from claims.cursors import encode
from claims.dates import day_words
from claims.instants import instant_text, instant_words
from claims.names import LISTS, SOURCES, name_of
from claims.queries.claim import Change, ClaimPage, Head, Related, claim_head, claim_page, claim_slug, later_changes
from claims.queries.claim_recorded import first_recorded, later_recorded, recorded_page
from claims.queries.merges import leads_to
from claims.scoring import STANCES, Balance
from claims.web import asked, paths
from claims.web.claim_evidence import chips, latest_day, stories_by_month
from claims.web.claim_judgement import assessments_shown, judgement_shown
from claims.web.claim_picture import picture_of
from claims.web.claim_steps import look_back
from claims.web.errors import Missing
from claims.web.evidence import merged_into
from claims.web.icons import icon
from claims.web.offered import claim_acts, offered
from claims.web.shown import MOST_NAMES, shown
from claims.web.standing import standing_words

STORIES_ON_A_PAGE = 50


@dataclass(frozen=True)
class Looking:
    """The day it is, and the day and the instant that the page looks back to."""

    today: date
    day: date | None
    instant: datetime | None


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the claim stands and why; `?as_of=` and `?recorded_by=` look back, `?stance=` and `?after=` choose.

    A claim that was merged leads to the other one, unless it is looked back to or `?stay=1` is asked for.
    """
    look = looking(request)
    stance = asked.choice(request, "stance", STANCES)
    after = asked.after(request, (date, int))
    size = asked.page_size(request, default=STORIES_ON_A_PAGE)
    staying = asked.choice(request, "stay", ["1"])
    head = claim_head(slug)
    if head is None:
        raise Missing("There is no claim at this address.")
    if head.merged and look.day is None and not staying and (into := leads_to("claim", head.id)):
        return merged_into(request, paths.claim_path(claim_slug(into)))
    if look.day is not None and look.day < head.opened_on:
        return not_yet_opened(request, head, look)
    page = page_of(head, look, stance=stance, after=after, size=size)
    if page is None:
        return not_on_record(request, head, look)
    settled = page.last is not None and page.last.status != "open"
    acts = claim_acts(head.slug, head.id, settled=settled, locked=bool(head.locked_because))
    context = _context(page, look, stance=stance, after=after) | {"acts": offered(request, acts)}
    # Anybody may make up instants without end: pages of the record are not kept.
    return shown(request, "claims/claim.html", context, names=() if look.instant else _names(page))


def looking(request: HttpRequest) -> Looking:
    """What a claim's page is asked to look back to; an instant alone is shown as of its own day."""
    today = asked.today()
    instant = asked.recorded_by(request, now=asked.now())
    day = asked.as_of(request, today=today)
    return Looking(today, min(instant.date(), today) if instant and day is None else day, instant)


def page_of(
    head: Head, look: Looking, *, stance: str = "", after: tuple[date, int] | None = None, size: int
) -> ClaimPage | None:
    """The claim as it is to be looked at; None where it was not on record by the instant."""
    if look.instant is None:
        return claim_page(head, today=look.today, as_of=look.day, stance=stance, after=after, size=size)
    day = look.day or look.instant.date()
    return recorded_page(head, instant=look.instant, today=look.today, as_of=day, stance=stance, after=after, size=size)


def not_yet_opened(request: HttpRequest, head: Head, look: Looking) -> HttpResponse:
    """Says that the claim was not open on the day, and since when it is."""
    assert look.day is not None
    context = {
        "head": head,
        "title": "Not yet opened",
        "words": wordings.not_yet_opened(opened_on=head.opened_on, day=look.day),
        "first": (paths.claim_path(head.slug, head.opened_on, look.instant), "As it was opened"),
    }
    names = () if look.instant else [name_of("claim", head.id)]
    return shown(request, "claims/not_yet_opened.html", context, names=names)


def not_on_record(request: HttpRequest, head: Head, look: Looking) -> HttpResponse:
    """Says that the claim was not on record by the instant, and since when it is. One query."""
    assert look.instant is not None
    recorded = first_recorded(head)
    context = {
        "head": head,
        "title": "Not yet on record",
        "words": f"This claim was not on record here at {instant_words(look.instant)}:"
        f" it was recorded at {instant_words(recorded)}.",
        "first": (paths.claim_path(head.slug, recorded_by=recorded), "As it was recorded"),
    }
    return shown(request, "claims/not_yet_opened.html", context, names=())


def _context(page: ClaimPage, look: Looking, *, stance: str, after: tuple[date, int] | None) -> dict[str, object]:
    today, day, instant = look.today, look.day, look.instant
    path = paths.claim_path(page.head.slug)
    on_page = {report.number for story in page.evidence.stories for report in story}
    return {
        "page": page,
        "head": page.head,
        "wording": page.wording,
        "path": path,
        "as_of": day,
        "stored": stored_words(look),
        "recorded_by": instant_text(instant) if instant else "",
        "look_back": look_back(page, _later(page, look), today=today, day=day, instant=instant),
        "history": paths.claim_history_path(page.head.slug, instant),
        "cite": paths.cite_path(page.head.slug, day, instant),
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
        "chips": chips(page.marks, path=path, chosen=stance, looking=paths.looking(day, instant)),
        "weighing": wordings.weighing_words(items=page.items, balance=_balance(page)),
        "quiet": _quiet(page, today=day or today),
        "no_evidence": "Nothing was known of it by that day."
        if day
        else "Nothing that bears on this claim was logged so far.",
        "unassessed": "The editors had not judged it by that day." if day else "The editors have not judged it so far.",
        "record": _record(page),
        "flag": paths.flag_path("claim", page.head.id),
        "first": paths.claim_path(page.head.slug, day, instant) if after else "",
        "older": _older(page, path, stance=stance, looking=paths.looking(day, instant)),
        "related": [_related(row, day, instant) for row in page.related],
        "topics": [(paths.topic_path(topic.slug, day), topic.name) for topic in page.topics],
    }


def stored_words(look: Looking) -> str:
    """By when, and for which day where that is another, a page of the record was stored; nothing on other pages."""
    if look.instant is None or look.day is None:
        return ""
    by = instant_words(look.instant)
    if look.day == look.instant.date():
        return f"As this site had it on record at {by}."
    return f"As this site had it on record at {by}, of what the world could know at the end of {day_words(look.day)}."


def _later(page: ClaimPage, look: Looking) -> Sequence[Change]:
    if look.day is None:
        return ()
    if look.instant is None:
        return later_changes(page.head.id, after=look.day)
    return later_recorded(page.head.id, instant=look.instant, after=look.day)


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


def _older(page: ClaimPage, path: str, *, stance: str, looking: str) -> str:
    if not page.evidence.more:
        return ""
    chosen = "".join(f"&{query}" for query in (f"stance={stance}" if stance else "", looking) if query)
    return f"{path}?after={encode(page.evidence.next)}{chosen}#evidence"


def _related(row: Related, day: date | None, instant: datetime | None) -> dict[str, object]:
    there, here = wordings.RELATION_WORDS[row.relation]
    word, number = standing_words(row.status, row.probability)
    return {
        "how": there if row.outward else here,
        "path": paths.claim_path(row.slug, day, instant),
        "title": row.title,
        "icon": icon(row.status),
        "word": word,
        "number": number,
    }


def _names(page: ClaimPage) -> Iterable[str]:
    own = [name_of("claim", page.head.id), name_of("article", page.head.article_id), SOURCES]
    related = [name_of("claim", row.id) for row in page.related]
    return [*own, *related] if len(own) + len(related) <= MOST_NAMES else [*own, LISTS]
