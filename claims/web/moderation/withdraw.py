"""Taking a published item off the site."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from claims.actions import decide
from claims.actions.permissions import Right
from claims.models import EvidenceState
from claims.queries.queue_item import bearings_of, cited_by, evidence_with
from claims.queries.ready_reasons import ready_reasons
from claims.web import asked, paths
from claims.web.desk.access import UNTRIED, attempt, needs, typed
from claims.web.moderation.back import back_of
from claims.web.moderation.decide import item_or_404, pages
from claims.web.moderation.forms import withdraw_form
from claims.web.moderation.undo import say_decided
from claims.web.moderation.who import signed_in


@needs(Right.WITHDRAW)
@pages
def withdraw(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Takes a published item off every page, with the reason."""
    held, outcome = item_or_404(identity), UNTRIED
    form = withdraw_form(typed(request), seen=held.version)
    if request.method == "POST":
        outcome = attempt(
            form,
            lambda: decide.withdraw(
                by=signed_in(request),
                evidence=evidence_with(identity),
                reason=form.said,
                seen_version=form.cleaned_data["version"],
                today=asked.today(),
            ),
        )
        if outcome.done:
            say_decided(request, format_html("Withdrawn: “<bdi>{}</bdi>”.", held.title), [("evidence", held.id)])
            return redirect(back_of(request.POST).href)
        held = item_or_404(identity, sent=True)
    form.offer(ready_reasons()["withdraw"])
    context = {
        "item": held,
        "typed": form.said if outcome.status == 409 else "",
        "public": held.state == EvidenceState.PUBLISHED,
        "item_path": paths.evidence_path(held.id),
        "bears_on": [(paths.claim_path(one.slug), one.title) for one in bearings_of(held.id)],
        "cited_by": cited_by(held.id),
        "form": form,
    }
    return render(request, "moderation/withdraw.html", context, status=outcome.status)
