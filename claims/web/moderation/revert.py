"""Restoring an earlier version of a claim, a bearing or a source: what would change, and why it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions import revert
from claims.actions.permissions import Right
from claims.dates import day_words
from claims.models import BearingRevision, ClaimRevision, SourceKind, SourceRevision
from claims.queries.revisions import bearing_versions, claim_versions, source_versions
from claims.web import asked, paths
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs, typed
from claims.web.desk.fields import Typed
from claims.web.desk.parts import Version
from claims.web.errors import Missing
from claims.web.grades import reliability_words
from claims.web.history_entries import field_changes
from claims.web.moderation.who import signed_in

T = TypeVar("T")
Fields = Sequence[tuple[str, str]]  # what a version says: label and words
pages = require_http_methods(["GET", "HEAD", "POST"])


class RevertForm(forms.Form):
    """Why an earlier version is restored, with the version that the moderator saw stand."""

    use_required_attribute = False

    version = Version()
    reason = Typed(label="Why it is restored", help_text="It stays in the history, which anybody can read.")


@dataclass(frozen=True)
class Restoring:
    """What the page shows of one version: whose it is, what it would change, and why it cannot be restored, if so."""

    what: str
    of: str
    of_path: str
    history: str
    made: str
    reason: str
    before: Fields
    after: Fields
    does: str
    version: int
    refusal: str = ""
    locked: str = ""
    unlock: str = ""


@needs(Right.REVERT)
@pages
def claim(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Restores a wording of a claim."""
    versions = _there(claim_versions(slug, number))
    return _page(
        request,
        lambda: _of_claim(slug, number),
        lambda **how: revert.revert_claim(claim=versions.thing, number=number, **how),
    )


@needs(Right.REVERT)
@pages
def bearing(request: HttpRequest, identity: UUID, number: int) -> HttpResponse:
    """Restores what an item said about a claim."""
    versions = _there(bearing_versions(identity, number))
    return _page(
        request,
        lambda: _of_bearing(identity, number),
        lambda **how: revert.revert_bearing(bearing=versions.thing, number=number, **how),
    )


@needs(Right.REVERT)
@pages
def source(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Restores the name, kind and grade of a source."""
    versions = _there(source_versions(slug, number))
    return _page(
        request,
        lambda: _of_source(slug, number),
        lambda **how: revert.revert_source(source=versions.thing, number=number, **how),
    )


def _there(found: T | None) -> T:
    if found is None:
        raise Missing("There is no such version, or it is of an item that is not public.")
    return found


def _page(request: HttpRequest, read: Callable[[], Restoring], act: Callable[..., Any]) -> HttpResponse:
    """The form, and the act where it is sent; a refusal shows what stands by then."""
    shown = read()
    form = RevertForm(typed(request), initial={"version": shown.version})
    outcome: Outcome[Any] = UNTRIED
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: act(
                by=signed_in(request),
                reason=form.cleaned_data["reason"],
                seen_version=form.cleaned_data["version"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            messages.success(request, f"{shown.what} is restored. What stood before stays in the history.")
            return redirect(shown.history)
        shown = read()
    context = {
        "shown": shown,
        "changes": field_changes(
            (label, before, after) for (label, before), (_, after) in zip(shown.before, shown.after, strict=True)
        ),
        "form": form,
    }
    return render(request, "moderation/revert.html", context, status=outcome.status)


def _of_claim(slug: str, number: int) -> Restoring:
    found = _there(claim_versions(slug, number))
    return Restoring(
        what=f"Wording {number}",
        of=found.thing.title,
        of_path=paths.claim_path(slug),
        history=paths.claim_history_path(slug),
        made=_made(found.wanted.recorded_at, found.wanted.by),
        reason=found.wanted.reason,
        before=_wording(found.stands),
        after=_wording(found.wanted),
        does="These words are stored once more, as a new wording that is in force from today. Judgements stay as they"
        " are, and so do the days on which other wordings were in force.",
        version=found.thing.version,
        refusal=revert.claim_refusal(found.wanted, found.stands),
        locked=found.thing.locked_because if found.thing.locked_by_id else "",
        unlock=f"/desk/claims/{slug}/lock/",
    )


def _of_bearing(identity: UUID, number: int) -> Restoring:
    found = _there(bearing_versions(identity, number))
    claim, item = found.thing.claim, found.thing.evidence
    return Restoring(
        what=f"Version {number} of the bearing on “{claim.title}”",
        of=item.title,
        of_path=paths.evidence_path(item.id),
        history=f"{paths.evidence_path(item.id)}history/",
        made=_made(found.wanted.recorded_at, found.wanted.by),
        reason="",
        before=_bearing(found.stands),
        after=_bearing(found.wanted),
        does="The item counts for the claim as it did then, and at every day of the look-back. Judgements that cite it"
        " stay as they are.",
        version=found.stands.number,
        refusal=revert.bearing_refusal(found.wanted, found.stands),
        locked=claim.locked_because if claim.locked_by_id else "",
        unlock=f"/desk/claims/{claim.slug}/lock/",
    )


def _of_source(slug: str, number: int) -> Restoring:
    found = _there(source_versions(slug, number))
    return Restoring(
        what=f"Version {number}",
        of=found.thing.name,
        of_path=paths.source_path(slug),
        history=f"{paths.source_path(slug)}history/",
        made=_made(found.wanted.event.recorded_at, found.wanted.event.actor),
        reason=found.wanted.reason,
        before=_source(found.stands),
        after=_source(found.wanted),
        does="Every item of the source shows its name and grade as they were then.",
        version=found.thing.version,
        refusal=revert.source_refusal(found.wanted, found.stands),
    )


def _made(recorded_at: Any, by: Any) -> str:
    return f"of {day_words(recorded_at.date())}, by {by.name if by else 'somebody without an account'}"


def _wording(row: ClaimRevision) -> Fields:
    ways = {"up": "Would raise it", "down": "Would lower it"}
    return [
        ("Title", row.title),
        ("Statement", row.statement),
        ("Criteria", row.criteria),
        ("Fine print", row.fine_print),
        ("Falls due", day_words(row.horizon) if row.horizon else "no due date"),
        ("Author’s confidence", row.author_confidence),
        ("Things to watch", "\n".join(f"{ways[post['direction']]}: {post['text']}" for post in row.signposts)),
        ("Review", f"every {row.review_every_days} days"),
    ]


def _bearing(row: BearingRevision) -> Fields:
    return [("State", row.state), ("Stance", row.stance), ("Weight", row.weight), ("Note", row.note)]


def _source(row: SourceRevision) -> Fields:
    grade = f"{row.reliability}, {reliability_words(row.reliability)}" if row.reliability else "none yet"
    return [("Name", row.name), ("Kind", str(SourceKind(row.kind).label)), ("Reliability", grade)]
