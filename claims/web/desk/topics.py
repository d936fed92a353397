"""The editors' page for a new topic."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from claims.actions.permissions import Right
from claims.actions.topics import add_topic
from claims.models import Topic
from claims.queries.claim_words import topic_choices
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, needs
from claims.web.desk.claims import pages, slug_of
from claims.web.desk.opened import opened
from claims.web.desk.parts import Line, counted, longest, needed
from claims.web.paths import topic_path


class TopicForm(forms.Form):
    """A new topic."""

    name = Line(
        longest=longest(Topic, "name"),
        label="Name",
        help_text="A noun or two that several claims share: at most 60 characters. Its page's address is made of it.",
        required=True,
        error_messages=needed("Give the topic a name."),
        widget=counted(60),
    )


@needs(Right.ADD_TOPIC)
@pages
def new(request: HttpRequest) -> HttpResponse:
    """Adds a topic."""
    form = opened(request, TopicForm)
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: add_topic(
                by=request.user,  # type: ignore[arg-type]
                name=form.cleaned_data["name"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            messages.success(request, f"Added the topic “{outcome.result.name}”. No claim has it yet.")
            return redirect(topic_path(outcome.result.slug))
    context = {
        "form": form,
        "slug": slug_of(form["name"].value())[:60],
        "standing": [(topic_path(slug), name) for slug, name in topic_choices()],
    }
    return render(request, "desk/topic_new.html", context, status=outcome.status)
