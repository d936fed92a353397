"""What the admin shows of a thing beside its own fields: parts of it, and what it is about. Each a query, bounded."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.lookup.fields import NOTHING, as_json, linked, plain
from claims.models import (
    Article,
    Assessment,
    Claim,
    Event,
    EventBody,
    Evidence,
    EvidenceLink,
    EvidenceState,
    Lead,
    Merge,
    Source,
    TermChoice,
    Topic,
    User,
)

MOST = 50
_DRAFT = EvidenceState.DRAFT
# By the word that events, flags, holds and merges call them.
KINDS: dict[str, type[Model]] = {
    str(model._meta.db_table): model
    for model in apps.get_app_config("claims").get_models()
    if not hasattr(model._meta.pk, "fields")  # made of several columns: nothing that an event could be about
}


# --- Rows that are their author's alone ---


def sent_items(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Without drafts."""
    return rows.exclude(state=_DRAFT)


def sent_bearings(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Without those of drafts."""
    return rows.filter(Q(live=True) | ~_of_a_draft(id=OuterRef("evidence")))


def sent_bearing_revisions(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Without those of drafts that were returned."""
    return rows.exclude(_of_a_draft(bearings=OuterRef("bearing")))


def _of_a_draft(**of: object) -> Exists:
    return Exists(Evidence.objects.filter(state=_DRAFT, **of))


# --- What a thing is about ---


def subject(thing: Any) -> SafeString | str:
    """What an event, a flag or a hold is about."""
    return _thing(thing.subject_type, thing.subject_id)


def merged_from(merge: Merge) -> SafeString | str:
    """The duplicate."""
    return _thing(merge.subject_type, merge.from_id)


def merged_into(merge: Merge) -> SafeString | str:
    """What the duplicate leads to."""
    return _thing(merge.subject_type, merge.into_id)


def said(event: Event) -> SafeString | str:
    """What an event said; nothing of what is its author's alone, and nothing where it was destroyed."""
    if _is_a_draft(event):
        return "about a draft, which is its author’s alone"
    found = EventBody.objects.filter(event=event.pk).values_list("payload", flat=True)[:1]
    return as_json(found[0]) if found else "destroyed by a redaction"


def _is_a_draft(event: Event) -> bool:
    items = Evidence.objects.filter(state=_DRAFT)
    if event.subject_type == "evidence":
        return items.filter(id=event.subject_id).exists()
    return event.subject_type == "bearing" and items.filter(bearings=event.subject_id).exists()


# --- Its parts ---


def roles(person: User) -> SafeString | str:
    """The roles of a person."""
    return _list(person.user_roles.order_by("role").values_list("role", flat=True))


def authors(article: Article) -> SafeString | str:
    """The byline of an article."""
    rows = article.authors.order_by("place")[: MOST + 1]
    return _list(plain(", ".join(filter(None, [row.name, row.role, row.affiliation, row.note]))) for row in rows)


def topics(claim: Claim) -> SafeString | str:
    """The topics of a claim."""
    rows = claim.claim_topics.order_by("topic").values_list("topic_id", "topic__name")[: MOST + 1]
    return _list(format_html("{} {}", name, linked(Topic, topic)) for topic, name in rows)


def chosen_words(claim: Claim) -> SafeString | str:
    """The words by which leads find a claim, or must not, as editors chose."""
    rows = TermChoice.objects.filter(claim=claim).order_by("lexeme")[: MOST + 1]
    return _list(format_html("<bdi>{}</bdi>: {}", row.word, row.get_choice_display()) for row in rows)


def domains(source: Source) -> SafeString | str:
    """The domains that a source is known by."""
    return _list(source.domains.order_by("domain").values_list("domain", flat=True)[: MOST + 1])


def links(item: Evidence) -> SafeString | str:
    """What an item does to earlier ones, and later ones to it."""
    rows = EvidenceLink.objects.filter(Q(from_item=item) | Q(to_item=item))[: MOST + 1]
    return _list(
        format_html("{} {}", row.get_kind_display(), linked(Evidence, row.to_item_id))
        if row.from_item_id == item.pk
        else format_html("{} {} it", linked(Evidence, row.from_item_id), row.get_kind_display())
        for row in rows
    )


def citations(assessment: Assessment) -> SafeString | str:
    """The items that an assessment rests on."""
    rows = assessment.citations.order_by("evidence").values_list("evidence_id", flat=True)[: MOST + 1]
    return _list(linked(Evidence, key) for key in rows)


def touched(event: Event) -> SafeString | str:
    """The claims that an event touched."""
    return _list(linked(Claim, key) for key in event.event_claims.values_list("claim_id", flat=True)[: MOST + 1])


def matches(lead: Lead) -> SafeString | str:
    """The claims that a lead seems to touch."""
    rows = lead.matches.order_by("-score")[: MOST + 1]
    return _list(format_html("{} ({:.2f})", linked(Claim, row.claim_id), row.score) for row in rows)


def _thing(kind: str, key: object) -> SafeString | str:
    model = KINDS.get(kind)
    return format_html("{} {}", kind.replace("_", " "), linked(model, key)) if model else f"{kind} {key}"


def _list(parts: Iterable[object]) -> SafeString | str:
    told = list(parts)
    if not told:
        return NOTHING
    lines = format_html_join("", "<li>{}</li>", ((part,) for part in told[:MOST]))
    return format_html("<ul>{}{}</ul>", lines, format_html("<li>and others</li>") if len(told) > MOST else "")
