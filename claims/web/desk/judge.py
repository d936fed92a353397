"""The editors' pages that judge a claim: assessing, resolving and reopening it, citing its items."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from claims.actions import judge
from claims.actions.errors import Invalid
from claims.actions.permissions import Right
from claims.cursors import CursorError, decode
from claims.dates import DateError, day_words, parse_day
from claims.models import Assessment
from claims.queries import citable
from claims.queries.claim_words import ClaimOnDesk, number_before
from claims.queries.ownership import owner_name
from claims.queries.stale import stale_claim
from claims.scoring import Outlook, outlook, outlook_range, percent_words, points
from claims.web import asked
from claims.web.claim_evidence import weight_tag
from claims.web.desk.access import UNTRIED, attempt, needs
from claims.web.desk.claims import on_desk, pages
from claims.web.desk.forms_judge import (
    LARGE_MOVE,
    UNDER,
    WORDS_FOR_A_LARGE_MOVE,
    AssessForm,
    FindForm,
    JudgeForm,
    ResolveForm,
    large_move_words,
    missing_words,
    picked,
    prefilled,
)
from claims.web.desk.opened import left, opened
from claims.web.desk.quoted import lines_of
from claims.web.desk.stale import back_path
from claims.web.desk.stale_lines import reason_lines
from claims.web.errors import BadInput
from claims.web.icons import icon
from claims.web.paths import claim_path, evidence_path
from claims.web.standing import standing_words

SHOW = "show"
"""The button that lists other items: it stores nothing and keeps all that was typed."""
FROM_THE_FIRST = "first"


@dataclass(frozen=True)
class Act:
    """One of the three acts: the action, its form, its page, and what is said when it is done."""

    do: Callable[..., Assessment]
    form: type[JudgeForm]
    template: str
    hint: str
    asks_why_moved: bool = False


LARGE_MOVE_HINT = (
    f"That is a move of {points(LARGE_MOVE)} points or more: say in {WORDS_FOR_A_LARGE_MOVE} words or more what in the"
    " evidence moved it, and why it weighs so much more than what was known before."
)
ASSESS = Act(
    judge.assess,
    AssessForm,
    "desk/assess.html",
    "Why this number and no other, in a few sentences that a reader can weigh. Where it moves by"
    f" {points(LARGE_MOVE)} points or more, say in {WORDS_FOR_A_LARGE_MOVE} words or more what in the evidence"
    " moved it.",
    asks_why_moved=True,
)
RESOLVE = Act(
    judge.resolve,
    ResolveForm,
    "desk/resolve.html",
    "Which line of the criteria is met by which item, and what speaks against it. A reader should come to the same"
    " answer.",
)
REOPEN = Act(
    judge.reopen,
    AssessForm,
    "desk/reopen.html",
    "Why the judgement that settled it does not hold, and why this number now.",
)


@needs(Right.ASSESS)
@pages
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives an open claim a new number."""
    return _judging(request, slug, ASSESS)


@needs(Right.RESOLVE)
@pages
def resolve(request: HttpRequest, slug: str) -> HttpResponse:
    """Settles a claim, at once, or settles it otherwise than before."""
    return _judging(request, slug, RESOLVE)


@needs(Right.REOPEN)
@pages
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens a settled claim again, with a number."""
    return _judging(request, slug, REOPEN)


def _judging(request: HttpRequest, slug: str, act: Act) -> HttpResponse:
    desk = on_desk(slug)
    initial = {"as_of": asked.today(), "version": desk.claim.version, **prefilled(request.GET)}
    outcome = UNTRIED
    if request.method == "POST" and SHOW in request.POST:
        form = act.form(initial=_as_typed(request.POST))
        left(request, sent=True)
    else:
        form = opened(request, act.form, initial=initial)
        if request.method == "POST":
            outcome = attempt(form, lambda: _judge(request, desk, form, act), under=UNDER)
            if outcome.done:
                messages.success(request, _done(outcome.result, on_desk(slug)))
                return redirect(back_path(request) or claim_path(slug))
            desk = on_desk(slug)  # as it stands now, which may be why it was refused
    context = {
        "form": form,
        "desk": desk,
        "stale": outcome.stale,
        "back": back_path(request),
        **_hints(act),
        **_standing(desk),
    }
    return render(request, act.template, {**context, **_items(request, desk, form)}, status=outcome.status)


def _judge(request: HttpRequest, desk: ClaimOnDesk, form: JudgeForm, act: Act) -> Assessment:
    given = form.cleaned_data
    if act.asks_why_moved:
        before = number_before(desk.claim.id, given["as_of"])
        if words := large_move_words(before, given["probability"], given["rationale"]):
            raise Invalid({"rationale": words})
    return act.do(
        by=request.user,
        claim=desk.claim,
        judgement=form.judgement(_cited(desk, given["cited"])),
        seen_version=given["version"],
        today=asked.today(),
    )


def _cited(desk: ClaimOnDesk, numbers: list[int]) -> dict[int, UUID]:
    found = citable.items_numbered(desk.claim.id, numbers)
    if missing := set(numbers) - found.keys():
        raise Invalid({"cites": missing_words(missing)})
    return found


def _as_typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, for a form that is shown again without being judged."""
    return {**{name: data.get(name, "") for name in data}, "cites": data.getlist("cites")}


