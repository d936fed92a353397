"""The ready reasons, set by an admin: each list is one form, and its order is changed with or without a script."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.permissions import Right
from claims.actions.ready_reasons import LONGEST, MOST, set_ready_reasons
from claims.models import ReasonFor
from claims.queries.ready_reasons import ready_reasons
from claims.web.desk.access import UNTRIED, attempt, needs
from claims.web.moderation.who import signed_in

REASONS = "/moderation/reasons/"


@needs(Right.SET_READY_REASONS)
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest) -> HttpResponse:
    """The sentences for each decision; every button of a list stores it as it stands in the form."""
    form, outcome, sent = Form(request.POST if request.method == "POST" else None), UNTRIED, {}
    if request.method == "POST":
        use, words = request.POST.get("use", ""), request.POST.getlist("words")
        words = _moved(words, request.POST.get("do", ""))
        outcome = attempt(
            form,
            lambda: set_ready_reasons(by=signed_in(request), use=use, words=words, seen=request.POST.getlist("seen")),
        )
        if outcome.done:
            messages.success(request, f"Stored: the reasons for {ReasonFor(use).label}.")
            return redirect(f"{REASONS}#{use}")
        sent = {use: words}
    stand = ready_reasons()
    context = {
        "lists": [_list(use, stand[use], sent.get(use)) for use in ReasonFor.values],
        "form": form if form.is_bound else None,
        "longest": LONGEST,
        "most": MOST,
    }
    return render(request, "moderation/reasons.html", context, status=outcome.status)


def _moved(words: list[str], do: str) -> list[str]:
    """The sentences as one is moved up or down or taken out: "up-2", "down-0", "remove-1"; else as they are."""
    what, _, place = do.partition("-")
    if not place.isdecimal() or int(place) >= len(words):
        return words
    at = int(place)
    moved = words.pop(at)
    if what == "up":
        words.insert(max(at - 1, 0), moved)
    elif what == "down":
        words.insert(at + 1, moved)
    elif what != "remove":
        words.insert(at, moved)
    return words


def _list(use: str, stand: Any, sent: list[str] | None) -> dict[str, Any]:
    shown = list(stand) if sent is None else [words for words in sent if words.strip()]
    return {
        "use": use,
        "label": ReasonFor(use).label,
        "seen": stand,
        "words": [
            {"words": words, "first": not place, "last": place == len(shown) - 1} for place, words in enumerate(shown)
        ],
        "room": len(shown) < MOST,
    }
