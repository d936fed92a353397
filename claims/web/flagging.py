"""Flagging: anybody reports what is wrong with an item, a claim, a judgement or a source."""

from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions import flags
from claims.dates import day_words
from claims.models import FlagReason
from claims.queries.flagged import (
    FlaggedAssessment,
    FlaggedClaim,
    FlaggedItem,
    Subject,
    public_subject,
)
from claims.web import asked, paths
from claims.web.desk.access import UNTRIED, Outcome, attempt
from claims.web.desk.fields import Text
from claims.web.errors import Missing
from claims.web.strangers import too_many

_REASONS = {
    "evidence": ("dead-address", "summary", "date", "duplicate", "grade", "bearing", "unlawful", "other"),
    "claim": ("objection", "date", "duplicate", "unlawful", "other"),
    "assessment": ("objection", "date", "unlawful", "other"),
    "source": ("grade", "duplicate", "unlawful", "other"),
}
_WHAT = {
    "evidence": "this item of evidence",
    "claim": "this claim",
    "assessment": "this judgement",
    "source": "this source",
}


class FlagForm(forms.Form):
    """What is wrong, and more in words; `website` is for machines, which fill in everything."""

    reason = forms.ChoiceField(
        label="What is wrong?", widget=forms.RadioSelect, error_messages={"required": "Choose what is wrong."}
    )
    note = Text(
        rows=4, label="In your words", help_text="What you saw and where; with another address, if you have one."
    )
    website = forms.CharField(required=False, label="Leave this empty", widget=forms.TextInput)

    def __init__(self, *args: object, kind: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [(value, _sentence(FlagReason(value).label)) for value in _REASONS[kind]]
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, kind: str, identity: str) -> HttpResponse:
    """The form for one thing. It stands on a page of its own, since pages that everybody reads are kept and shared."""
    subject = _subject(kind, identity)
    form = FlagForm(request.POST if request.method == "POST" else None, kind=kind)
    outcome: Outcome[object] = UNTRIED
    if request.method == "POST":
        outcome = _send(request, form, kind, subject.id)
        if outcome.done:
            return redirect(f"{paths.flag_path(kind, subject.id)}thanks/")
    context = {"form": form, **_shown(kind, subject), "outcome": outcome}
    return _unkept(render(request, "flag/flag.html", context, status=outcome.status))


@require_safe
def thanks(request: HttpRequest, kind: str, identity: str) -> HttpResponse:
    """Says what becomes of a flag."""
    return _unkept(render(request, "flag/thanks.html", _shown(kind, _subject(kind, identity))))


def _send(request: HttpRequest, form: FlagForm, kind: str, subject: UUID) -> Outcome[object]:
    """Stores the flag, unless it comes from a machine or there were too many."""
    by = request.user if request.user.is_authenticated else None
    if form.is_valid():
        if form.cleaned_data["website"]:
            return Outcome(done=True)
        if by is None and (words := too_many(request, "flag", now=timezone.now())):
            form.add_error(None, words)
            return Outcome(status=429)
    return attempt(form, lambda: _flag(form, by, kind, subject, today=asked.today()))


def _flag(form: FlagForm, by: object, kind: str, subject: UUID, *, today: date) -> object:
    return flags.flag(
        by=by,  # type: ignore[arg-type]
        kind=kind,
        subject_id=subject,
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        today=today,
    )


def _subject(kind: str, identity: str) -> Subject:
    """The thing to flag. Raises Missing."""
    if kind not in _REASONS:
        raise Missing("Such things cannot be flagged. Items of evidence, claims, judgements and sources can.")
    try:
        found = public_subject(kind, UUID(identity))
    except ValueError:
        found = None
    if found is None:
        raise Missing(f"There is no such {_WHAT[kind].removeprefix('this ')} to flag. It may have been withdrawn.")
    return found


def _shown(kind: str, subject: Subject) -> dict[str, str]:
    if isinstance(subject, FlaggedItem):
        href, text = paths.evidence_path(subject.id), subject.source
    elif isinstance(subject, FlaggedClaim):
        href, text = paths.claim_path(subject.slug), subject.statement
    elif isinstance(subject, FlaggedAssessment):
        href, text = paths.claim_path(subject.slug), f"as judged for {day_words(subject.as_of)}"
    else:
        href, text = paths.source_path(subject.slug), ", ".join(subject.domains)
    return {"what": _WHAT[kind], "title": subject.title, "href": href, "text": text}


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _unkept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
