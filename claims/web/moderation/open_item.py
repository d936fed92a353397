"""A waiting item or bearing laid open: what it says, who sent it, what it resembles, and the forms that decide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.addresses import domain_of
from claims.models import EvidenceState, EvidenceType, User
from claims.queries.queue_beside import Beside, SentBack, Twin, beside, record_of
from claims.queries.queue_item import Item, Set, WaitingBearing
from claims.queries.ready_reasons import Ready
from claims.web import paths
from claims.web.claim_evidence import type_words, weight_tag
from claims.web.evidence import partial_tag
from claims.web.moderation.compare import (
    Comparison,
    bearing_tag,
    comparison,
    dated_tag,
    difference_tag,
    source_tag,
)
from claims.web.moderation.forms import ApproveForm, ReasonForm, reject_form, return_form
from claims.web.moderation.words import QUEUE, age_tag, day_tag, person_path, record_words, stance_tag, waiting_path

Forms = Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a template shows of an open thing; `template` draws it, `forms` decide it, and `own` leaves them out.

    `held_kind` and `id` are what a moderator holds who looks at it.
    """

    held_kind: str
    id: UUID
    template: str
    kind: SafeString
    path: str
    own: bool
    forms: Forms
    shown: Mapping[str, Any]
    errors: str = ""


def open_item(
    item: Item, *, by: User, ready: Ready, now: datetime, forms: Forms | None = None, errors: str = ""
) -> Opened:
    """A waiting item; `forms` are those that were sent, `errors` names the one with something wrong."""
    there = beside(item)
    offered: dict[str, Form] = {
        "approve": ApproveForm(initial={"version": item.version}, auto_id="approve_%s"),
        "return": return_form(seen=item.version),
        "reject": reject_form(seen=item.version),
        **(forms or {}),
    }
    _offer(offered, {"return": ready["return"], "reject": ready["reject"]})
    waits = item.state == EvidenceState.PENDING
    kind = "Evidence, returned before" if there.returned else "Evidence"
    return Opened(
        held_kind="evidence",
        id=item.id,
        template="moderation/open_item.html",
        kind=format_html("{}, {}", kind, age_tag(item.submitted_at or now, now)) if waits else SafeString(kind),
        path=waiting_path("evidence", item.id),
        own=item.by_id == by.id,
        forms=offered,
        errors=errors,
        shown=_item(item, there, waits=waits),
    )


def open_bearing(
    bearing: WaitingBearing, *, by: User, ready: Ready, now: datetime, forms: Forms | None = None, errors: str = ""
) -> Opened:
    """A bearing that waits alone."""
    offered: dict[str, Form] = {
        "approve": ApproveForm(initial={"version": bearing.revision}, auto_id="approve_%s"),
        "reject": reject_form(seen=bearing.revision),
        **(forms or {}),
    }
    _offer(offered, {"reject": ready["reject-bearing"]})
    return Opened(
        held_kind="bearing",
        id=bearing.id,
        template="moderation/open_bearing.html",
        kind=format_html("Bearing on a published item, {}", age_tag(bearing.set_at, now)),
        path=waiting_path("bearing", bearing.id),
        own=bearing.by_id == by.id,
        forms=offered,
        errors=errors,
        shown={
            "title": bearing.title,
            "item_path": paths.evidence_path(bearing.evidence_id),
            "claim": bearing.claim,
            "claim_path": paths.claim_path(bearing.slug),
            "statement": bearing.statement,
            "summary": bearing.summary,
            "known": day_tag(bearing.known_by),
            "source": source_tag(bearing.source, bearing.source_slug, bearing.reliability, bearing.credibility),
            "bearing": format_html("{} {}", stance_tag(bearing.stance), weight_tag(bearing.weight)),
            "note": bearing.note,
            "who": who_words(bearing.by, bearing.new_analyst),
            "who_path": person_path(bearing.by_id) if bearing.by_id else "",
            "record": record_words(record_of(bearing.by_id)),
        },
    )


def _offer(forms: Forms, sentences: Mapping[str, Sequence[str]]) -> None:
    for name, ready in sentences.items():
        form = forms[name]
        assert isinstance(form, ReasonForm)
        form.offer(ready)


