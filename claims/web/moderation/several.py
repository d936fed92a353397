"""Deciding on several things at once: each for itself, with one reason, and a line for each that could not be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from claims.actions import decide
from claims.actions.errors import ActionError, Invalid, WrongState
from claims.actions.flags import decide_flag
from claims.actions.permissions import Right
from claims.actions.suggestions import decide_suggestion
from claims.models import Evidence, Flag, User
from claims.queries.queue_item import bearing_if_any, title_for_all
from claims.queries.suggested import suggestion_if_any
from claims.web import asked
from claims.web.desk.access import needs, typed
from claims.web.moderation.back import Refused, back_of, uuid_or_none
from claims.web.moderation.forms import DISMISSED, TAKEN, UPHELD, SeveralForm
from claims.web.moderation.lines import ALONE
from claims.web.moderation.queue import queue_page
from claims.web.moderation.undo import MOST, say_decided
from claims.web.moderation.who import signed_in

_DONE = {
    "approve": "approved",
    "return": "returned",
    "reject": "rejected",
    UPHELD: "upheld",
    TAKEN: "passed on",
    DISMISSED: "dismissed",
}
_NEEDS_NO_WORDS = ("approve", TAKEN)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a box sent: the kind, the id and the version that was seen, of a bearing the number of its setting."""

    kind: str
    id: UUID
    version: int
    sent: str


@needs(Right.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """Decides all that is ticked in one way; what could not be stays ticked."""
    if request.method != "POST":
        return _sent_late(request)
    back = back_of(request.POST)
    form = SeveralForm(request.POST, answers=back.kind in ALONE)
    sent = request.POST.getlist("ticked")
    ticked = _ticked(sent)
    if not form.is_valid() or not _can_begin(form, ticked):
        return queue_page(request, back, several=form, ticked=sent, status=422)
    do = form.cleaned_data["do"]
    refused: list[tuple[Ticked, Refused]] = []
    for one in ticked:
        try:
            _decide(request, one, do, form.said)
        except Invalid as error:
            for words in error.errors.get("reason") or error.errors.get("answer") or [str(error)]:
                form.add_error("reason", words)
            return queue_page(request, back, several=form, ticked=sent, status=422)
        except ActionError as error:
            refused.append((one, Refused(title_for_all(one.kind, one.id), str(error))))
    left = [one for one, _ in refused]
    done = [(one.kind, one.id) for one in ticked if one not in left]
    if done:
        say_decided(request, _words(len(done), do, len(left)), done)
    if not refused:
        return redirect(back.href)
    typed = SeveralForm(initial=form.cleaned_data, answers=back.kind in ALONE)
    return queue_page(
        request,
        back,
        refused=[why for _, why in refused],
        several=typed,
        ticked=[one.sent for one in left],
        status=409,
    )


def _sent_late(request: HttpRequest) -> HttpResponse:
    """The queue with what had been ticked and typed when the session had ended."""
    kept = typed(request)
    if kept is None:
        return HttpResponseNotAllowed(["POST"])
    back = back_of(kept)
    form = SeveralForm(initial=kept.dict(), answers=back.kind in ALONE)
    return queue_page(request, back, several=form, ticked=kept.getlist("ticked"))


def _ticked(sent: Sequence[str]) -> list[Ticked]:
    """What the boxes name; what makes no sense is left out."""
    found = []
    for text in dict.fromkeys(sent):
        kind, _, rest = text.partition(":")
        identity, _, version = rest.partition(":")
        subject = uuid_or_none(identity)
        if kind in _DECIDE and subject is not None and version.isdecimal() and len(version) < 10:
            found.append(Ticked(kind, subject, int(version), text))
    return found


def _can_begin(form: SeveralForm, ticked: Sequence[Ticked]) -> bool:
    if not ticked:
        form.add_error(None, "Tick what is to be decided on.")
    if len(ticked) > MOST:
        form.add_error(None, f"{len(ticked)} are ticked: decide on {MOST} at most at once.")
    if form.cleaned_data["do"] not in _NEEDS_NO_WORDS and not form.said.strip():
        form.add_error("reason", "Say why: everybody who sent one reads it.")
    return not form.errors


def _decide(request: HttpRequest, one: Ticked, do: str, reason: str) -> None:
    _DECIDE[one.kind](one, do, reason, by=signed_in(request), today=asked.today())


def _item(one: Ticked, do: str, reason: str, *, by: User, today: date) -> None:
    item = Evidence(id=one.id)
    if do == "approve":
        decide.approve(by=by, evidence=item, seen_version=one.version, today=today)
    elif do == "return":
        decide.return_to_author(by=by, evidence=item, reason=reason, seen_version=one.version, today=today)
    elif do == "reject":
        decide.reject(by=by, evidence=item, reason=reason, seen_version=one.version, today=today)
    else:
        raise WrongState("An item is approved, returned or rejected.")


def _bearing(one: Ticked, do: str, reason: str, *, by: User, today: date) -> None:
    bearing = bearing_if_any(one.id)
    if bearing is None:
        raise WrongState("It does not wait any more.")
    if do == "approve":
        decide.approve_bearing(by=by, bearing=bearing, seen_revision=one.version, today=today)
    elif do == "reject":
        decide.reject_bearing(by=by, bearing=bearing, reason=reason, seen_revision=one.version, today=today)
    else:
        raise WrongState("A bearing is approved or rejected: it cannot be returned.")


def _flag(one: Ticked, do: str, reason: str, *, by: User, today: date) -> None:
    if do not in (UPHELD, DISMISSED):
        raise WrongState("A flag is upheld or dismissed.")
    decide_flag(by=by, flag=Flag(id=one.id), upheld=do == UPHELD, answer=reason, today=today)


def _suggestion(one: Ticked, do: str, reason: str, *, by: User, today: date) -> None:
    if do not in (TAKEN, DISMISSED):
        raise WrongState("A suggestion is passed on or dismissed.")
    suggestion = suggestion_if_any(one.id)
    if suggestion is None:
        raise WrongState("It does not wait any more.")
    decide_suggestion(by=by, suggestion=suggestion, taken=do == TAKEN, answer=reason, today=today)


_DECIDE: Mapping[str, Callable[..., None]] = {
    "evidence": _item,
    "bearing": _bearing,
    "flag": _flag,
    "suggestion": _suggestion,
}


def _words(done: int, do: str, left: int) -> str:
    more = f"; {left} could not be" if left else ""
    return f"{done} {_DONE[do]}{more}."
