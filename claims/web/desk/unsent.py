"""Forms that are being typed: kept as they stand, and thrown away where their author says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from claims.actions.errors import ActionError
from claims.actions.permissions import Right
from claims.actions.unsent import KEPT_FOR, TooLarge, forget_unsent, keep_unsent
from claims.models import User
from claims.queries.unsent import Left, unsent_with
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.opened import address_of

# What each form is for, by the name of its page.
FORMS = {
    "desk_article_new": "Add an article",
    "desk_article_revise": "Revise an article",
    "desk_bearing": "Set a bearing",
    "desk_bearing_withdraw": "Withdraw a bearing",
    "desk_claim_assess": "Assess",
    "desk_claim_lock": "Lock",
    "desk_claim_new": "Open a claim",
    "desk_claim_relate": "Relate",
    "desk_claim_reopen": "Reopen",
    "desk_claim_resolve": "Resolve",
    "desk_claim_revise": "Revise",
    "desk_claim_unrelate": "Take a relation back",
    "desk_draft": "A draft",
    "desk_evidence_link": "Link an item",
    "desk_evidence_revise": "Revise an item",
    "desk_feeds": "Watch a feed",
    "desk_log": "Log evidence",
    "desk_source_grade": "Grade a source",
    "desk_source_new": "Add a source",
    "desk_topic_new": "Add a topic",
    "queue_suggestion": "Decide a suggestion",
}


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps the fields that are sent as they stand: 204; 401 without a session; 413 and words where it is too much.

    `place` is the form's, `age` for how many seconds the fields have stood so already.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return _keep(request)


@needs(Right.LOG_EVIDENCE)
def _keep(request: HttpRequest) -> HttpResponse:
    by, now = request.user, asked.now()
    assert isinstance(by, User)
    fields = dict(request.POST.lists())
    try:
        keep_unsent(
            by=by, place=request.GET.get("place", ""), fields=fields, now=now, typed_at=_typed_at(request, now=now)
        )
    except ActionError as error:
        return HttpResponse(str(error), status=413 if isinstance(error, TooLarge) else 400, content_type="text/plain")
    return HttpResponse(status=204)


def _typed_at(request: HttpRequest, *, now: datetime) -> datetime:
    age = request.GET.get("age", "")
    seconds = int(age) if age.isascii() and age.isdigit() and len(age) <= 7 else 0
    return now - min(timedelta(seconds=seconds), KEPT_FOR)


@needs(Right.LOG_EVIDENCE)
@require_POST
def throw_away(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Throws away what was left unsent in a form, and shows the form anew or, with `back`, the list."""
    by = request.user
    assert isinstance(by, User)
    row = unsent_with(by.id, identity)
    if row is None:
        messages.info(request, "That was sent or thrown away before.")
        return redirect("desk_drafts")
    forget_unsent(by=by, place=row.place)
    messages.success(request, "What you had typed is thrown away.")
    if "back" in request.POST:
        return redirect("desk_drafts")
    address = address_of(row.place, row.id)
    return redirect(address if address == row.place else row.place.partition("?")[0])


class LeftLine(NamedTuple):
    """A form that was left unsent, as lists show it."""

    id: UUID
    href: str
    form: str
    name: str
    saved_at: datetime


def left_lines(rows: Sequence[Left]) -> list[LeftLine]:
    """How a person's lists show what was left unsent."""
    return [
        LeftLine(row.id, address_of(row.place, row.id), form_words(row.place), row.name, row.saved_at) for row in rows
    ]


def form_words(place: str) -> str:
    """What the form at this place is for, with the claim, article or source that it is about."""
    try:
        match = resolve(place.partition("?")[0])
    except Resolver404:
        return "A form"
    words = FORMS.get(match.url_name or "", "A form")
    slug = str(match.kwargs.get("slug", "")).replace("-", " ")
    return f"{words}: {slug}" if slug else words
