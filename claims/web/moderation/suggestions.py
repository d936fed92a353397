"""A reader's suggestion: passed on to those who work the leads, or dismissed with an answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from claims.actions.permissions import Right
from claims.actions.suggestions import decide_suggestion
from claims.addresses import domain_of
from claims.models import SuggestionState
from claims.queries.suggested import Suggested, find_suggestion, suggestion_with
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs
from claims.web.desk.fields import Text
from claims.web.desk.opened import opened, unkept
from claims.web.errors import Missing
from claims.web.moderation.back import Back, Refused
from claims.web.moderation.hold import holder_of
from claims.web.moderation.queue import queue_page
from claims.web.moderation.undo import say_decided
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import QUEUE, age_tag

TAKEN, DISMISSED = "taken", "dismissed"


class SuggestionForm(forms.Form):
    """What becomes of it, and what is answered."""

    decision = forms.ChoiceField(
        label="What becomes of it?",
        choices=((TAKEN, "passed on: analysts look at it"), (DISMISSED, "dismissed: it is no use here")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is passed on or dismissed."},
    )
    answer = Text(rows=3, label="Answer", help_text="Needed where it is dismissed. Who suggested it reads it.")


@needs(Right.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The suggestion and the form that decides it."""
    held = _suggestion(identity)
    form: SuggestionForm = opened(request, SuggestionForm)
    outcome: Outcome[Any] = UNTRIED
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: decide_suggestion(
                by=signed_in(request),
                suggestion=suggestion_with(identity),
                taken=form.cleaned_data["decision"] == TAKEN,
                answer=form.cleaned_data["answer"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            words = "Passed on" if form.cleaned_data["decision"] == TAKEN else "Dismissed"
            said = format_html("{}: <bdi>{}</bdi>.", words, held.title or held.address)
            say_decided(request, said, [("suggestion", identity)])
            return redirect(QUEUE)
        title, held = held.title or held.address, _suggestion(identity)
        if held.state != SuggestionState.OPEN:
            words = " ".join(map(str, form.non_field_errors())) or "The suggestion is decided already."
            refused = Refused(title, words, form.cleaned_data.get("answer", ""))
            unkept(request)
            return queue_page(request, Back(), refused=[refused], status=409)
    context = {
        "held": held,
        "host": domain_of(held.address) if held.address else "",
        "age": age_tag(held.made_at, timezone.now()),
        "waits": held.state == "open",
        "kept": holder_of(request, "suggestion", identity) if held.state == "open" else "",
        "own": held.by_id == signed_in(request).id,
        "form": form,
    }
    return render(request, "moderation/suggestion.html", context, status=outcome.status)


def _suggestion(identity: UUID) -> Suggested:
    found = find_suggestion(identity)
    if found is None:
        raise Missing("There is no such suggestion.")
    return found
