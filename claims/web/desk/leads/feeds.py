"""The feeds that are watched: adding them by their own address or by a page's, pausing them, letting them go."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions.errors import ActionError, Invalid
from claims.actions.feeds import pause_feed, remove_feed, resume_feed, watch_feed
from claims.actions.permissions import Right, may, require
from claims.capture.errors import FetchError
from claims.cursors import encode
from claims.leads.errors import NotAFeed
from claims.leads.looking import Looked, look
from claims.models import Feed, User
from claims.queries.feeds import CURSOR, STATES, Counts, Line, counts, feed_if_any, feeds
from claims.web import asked
from claims.web.desk.access import UNTRIED, Outcome, attempt, needs
from claims.web.desk.fields import Typed
from claims.web.desk.opened import opened
from claims.web.errors import Missing
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import age_tag, age_words, counted

FEEDS = "/desk/leads/feeds/"


class WatchForm(forms.Form):
    """The address of a feed, or of a page that names one."""

    use_required_attribute = False

    address = Typed(
        label="Address of a feed, or of a page that names one",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "https://"}),
    )


class PauseForm(forms.Form):
    """Why a feed is not to be asked for now."""

    reason = Typed(label="Why?")


@needs(Right.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The feeds by title, and the form that watches another. Two queries beside the person's."""
    by = signed_in(request)
    form: WatchForm = opened(request, WatchForm)
    outcome: Outcome[Any] = UNTRIED
    if request.method == "POST":
        require(by, Right.WATCH_FEEDS)  # before anything is fetched
        outcome = attempt(form, lambda: _watch(request, form, by=by, now=asked.now()))
        if outcome.done and isinstance(outcome.result, Feed):
            messages.success(request, format_html("Watched from now on: <bdi>{}</bdi>.", outcome.result))
            return redirect(FEEDS)
    return _page(request, form, by=by, looked=outcome.value, status=outcome.status)


def _watch(request: HttpRequest, form: WatchForm, *, by: User, now: datetime) -> Feed | Looked:
    """Watches a feed; of a page that names several it gives these, to choose from."""
    address = form.cleaned_data["address"].strip()
    if request.POST.get("unseen"):
        return watch_feed(by=by, address=address, now=now)
    try:
        looked = look(address, now=now)
        if len(looked.offered) == 1:
            looked = look(looked.offered[0].address, now=now)  # whose own title says more than the page’s "RSS"
    except (FetchError, NotAFeed) as error:
        raise Invalid({"address": str(error)}) from error
    if looked.channel is None:
        return looked
    return watch_feed(by=by, address=looked.address, title=looked.channel.title, site=looked.channel.site, now=now)


def _page(
    request: HttpRequest, form: forms.Form, *, by: User, looked: Looked | None = None, status: int = 200
) -> HttpResponse:
    state, after = asked.choice(request, "state", STATES), asked.after(request, CURSOR)
    now = asked.now()
    page = feeds(state, after=after)
    here = f"{FEEDS}?state={state}" if state else FEEDS
    context = {
        "form": form,
        "failed": status == 422 and "address" in form.errors and form["address"].value(),
        "looked": looked,
        "watches": may(by, Right.WATCH_FEEDS),
        "rows": [_row(line, now=now) for line in page.lines],
        "state": state,
        "chips": _chips(state, counts()),
        "place": f"?{query}" if (query := request.GET.urlencode()) and request.method != "POST" else "",
        "first": here if after else "",
        "older": f"{here}{'&' if state else '?'}after={encode(page.after)}" if page.after else "",
    }
    return render(request, "desk/feeds.html", context, status=status)


def _chips(state: str, told: Counts) -> list[dict[str, Any]]:
    shown = (
        ("", "All", told.active + told.paused),
        ("active", "Watched", told.active),
        ("failing", "Failing", told.failing),
        ("paused", "Paused", told.paused),
    )
    return [
        {"words": words, "href": f"{FEEDS}?state={one}" if one else FEEDS, "on": state == one, "count": count}
        for one, words, count in shown
    ]


def _row(line: Line, *, now: datetime) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title or line.address,
        "address": line.address,
        "shown": line.address.partition("://")[2].removeprefix("www."),
        "site": line.site,
        "leads": f"/desk/leads/?feed={line.id}",
        "paused": line.paused_because if line.state == "paused" else "",
        "polled": format_html("asked {} ago", age_tag(line.polled_at, now)) if line.polled_at else "not asked yet",
        "words": line.last_words if line.polled_at else "",
        "next": _next(line, now=now),
        "failures": counted(line.failures, "failure") + " in a row" if line.failures else "",
        "brought": f"{counted(line.entries, 'lead')} so far",
        "new": format_html("the last came {} ago", age_tag(line.new_at, now)) if line.new_at else "",
        "by": line.added_by,
    }


def _next(line: Line, *, now: datetime) -> SafeString | str:
    """When it is asked again; a feed that is due is asked within the minute."""
    if line.state == "paused":
        return ""
    if line.poll_after <= now:
        return "asked next within a minute"
    at, words = line.poll_after.isoformat(timespec="seconds"), age_words(now, line.poll_after)
    return format_html('asked again in <time datetime="{}">{}</time>', at, words)


@needs(Right.WATCH_FEEDS)
@require_POST
def pause(request: HttpRequest, feed: UUID) -> HttpResponse:
    """Stops asking a feed, with the reason that stands beside it."""
    by, form = signed_in(request), PauseForm(request.POST)
    outcome = attempt(form, lambda: pause_feed(by=by, feed=_feed(feed), reason=form.cleaned_data["reason"]))
    if not outcome.done:
        words = next((str(sentence) for sentences in form.errors.values() for sentence in sentences), "")
        messages.error(request, words)
    else:
        messages.success(request, format_html("Paused: <bdi>{}</bdi>.", outcome.result))
    return redirect(_back(request))


@needs(Right.WATCH_FEEDS)
@require_POST
def resume(request: HttpRequest, feed: UUID) -> HttpResponse:
    """Asks a paused feed again."""
    by = signed_in(request)
    return _done(request, "Watched again: <bdi>{}</bdi>.", lambda: resume_feed(by=by, feed=_feed(feed)))


@needs(Right.WATCH_FEEDS)
@require_POST
def remove(request: HttpRequest, feed: UUID) -> HttpResponse:
    """Lets a feed go."""
    by = signed_in(request)
    words = "Not watched any more: <bdi>{}</bdi>. What it brought stays among the leads; add it again to go on with it."
    return _done(request, words, lambda: remove_feed(by=by, feed=_feed(feed)))


def _done(request: HttpRequest, words: str, act: Callable[[], Feed]) -> HttpResponse:
    try:
        messages.success(request, format_html(words, act()))
    except ActionError as error:
        messages.error(request, str(error))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The place in the list from which a button was pressed."""
    query = request.GET.urlencode()
    return f"{FEEDS}?{query}" if query else FEEDS


def _feed(identity: UUID) -> Feed:
    found = feed_if_any(identity)
    if found is None:
        raise Missing("There is no such feed.")
    return found
