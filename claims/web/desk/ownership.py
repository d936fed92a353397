"""Who looks after a claim: taking it, letting it go, handing it over; and following it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import follows, ownership
from claims.actions.errors import ActionError, Invalid
from claims.actions.permissions import Right, may, roles_with
from claims.models import Claim, User
from claims.queries.claim_words import claim_by_slug
from claims.queries.ownership import Care, care_of, people_with
from claims.queries.people import person_if_any
from claims.web import asked
from claims.web.desk.access import attempt, needs
from claims.web.desk.stale import STALE
from claims.web.errors import Missing
from claims.web.moderation.who import signed_in

pages = require_http_methods(["GET", "HEAD", "POST"])


class HandOverForm(forms.Form):
    """To whom a claim is handed over."""

    to = forms.ChoiceField(
        label="Hand it over to",
        help_text="They are told by mail.",
        error_messages={"required": "Choose to whom.", "invalid_choice": "Choose one of the editors."},
    )

    def __init__(self, *given: Any, editors: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "choose an editor"), *editors]


@needs(Right.LOG_EVIDENCE)
@pages
def owner(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after a claim, and whether one follows it; sent, it hands the claim over."""
    by, claim = signed_in(request), _claim(slug)
    care = care_of(claim.id, person=by.id)
    editors = [one for one in people_with(roles_with(Right.OWN_CLAIM)) if one[0] not in (str(care.owner), str(by.id))]
    form, status = HandOverForm(editors=editors), 200
    if request.method == "POST":
        form = HandOverForm(request.POST, editors=editors)
        outcome = attempt(form, lambda: _hand_over(by, claim, form))
        if outcome.done:
            messages.success(request, f"Handed over to {outcome.result.name}, who is told by mail.")
            return redirect(owner_path(slug))
        status, care = outcome.status, care_of(claim.id, person=by.id)
    context = {"claim": claim, "form": form, **_standing(care, claim, by)}
    return render(request, "desk/owner.html", context, status=status)


def _hand_over(by: User, claim: Claim, form: HandOverForm) -> User:
    to = person_if_any(UUID(form.cleaned_data["to"]))
    if to is None:
        raise Invalid({"to": "Choose one of the editors."})
    ownership.hand_over(by=by, claim=claim, to=to)
    return to


@needs(Right.OWN_CLAIM)
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes a claim that nobody looks after."""
    return _done(request, slug, ownership.take, "You look after “{}” now.")


@needs(Right.OWN_CLAIM)
@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets a claim go."""
    return _done(request, slug, ownership.release, "Nobody looks after “{}” now.")


@needs(Right.LOG_EVIDENCE)
@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follows a claim."""
    return _done(request, slug, follows.follow, "You follow “{}” now.")


@needs(Right.LOG_EVIDENCE)
@require_POST
def unfollow(request: HttpRequest, slug: str) -> HttpResponse:
    """Stops following a claim."""
    return _done(request, slug, follows.unfollow, "You follow “{}” no longer.")


def owner_path(slug: str) -> str:
    """The page of who looks after a claim."""
    return f"/desk/claims/{slug}/owner/"


def _done(request: HttpRequest, slug: str, act: Callable[..., object], told: str) -> HttpResponse:
    """Does the act and leads back to where its button stood: the page of the claim's owner, or the stale list."""
    claim = _claim(slug)
    try:
        act(by=signed_in(request), claim=claim)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told.format(claim.title))
    back = request.POST.get("back", "")
    return redirect(back if back == STALE or back.startswith(f"{STALE}?") else owner_path(slug))


def _claim(slug: str) -> Claim:
    found = claim_by_slug(slug)
    if found is None:
        raise Missing("There is no claim at this address.")
    return found


def _standing(care: Care, claim: Claim, by: User) -> dict[str, Any]:
    mine, disposes = care.owner == by.id, may(by, Right.SET_ROLES)
    idle = timedelta(days=settings.CLAIM_OWNER_IDLE_DAYS)
    owns = may(by, Right.OWN_CLAIM)
    return {
        "care": care,
        "mine": mine,
        "takes": owns and care.owner is None and claim.status == "open",
        "releases": mine or (disposes and care.owner is not None),
        "hands_over": owns and claim.status == "open" and (mine or disposes),
        "idle_days": idle.days,
        "released_on": care.acted_at + idle if care.acted_at and claim.status == "open" else None,
        "today": asked.today(),
    }
