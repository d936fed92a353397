"""Suspending a person, and lifting it, with the reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from claims.actions.permissions import Right
from claims.actions.suspend import lift_suspension, suspend_person
from claims.queries.people import person_with
from claims.web import asked
from claims.web.desk.access import attempt, needs, typed
from claims.web.moderation.forms import SuspensionForm
from claims.web.moderation.people import person_or_404, person_page
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import person_path


@needs(Right.SUSPEND)
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Suspends an account, or opens it again, as `suspended` says."""
    held, form = person_or_404(identity), SuspensionForm(typed(request), auto_id="suspension_%s")
    if request.method != "POST":
        return person_page(request, held, suspension=form)
    suspends = request.POST.get("suspended") == "yes"
    act = suspend_person if suspends else lift_suspension
    outcome = attempt(
        form,
        lambda: act(
            by=signed_in(request),
            person=person_with(identity),
            reason=form.cleaned_data["reason"],
            today=asked.today(),
        ),
    )
    if outcome.done:
        words = "is suspended: nobody signs in with the account" if suspends else "can sign in again"
        messages.success(request, format_html("<bdi>{}</bdi> {}.", held.name, words))
        return redirect(person_path(identity))
    return person_page(request, held, suspension=form, status=outcome.status)
