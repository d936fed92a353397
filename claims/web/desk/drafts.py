"""One's own items: drafts to go on with, submit or throw away, and everything one logged by its state."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from claims import cursors
from claims.actions.permissions import Right
from claims.actions.revise_evidence import discard_draft, revise_evidence, submit_draft
from claims.actions.standing import Logged
from claims.actions.unsent import MOST_PLACES
from claims.models import Evidence, EvidenceState, User
from claims.queries.desk import drafts_of, own_counts, own_items
from claims.queries.item_bearings import bearings_of
from claims.queries.known_items import item_with
from claims.queries.unsent import left_unsent
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, beside, needs
from claims.web.desk.compose import Composing, compose, publishing_words
from claims.web.desk.forms_evidence import DraftForm, initial_of, words_in
from claims.web.desk.log import NEW_SOURCE, join_story, logged_words, place_of, with_source
from claims.web.desk.parts import Version
from claims.web.desk.unsent import left_lines
from claims.web.errors import Missing

MOST_DRAFTS = 100
PAGE = 25
# The states of one's own items, in the order of the chips above the list.
STATES = {
    "published": "Published",
    "pending": "Waiting",
    "draft": "Drafts",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "redacted": "Redacted",
}


@needs(Right.LOG_EVIDENCE)
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The person's drafts, those that were returned among them, and what they left unsent. Two queries."""
    assert isinstance(request.user, User)
    found, left = drafts_of(request.user.id, limit=MOST_DRAFTS), left_unsent(request.user.id, limit=MOST_PLACES)
    shown = {"drafts": found, "full": len(found) == MOST_DRAFTS, "left": left_lines(left)}
    return render(request, "desk/drafts.html", shown)


@needs(Right.LOG_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """A draft to go on with: kept again, or published or sent for approval."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item = _own(evidence, by)
    if item.state != EvidenceState.DRAFT:
        messages.info(request, f"“{item}” is no draft any more: it is {item.get_state_display()}.")
        return redirect(place_of(item))
    stored = [row for row in bearings_of(item.id) if row.state != "withdrawn"]
    page = compose(request, DraftForm, by=by, today=today, item=item, initial=initial_of(item), bearings=stored)
    outcome = UNTRIED
    if page.storing:
        outcome = attempt(page.form, lambda: _keep(page, item, by=by, today=today), also=[page.rows], under=NEW_SOURCE)
        if outcome.done:
            messages.success(request, logged_words(outcome.result, page.rows.titles(), by=by))
            return redirect(place_of(outcome.result.evidence))
    shown: dict[str, Any] = {"page": page, "form": page.form, "item": item, "publish": publishing_words(by)}
    if outcome.stale:
        shown["beside"] = beside(page.form, words_in(_own(evidence, by)))
    shown["drafts"] = drafts_of(by.id, but=item.id)
    return render(request, "desk/draft.html", shown, status=outcome.status)


def _keep(page: Composing[DraftForm], item: Evidence, *, by: User, today: date) -> Logged:
    """Stores the draft and, unless it stays one, submits it; what was stored stays where submitting it fails."""
    form = page.form
    words = with_source(form, by=by, today=today)
    kept = revise_evidence(
        by=by,
        evidence=item,
        seen_version=form.cleaned_data["version"],
        words=words,
        bearings=page.rows.bearings(),
        today=today,
    )
    form.saw(kept.version)
    if form.draft:
        return Logged(kept)
    logged = submit_draft(by=by, evidence=kept, seen_version=kept.version, today=today)
    join_story(page.same, words, by=by, today=today)
    return logged


def _own(evidence: UUID, by: User) -> Evidence:
    item = item_with(evidence)
    if item is None or item.by_id != by.id:
        raise Missing("There is no such draft of yours.")
    return item


class DiscardForm(forms.Form):
    """The version of the draft that is thrown away."""

    version = Version()


@needs(Right.LOG_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Asks whether to throw a draft away, and does it."""
    by = request.user
    assert isinstance(by, User)
    item = _own(evidence, by)
    form = DiscardForm(request.POST if request.method == "POST" else None, initial={"version": item.version})
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: discard_draft(by=by, evidence=item, seen_version=form.cleaned_data["version"]))
        if outcome.done:
            messages.success(request, f"The draft “{item}” is thrown away.")
            return redirect("desk_drafts")
    return render(request, "desk/discard.html", {"item": item, "form": form}, status=outcome.status)


@needs(Right.LOG_EVIDENCE)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person logged, all of it or in one state, the latest touched first. Two queries."""
    assert isinstance(request.user, User)
    state = asked.choice(request, "state", STATES)
    after = asked.after(request, (datetime, UUID))
    size = asked.page_size(request, default=PAGE)
    page = own_items(request.user.id, state=state, after=after, size=size)
    following = f"?state={state}&page_size={size}&after={cursors.encode(page.after)}" if page.after else ""
    counts = own_counts(request.user.id)
    chips = [("", "All", ""), *((value, words, counts.get(value, "0")) for value, words in STATES.items())]
    shown = {"items": page.items, "state": state, "chips": chips, "name": STATES.get(state, "All").lower()}
    shown["empty"] = "None of your items is in this state." if state else "What you log stands here, with its state."
    first = f"?state={state}&page_size={size}" if after else ""
    return render(request, "desk/mine.html", shown | {"older": following, "first": first})
