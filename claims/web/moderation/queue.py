"""The queue: what waits for a moderator, oldest first, with the first that is free of it laid open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.actions.holds import hold_first
from claims.actions.permissions import Right, may
from claims.cursors import encode
from claims.models import User
from claims.queries.flagged import find_with_others
from claims.queries.merges import MOST_COUNTED as MOST_MERGES_COUNTED
from claims.queries.queue import CURSOR, KINDS, MOST_COUNTED, PAGE, Line, counts, waiting
from claims.queries.queue_item import find_bearing, find_item
from claims.queries.queue_topics import topics_in
from claims.queries.ready_reasons import Ready, ready_in
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.errors import BadInput
from claims.web.moderation.back import Back, Refused, back_of, uuid_or_none
from claims.web.moderation.forms import SeveralForm
from claims.web.moderation.lines import ALONE, chips, held_tag, line_shown, tick_of
from claims.web.moderation.merges import MERGES
from claims.web.moderation.open_flag import open_flag
from claims.web.moderation.open_item import Opened, open_bearing, open_item
from claims.web.moderation.who import looks, signed_in
from claims.web.moderation.words import age_words, capped


@needs(Right.DECIDE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits; `?kind=` and `?topic=` narrow it, `?by=` is one person's things, `?after=` goes on from a place."""
    asked.after(request, CURSOR)
    author = request.GET.get("by", "")
    if author and uuid_or_none(author) is None:
        raise BadInput("There is no such person: “by” is an id.")
    topic = asked.words(request, "topic", longest=60)
    back = Back(asked.choice(request, "kind", KINDS), request.GET.get("after", ""), author, topic)
    return queue_page(request, back, size=asked.page_size(request, default=PAGE))


def queue_page(
    request: HttpRequest,
    back: Back,
    *,
    size: int = PAGE,
    refused: Sequence[Refused] = (),
    several: SeveralForm | None = None,
    ticked: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The queue from a place on, in nine queries at most.

    `refused` stands on top of it where a decision came to nothing; `ticked` are the boxes that stay ticked.
    """
    now, me = timezone.now(), signed_in(request)
    held = counts(back.topic)
    page = waiting(back.kind, me=me.id, now=now, author=back.person, topic=back.topic, after=back.place, size=size)
    first = _first(page.lines, by=me, takes=looks(request) or request.method == "POST", now=now)
    ready = ready_in(held.ready)
    opened = _open(first, by=me, ready=ready, now=now) if first else None
    beyond = back.at(encode(page.lines[-1].place)).href if page.more else ""
    several = several or SeveralForm(answers=back.kind in ALONE)
    several.offer([] if back.kind in ALONE else [*ready["return"], *ready["reject"]])
    context = {
        "title": capped(held.whole, MOST_COUNTED) if held.cut else f"{held.whole:,}",
        "oldest": age_words(held.oldest, now) if held.oldest else "",
        "chips": chips(held, back) if held.whole or held.suspended or back.kind else [],
        "back": back,
        "topics": topics_in(held.topics) if held.whole or back.topic else [],
        "author": page.lines[0].by if back.author and page.lines else "",
        "opened": opened,
        "next": encode(first.place) if first and len(page.lines) > 1 else "",
        "rows": [
            {
                "opened": line is first and opened is not None,
                **line_shown(line, me=me.id, kind=back.kind, ticked=ticked, now=now),
            }
            for line in page.lines
        ],
        "ticks": any(tick_of(line, me=me.id, kind=back.kind) for line in page.lines),
        "several": several,
        "first": back.at().href if back.after else "",
        "older": f"{beyond}&page_size={size}" if beyond and size != PAGE else beyond,
        "refused": refused,
        "waits": held.whole,
        "merges": _merges(held.merges) if may(me, Right.MERGE) else None,
        "sets_reasons": may(me, Right.SET_READY_REASONS),
        "form": several if several.errors else None,
    }
    return render(request, "moderation/queue.html", context, status=status)


def _merges(suggested: int) -> dict[str, str]:
    """Where the suggested merges are, and how many; no number for none."""
    return {"href": MERGES, "count": capped(suggested, MOST_MERGES_COUNTED) if suggested else ""}


def one_page(
    request: HttpRequest,
    opened: Opened,
    heading: str,
    title: str,
    *,
    over: Mapping[str, str] | None = None,
    forms: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One open thing on a page of its own; `over` says what became of it, `forms` are those that were sent."""
    context = {
        "opened": opened,
        "heading": heading,
        "title": title,
        "over": over or {},
        "back": back_of(request.POST or request.GET),
        "form": next(iter((forms or {}).values()), None),
    }
    return render(request, "moderation/one.html", context, status=status)


def _first(lines: Sequence[Line], *, by: User, takes: bool, now: datetime) -> Line | None:
    """The line to lay open: the first that nobody holds, which is held from now on; else one's own, to be read."""
    can_be_opened = [line for line in lines if line.kind != "suggestion" and not held_tag(line)]
    free = [line for line in can_be_opened if line.by_id != by.id]
    if not free:
        return can_be_opened[0] if can_be_opened else None
    if not takes:
        return free[0]
    taken = hold_first(by=by, among=((line.kind, line.id) for line in free), now=now)
    return next((line for line in free if (line.kind, line.id) == taken), None)


def _open(line: Line, *, by: User, ready: Ready, now: datetime) -> Opened | None:
    """The thing that a line names; None where it was decided between two queries."""
    if line.kind == "evidence":
        item = find_item(line.id)
        return open_item(item, by=by, ready=ready, now=now) if item else None
    if line.kind == "bearing":
        bearing = find_bearing(line.id)
        return open_bearing(bearing, by=by, ready=ready, now=now) if bearing else None
    found = find_with_others(line.id)
    return open_flag(*found, now=now) if found else None
