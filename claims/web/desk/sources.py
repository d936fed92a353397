"""Adding a source, and grading it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.permissions import Right, may
from claims.actions.sources import add_source, grade_source
from claims.models import Reliability, Source, SourceKind, User
from claims.queries.known_items import domains_of, source_by_slug
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, beside, needs
from claims.web.desk.fields import Text, Typed
from claims.web.desk.opened import opened
from claims.web.errors import Missing
from claims.web.paths import source_path

NO_GRADE = "none yet"
_GRADES = [("", NO_GRADE), *((value, f"{value}, {label}") for value, label in Reliability.choices)]


class _SourceForm(forms.Form):
    use_required_attribute = False

    name = Typed(label="Name")
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "choose"), *SourceKind.choices],
        error_messages={"invalid_choice": "“%(value)s” is no kind of source. Choose one of the list."},
    )
    reliability = forms.ChoiceField(
        label="Reliability",
        required=False,
        choices=_GRADES,
        help_text="How far the source is trusted, by the Admiralty code",
        error_messages={"invalid_choice": "“%(value)s” is no grade. A grade is a letter from A to F."},
    )


class NewSourceForm(_SourceForm):
    """A source that is not known yet."""

    domain = Text(
        label="Domains",
        rows=2,
        help_text="One a line, such as example.org; the first makes the address of its page here",
    )
    country = Typed(
        label="Country",
        help_text="Two letters, such as PL; empty if not known",
        widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
    )
    field_order = ["domain", "name", "kind", "country", "reliability"]

    def __init__(self, *args: Any, grades: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not grades:
            del self.fields["reliability"]


class GradeForm(_SourceForm):
    """Another grade of a source, or a better name or kind, with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = Typed(label="Why", help_text="Stands in the source's history")


@needs(Right.ADD_SOURCE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form to add a source with; only who may grade gives it a grade."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    grades = may(by, Right.GRADE_SOURCE)
    form = opened(request, NewSourceForm, initial={"domain": request.GET.get("domain", "")}, grades=grades)
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _add(form, by=by, today=today))
        if outcome.done:
            messages.success(request, f"“{outcome.result}” is among the sources now.")
            return redirect(source_path(outcome.result.slug))
    return render(request, "desk/source_new.html", {"form": form, "grades": grades}, status=outcome.status)


def _add(form: NewSourceForm, *, by: User, today: date) -> Source:
    given = form.cleaned_data
    return add_source(
        by=by,
        domains=given["domain"].replace(",", " ").split(),
        name=given["name"],
        kind=given["kind"],
        country=given["country"].strip().upper() or "XX",
        reliability=given.get("reliability") or None,
        today=today,
    )


@needs(Right.GRADE_SOURCE)
@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, slug: str) -> HttpResponse:
    """Another grade of a source, or a better name or kind."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    source = _source(slug)
    form = opened(request, GradeForm, initial=_initial(source))
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _grade(form, source, by=by, today=today))
        if outcome.done:
            messages.success(
                request, f"“{outcome.result}” is changed; its grade is {outcome.result.reliability or NO_GRADE}."
            )
            return redirect(source_path(slug))
    shown: dict[str, Any] = {"form": form, "source": source, "domains": domains_of(source)}
    if outcome.stale:
        now = _initial(_source(slug))
        shown["beside"] = beside(form, {name: now[name] for name in ("name", "kind", "reliability")})
    return render(request, "desk/source_grade.html", shown, status=outcome.status)


def _grade(form: GradeForm, source: Source, *, by: User, today: date) -> Source:
    given = form.cleaned_data
    return grade_source(
        by=by,
        source=source,
        reliability=given["reliability"] or None,
        reason=given["reason"],
        name=given["name"],
        kind=given["kind"],
        seen_version=given["version"],
        today=today,
    )


def _initial(source: Source) -> dict[str, Any]:
    return {
        "version": source.version,
        "name": source.name,
        "kind": source.kind,
        "reliability": source.reliability or "",
    }


def _source(slug: str) -> Source:
    source = source_by_slug(slug)
    if source is None:
        raise Missing("There is no such source.")
    return source
