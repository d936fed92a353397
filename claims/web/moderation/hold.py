"""Holding what is looked at: who has it instead, going on holding it, and letting go of it by skipping."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.actions.holds import HOLDABLE, hold, let_go
from claims.actions.permissions import Right
from claims.queries.holds import held_by_other
from claims.web.desk.access import needs
from claims.web.errors import BadInput
from claims.web.moderation.back import back_of, uuid_or_none
from claims.web.moderation.who import looks, signed_in


def holder_of(request: HttpRequest, kind: str, subject: UUID) -> str:
    """Holds a waiting thing for who looks at it; where somebody else has it, says so: "with Momo until 14:36 UTC"."""
    now, me = timezone.now(), signed_in(request)
    if looks(request) and hold(by=me, kind=kind, subject=subject, now=now):
        return ""
    held = held_by_other(kind, subject, me=me.id, now=now)
    return f"{held.name} is deciding on it until {held.until:%H:%M} UTC." if held else ""


@needs(Right.DECIDE)
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Goes on holding a thing; 409 where somebody else has it by now."""
    kind, subject = _sent(request)
    kept = hold(by=signed_in(request), kind=kind, subject=subject, now=timezone.now())
    return HttpResponse(status=204 if kept else 409)


@needs(Right.DECIDE)
@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    """Lets go of a thing and goes on behind it."""
    kind, subject = _sent(request)
    let_go(by=signed_in(request), kind=kind, subject=subject)
    return redirect(back_of(request.POST).href)


def _sent(request: HttpRequest) -> tuple[str, UUID]:
    kind, subject = request.POST.get("kind", ""), uuid_or_none(request.POST.get("id", ""))
    if kind not in HOLDABLE or subject is None:
        raise BadInput("Nothing of the queue is named: “kind” and “id” say what is held.")
    return kind, subject
