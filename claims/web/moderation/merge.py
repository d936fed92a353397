"""One merge: the two side by side, confirmed or dismissed while it is suggested, undone while it stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions import merge as acts
from claims.actions.permissions import Right
from claims.models import MergeState
from claims.queries.merges import Listed, find_merge, merge_with
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs, typed
from claims.web.desk.parts import Line
from claims.web.errors import Missing
from claims.web.moderation.merge_sides import Compared, compare
from claims.web.moderation.merges import MERGES, STANDING, by_words, merge_path
from claims.web.moderation.who import signed_in
from claims.web.query_strings import with_query

LONGEST = 500
pages = require_http_methods(["GET", "HEAD", "POST"])
Act = Callable[[], Any]


class MergeForm(forms.Form):
    """Why two things are the same, or are not after all."""

    use_required_attribute = False

    reason = Line(longest=LONGEST, label="Reason", help_text="It stays in the history of both, which anybody can read.")


class ClaimForm(MergeForm):
    """The same for undoing a merge of claims: the duplicate is open again, and stands somewhere."""

    probability = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=100,
        label="Probability, %",
        help_text="Where the claim stands once it is open again; left empty, where it stood before.",
    )


@needs(Right.MERGE)
@pages
def merge(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A suggestion with what merging would do, or what became of it; `?swap=1` lets the other one be the duplicate."""
    found = _found(identity)
    if found.state != MergeState.SUGGESTED:
        return _standing_page(request, found)
    swapped = bool(asked.choice(request, "swap", ["1"]))
    ends = (found.into_id, found.from_id) if swapped else (found.from_id, found.into_id)
    form, outcome = MergeForm(typed(request)), UNTRIED
    if request.method == "POST":
        act, done = _dismissing(request, found) if "dismiss" in request.POST else _merging(request, found, ends, form)
        outcome = attempt(forms.Form(request.POST) if "dismiss" in request.POST else form, act)
        if outcome.done:
            messages.success(request, done)
            return redirect(merge_path(outcome.result.id))
    compared = compare(found.kind, *ends)
    if compared is None:
        raise Missing("One of the two is not there any more.")
    context = {
        "merge": found,
        "by": by_words(found.by),
        "because": found.because,
        "swap": with_query(merge_path(identity), swap=None if swapped else "1"),
        "path": with_query(merge_path(identity), swap="1" if swapped else None),
        "may_merge": True,
    }
    return compared_page(request, compared, form, outcome, context)


@needs(Right.MERGE)
@pages
def undo(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Undoes a merge that stands, with the reason."""
    found = _found(identity)
    form = (ClaimForm if found.kind == "claim" else MergeForm)(typed(request))
    outcome: Outcome[Any] = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _undo(request, identity, form))
        if outcome.done:
            messages.success(request, "The merge is undone. Both histories tell it.")
            return redirect(merge_path(identity))
    return _standing_page(request, _found(identity), form, outcome.status)


def compared_page(
    request: HttpRequest, compared: Compared, form: forms.Form, outcome: Outcome[Any], context: dict[str, Any]
) -> HttpResponse:
    """The two side by side, with the form that merges or suggests them."""
    shown = {"compared": compared, "form": form, "merges": MERGES, **context}
    return render(request, "moderation/merge.html", shown, status=outcome.status)


def _merging(request: HttpRequest, found: Listed, ends: tuple[UUID, UUID], form: MergeForm) -> tuple[Act, str]:
    def act() -> Any:
        return acts.merge(
            by=signed_in(request),
            kind=found.kind,
            duplicate=ends[0],
            into=ends[1],
            reason=form.cleaned_data["reason"],
            today=asked.today(),
        )

    return act, "The two are merged. It can be undone here."


def _dismissing(request: HttpRequest, found: Listed) -> tuple[Act, str]:
    def act() -> Any:
        return acts.dismiss_merge(by=signed_in(request), merge=merge_with(found.id))

    return act, "Dismissed: these two are not suggested again."


def _undo(request: HttpRequest, identity: UUID, form: forms.Form) -> Any:
    percent = form.cleaned_data.get("probability")
    return acts.unmerge(
        by=signed_in(request),
        merge=merge_with(identity),
        reason=form.cleaned_data["reason"],
        probability=None if percent is None else percent / 100,
        today=asked.today(),
    )


def _found(identity: UUID) -> Listed:
    found = find_merge(identity)
    if found is None:
        raise Missing("There is no such merge.")
    return found


def _standing_page(
    request: HttpRequest, found: Listed, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    stands = found.state == STANDING
    if form is None:
        form = (ClaimForm if found.kind == "claim" else MergeForm)()
    compared = compare(found.kind, found.from_id, found.into_id)
    context = {
        "merge": found,
        "compared": compared,
        "stands": stands,
        "dismissed": found.state == MergeState.DISMISSED,
        "form": form,
        "merges": MERGES,
        "undo": f"{merge_path(found.id)}undo/",
    }
    return render(request, "moderation/merged.html", context, status=status)
