"""What a stored item bears on: bearings set, changed and withdrawn one by one."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.permissions import Right, may
from claims.models import Bearing, BearingState, Evidence, EvidenceState, User
from claims.queries.claim_picker import Pickable, claim_by_slug, find_claims, used_last
from claims.queries.item_bearings import ItemBearing, bearing_on, bearing_with, bearings_of
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, beside, needs
from claims.web.desk.evidence import item_or_404
from claims.web.desk.fields import Typed
from claims.web.desk.forms_bearings import BearingForm
from claims.web.desk.opened import opened
from claims.web.desk.parts import Version
from claims.web.errors import Missing


def bearings_path(item: UUID | str) -> str:
    """The page of all that an item bears on; a claim's slug behind it leads to the one bearing."""
    return f"/desk/evidence/{item}/bearings/"


class OneBearingForm(BearingForm):
    """A bearing by itself, with the number of its last setting that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a bearing is taken back, with the number of its setting that was read."""

    use_required_attribute = False

    reason = Typed(label="Why it is taken back", help_text="Stands in the item's and the claim's history")
    version = Version()


@needs(Right.SET_BEARING)
@require_safe
def bearings(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """All that an item bears on, and a search for claims to add. Four queries."""
    by = request.user
    assert isinstance(by, User)
    item = published_item(evidence, by)
    found = bearings_of(item.id)
    words = asked.words(request)
    there = [row.claim_id for row in found if row.state != BearingState.WITHDRAWN]
    used = [claim for claim in used_last(by=by.id, today=asked.today()).claims if claim.id not in there]
    choices = find_claims(words, without=there) if words else None
    rows = [(row, _may_change(row, by), may_withdraw(row, by)) for row in found]
    shown = {"item": item, "rows": rows, "words": words, "claims": choices, "used": used}
    return render(request, "desk/bearings.html", shown | {"links": bearings_path(item.id)})


@needs(Right.SET_BEARING)
@require_http_methods(["GET", "HEAD", "POST"])
def bearing(request: HttpRequest, evidence: UUID, slug: str) -> HttpResponse:
    """What an item says about one claim: set for the first time, or changed."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item, claim = published_item(evidence, by), claim_or_404(slug)
    stands = bearing_on(item.id, claim.id)
    form = opened(request, partial(OneBearingForm, claim), initial=initial_of(stands))
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: set_from(form, item, by=by, today=today))
        if outcome.done:
            messages.success(request, _set_words(outcome.result, claim))
            return redirect("desk_bearings", item.id)
    shown: dict[str, Any] = {"item": item, "claim": claim, "stands": stands, "form": form}
    shown["publishes"] = may(by, Right.PUBLISH_EVIDENCE)
    if outcome.stale:
        now = initial_of(bearing_on(item.id, claim.id))
        shown["beside"] = beside(form, {name: now[name] for name in ("stance", "weight", "note")})
    return render(request, "desk/bearing.html", shown, status=outcome.status)


def set_from(form: OneBearingForm, item: Evidence, *, by: User, today: date) -> Bearing:
    """Sets what the form says, unless somebody else set it anew since it was read."""
    seen = form.cleaned_data["version"]
    return set_bearing(by=by, evidence=item, bearing=form.bearing(), seen_revision=seen, today=today)


def initial_of(stands: ItemBearing | None) -> dict[str, Any]:
    """What a form says when it is opened, with the number of the last setting."""
    if stands is None:
        return {"version": 0, "stance": "", "weight": "", "note": ""}
    return {"version": stands.revision, "stance": stands.stance, "weight": stands.weight, "note": stands.note}


def _set_words(row: Bearing, claim: Pickable) -> str:
    waits = " It waits for approval." if row.state == BearingState.PENDING else ""
    return (
        f"The item {row.stance} “{claim.title}”, {row.weight}.{waits}"
        if row.stance in _VERBS
        else (f"The item is {row.stance} on “{claim.title}”, {row.weight}.{waits}")
    )


_VERBS = ("supports", "contradicts")


@needs(Right.SET_BEARING)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, evidence: UUID, slug: str) -> HttpResponse:
    """Takes a bearing back, with the reason."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item, claim = published_item(evidence, by), claim_or_404(slug)
    stands = bearing_on(item.id, claim.id)
    if stands is None:
        raise Missing("The item does not bear on this claim.")
    form = opened(request, WithdrawForm, initial={"version": stands.revision})
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _withdraw(form, stands, by=by, today=today))
        if outcome.done:
            messages.success(request, f"The bearing on “{claim.title}” is withdrawn.")
            return redirect("desk_bearings", item.id)
    return render(
        request,
        "desk/withdraw_bearing.html",
        {"item": item, "claim": claim, "stands": stands, "form": form, "stale": outcome.stale},
        status=outcome.status,
    )


def _withdraw(form: WithdrawForm, stands: ItemBearing, *, by: User, today: date) -> Bearing:
    said = form.cleaned_data
    return withdraw_bearing(
        by=by, bearing=bearing_with(stands.id), reason=said["reason"], seen_revision=said["version"], today=today
    )


def published_item(evidence: UUID, by: User) -> Evidence:
    """The item whose bearings are set one by one. Raises Missing for one that is not public."""
    item = item_or_404(evidence, by)
    if item.state != EvidenceState.PUBLISHED:
        raise Missing("Bearings are set here once the item is public. Until then they belong to its draft.")
    return item


def claim_or_404(slug: str) -> Pickable:
    """The claim under this slug. Raises Missing."""
    claim = claim_by_slug(slug)
    if claim is None:
        raise Missing("There is no such claim.")
    return claim


def _may_change(row: ItemBearing, by: User) -> bool:
    return may(by, Right.PUBLISH_EVIDENCE) or (row.by_id == by.id and row.state == BearingState.PENDING)


def may_withdraw(row: ItemBearing, by: User) -> bool:
    """Whether this person may take the bearing back."""
    if row.state == BearingState.WITHDRAWN:
        return False
    return may(by, Right.WITHDRAW) or (row.by_id == by.id and _may_change(row, by))
