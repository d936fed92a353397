"""The stale list: claims that wait for an editor, the most pressing first, each with the act that settles it."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.digest import set_pace
from claims.actions.permissions import Right
from claims.cursors import encode
from claims.models import Pace
from claims.queries.claim_words import topic_choices
from claims.queries.ownership import pace_of
from claims.queries.stale import LOOKED_THROUGH, MOST_COUNTED, PAGE, Page, stale
from claims.queries.stale_order import CURSOR, Filters, Whose
from claims.stale import Why
from claims.stale_words import LABELS
from claims.web import asked
from claims.web.desk.access import attempt, needs
from claims.web.desk.stale_lines import stale_line
from claims.web.moderation.who import signed_in

STALE = "/desk/stale/"
# How a form names the list that it was opened from: the whole of it, or what its query string says of the place.
WHOLE = "all"
PLACE = ("whose", "why", "topic", "page_size", "after")
WHOSE = {"": "All", Whose.MINE.value: "Mine", Whose.UNOWNED.value: "Nobody’s"}
pages = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.OWN_CLAIM)
@require_safe
def stale_list(request: HttpRequest) -> HttpResponse:
    """What is stale; `?whose=`, `?why=` and `?topic=` narrow it. At most nine SQL queries."""
    by, today = signed_in(request), asked.today()
    given = {
        "whose": asked.choice(request, "whose", WHOSE),
        "why": asked.choice(request, "why", list(Why)),
        "topic": asked.words(request, "topic", longest=60),
    }
    size, after = asked.page_size(request, default=PAGE), asked.after(request, CURSOR)
    filters = Filters(
        person=by.id,
        whose=Whose(given["whose"]),
        why=Why(given["why"]) if given["why"] else None,
        topic=given["topic"],
    )
    page = stale(filters, today=today, after=after, size=size, count=True)
    here = stale_path(**given)
    place = {name: request.GET[name] for name in PLACE if request.GET.get(name)}
    more = {} if size == PAGE else {"page_size": str(size)}
    context = {
        "count": _count(page),
        "chips": [
            {"words": words, "href": stale_path(**{**given, "whose": whose}), "on": whose == given["whose"]}
            for whose, words in WHOSE.items()
        ],
        "whys": [(str(why), label) for why, label in LABELS.items()],
        "topics": topic_choices(),
        "given": given,
        "here": here,
        "narrowed": any(given.values()),
        "lines": [stale_line(claim, back=urlencode(place) or WHOLE) for claim in page.claims],
        "looked_through": LOOKED_THROUGH if filters.why == Why.SIGNPOST else 0,
        "first": here if after else "",
        "older": stale_path(**given, **more, after=encode(page.after)) if page.after else "",
        "me": by.id,
    }
    return render(request, "desk/stale.html", context)


def stale_path(**given: str) -> str:
    """The list narrowed like this; what is empty is left out."""
    asked_for = {name: value for name, value in given.items() if value}
    return f"{STALE}?{urlencode(asked_for)}" if asked_for else STALE


def back_path(request: HttpRequest) -> str:
    """The place in the stale list that a form was opened from; empty where it was another page."""
    back = request.GET.get("back", "")
    if back == WHOLE:
        return STALE
    given = QueryDict(back)
    place = {name: given[name] for name in PLACE if given.get(name)}
    return stale_path(**place) if place else ""


def _count(page: Page) -> str:
    if not page.count:
        return ""
    return f"{MOST_COUNTED}+" if page.count > MOST_COUNTED else str(page.count)


class DigestForm(forms.Form):
    """How often a person wants the mail about stale claims."""

    pace = forms.ChoiceField(
        label="How often",
        choices=[(value, f"{label[0].upper()}{label[1:]}") for value, label in Pace.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how often you want the mail.",
            "invalid_choice": "Choose how often you want the mail.",
        },
    )


@needs(Right.OWN_CLAIM)
@pages
def digest(request: HttpRequest) -> HttpResponse:
    """How often a person is told by mail of what is stale."""
    by = signed_in(request)
    form, status = DigestForm(initial={"pace": pace_of(by.id)}), 200
    if request.method == "POST":
        form = DigestForm(request.POST)
        outcome = attempt(form, lambda: set_pace(by=by, pace=form.cleaned_data["pace"]))
        if outcome.done:
            messages.success(request, "Stored.")
            return redirect(STALE)
        status = outcome.status
    return render(request, "desk/stale_digest.html", {"form": form, "email": by.email}, status=status)
