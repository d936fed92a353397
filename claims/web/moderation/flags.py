"""Deciding a flag: the thing beside what was said of it, an answer for who reported it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from claims.actions.flags import decide_flag
from claims.actions.permissions import Right
from claims.models import Flag, FlagState
from claims.queries.flagged import Report, find_report, flag_with
from claims.web import asked
from claims.web.desk.access import attempt, needs, typed
from claims.web.errors import Missing
from claims.web.moderation.forms import UPHELD, FlagDecisionForm
from claims.web.moderation.open_flag import open_flag, reason_words
from claims.web.moderation.queue import Refused, back_of, one_page, queue_page
from claims.web.moderation.who import signed_in


@needs(Right.DECIDE_FLAG)
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One flag: decided here while it waits, and shown with its answer afterwards."""
    report = _report(identity)
    form = FlagDecisionForm(typed(request), auto_id="flag_%s")
    if request.method != "POST":
        return _page(request, report, form)
    outcome = attempt(form, lambda: _decide(request, identity, form))
    back = back_of(request.POST)
    if outcome.done:
        messages.success(request, _words(outcome.result))
        return redirect(back.href)
    if _report(identity).state != FlagState.OPEN:
        words = " ".join(map(str, form.non_field_errors())) or "The flag is decided already."
        refused = Refused(reason_words(report.reason), words, form.cleaned_data.get("answer", ""))
        return queue_page(request, back, refused=refused, status=409)
    return _page(request, report, form, status=outcome.status)


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


def _report(identity: UUID) -> Report:
    found = find_report(identity)
    if found is None:
        raise Missing("There is no such flag.")
    return found


def _page(request: HttpRequest, report: Report, form: FlagDecisionForm, status: int = 200) -> HttpResponse:
    opened = open_flag(report, now=timezone.now(), form=form)
    sent = {"decide": form} if form.is_bound else {}
    return one_page(
        request,
        opened,
        "Decide a flag" if report.state == FlagState.OPEN else "A flag",
        reason_words(report.reason),
        forms=sent,
        status=status,
    )
