"""Changing an item that is stored: what it says, and what it does to an earlier item."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.errors import Invalid
from claims.actions.permissions import Right, require
from claims.actions.revise_evidence import link_evidence, revise_evidence
from claims.models import Evidence, EvidenceLink, EvidenceState, LinkKind, User
from claims.queries.known_items import Found, find_items, item_with
from claims.queries.merges import leads_to
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, beside, needs, typed
from claims.web.desk.compose import Composing, compose
from claims.web.desk.fields import Typed
from claims.web.desk.forms_evidence import ReviseForm, initial_of, words_in
from claims.web.desk.log import NEW_SOURCE, join_story, place_of, with_source
from claims.web.desk.opened import left
from claims.web.errors import Missing
from claims.web.paths import evidence_path


@needs(Right.LOG_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """An item that waits, to its author, or one that is public, to who may revise it."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item = item_or_404(evidence, by)
    if item.state == EvidenceState.DRAFT:
        return redirect("desk_draft", item.id)
    if item.state == EvidenceState.PUBLISHED:
        require(by, Right.REVISE_EVIDENCE)
    page = compose(request, ReviseForm, by=by, today=today, item=item, initial=initial_of(item))
    outcome = UNTRIED
    if page.storing:
        outcome = attempt(page.form, lambda: _revise(page, item, by=by, today=today), under=NEW_SOURCE)
        if outcome.done:
            messages.success(request, f"“{outcome.result}” is changed.")
            return redirect(place_of(outcome.result))
    shown: dict[str, Any] = {"page": page, "form": page.form, "item": item}
    if outcome.stale:
        shown["beside"] = beside(page.form, words_in(item_or_404(evidence, by)))
    return render(request, "desk/revise_evidence.html", shown, status=outcome.status)


def _revise(page: Composing[ReviseForm], item: Evidence, *, by: User, today: date) -> Evidence:
    words = with_source(page.form, by=by, today=today)
    given = page.form.cleaned_data
    changed = revise_evidence(
        by=by, evidence=item, seen_version=given["version"], words=words, reason=given["reason"], today=today
    )
    if changed.state == EvidenceState.PUBLISHED:
        join_story(page.same, words, by=by, today=today)
    return changed


def item_or_404(evidence: UUID, by: User) -> Evidence:
    """An item that the person may look at here: a public one, or their own. Raises Missing."""
    item = item_with(evidence)
    if item is not None and (other := _merged_into(item)) is not None:
        raise Missing(f"That item was merged into another, “{other}”: go on there.")
    if item is None or not (item.live or item.by_id == by.id):
        raise Missing("There is no such item.")
    return item


def _merged_into(item: Evidence) -> Evidence | None:
    end = None if item.live else leads_to("evidence", item.id)
    other = item_with(end) if end else None
    return other if other is not None and other.live else None


class LinkForm(forms.Form):
    """What an item does to an earlier one."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="What it does to the earlier item",
        choices=LinkKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what the item does to the earlier one.",
            "invalid_choice": "“%(value)s” is none of these. Choose supersedes, corrects or retracts.",
        },
    )
    earlier = Typed(widget=forms.HiddenInput)
    find_item = Typed(label="The earlier item")
    reason = Typed(label="What changed", help_text="Stands in the history of both")


@needs(Right.REVISE_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Says that this item supersedes, corrects or retracts an earlier one, which is searched for here."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item = item_or_404(evidence, by)
    data = typed(request)
    data = left(request, sent=data is not None) or data
    storing = data is not None and "do" in data
    form = LinkForm(data) if storing else LinkForm(initial={} if data is None else _picked(data.dict()))
    found = _found(form, without=item.id)
    outcome = UNTRIED
    if storing and request.method == "POST":
        outcome = attempt(form, lambda: _link(form, item, by=by, today=today), under={"to": "find_item"})
        if outcome.done:
            done = outcome.result
            messages.success(request, f"“{item}” {done.get_kind_display()} “{done.to_item}”. Both pages say so.")
            return redirect(evidence_path(item.id))
    shown = {"form": form, "item": item, "items": found, "words": form["find_item"].value() or ""}
    return render(request, "desk/link_evidence.html", shown | {"earlier": _earlier(form)}, status=outcome.status)


def _picked(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the item whose button was pressed."""
    return given | ({"earlier": given["pick"]} if "pick" in given else {})


def _found(form: LinkForm, *, without: UUID) -> list[Found] | None:
    words = str(form["find_item"].value() or "").strip()[:2000]
    return find_items(words, without=without) if words else None


def _earlier(form: LinkForm) -> Evidence | None:
    try:
        item = item_with(UUID(str(form["earlier"].value())))
    except ValueError:
        return None
    return item if item is not None and item.live else None


def _link(form: LinkForm, item: Evidence, *, by: User, today: date) -> EvidenceLink:
    earlier = _earlier(form)
    if earlier is None:
        raise Invalid({"to": "Find the earlier item by its address or some of its words, and choose it."})
    given = form.cleaned_data
    return link_evidence(by=by, item=item, kind=given["kind"], earlier=earlier, reason=given["reason"], today=today)
