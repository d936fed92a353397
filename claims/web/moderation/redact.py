"""Destroying what an item says, or what is held on a person, on legal grounds; for admins alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.erase_person import erase_person
from claims.actions.people import HOUSE_EMAIL
from claims.actions.permissions import Right
from claims.actions.redact import redact_evidence
from claims.models import EvidenceState, LegalBasis
from claims.queries import redaction as reads
from claims.queries.people import person_with
from claims.queries.queue_item import evidence_with
from claims.queries.redaction import MOST_COUNTED, Going, Leaving, Twin
from claims.web import asked, paths
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs, typed
from claims.web.desk.fields import Text
from claims.web.desk.parts import Version
from claims.web.errors import Missing
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import QUEUE, capped, person_path, waiting_path

pages = require_http_methods(["GET", "HEAD", "POST"])


class GroundsForm(forms.Form):
    """Why something is destroyed: the legal basis, the reason, and the word that it is meant."""

    legal_basis = forms.ChoiceField(
        label="Legal basis",
        choices=LegalBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the legal basis."},
    )
    reason = Text(rows=3, label="Reason")
    sure = forms.BooleanField(error_messages={"required": "Tick this: nothing can bring it back."})

    def __init__(self, data: Any = None, *, hint: str, sure: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reason"].help_text = hint
        self.fields["sure"].label = sure


class RedactForm(GroundsForm):
    """The same for an item, with the version that was seen."""

    version = Version()


@needs(Right.REDACT)
@pages
def item(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Asks for the grounds, says what goes and what stays, and redacts the item."""
    found = reads.find_redactable(identity)
    if found is None:
        raise Missing("There is no such item, or it is a draft, which is its author’s alone.")
    held, outcome = found.item, UNTRIED
    form = RedactForm(
        typed(request),
        initial={"version": held.version},
        hint="Anybody can read it, in the item’s place and in its history. Do not repeat what has to go.",
        sure="I have read what is destroyed. Nobody can bring it back.",
    )
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: redact_evidence(
                by=signed_in(request),
                evidence=evidence_with(identity),
                reason=form.cleaned_data["reason"],
                legal_basis=form.cleaned_data["legal_basis"],
                seen_version=form.cleaned_data["version"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            messages.success(request, "The item is redacted. What other people or backups keep of it is not.")
            return redirect(paths.evidence_path(identity))
    return _item_page(request, held, found.twins, form, outcome)


@needs(Right.REDACT)
@pages
def person(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Asks for the grounds, says what goes and what stays, and erases the person's data."""
    held = reads.find_leaving(identity)
    if held is None:
        raise Missing("There is no such person.")
    form = GroundsForm(
        typed(request),
        initial={"legal_basis": LegalBasis.DATA_PROTECTION},
        hint="Anybody can read it in the record. Name neither the person nor anything about them.",
        sure="I have read what is destroyed. Nobody can bring it back.",
    )
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: erase_person(
                by=signed_in(request),
                person=person_with(identity),
                reason=form.cleaned_data["reason"],
                legal_basis=form.cleaned_data["legal_basis"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            messages.success(request, "The person’s data is erased. Nothing was sent to them: tell them yourself.")
            return redirect(person_path(identity))
    return _person_page(request, held, form, outcome)


def _item_page(
    request: HttpRequest, held: Going, twins: Sequence[Twin], form: forms.Form, outcome: Outcome[Any]
) -> HttpResponse:
    context = {
        "item": held,
        "item_path": _place_of(held),
        "gone": held.state == EvidenceState.REDACTED,
        "goes": _goes(held),
        "cited_by": capped(held.cited_by, MOST_COUNTED) if held.cited_by else "",
        "twins": [(redact_path(twin.id), twin.title, twin.state) for twin in twins],
        "form": form,
    }
    return render(request, "moderation/redact.html", context, status=outcome.status)


def _place_of(held: Going) -> str:
    """Where the item is seen; one that went back to its author is, by others, nowhere."""
    if held.public:
        return paths.evidence_path(held.id)
    decided = held.state in (EvidenceState.PENDING, EvidenceState.REJECTED)
    return waiting_path("evidence", held.id) if decided else QUEUE


def redact_path(identity: UUID) -> str:
    """Where an item is redacted."""
    return f"{waiting_path('evidence', identity)}redact/"


def _goes(held: Going) -> list[str]:
    """What is destroyed of an item, beside its words."""
    return [
        f"{capped(number, MOST_COUNTED)} {one if number == 1 else many}"
        for number, one, many in (
            (held.notes, "note on a claim", "notes on claims"),
            (held.flags, "flag on it, with what was answered", "flags on it, with what was answered"),
            (held.links, "reason why it is linked with another item", "reasons why it is linked with other items"),
        )
        if number
    ]


def _person_page(request: HttpRequest, held: Leaving, form: forms.Form, outcome: Outcome[Any]) -> HttpResponse:
    counts = {
        name: capped(number, MOST_COUNTED) if number else ""
        for name, number in (("drafts", held.drafts), ("flags", held.flags), ("items", held.items), ("acts", held.acts))
    }
    context = {
        "person": held,
        "path": person_path(held.id),
        "own": held.id == signed_in(request).id,
        "house": held.email == HOUSE_EMAIL,
        "form": form,
        **counts,
    }
    return render(request, "moderation/erase.html", context, status=outcome.status)
