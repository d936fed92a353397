"""The queue: what waits for a moderator, oldest first, with the first of it laid open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right
from claims.cursors import CursorError, decode, encode
from claims.models import User
from claims.queries.flagged import find_report
from claims.queries.queue import CURSOR, KINDS, MOST_COUNTED, PAGE, Counts, Line, Place, counts, waiting
from claims.queries.queue_item import find_bearing, find_item
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.grades import grade_tag
from claims.web.moderation.open_flag import KIND_WORDS, open_flag, reason_words
from claims.web.moderation.open_item import Opened, open_bearing, open_item, who_words
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import QUEUE, age_tag, age_words, capped, counted, stance_tag, waiting_path

_CHIPS = (
    ("", "All"),
    ("evidence", "Evidence"),
    ("bearing", "Bearings"),
    ("flag", "Flags"),
    ("returned", "Returned before"),
)


@dataclass(frozen=True, slots=True)
class Back:
    """Where in the queue a moderator is: the kind it is narrowed to, and the place it goes on from."""

    kind: str = ""
    after: str = ""

    @property
    def href(self) -> str:
        """That place's address."""
        given = {name: value for name, value in (("kind", self.kind), ("after", self.after)) if value}
        return f"{QUEUE}?{urlencode(given)}" if given else QUEUE

    @property
    def place(self) -> Place | None:
        """The place as the query takes it."""
        return decode(self.after, CURSOR) if self.after else None


def back_of(given: Mapping[str, Any]) -> Back:
    """Where a form came from, in its fields `list_kind` and `list_after`; what makes no sense is left out."""
    kind, after = given.get("list_kind", ""), given.get("list_after", "")
    try:
        decode(after, CURSOR)
    except CursorError:
        after = ""
    return Back(kind if kind in KINDS else "", after)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a decision came to nothing, and what had been typed for it."""

    title: str
    words: str
    typed: str = ""


@needs(Right.DECIDE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits; `?kind=` narrows it, `?after=` goes on from a place."""
    asked.after(request, CURSOR)
    back = Back(asked.choice(request, "kind", KINDS), request.GET.get("after", ""))
    return queue_page(request, back, size=asked.page_size(request, default=PAGE))


def queue_page(
    request: HttpRequest, back: Back, *, size: int = PAGE, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The queue from a place on; `refused` stands on top of it where somebody else was faster."""
    now = timezone.now()
    held, page = counts(), waiting(back.kind, after=back.place, size=size)
    first = page.lines[0] if page.lines else None
    opened = _open(first, by=signed_in(request), now=now) if first else None
    beyond = Back(back.kind, encode(page.lines[-1].place)).href if page.more else ""
    context = {
        "title": capped(held.whole, MOST_COUNTED) if held.cut else f"{held.whole:,}",
        "oldest": age_words(held.oldest, now) if held.oldest else "",
        "chips": _chips(held, back.kind) if held.whole or back.kind else [],
        "back": back,
        "opened": opened,
        "skip": Back(back.kind, encode(first.place)).href if first and len(page.lines) > 1 else "",
        "lines": [_line(line, now) for line in page.lines[1 if opened else 0 :]],
        "first": Back(back.kind).href if back.after else "",
        "older": f"{beyond}&page_size={size}" if beyond and size != PAGE else beyond,
        "refused": refused,
        "waits": held.whole,
    }
    return render(request, "moderation/queue.html", context, status=status)


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
        "back": back_of(request.POST),
        "form": next(iter((forms or {}).values()), None),
    }
    return render(request, "moderation/one.html", context, status=status)


def _open(line: Line, *, by: User, now: datetime) -> Opened | None:
    """The thing that a line names; None where it was decided between two queries."""
    if line.kind == "evidence":
        item = find_item(line.id)
        return open_item(item, by=by, now=now) if item else None
    if line.kind == "bearing":
        bearing = find_bearing(line.id)
        return open_bearing(bearing, by=by, now=now) if bearing else None
    report = find_report(line.id)
    return open_flag(report, now=now) if report else None


def _chips(held: Counts, chosen: str) -> list[dict[str, Any]]:
    number = {"": held.whole, **{kind: getattr(held, kind) for kind in KINDS}}
    return [
        {
            "words": words,
            "count": f"{number[kind]:,}" if kind == "" and not held.cut else capped(number[kind], MOST_COUNTED),
            "href": Back(kind).href,
            "on": kind == chosen,
        }
        for kind, words in _CHIPS
        if number[kind] or kind in ("", chosen)
    ]


def _line(line: Line, now: datetime) -> dict[str, Any]:
    return {
        "kind": format_html("{}, {}", _kind(line), age_tag(line.since, now)),
        "href": waiting_path(line.kind, line.id),
        "title": line.title,
        "who": _who(line),
        "stance": stance_tag(line.stance) if line.stance else "",
        "claim": line.claim if line.kind == "bearing" else "",
        "source": line.source if line.subject == "evidence" else "",
        "grade": grade_tag(line.reliability, line.credibility) if line.subject == "evidence" else "",
        "bears": _bears(line),
    }


def _kind(line: Line) -> str:
    if line.kind == "bearing":
        return "Bearing"
    if line.kind == "flag":
        on = "" if line.subject == "evidence" else f" on {KIND_WORDS[line.subject]}"
        words = reason_words(line.reason)
        return f"Flag{on}: {words[0].lower()}{words[1:]}"
    return "Evidence, returned before" if line.returned else "Evidence"


def _who(line: Line) -> str:
    if line.kind == "flag":
        return line.by or "a reader"
    return who_words(line.by, line.standing == "new analyst")


def _bears(line: Line) -> str:
    if line.subject != "evidence" or line.kind == "bearing":
        return ""
    return f"bears on {counted(line.bears_on, 'claim')}" if line.bears_on else "bears on no claim"
