"""The editors' pages on a claim's words: opening, revising and relating it, and a moderator's lock."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from claims.actions.claim_locks import lock_claim_for_all, unlock_claim
from claims.actions.errors import Invalid
from claims.actions.open_claim import open_claim
from claims.actions.permissions import Right
from claims.actions.relations import relate_claims, unrelate_claims
from claims.actions.revise_claim import Revised, revise_claim
from claims.models import Claim, ClaimRelation
from claims.queries import claim_words
from claims.queries.claim_words import ClaimOnDesk
from claims.text import TextError, slugify_title
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, needs
from claims.web.desk.compared import compared
from claims.web.desk.forms_claims import (
    UNDER,
    OpenForm,
    ReviseForm,
    initial_words,
    standing_beside,
)
from claims.web.desk.forms_relate import LockForm, RelateForm, UnrelateForm
from claims.web.desk.opened import opened
from claims.web.errors import Missing
from claims.web.paths import claim_path
from claims.wordings import RELATION_WORDS

pages = require_http_methods(["GET", "HEAD", "POST"])


def on_desk(slug: str) -> ClaimOnDesk:
    """The claim as the desk works on it. Raises Missing."""
    found = claim_words.claim_on_desk(slug, today=asked.today())
    if found is None:
        raise Missing("There is no claim at this address.")
    return found


def slug_of(title: object) -> str:
    """What a page's address would be made of; empty where nothing can be made of the title."""
    try:
        return slugify_title(str(title or "")[:200])
    except TextError:
        return ""


@needs(Right.OPEN_CLAIM)
@pages
def new(request: HttpRequest) -> HttpResponse:
    """Opens a claim of an article."""
    articles = claim_words.article_choices()
    article = claim_words.article_by_slug(request.GET.get("article", "")[:80].replace("\0", ""))
    initial: dict[str, Any] = {"review_every_days": "60"}
    if article is not None:
        articles = [(article.slug, article.title), *(one for one in articles if one[0] != article.slug)]
        initial |= {"article": article.slug, "opened_on": article.published_from or asked.today()}
    form = opened(request, OpenForm, initial=initial, articles=articles, topics=claim_words.topic_choices())
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _open(request, form), under=UNDER)
        if outcome.done:
            messages.success(request, f"Opened: “{outcome.result.title}”. It waits for its first assessment.")
            return redirect(claim_path(outcome.result.slug))
    context = {"form": form, "articles": articles, "article": article, "slug": slug_of(form["title"].value())}
    return render(request, "desk/claim_new.html", context, status=outcome.status)


def _open(request: HttpRequest, form: OpenForm) -> Claim:
    given = form.cleaned_data
    article = claim_words.article_by_slug(given["article"])
    if article is None:
        raise Invalid({"article": "There is no such article any more."})
    return open_claim(
        by=request.user,  # type: ignore[arg-type]
        article=article,
        paragraph=given["paragraph"],
        kind=given["kind"],
        words=form.words(),
        topics=claim_words.topics_named(given["topics"]),
        opened_on=given["opened_on"],
        today=asked.today(),
    )


