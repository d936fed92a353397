"""Pieces of the desk's forms, fetched by htmx while one types: an address, a claim, an item. Forms work without."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event
from django_htmx.middleware import HtmxDetails

from claims.actions.permissions import Right
from claims.models import User
from claims.queries.claim_picker import claims_by_id, find_claims
from claims.queries.known_items import find_items, item_with
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.desk.bearings import bearings_path
from claims.web.desk.forms_bearings import BearingForm
from claims.web.desk.forms_evidence import TYPE_OF_KIND, LogForm
from claims.web.errors import Missing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def lookup(view: View[P]) -> View[P]:
    """Lets in who may log; a page whose session has ended is told so (401), as the sign-in form is no choice of it."""
    guarded = needs(Right.LOG_EVIDENCE)(require_safe(view))

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if HtmxDetails(request) and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return guarded(request, *args, **kwargs)

    return answer


@lookup
def address(request: HttpRequest) -> HttpResponse:
    """What is known of an address: the item that stands there, its source or the form to add one. Three queries.

    `source` is what the person named as the source, `item` the one whose address it is to be. The event `told`
    suggests a source and a type.
    """
    assert isinstance(request.user, User)
    given = {name: request.GET.get(name, "") for name in ("address", "source")}
    item = item_with(UUID(text)) if _is_id(text := request.GET.get("item", "")) else None
    form = LogForm(initial=given, by=request.user, today=asked.today(), item=item)
    source = form.told.source
    kind = TYPE_OF_KIND.get(source.kind, "") if source else ""
    response = render(request, "desk/address_lookup.html", {"form": form})
    return trigger_client_event(response, "told", {"source": form.told.source_words, "type": kind})


@lookup
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that fit what is typed, to choose from: to add, or as `links` to an item's bearings. One query."""
    words = _words(request, "find_claim")
    found = find_claims(words) if words else None
    item = request.GET.get("links", "")
    links = bearings_path(item) if _is_id(item) else ""
    return render(request, "desk/claim_choices.html", {"claims": found, "words": words, "links": links})


@lookup
def claim_row(request: HttpRequest, claim: UUID) -> HttpResponse:
    """The row of a claim that was chosen. One query. 404 where there is no such claim."""
    found = claims_by_id([claim]).get(claim)
    if found is None:
        raise Missing("There is no such claim.")
    return render(request, "desk/bearing_row.html", {"row": BearingForm(found, prefix=str(claim))})


@lookup
def items(request: HttpRequest) -> HttpResponse:
    """The items that fit what is typed, to choose from. One query."""
    words = _words(request, "find_item", longest=2000)
    found = find_items(words) if words else None
    return render(request, "desk/item_choices.html", {"items": found, "words": words, "name": _name(request)})


def _is_id(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _words(request: HttpRequest, field: str, *, longest: int = 200) -> str:
    """What is typed in the field of a long form, or in the search of a page of its own."""
    return asked.words(request, field if field in request.GET else "q", longest=longest)


def _name(request: HttpRequest) -> str:
    return asked.choice(request, "name", ("same", "pick"), default="same")
