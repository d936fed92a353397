"""Putting an item together: the form of its words, the rows of its claims, and the searches beside them.

All of it is one HTML form. Its buttons `find`, `add`, `remove`, `same` and `apart` change what is shown and keep
what was typed; only `do` stores, so that everything works without scripts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import HttpRequest, QueryDict

from claims.actions.permissions import Right, may
from claims.models import Evidence, User
from claims.queries.claim_picker import Pickable, Used, find_claims, used_last
from claims.queries.known_items import Found, find_items, item_with, source_names, story_word
from claims.text import TextError, clean_line
from claims.web.desk.access import typed
from claims.web.desk.forms_bearings import BearingRows
from claims.web.desk.forms_evidence import WordsForm
from claims.web.desk.opened import left, note_version

F = TypeVar("F", bound=WordsForm)
LONGEST_SEARCH = 200


@dataclass
class Composing(Generic[F]):
    """An item being put together; `storing` where it was sent to be stored, as `do` says how."""

    form: F
    rows: BearingRows
    storing: bool = False
    do: str = ""
    find_claim: str = ""
    claims: Sequence[Pickable] | None = None
    find_item: str = ""
    items: Sequence[Found] | None = None
    same: Evidence | None = None
    used: Used = field(default_factory=lambda: Used([], today=False))
    sources: Sequence[str] = ()

    @property
    def more_open(self) -> bool:
        """Whether the fields that are folded away hold anything, or are wanted."""
        names = ("author", "quotation", "story")
        wrong = self.form.is_bound and any(name in self.form.errors for name in names)
        return wrong or self.items is not None or any(self.form[name].value() for name in names)


def compose(
    request: HttpRequest,
    kind: type[F],
    *,
    by: User,
    today: date,
    item: Evidence | None = None,
    initial: Mapping[str, Any] | None = None,
    bearings: Iterable[Any] = (),
) -> Composing[F]:
    """What the page shows: what was typed so far, now or earlier, or `initial` and the `bearings` that are stored.

    At most nine queries: what was left unsent, what is known of the address (two), rows, searches, claims used last,
    sources.
    """
    data = typed(request)
    kept = left(request, sent=data is not None, creates=item is None)
    given: dict[str, Any] = {"by": by, "today": today, "item": item}
    if kept is not None:
        made = _changed(kind, kept, given)
        note_version(request, kept, now=(initial or {}).get("version"))
    elif data is None:
        made = Composing(kind(initial=dict(initial or {}), **given), BearingRows.of(bearings))
    elif "do" in data:
        do = str(data["do"])
        form = kind(data, draft=do == "draft", **given)
        made = Composing(form, BearingRows.sent(data, check=True), storing=request.method == "POST", do=do)
    else:
        made = _changed(kind, data, given)
    made.same = _same(made.form)
    used, there = used_last(by=by.id, today=today), {claim.id for claim in made.rows.claims}
    made.used = replace(used, claims=[claim for claim in used.claims if claim.id not in there])
    made.sources = source_names()
    return made


def _changed(kind: type[F], data: QueryDict, given: Mapping[str, Any]) -> Composing[F]:
    """The form after one of its other buttons: shown as it was typed, and not checked yet."""
    said = {name: data.get(name, "") for name in kind.base_fields}
    if same := _ids(data.getlist("same")):
        chosen = item_with(same[0])
        said |= {"same_as": str(same[0]), "story": story_word(chosen)} if chosen and chosen.live else {}
    elif "apart" in data:
        said |= {"same_as": "", "story": ""}
    rows = BearingRows.sent(data, extra=_ids(data.getlist("add")), without=_ids(data.getlist("remove")), check=False)
    made = Composing(kind(initial=said, **given), rows)
    find = data.get("find", "")
    if find in ("claim", "any"):
        made.find_claim = _search(data, "find_claim")
        if made.find_claim:
            made.claims = find_claims(made.find_claim, without=[claim.id for claim in rows.claims])
    if find in ("item", "any"):
        made.find_item = _search(data, "find_item")
        item = given["item"]
        if made.find_item:
            made.items = find_items(made.find_item, without=item.id if item else None)
    return made


def _search(data: QueryDict, name: str) -> str:
    try:
        return clean_line(data.get(name, "")[: LONGEST_SEARCH * 10], longest=LONGEST_SEARCH * 10)[:LONGEST_SEARCH]
    except TextError:
        return ""


def _ids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _same(form: WordsForm) -> Evidence | None:
    """The item that is chosen as a report of the same event, where there is one and it is public."""
    chosen = _ids([str(form["same_as"].value() or "")])
    item = item_with(chosen[0]) if chosen else None
    return item if item is not None and item.live else None


def publishing_words(person: User) -> str:
    """What the button that stores an item says."""
    return "Publish" if may(person, Right.PUBLISH_EVIDENCE) else "Send for approval"