@needs(Right.REVISE_CLAIM)
@pages
def revise(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a claim another wording; where its meaning changes, a successor takes its place."""
    desk = on_desk(slug)
    form = _revising(request, desk)
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _revise(request, desk, form), under=UNDER)
        if outcome.done:
            return _revised(request, outcome.result)
    beside = compared(standing_beside(form, form.initial)) if outcome.stale else []
    context = {"form": form, "desk": desk, "beside": beside}
    return render(request, "desk/claim_revise.html", context, status=outcome.status)


def _revising(request: HttpRequest, desk: ClaimOnDesk) -> ReviseForm:
    initial = {**initial_words(desk.wording, desk.topics), "version": desk.claim.version}
    return opened(request, ReviseForm, initial=initial, claim=desk.claim, topics=claim_words.topic_choices())


def _revise(request: HttpRequest, desk: ClaimOnDesk, form: ReviseForm) -> Revised:
    given = form.cleaned_data
    return revise_claim(
        by=request.user,  # type: ignore[arg-type]
        claim=desk.claim,
        seen_version=given["version"],
        type=given["type"],
        words=form.words(),
        reason=given["reason"],
        topics=claim_words.topics_named(given["topics"]),
        today=asked.today(),
    )


def _revised(request: HttpRequest, revised: Revised) -> HttpResponse:
    if revised.successor is None:
        messages.success(request, "Revised. The wording before stays in the history.")
        return redirect(claim_path(revised.claim.slug))
    messages.success(
        request,
        f"“{revised.claim.title}” is annulled as restated, and this claim has taken its place."
        " It waits for its first assessment.",
    )
    return redirect(claim_path(revised.successor.slug))


@needs(Right.RELATE_CLAIMS)
@pages
def relate(request: HttpRequest, slug: str) -> HttpResponse:
    """Says how a claim bears on another."""
    claim = _claim(slug)
    choices = claim_words.claim_choices(claim.article_id, but=claim.id)
    form = opened(request, RelateForm, claims=choices)
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _relate(request, claim, form))
        if outcome.done:
            other = outcome.result.to_claim
            said = RELATION_WORDS[outcome.result.relation][0]
            messages.success(request, f"Stored: “{claim.title}” {said} “{other.title}”.")
            return redirect(claim_path(claim.slug))
    relations = [
        {
            "words": RELATION_WORDS[one.relation][0 if one.outward else 1],
            "href": claim_path(one.slug),
            "title": one.title,
            "take_back": reverse("desk_claim_unrelate", args=[claim.slug, one.id]),
        }
        for one in claim_words.relations_of(claim.id)
    ]
    context = {"form": form, "claim": claim, "relations": relations, "choices": choices}
    return render(request, "desk/claim_relate.html", context, status=outcome.status)


def _relate(request: HttpRequest, claim: Claim, form: RelateForm) -> ClaimRelation:
    other = claim_words.claim_by_slug(form.slug())
    if other is None:
        raise Invalid({"address": "There is no claim at this address."})
    return relate_claims(
        by=request.user,  # type: ignore[arg-type]
        claim=claim,
        relation=form.cleaned_data["relation"],
        to=other,
        today=asked.today(),
    )


@needs(Right.RELATE_CLAIMS)
@pages
def unrelate(request: HttpRequest, slug: str, relation: UUID) -> HttpResponse:
    """Takes a relation of a claim back, with the reason; of one that stands no more it says so."""
    claim = _claim(slug)
    row = claim_words.relation_of(claim.id, relation)
    if row is None:
        messages.warning(request, "That relation does not stand any more: somebody has taken it back.")
        return redirect("desk_claim_relate", claim.slug)
    form = opened(request, UnrelateForm)
    outcome = UNTRIED
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: unrelate_claims(
                by=request.user,  # type: ignore[arg-type]
                relation=row,
                reason=form.cleaned_data["reason"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            said = RELATION_WORDS[row.relation][0]
            messages.success(request, f"Taken back: “{row.from_claim.title}” {said} “{row.to_claim.title}”.")
            return redirect("desk_claim_relate", claim.slug)
    context = {
        "form": form,
        "claim": claim,
        "row": row,
        "ends": [row.from_claim, row.to_claim],
        "words": RELATION_WORDS[row.relation][0],
    }
    return render(request, "desk/claim_unrelate.html", context, status=outcome.status)


@needs(Right.LOCK)
@pages
def lock(request: HttpRequest, slug: str) -> HttpResponse:
    """Locks a claim, or unlocks it; the form says which, so that two moderators do not undo each other."""
    claim = _claim(slug)
    form = opened(request, LockForm)
    outcome = UNTRIED
    if request.method == "POST":
        act, done = (
            (unlock_claim, "Unlocked") if request.POST.get("act") == "unlock" else (lock_claim_for_all, "Locked")
        )
        outcome = attempt(
            form,
            lambda: act(
                by=request.user,  # type: ignore[arg-type]
                claim=claim,
                reason=form.cleaned_data["reason"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            messages.success(request, f"{done}: “{claim.title}”.")
            return redirect(claim_path(claim.slug))
        claim = _claim(slug)
    return render(request, "desk/claim_lock.html", {"form": form, "claim": claim}, status=outcome.status)


def _claim(slug: str) -> Claim:
    found = claim_words.claim_by_slug(slug)
    if found is None:
        raise Missing("There is no claim at this address.")
    return found