def _done(made: Assessment, desk: ClaimOnDesk) -> str:
    word, number = standing_words(made.status, made.probability)
    said = f"{number}, {word.lower()}," if number else f"{word},"
    told = f"Stored: {said} as of {day_words(made.as_of)}."
    last = desk.last.assessment if desk.last else made
    if last.id != made.id:
        told += f" The claim still stands by the judgement of {day_words(last.as_of)}, which speaks of a later day."
    return told


def _standing(desk: ClaimOnDesk) -> dict[str, Any]:
    """Where the claim stands, for the column beside the form and for what the script says of a new number."""
    claim, last = desk.claim, desk.last.assessment if desk.last else None
    word, number = standing_words(claim.status, claim.probability)
    before = last.probability if last and last.status == "open" else None
    return {
        "word": word,
        "number": number,
        "criteria": lines_of(desk.wording.criteria),
        "fine_print": lines_of(desk.wording.fine_print),
        "up": [one["text"] for one in desk.wording.signposts if one["direction"] == "up"],
        "down": [one["text"] for one in desk.wording.signposts if one["direction"] == "down"],
        "before": points(before) if before is not None else "",
        "before_on": day_words(last.as_of) if last else "",
        "before_day": last.as_of.isoformat() if last else "",
        "reasons": reason_lines(stale_claim(claim, today=asked.today())),
        "owner": owner_name(claim.id),
    }


def _hints(act: Act) -> dict[str, Any]:
    """What the form says of the number and of the rationale, before and while it is typed."""
    return {
        "rationale_hint": act.hint,
        "large_move_hint": LARGE_MOVE_HINT if act.asks_why_moved else "",
        "bands": bands(),
        "large": points(LARGE_MOVE),
    }


def bands() -> list[tuple[str, str, str]]:
    """The scale of words: each with its upper bound in per cent (inclusive) and as it is said."""
    scale = []
    for term in Outlook:
        low, high = outlook_range(term)
        if high is None:
            scale.append((term.words, "100", f"over {percent_words(low or Decimal(0))}"))
        else:
            scale.append((term.words, str(points(high)), f"up to {percent_words(high)}"))
    assert scale[-1][0] == outlook(Decimal(1)).words
    return scale


def _items(request: HttpRequest, desk: ClaimOnDesk, form: JudgeForm) -> dict[str, Any]:
    """The items to tick: those picked so far, and a page of the others. Two SQL queries at most."""
    as_of = _day(form["as_of"].value())
    find = FindForm(request.POST if request.method == "POST" else {})
    numbers = picked(form["cites"].value() or [], str(form["numbers"].value() or ""))
    ticked = {str(one) for one in form["cites"].value() or []}
    chosen = citable.citable_numbered(desk.claim.id, numbers, as_of=as_of)
    page = citable.citable_page(desk.claim.id, as_of=as_of, after=_after(request), **find.asked(as_of=as_of))
    held = {one.number for one in chosen}
    return {
        "find": find,
        "chosen": [_row(one) for one in chosen if str(one.number) in ticked],
        "typed": [_row(one) for one in chosen if str(one.number) not in ticked],
        "items": [_row(one) for one in page.items if one.number not in held],
        "older": page.older,
        "narrowed": any(find.asked(as_of=as_of).values()) or _after(request) is not None,
        "tick": icon("tick"),
    }


def _row(one: citable.Citable) -> dict[str, Any]:
    href = evidence_path(one.evidence)
    return {**asdict(one), "href": href, "icon": icon(one.stance), "weight": weight_tag(one.weight)}


def _day(value: object) -> date:
    try:
        return parse_day(str(value))
    except DateError:
        return asked.today()


def _after(request: HttpRequest) -> tuple[date, UUID] | None:
    text = request.POST.get(SHOW, "") if request.method == "POST" else ""
    if text in ("", FROM_THE_FIRST):
        return None
    try:
        day, place = decode(text, citable.CURSOR)
    except CursorError as error:
        raise BadInput(f"{SHOW}: {error}") from error
    return day, place
