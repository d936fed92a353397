"""Deciding on one waiting item or bearing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions import decide
from claims.actions.permissions import Right, may
from claims.models import BearingState, EvidenceState
from claims.queries.queue_item import (
    Item,
    WaitingBearing,
    bearing_with,
    evidence_with,
    find_bearing,
    find_item,
    given_to,
)
from claims.queries.ready_reasons import ready_reasons
from claims.web import asked, paths
from claims.web.desk.access import Outcome, attempt, needs, typed
from claims.web.errors import Missing
from claims.web.moderation.back import Refused, back_of
from claims.web.moderation.forms import (
    ApproveForm,
    ReasonForm,
    reject_form,
    return_form,
)
from claims.web.moderation.hold import holder_of
from claims.web.moderation.open_item import bearing_links, item_link, open_bearing, open_item
from claims.web.moderation.queue import one_page, queue_page
from claims.web.moderation.undo import say_decided
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import waiting_path

pages = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.DECIDE)
@require_safe
def item(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One item: what to decide while it waits, and what became of it afterwards."""
    return _item_page(request, item_or_404(identity))


@needs(Right.DECIDE)
@pages
def approve(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Makes a waiting item public."""
    held = item_or_404(identity, sent=request.method == "POST")
    form = ApproveForm(typed(request), auto_id="approve_%s")

    def act() -> decide.Approved:
        return decide.approve(
            by=signed_in(request),
            evidence=evidence_with(identity),
            seen_version=form.cleaned_data["version"],
            today=asked.today(),
        )

    return _decided(request, held, "approve", form, act, lambda done: _approved_words(held, done))


@needs(Right.DECIDE)
@pages
def give_back(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Returns a waiting item to its author, with the reason."""
    held, form = item_or_404(identity, sent=request.method == "POST"), return_form(typed(request))

    def act() -> Any:
        return decide.return_to_author(
            by=signed_in(request),
            evidence=evidence_with(identity),
            reason=form.said,
            seen_version=form.cleaned_data["version"],
            today=asked.today(),
        )

    done = format_html("Returned to {}: “<bdi>{}</bdi>”. The reason went along.", held.by or "its author", held.title)
    return _decided(request, held, "return", form, act, lambda _: done)


@needs(Right.DECIDE)
@pages
def reject(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ends a waiting item, with the reason."""
    held, form = item_or_404(identity, sent=request.method == "POST"), reject_form(typed(request))

    def act() -> Any:
        return decide.reject(
            by=signed_in(request),
            evidence=evidence_with(identity),
            reason=form.said,
            seen_version=form.cleaned_data["version"],
            today=asked.today(),
        )

    done = format_html("Rejected: “<bdi>{}</bdi>”. {} reads the reason.", held.title, held.by or "Its author")
    return _decided(request, held, "reject", form, act, lambda _: done)


@needs(Right.DECIDE)
@require_safe
def bearing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One bearing that waits alone, on a published item."""
    return _bearing_page(request, _bearing(identity))


@needs(Right.DECIDE)
@pages
def approve_bearing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Makes a waiting bearing public."""
    held, form = _bearing(identity), ApproveForm(typed(request), auto_id="approve_%s")
    done = format_html(
        'Approved: what “<bdi>{}</bdi>” says on <a href="{}"><bdi>{}</bdi></a>.',
        held.title, paths.claim_path(held.slug), held.claim,
    )  # fmt: skip

    def act() -> Any:
        return decide.approve_bearing(
            by=signed_in(request),
            bearing=bearing_with(identity),
            seen_revision=form.cleaned_data["version"],
            today=asked.today(),
        )

    return _decided(request, held, "approve", form, act, lambda _: done)


@needs(Right.DECIDE)
@pages
def reject_bearing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ends a waiting bearing, with the reason."""
    held, form = _bearing(identity), reject_form(typed(request))
    done = format_html("Rejected: the bearing of “<bdi>{}</bdi>” on <bdi>{}</bdi>.", held.title, held.claim)

    def act() -> Any:
        return decide.reject_bearing(
            by=signed_in(request),
            bearing=bearing_with(identity),
            reason=form.said,
            seen_revision=form.cleaned_data["version"],
            today=asked.today(),
        )

    return _decided(request, held, "reject", form, act, lambda _: done)


def item_or_404(identity: UUID, *, sent: bool = False) -> Item:
    """The item; `sent` takes one that has become a draft again, for the act to refuse. Raises Missing."""
    found = find_item(identity)
    if found is None or (found.state == EvidenceState.DRAFT and not (sent and found.submitted_at)):
        raise Missing("There is no such item, or it is a draft, which is its author’s alone.")
    if found.state == EvidenceState.REDACTED:
        raise Missing("What this item said was removed on legal grounds; its history tells by whom.")
    return found


def _bearing(identity: UUID) -> WaitingBearing:
    found = find_bearing(identity)
    if found is None:
        raise Missing("There is no such bearing any more. Its author may have changed the item.")
    return found


def _decided(
    request: HttpRequest,
    held: Item | WaitingBearing,
    name: str,
    form: Form,
    act: Callable[[], Any],
    words: Callable[[Any], SafeString],
) -> HttpResponse:
    """Does the act and goes on in the queue; where somebody was faster, the queue says so and shows the next."""
    if request.method != "POST":
        return _page(request, held, {name: form} if form.is_bound else {}, name if form.is_bound else "")
    outcome: Outcome[Any] = attempt(form, act)
    back = back_of(request.POST)
    if outcome.done:
        kind = "bearing" if isinstance(held, WaitingBearing) else "evidence"
        say_decided(request, words(outcome.result), [(kind, held.id)])
        return redirect(back.href)
    now = _bearing(held.id) if isinstance(held, WaitingBearing) else item_or_404(held.id, sent=True)
    if not _waits(now):
        return queue_page(request, back, refused=[_refused(held, form)], status=409)
    return _page(request, now, {name: form}, name, status=outcome.status)


def _refused(held: Item | WaitingBearing, form: Form) -> Refused:
    """What the queue says where somebody was faster; the words of a draft are its author's alone."""
    words = " ".join(map(str, form.non_field_errors())) or "It does not wait any more."
    title = "" if held.state == EvidenceState.DRAFT else held.title
    return Refused(title, words, form.said if isinstance(form, ReasonForm) else "")


def _waits(held: Item | WaitingBearing) -> bool:
    if isinstance(held, WaitingBearing):
        return held.state == BearingState.PENDING and held.live
    return held.state == EvidenceState.PENDING


def _page(
    request: HttpRequest, held: Item | WaitingBearing, forms: dict[str, Form], errors: str, status: int = 200
) -> HttpResponse:
    if isinstance(held, WaitingBearing):
        return _bearing_page(request, held, forms, errors, status)
    return _item_page(request, held, forms, errors, status)


def _item_page(
    request: HttpRequest, held: Item, forms: dict[str, Form] | None = None, errors: str = "", status: int = 200
) -> HttpResponse:
    me, ready = signed_in(request), ready_reasons()
    opened = open_item(held, by=me, ready=ready, now=timezone.now(), forms=forms, errors=errors)
    decides = _waits(held) and not opened.own
    public = held.state == EvidenceState.PUBLISHED
    over = {
        "words": "" if _waits(held) else f"This item does not wait: it is {held.state}.",
        "item_path": paths.evidence_path(held.id) if public else "",
        "withdraw": f"{waiting_path('evidence', held.id)}withdraw/" if public else "",
        "redact": f"{waiting_path('evidence', held.id)}redact/" if may(signed_in(request), Right.REDACT) else "",
        "because": held.returned_because,
        "held": holder_of(request, "evidence", held.id) if decides else "",
    }
    return one_page(
        request,
        opened,
        "Decide on an item" if _waits(held) else "An item",
        held.title,
        over=over,
        forms=forms,
        status=status,
    )


def _bearing_page(
    request: HttpRequest,
    held: WaitingBearing,
    forms: dict[str, Form] | None = None,
    errors: str = "",
    status: int = 200,
) -> HttpResponse:
    me, ready = signed_in(request), ready_reasons()
    opened = open_bearing(held, by=me, ready=ready, now=timezone.now(), forms=forms, errors=errors)
    decides = _waits(held) and not opened.own
    state = held.state if held.live else "on an item that is not public any more"
    words = "" if _waits(held) else f"This bearing does not wait: it is {state}."
    return one_page(
        request,
        opened,
        "Decide on a bearing" if _waits(held) else "A bearing",
        held.title,
        over={"words": words, "held": holder_of(request, "bearing", held.id) if decides else ""},
        forms=forms,
        status=status,
    )


def _approved_words(held: Item, done: decide.Approved) -> SafeString:
    if not done.attached:
        return format_html("Approved: {} is public now.", item_link(done.evidence.id, held.title))
    there = item_link(done.evidence.id, done.evidence.title)
    given = given_to(done.evidence.id, by=held.id)
    if not given:
        return format_html(
            "Approved: the address was published before, as {}, which bears on all of its claims already.", there
        )
    return format_html(
        "Approved: the address was published before, so {} got what it says on {}.", there, bearing_links(given)
    )
