"""The small form that a cell of a matrix opens: what one item says about one claim, set in place."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from claims.actions.bearings import withdraw_bearing
from claims.actions.permissions import Right, may
from claims.models import Bearing, BearingState, Evidence, Stance, User
from claims.queries.claim_picker import Pickable
from claims.queries.item_bearings import ItemBearing, bearing_on, bearing_with
from claims.queries.matrix import Waiting, voices_on
from claims.scoring import STANCES
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs
from claims.web.desk.bearings import (
    OneBearingForm,
    claim_or_404,
    initial_of,
    may_withdraw,
    published_item,
    set_from,
)
from claims.web.icons import icon
from claims.web.matrix_cells import cells, edit_path, empty, told, voices_words, waits

NONE = "none"
NO_REASON = "Say in the note why the bearing is taken back."


class CellForm(OneBearingForm):
    """A bearing by itself, or `none` to take back the one that stands, the note being the reason."""

    def __init__(self, claim: Pickable, *args: Any, takes_back: bool, **options: Any) -> None:
        super().__init__(claim, *args, auto_id="cell_%s", **options)
        self.stances = [*Stance.values, NONE] if takes_back else [*Stance.values]
        self.fields["stance"] = forms.ChoiceField(
            choices=[(stance, stance) for stance in self.stances],
            error_messages=self.fields["stance"].error_messages,
        )
        for name, words, css in (("weight", "Weight", "input input--auto"), ("note", "Note", "input editor__note")):
            self.fields[name].widget.attrs |= {"class": css, "aria-label": words}
        self.fields["note"].widget.attrs |= {"placeholder": "Why, in a line", "dir": "auto", "maxlength": 500}

    def clean(self) -> dict[str, Any]:
        """A bearing that is taken back needs a reason and no weight."""
        given = super().clean() or self.cleaned_data
        if given.get("stance") == NONE:
            self.errors.pop("weight", None)
            if not given.get("note"):
                self.add_error("note", NO_REASON)
        return given


@needs(Right.SET_BEARING)
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, evidence: UUID, slug: str) -> HttpResponse:
    """The form of a cell; once it is sent, the cell as it then stands. Five queries to open it."""
    by, today = request.user, asked.today()
    assert isinstance(by, User)
    item, claim = published_item(evidence, by), claim_or_404(slug)
    stands = bearing_on(item.id, claim.id)
    takes_back = stands is not None and may_withdraw(stands, by)
    data = request.POST if request.method == "POST" else None
    form = CellForm(claim, data, takes_back=takes_back, initial=_initial(stands))
    outcome: Outcome[Bearing] = UNTRIED
    if request.method == "POST":
        outcome = attempt(form, lambda: _store(form, item, stands, by=by, today=today))
        if outcome.done:
            return HttpResponse(_cell(outcome.result, claim, by=by, today=today))
    response = render(
        request, "matrix/editor.html", _shown(form, item, stands, outcome, by, today), status=outcome.status
    )
    response["X-Form"] = "editor"  # tells a form that was refused from another answer with its status
    return response


def _store(form: CellForm, item: Evidence, stands: ItemBearing | None, *, by: User, today: date) -> Bearing:
    if form.cleaned_data["stance"] != NONE or stands is None:
        return set_from(form, item, by=by, today=today)
    return withdraw_bearing(
        by=by,
        bearing=bearing_with(stands.id),
        reason=form.cleaned_data["note"],
        seen_revision=form.cleaned_data["version"],
        today=today,
    )


def _initial(stands: ItemBearing | None) -> dict[str, Any]:
    """What stands; of a bearing that was taken back nothing but its number."""
    initial = initial_of(stands)
    if stands is not None and stands.state == BearingState.WITHDRAWN:
        initial |= {"stance": "", "weight": "", "note": ""}
    return initial


def _shown(
    form: CellForm, item: Evidence, stands: ItemBearing | None, outcome: Outcome[Bearing], by: User, today: date
) -> dict[str, object]:
    claim = form.claim
    publishes = may(by, Right.PUBLISH_EVIDENCE)
    return {
        "form": form,
        "item": item,
        "claim": claim,
        "stands": stands,
        "action": f"{edit_path(item.id, claim.slug)}cell/",
        "stances": [_option(stance, form) for stance in form.stances],
        "wrong": [str(words) for errors in form.errors.values() for words in errors] if form.is_bound else [],
        "now": bearing_on(item.id, claim.id) if outcome.stale else None,
        "voices": voices_words(voices_on(item.id, claim.id, day=today)),
        "send": "Save" if publishes else "Send for approval",
    }


def _option(value: str, form: CellForm) -> dict[str, object]:
    chosen = form["stance"].value() == value
    return {"value": value, "icon": icon(value) if value in STANCES else SafeString(""), "chosen": chosen}


def _cell(row: Bearing, claim: Pickable, *, by: User, today: date) -> SafeString:
    """The cell of a bearing as it now stands."""
    href = edit_path(row.evidence_id, claim.slug)
    if row.state == BearingState.WITHDRAWN:
        return cells([empty(href)])
    if row.state == BearingState.PENDING:
        return cells([waits(Waiting(row.stance, row.weight), on=claim.title, href=href)])
    torn = "here" if voices_on(row.evidence_id, row.claim_id, day=today) else ""
    return cells([told(row.stance, row.weight, on=claim.title, href=href, torn=torn)])
