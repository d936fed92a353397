"""Suggesting: anybody proposes an address that may be evidence."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.suggestions import suggest
from claims.models import User
from claims.queries.claim_picker import claim_by_slug
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt
from claims.web.desk.fields import Text, Typed
from claims.web.strangers import count_one, too_many

PREFILLED = ("address", "note")


class SuggestForm(forms.Form):
    """An address, and a word on it; `website` is for machines, which fill in everything."""

    use_required_attribute = False

    address = Typed(
        label="Address of the page",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "https://"}),
    )
    note = Text(
        rows=4,
        label="What it shows, in your words",
        help_text="Which claim it bears on, and where on the page it stands. You may leave it empty.",
    )
    website = forms.CharField(required=False, label="Leave this empty", widget=forms.TextInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}


@require_http_methods(["GET", "HEAD", "POST"])
def suggesting(request: HttpRequest) -> HttpResponse:
    """The form. It stands on a page of its own, since pages that everybody reads are kept and shared."""
    data = request.POST if request.method == "POST" else None
    form = SuggestForm(data, initial=_begun(request))
    outcome: Outcome[Any] = UNTRIED
    if data is not None:
        outcome = _send(request, form)
        if outcome.done:
            return redirect("suggest_thanks")
    return _unkept(render(request, "suggest/suggest.html", {"form": form}, status=outcome.status))


def _begun(request: HttpRequest) -> dict[str, str]:
    """What links fill in: the address, the note, and the claim from whose page one comes, named in the note."""
    begun = {name: request.GET.get(name, "")[:2000] for name in PREFILLED}
    slug = request.GET.get("claim", "")
    claim = claim_by_slug(slug) if slug and not begun["note"] else None
    return begun | {"note": f"On the claim “{claim.title}”: "} if claim else begun


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Says what becomes of a suggestion."""
    return _unkept(render(request, "suggest/thanks.html"))


def _send(request: HttpRequest, form: SuggestForm) -> Outcome[Any]:
    """Stores the suggestion, unless it comes from a machine or there were too many."""
    by = request.user if isinstance(request.user, User) else None
    if form.is_valid():
        if form.cleaned_data["website"]:
            return Outcome(done=True)
        if by is None and (words := too_many(request, "suggestion", now=timezone.now(), counts=False)):
            form.add_error(None, words)
            return Outcome(status=429)
    outcome = attempt(form, lambda: _suggest(form, by, today=asked.today()))
    if by is None and outcome.done:
        count_one(request, "suggestion")
    return outcome


def _suggest(form: SuggestForm, by: User | None, *, today: date) -> object:
    given = form.cleaned_data
    return suggest(by=by, address=given["address"], note=given["note"], today=today)


def _unkept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
