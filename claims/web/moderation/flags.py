"""Deciding a flag: the thing beside what was said of it, an answer for who reported it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from claims.actions.flags import decide_flag
from claims.actions.permissions import Right
from claims.models import Flag, FlagState
from claims.queries.flagged import Report, find_with_others, flag_with
from claims.web import asked
from claims.web.desk.access import attempt, needs, typed
from claims.web.errors import Missing
from claims.web.moderation.back import Refused, back_of
from claims.web.moderation.forms import UPHELD, FlagDecisionForm
from claims.web.moderation.hold import holder_of
from claims.web.moderation.open_flag import open_flag, reason_words
from claims.web.moderation.queue import one_page, queue_page
from claims.web.moderation.undo import say_decided
from claims.web.moderation.who import signed_in


@needs(Right.DECIDE_FLAG)
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One flag: decided here while it waits, and shown with its answer afterwards."""
    report, others = _found(identity)
    form = FlagDecisionForm(typed(request), auto_id="flag_%s")
    if request.method != "POST":
        return _page(request, report, others, form)
    outcome = attempt(form, lambda: _decide(request, identity, form))
    back = back_of(request.POST)
    if outcome.done:
        say_decided(request, _words(outcome.result), [("flag", identity)])
        return redirect(back.href)
    now, others = _found(identity)
    if now.state != FlagState.OPEN:
        words = " ".join(map(str, form.non_field_errors())) or "The flag is decided already."
        refused = Refused(reason_words(report.reason), words, form.cleaned_data.get("answer", ""))
        return queue_page(request, back, refused=[refused], status=409)
    return _page(request, now, others, form, status=outcome.status)


def _decide(request: HttpRequest, identity: UUID, form: FlagDecisionForm) -> Flag:
    return decide_flag(
        by=signed_in(request),
        flag=flag_with(identity),
        upheld=form.cleaned_data["decision"] == UPHELD,
        answer=form.cleaned_data["answer"],
        today=asked.today(),
    )


def _words(decided: Flag) -> str:
    who = "Who reported it reads the answer." if decided.by_id else "It came from a reader without an account."
    return format_html("{}. {}", str(decided.get_state_display()).capitalize(), who)


def _found(identity: UUID) -> tuple[Report, Sequence[Report]]:
    found = find_with_others(identity)
    if found is None:
        raise Missing("There is no such flag.")
    return found


def _page(
    request: HttpRequest, report: Report, others: Sequence[Report], form: FlagDecisionForm, status: int = 200
) -> HttpResponse:
    waits = report.state == FlagState.OPEN
    opened = open_flag(report, others, now=timezone.now(), form=form)
    return one_page(
        request,
        opened,
        "Decide a flag" if waits else "A flag",
        reason_words(report.reason),
        over={"held": holder_of(request, "flag", report.id) if waits else ""},
        forms={"decide": form} if form.is_bound else {},
        status=status,
    )
