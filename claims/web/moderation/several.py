"""Deciding on several things at once: each for itself, with one reason, and a line for each that could not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from claims.actions import decide
from claims.actions.errors import ActionError, Invalid, WrongState
from claims.actions.permissions import Right
from claims.models import Evidence
from claims.queries.queue_item import bearing_if_any, title_for_all
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.moderation.back import Refused, back_of, uuid_or_none
from claims.web.moderation.forms import SeveralForm
from claims.web.moderation.lines import TICKED_KINDS
from claims.web.moderation.queue import queue_page
from claims.web.moderation.undo import MOST, say_decided
from claims.web.moderation.who import signed_in

_DONE = {"approve": "approved", "return": "returned", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a box sent: the kind, the id and the version that was seen, of a bearing the number of its setting."""

    kind: str
    id: UUID
    version: int
    sent: str


@needs(Right.DECIDE)
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """Approves, returns or rejects all that is ticked; what could not be stays ticked."""
    back, form = back_of(request.POST), SeveralForm(request.POST, auto_id="several_%s")
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
            for words in error.errors.get("reason", [str(error)]):
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
    typed = SeveralForm(initial=form.cleaned_data, auto_id="several_%s")
    return queue_page(
        request,
        back,
        refused=[why for _, why in refused],
        several=typed,
        ticked=[one.sent for one in left],
        status=409,
    )


def _ticked(sent: Sequence[str]) -> list[Ticked]:
    """What the boxes name; what makes no sense is left out."""
    found = []
    for text in dict.fromkeys(sent):
        kind, _, rest = text.partition(":")
        identity, _, version = rest.partition(":")
        subject = uuid_or_none(identity)
        if kind in TICKED_KINDS and subject is not None and version.isdecimal() and len(version) < 10:
            found.append(Ticked(kind, subject, int(version), text))
    return found


def _can_begin(form: SeveralForm, ticked: Sequence[Ticked]) -> bool:
    if not ticked:
        form.add_error(None, "Tick what is to be decided on.")
    if len(ticked) > MOST:
        form.add_error(None, f"{len(ticked)} are ticked: decide on {MOST} at most at once.")
    if form.cleaned_data["do"] != "approve" and not form.said.strip():
        form.add_error("reason", "Say why: every author reads it.")
    return not form.errors


def _decide(request: HttpRequest, one: Ticked, do: str, reason: str) -> None:
    by, today = signed_in(request), asked.today()
    if one.kind == "bearing":
        bearing = bearing_if_any(one.id)
        if bearing is None:
            raise WrongState("It does not wait any more.")
        if do == "approve":
            decide.approve_bearing(by=by, bearing=bearing, seen_revision=one.version, today=today)
        elif do == "reject":
            decide.reject_bearing(by=by, bearing=bearing, reason=reason, seen_revision=one.version, today=today)
        else:
            raise WrongState("A bearing is approved or rejected: it cannot be returned.")
        return
    item = Evidence(id=one.id)
    if do == "approve":
        decide.approve(by=by, evidence=item, seen_version=one.version, today=today)
    elif do == "return":
        decide.return_to_author(by=by, evidence=item, reason=reason, seen_version=one.version, today=today)
    else:
        decide.reject(by=by, evidence=item, reason=reason, seen_version=one.version, today=today)


def _words(done: int, do: str, left: int) -> str:
    more = f"; {left} could not be" if left else ""
    return f"{done} {_DONE[do]}{more}."
