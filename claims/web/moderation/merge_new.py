"""Saying that something is a duplicate: finding what it is a duplicate of, then merging or suggesting the two."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from claims.actions import merge as acts
from claims.actions.permissions import Right, may
from claims.queries.claim_picker import find_claims
from claims.queries.known_items import find_items
from claims.queries.merges import leads_to
from claims.queries.sources import source_list
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, needs, typed
from claims.web.desk.parts import Line
from claims.web.errors import BadInput, Missing
from claims.web.moderation.merge import LONGEST, MergeForm, compared_page, pages
from claims.web.moderation.merge_sides import NOUNS, Side, compare, sides_of
from claims.web.moderation.merges import MERGES, merge_path
from claims.web.moderation.who import signed_in
from claims.web.query_strings import with_query

NEW = f"{MERGES}new/"
MOST_FOUND = 8


class SuggestForm(MergeForm):
    """Why two things look the same to who may not merge them."""

    reason = Line(longest=LONGEST, label="Why they look the same", help_text="A moderator reads it and decides.")


@needs(Right.LOG_EVIDENCE, Right.MERGE)
@pages
def new(request: HttpRequest) -> HttpResponse:
    """`?kind=&id=` name the duplicate, `?q=` searches for what it is a duplicate of, `?into=` names that."""
    kind = asked.choice(request, "kind", NOUNS)
    duplicate = _public(kind, _id(request, "id"))
    if request.GET.get("into"):
        return _chosen(request, kind, duplicate, _public(kind, _id(request, "into")))
    words = asked.words(request)
    context = {
        "kind": kind,
        "noun": NOUNS[kind],
        "duplicate": duplicate,
        "words": words,
        "found": _find(kind, words, duplicate) if words else None,
        "may_merge": may(signed_in(request), Right.MERGE),
    }
    return render(request, "moderation/merge_new.html", context)


def new_path(kind: str, identity: UUID) -> str:
    """Where somebody says that a thing is a duplicate."""
    return with_query(NEW, kind=kind, id=identity)


def _chosen(request: HttpRequest, kind: str, duplicate: Side, into: Side) -> HttpResponse:
    compared = compare(kind, duplicate.id, into.id) if duplicate.id != into.id else None
    if compared is None:
        raise BadInput("into: a thing is not a duplicate of itself.")
    by = signed_in(request)
    form, outcome = (MergeForm if may(by, Right.MERGE) else SuggestForm)(typed(request)), UNTRIED
    if request.method == "POST":
        merging = "suggest" not in request.POST
        outcome = attempt(form, lambda: _do(form, kind, duplicate, into, by=by, merging=merging))
        if outcome.done:
            words = "The two are merged. It can be undone here." if merging else "Suggested: a moderator looks at it."
            messages.success(request, words)
            return redirect(merge_path(outcome.result.id) if may(by, Right.MERGE) else duplicate.href)
    chosen = {"kind": kind, "id": duplicate.id, "into": into.id}
    context = {
        "swap": with_query(NEW, **{**chosen, "id": into.id, "into": duplicate.id}),
        "path": with_query(NEW, **chosen),
        "again": new_path(kind, duplicate.id),
        "may_merge": may(by, Right.MERGE),
        "new": True,
    }
    return compared_page(request, compared, form, outcome, context)


def _do(form: MergeForm, kind: str, duplicate: Side, into: Side, *, by: Any, merging: bool) -> Any:
    act: Any = partial(acts.suggest_merge, because=form.cleaned_data["reason"])
    if merging:
        act = partial(acts.merge, reason=form.cleaned_data["reason"], today=asked.today())
    return act(by=by, kind=kind, duplicate=duplicate.id, into=into.id)


def _id(request: HttpRequest, name: str) -> UUID:
    text = request.GET.get(name, "")
    if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise BadInput(f"{name}: give the id of a thing, as its page has it.")
    return UUID(text)


def _public(kind: str, identity: UUID) -> Side:
    """The thing, where it is public and stands on its own."""
    if not kind:
        raise BadInput("kind: choose one of claim, evidence, source.")
    end = leads_to(kind, identity)
    sides = sides_of(kind, [identity] if end is None else [identity, end])
    if end in sides and sides[end].public:
        raise Missing(f"That {NOUNS[kind]} is merged into another already: “{sides[end].title}”.")
    side = sides.get(identity)
    if side is None or not side.public:
        raise Missing(f"There is no such {NOUNS[kind]}, or it is not public.")
    return side


def _find(kind: str, words: str, duplicate: Side) -> list[dict[str, str]]:
    """What the words may mean, without the duplicate itself."""
    if kind == "evidence":
        found = [(one.id, one.title, f"{one.source}, {one.day}") for one in find_items(words, without=duplicate.id)]
    elif kind == "claim":
        found = [(one.id, one.title, one.statement) for one in find_claims(words, without=[duplicate.id])]
    else:
        page = source_list(words=words, grade="", kind="", after=None, size=MOST_FOUND + 1)
        found = [(one.id, one.name, one.slug) for one in page.sources if one.id != duplicate.id][:MOST_FOUND]
    return [
        {
            "href": with_query(NEW, kind=kind, id=duplicate.id, into=key),
            "title": title,
            "more": more,
        }
        for key, title, more in found
    ]
