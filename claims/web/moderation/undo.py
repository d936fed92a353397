"""Undoing: the button that stands beside what was just decided, and what comes of pressing it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.actions.errors import ActionError
from claims.actions.permissions import Right
from claims.actions.undo import RIGHTS, undo_decision
from claims.actions.undo_window import UNDO_FOR
from claims.models import Event, Verb
from claims.queries.undoable import event_with, last_decisions
from claims.web import asked, paths
from claims.web.desk.access import needs
from claims.web.errors import BadInput
from claims.web.moderation.back import Back, back_of, uuid_or_none
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import counted, waiting_path

MOST = 50


def say_decided(request: HttpRequest, words: str, things: Sequence[tuple[str, UUID]]) -> None:
    """Says what was decided, with a button that undoes it (templates/components/messages.html)."""
    since = timezone.now() - UNDO_FOR
    events = last_decisions(things, by=signed_in(request).id, verbs=list(RIGHTS), since=since)
    messages.success(request, words, extra_tags=" ".join(map(str, events)))


@needs(Right.DECIDE, Right.WITHDRAW)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undoes what is named, one after another; says what came of it and leads to the thing, if it is one."""
    events = [_event(text) for text in request.POST.get("undo", "").split()]
    if not 0 < len(events) <= MOST:
        raise BadInput(f"Name one to {MOST} decisions to undo.")
    refusals: dict[str, int] = {}
    for event in events:
        try:
            undo_decision(by=signed_in(request), event=event, today=asked.today())
        except ActionError as error:
            refusals[str(error)] = refusals.get(str(error), 0) + 1
    done = len(events) - sum(refusals.values())
    if len(events) == 1 and done:
        messages.success(request, _words(events[0]))
        return redirect(_path(events[0], back_of(request.POST)))
    if done:
        messages.success(request, f"{counted(done, 'decision')} undone: all wait again.")
    for words, number in refusals.items():
        messages.error(request, words if len(events) == 1 else f"{number} could not be undone: {words}")
    return redirect(back_of(request.POST).href)


def _event(text: str) -> Event:
    identity = uuid_or_none(text)
    event = event_with(identity) if identity else None
    if event is None:
        raise BadInput("There is no such decision.")
    return event


def _words(event: Event) -> str:
    return "Undone: it is public again." if event.verb == Verb.EVIDENCE_WITHDRAWN else "Undone: it waits again."


def _path(event: Event, back: Back) -> str:
    if event.verb == Verb.EVIDENCE_WITHDRAWN:
        return paths.evidence_path(event.subject_id)
    return back.on(waiting_path(event.subject_type, event.subject_id))
