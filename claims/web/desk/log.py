"""Logging an item of evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.errors import ActionError, Invalid
from claims.actions.evidence_words import EvidenceWords, words_of
from claims.actions.log_evidence import log_evidence
from claims.actions.permissions import Right, may
from claims.actions.revise_evidence import revise_evidence
from claims.actions.sources import add_source
from claims.actions.standing import Logged
from claims.ids import uuid7
from claims.models import Evidence, EvidenceState, Lead, User
from claims.queries.claim_picker import Pickable, claim_by_slug
from claims.queries.desk import drafts_of, logged_today
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, needs
from claims.web.desk.compose import Composing, compose, publishing_words
from claims.web.desk.forms_bearings import BearingRows
from claims.web.desk.forms_evidence import LogForm, WordsForm
from claims.web.desk.leads.begin import begun, named_lead, touched
from claims.web.desk.leads.place import way_back
from claims.web.paths import evidence_path

# Where the act that adds a source says what is wrong with it.
NEW_SOURCE = {"name": "new_name", "kind": "new_kind", "country": "new_country", "domain": "new_domain"}
PREFILLED = ("address", "title", "quotation", "type")
GONE = "Somebody logged that lead or set it aside meanwhile."


@needs(Right.LOG_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """The form to log an item with."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    lead = named_lead(request.GET.get("lead", ""))
    initial = {name: request.GET.get(name, "") for name in (*PREFILLED, "back")} | {"key": str(uuid7())}
    if request.method != "POST" and "lead" in request.GET and lead is None:
        messages.info(request, GONE)
    page = compose(request, LogForm, by=by, today=today, initial=initial | (begun(lead) if lead else {}))
    if request.method != "POST" and not page.rows.claims:
        page.rows = BearingRows(_begun_with(request, lead))
    outcome = UNTRIED
    if page.storing:
        outcome = attempt(page.form, lambda: _log(page, by=by, today=today), also=[page.rows], under=NEW_SOURCE)
        if outcome.done:
            return _after(request, page, outcome.result, by=by)
    count, last = logged_today(by.id, today=today)
    shown = {"page": page, "form": page.form, "publish": publishing_words(by), "lead": lead, "drafts": drafts_of(by.id)}
    shown |= {"back": way_back(str(page.form["back"].value() or ""))}
    return render(request, "desk/log.html", shown | {"count": count, "last": last}, status=outcome.status)


def _begun_with(request: HttpRequest, lead: Lead | None) -> list[Pickable]:
    """The claims whose rows stand in the form from the beginning."""
    named = claim_by_slug(request.GET.get("claim", ""))
    return [named] if named else touched(lead) if lead else []


def _log(page: Composing[LogForm], *, by: User, today: date) -> Logged:
    form, bearings = page.form, page.rows.bearings()
    if form.told.standing and not page.do == "draft" and not bearings:
        raise Invalid({"address": "This address stands already. Choose below what else its item bears on."})
    words = with_source(form, by=by, today=today)
    logged = log_evidence(
        by=by,
        words=words,
        bearings=bearings,
        draft=form.draft,
        key=form.cleaned_data["key"],
        lead=form.cleaned_data["lead"],
        today=today,
    )
    if not logged.stood_before and not form.draft:
        join_story(page.same, words, by=by, today=today)
    return logged


def with_source(form: WordsForm, *, by: User, today: date) -> EvidenceWords:
    """What the form says, its source added where it is new; a source stays where the act after it fails."""
    assert form.words is not None
    if not form.adds_source:
        return form.words
    return form.with_source(add_source(by=by, today=today, **form.new_source()))


def join_story(other: Evidence | None, words: EvidenceWords, *, by: User, today: date) -> None:
    """Tells the item that reports the same event under the same story, where it has none yet and `by` may revise it.

    The item that was logged stands either way, so that a refusal here is not its failure.
    """
    if other is None or other.story or not words.story or not may(by, Right.REVISE_EVIDENCE):
        return
    joined = replace(words_of(other), story=words.story)
    reason = f"Reports the same event as “{words.title}”."
    try:
        revise_evidence(
            by=by, evidence=other, seen_version=other.version, words=joined, reason=reason[:500], today=today
        )
    except ActionError:
        return


def _after(request: HttpRequest, page: Composing[LogForm], logged: Logged, *, by: User) -> HttpResponse:
    messages.success(request, logged_words(logged, page.rows.titles(), by=by))
    if page.form.cleaned_data["lead"] and not page.form.draft:
        return redirect(way_back(page.form.cleaned_data["back"]))
    if page.do == "another":
        return redirect("desk_log")
    return redirect(place_of(logged.evidence))


def place_of(item: Evidence) -> str:
    """Where to look at an item that was stored: its public page, or the list it stands in."""
    if item.state == EvidenceState.PUBLISHED:
        return evidence_path(item.id)
    return "/desk/drafts/" if item.state == EvidenceState.DRAFT else "/desk/mine/?state=pending"


def logged_words(logged: Logged, titles: Mapping[UUID, str], *, by: User) -> str:
    """What became of an item, said to the person who logged it."""
    item = logged.evidence
    name = f"“{item.title or item.address}”"
    if logged.repeated:
        return f"{name} was stored when you sent it the first time. Nothing was stored twice."
    if logged.stood_before:
        return f"This address stood already, as {name}. {_added_words(logged, titles, public=_publishes(by))}"
    if item.state == EvidenceState.DRAFT:
        return f"{name} is kept among your drafts."
    became = "is published" if item.state == EvidenceState.PUBLISHED else "waits for approval"
    return f"{name} {became}. {_bears_words(len(logged.attached))}"


def _publishes(by: User) -> bool:
    return may(by, Right.PUBLISH_EVIDENCE)


def _added_words(logged: Logged, titles: Mapping[UUID, str], *, public: bool) -> str:
    told = []
    if logged.attached:
        told.append(f"Newly attached to {_named(logged.attached, titles)}{'' if public else ', waiting for approval'}.")
    if logged.bore_before:
        told.append(f"It bore on {_named(logged.bore_before, titles)} before: nothing was changed there.")
    if logged.taken_back:
        told.append(
            f"Its bearing on {_named(logged.taken_back, titles)} was withdrawn before and stays so: whoever may publish"
            " can set it again among the item’s bearings."
        )
    return " ".join(told) or "Nothing was added."


def _named(claims: Sequence[UUID], titles: Mapping[UUID, str]) -> str:
    return ", ".join(f"“{titles[claim]}”" for claim in claims if claim in titles)


def _bears_words(count: int) -> str:
    return f"It bears on {count} {'claim' if count == 1 else 'claims'}." if count else "It bears on no claim yet."
