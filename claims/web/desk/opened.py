"""Opening a form of the desk: as it is sent, as it was typed and left unsent, or new.

What is typed is kept by autosave.js under the place of its form. `opened` notes that place for the page, and where
something was left there, the form is filled with it and not judged yet; base.html says so above the form. Of what is
kept nothing is renewed: the version that was seen when it was typed goes with it, so that sending it over a newer one
is refused, and so does the key, so that what had been sent already is not stored twice.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from claims.actions.unsent import LONGEST_PLACE
from claims.ids import uuid7
from claims.instants import instant_words
from claims.models import Unsent
from claims.queries.unsent import unsent_at, unsent_with
from claims.web.desk.access import typed

F = TypeVar("F", bound=BaseForm)

# An address in which what was left is to be shown, for places whose own would be too long.
LEFT = "unsent"
# Where one came from, which is of the way back and not of what is typed.
BACK = "back"
_SHORTENED = "sha256:"


@dataclass(slots=True)
class Left:
    """What stands in the form was left there; `outdated` where the thing was changed meanwhile."""

    id: UUID
    saved_at: datetime
    beside: str = ""
    outdated: bool = False

    @property
    def words(self) -> str:
        """When it was typed last."""
        return instant_words(self.saved_at)


@dataclass(slots=True)
class Place:
    """Where the form of a page is kept while it is typed; `answer` where the page shows again what was sent."""

    name: str
    answer: bool
    left: Left | None = None


def opened(request: HttpRequest, kind: Callable[..., F], **options: Any) -> F:
    """The form of the page. One query where it is opened, none where it is sent."""
    data = typed(request)
    form = kind(data, **options)
    kept = left(request, sent=data is not None, creates="version" not in form.fields)
    if kept is not None:
        seen = form.initial.get("version")
        form.initial = {
            name: field.widget.value_from_datadict(kept, {}, form.add_prefix(name))
            for name, field in form.fields.items()
        }
        note_version(request, kept, now=seen)
    return form


def left(request: HttpRequest, *, sent: bool, creates: bool = False) -> QueryDict | None:
    """What was left unsent in the form of this page, unless it is `sent`; and notes for the page where it is kept.

    A form that `creates` something is filled differently by each query string, and kept for each; a form that changes
    a thing is kept once for the thing.
    """
    row = _asked_for(request)
    place = Place(row.place if row else _place(request) if creates else request.path, answer=sent)
    noted: Any = request
    noted.unsent = place
    if sent:
        return None
    row = row or unsent_at(noted.user.id, place.name)
    if row is None:
        return None
    beside = f"{request.path}?beside={uuid7().hex[-8:]}" if creates else ""
    place.left = Left(row.id, row.saved_at.replace(second=0, microsecond=0), beside)
    return _as_data(row)


def unkept(request: HttpRequest) -> None:
    """Takes the note back: the page shows something else than the form that was opened, and other forms with it."""
    noted: Any = request
    noted.unsent = None


def note_version(request: HttpRequest, kept: QueryDict, *, now: object) -> None:
    """Says in the notice above the form if the thing was changed since it was typed."""
    noted: Any = request
    if now is not None and "version" in kept:
        noted.unsent.left.outdated = str(now) != kept["version"]


def address_of(place: str, identity: UUID) -> str:
    """Where the form that was left at this place is gone on with."""
    path, _, query = place.partition("?")
    return f"{path}?{LEFT}={identity}" if query.startswith(_SHORTENED) else place


def _asked_for(request: HttpRequest) -> Unsent | None:
    text = request.GET.get(LEFT, "")
    if not text:
        return None
    try:
        row = unsent_with(request.user.id, UUID(text))  # type: ignore[arg-type]
    except ValueError:
        return None
    return row if row is not None and row.place.partition("?")[0] == request.path else None


def _place(request: HttpRequest) -> str:
    asked = request.GET.copy()
    for name in (LEFT, BACK):
        asked.pop(name, None)
    query = asked.urlencode()
    place = f"{request.path}?{query}" if query else request.path
    if len(place) <= LONGEST_PLACE:
        return place
    return f"{request.path}?{_SHORTENED}{hashlib.sha256(query.encode()).hexdigest()}"


def _as_data(row: Unsent) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in row.fields.items():
        data.setlist(name, values)
    return data