def who_words(name: str, new_analyst: bool) -> str:
    """Who sent it, and as what: "R. Lindqvist, new analyst"."""
    if not name:
        return "somebody whose account is gone"
    return format_html("<bdi>{}</bdi>, new analyst" if new_analyst else "<bdi>{}</bdi>", name)


def _item(item: Item, there: Beside, *, waits: bool) -> dict[str, Any]:
    like = there.standing if waits else None
    compared = comparison(item, there.bearings, like, there.its_bearings) if like else None
    return {
        "title": item.title,
        "address": item.address,
        "host": domain_of(item.address),
        "who": who_words(item.by, item.new_analyst),
        "who_path": person_path(item.by_id) if item.by_id else "",
        "record": record_words(there.record),
        "summary": item.summary,
        "quotation": item.quotation,
        "author": item.author,
        "type": type_words(item.type),
        "source": source_tag(item.source, item.source_slug, item.reliability, item.credibility),
        "dated": dated_tag((item.published_from, item.published_to), (item.event_from, item.event_to), type=item.type),
        "looked": _looked(item) if item.type == EvidenceType.NOT_FOUND else None,
        "story": "" if compared else item.story,
        "returned": [(day_tag(one.at.date()), one.by, one.reason) for one in there.returned],
        "sent_back": [_sent_back(one) for one in there.sent_back] if waits else [],
        "theirs": f"{QUEUE}?by={item.by_id}" if item.by_id else "",
        "twins": [_twin(twin) for twin in there.twins],
        "attaches": _attaches(there) if waits else "",
        "compared": _table(compared) if compared else None,
        "bearings": [(paths.claim_path(one.slug), one.title, bearing_tag(one)) for one in there.bearings],
    }


def _looked(item: Item) -> dict[str, Any]:
    """What was looked for and not found, where and when."""
    return {
        "words": item.looked_for,
        "source": item.source,
        "host": domain_of(item.address),
        "when": partial_tag(item.event_from, item.event_to, "not said"),
    }


def _attaches(there: Beside) -> str:
    """What approving does where the address stands already."""
    if there.standing is None or not there.standing.same_address:
        return ""
    known = {bearing.claim_id for bearing in there.its_bearings}
    fresh = sum(bearing.claim_id not in known for bearing in there.bearings)
    if not fresh:
        return "Approving adds nothing: the published item bears on all of its claims already."
    bearings = "the bearing" if fresh == 1 else f"the {fresh} bearings"
    return f"Approving makes no second item: it adds {bearings} that the published one does not have."


def _table(compared: Comparison) -> dict[str, Any]:
    rows = [
        (
            row.label,
            row.href,
            _cell(row.mine, row.differs if row.here else ""),
            _cell(row.theirs, "" if row.here else row.differs),
            bool(row.differs),
        )
        for row in compared.rows
    ]
    return {"caption": compared.caption, "rows": rows}


def _cell(said: SafeString, differs: str) -> SafeString:
    return format_html_join(" ", "{}", ((part,) for part in (said, difference_tag(differs)) if part))


def _twin(twin: Twin) -> tuple[SafeString, str, str, str]:
    """Words, address and title of another item with this address, and why it ended."""
    if twin.state == EvidenceState.PENDING:
        return SafeString("waits too:"), waiting_path("evidence", twin.id), twin.title, ""
    words = format_html("{} on {}:", twin.state, day_tag(twin.touched_at.date()))
    public = paths.evidence_path(twin.id) if twin.state == EvidenceState.PUBLISHED else ""
    return words, public, twin.title, twin.because


def _sent_back(one: SentBack) -> tuple[SafeString, str, str]:
    """When an earlier item of theirs was sent back, what it is called where that may be told, and why."""
    done = "returned" if one.verb == "evidence-returned" else "rejected"
    return format_html("{}, {}", done, day_tag(one.at.date())), one.title, one.reason


def bearing_links(bearings: list[Set]) -> SafeString:
    """The claims of some bearings as links, for a sentence."""
    return format_html_join(
        ", ", '<a href="{}"><bdi>{}</bdi></a>', ((paths.claim_path(one.slug), one.title) for one in bearings)
    )


def item_link(identity: UUID, title: str) -> SafeString:
    """A published item as a link, for a sentence."""
    return format_html('<a href="{}"><bdi>{}</bdi></a>', paths.evidence_path(identity), title)
