"""Pieces of the desk's forms, fetched while one types: an address, a claim, an item. The forms work without them."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right
from claims.models import User
from claims.queries.claim_picker import claims_by_id, find_claims
from claims.queries.known_items import find_items
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.bearings import bearings_path
from claims.web.desk.forms_bearings import BearingForm
from claims.web.desk.forms_evidence import TYPE_OF_KIND, LogForm
from claims.web.errors import Missing


@needs(Right.LOG_EVIDENCE)
@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """What is known of an address: the item that stands there, its source or the form to add one. Two queries."""
    assert isinstance(request.user, User)
    form = LogForm(initial={"address": request.GET.get("address", "")}, by=request.user, today=asked.today())
    source = form.told.source
    return render(
        request, "desk/address_lookup.html", {"form": form, "type": TYPE_OF_KIND.get(source.kind, "") if source else ""}
    )


@needs(Right.LOG_EVIDENCE)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that fit what is typed, to choose from: to add, or as `links` to an item's bearings. One query."""
    words = asked.words(request)
    found = find_claims(words) if words else None
    item = request.GET.get("links", "")
    links = bearings_path(item) if re.fullmatch("[0-9a-f-]{36}", item) else ""
    return render(request, "desk/claim_choices.html", {"claims": found, "words": words, "links": links})


@needs(Right.LOG_EVIDENCE)
@require_safe
def claim_row(request: HttpRequest, claim: UUID) -> HttpResponse:
    """The row of a claim that was chosen. One query. 404 where there is no such claim."""
    found = claims_by_id([claim]).get(claim)
    if found is None:
        raise Missing("There is no such claim.")
    return render(request, "desk/bearing_row.html", {"row": BearingForm(found, prefix=str(claim))})


@needs(Right.LOG_EVIDENCE)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The items that fit what is typed, to choose from. One query."""
    words = asked.words(request, longest=2000)
    found = find_items(words) if words else None
    return render(request, "desk/item_choices.html", {"items": found, "words": words, "name": _name(request)})


def _name(request: HttpRequest) -> str:
    return asked.choice(request, "name", ("same", "pick"), default="same")
