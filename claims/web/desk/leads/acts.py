"""What the buttons of the list do: to one lead, or to all that are ticked, each by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from claims.actions.errors import ActionError
from claims.actions.leads import assign_lead, dismiss_lead, restore_lead, snooze_lead
from claims.models import Lead, User
from claims.queries.leads import leads_with
from claims.queries.people import person_if_any
from claims.web.desk.leads.place import Here
from claims.web.errors import BadInput

SNOOZES = ((1, "a day"), (7, "a week"), (30, "a month"))
MOST_AT_ONCE = 100
TICKED = "ticked"
# What each button is called, said of one lead and of several, and whether it can be undone from the list.
_DONE = {
    "dismiss": ("Set aside", True),
    "snooze": ("Put off", True),
    "take": ("Yours now", False),
    "give": ("Given back to everybody", False),
    "hand": ("Handed over", False),
    "restore": ("Back among the new", False),
}


def do(sent: QueryDict, *, by: User, place: Here, now: datetime) -> str:
    """Does what a button says and gives where to go on, where it is told. Raises BadInput for what is no button."""
    name, value = next(((name, str(sent[name])) for name in _DONE if name in sent), ("", ""))
    act = _act(name, sent, by=by, now=now)
    wanted = _ids(sent.getlist("tick") if value.endswith(TICKED) else [value.rpartition(":")[2]])
    done = []
    for lead in leads_with(wanted):
        try:
            act(lead)
        except ActionError:
            continue
        done.append(lead.id)
    told = [("done", name), *(("lead", str(lead)) for lead in done), ("left", str(len(wanted) - len(done)))]
    return f"{place.href}{'&' if place.given else '?'}{urlencode(told)}"


def _act(name: str, sent: QueryDict, *, by: User, now: datetime) -> Callable[[Lead], Any]:
    if name == "dismiss":
        return lambda lead: dismiss_lead(by=by, lead=lead, today=now.date(), now=now)
    if name == "snooze":
        until = now + timedelta(days=_days(str(sent[name]).partition(":")[0]))
        return lambda lead: snooze_lead(by=by, lead=lead, until=until, now=now)
    if name == "restore":
        return lambda lead: restore_lead(by=by, lead=lead, today=now.date(), now=now)
    if name in ("take", "give"):
        return lambda lead: assign_lead(by=by, lead=lead, to=by if name == "take" else None)
    if name == "hand":
        chosen = _ids([str(sent.get("to", ""))])
        to = person_if_any(chosen[0]) if chosen else None
        if to is None:
            raise BadInput("to: choose to whom the leads are handed.")
        return lambda lead: assign_lead(by=by, lead=lead, to=to)
    raise BadInput("Nothing was chosen. Go back and press one of the buttons.")


def _days(text: str) -> int:
    if text not in {str(days) for days, _ in SNOOZES}:
        raise BadInput("snooze: choose a day, a week or a month.")
    return int(text)


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts[:MOST_AT_ONCE] if text]
    except ValueError as error:
        raise BadInput("lead: there is no such lead.") from error


def done_words(given: QueryDict) -> dict[str, Any] | None:
    """What was done just now, for the list that is shown after it; None where nothing was. One query for one lead."""
    name = given.get("done", "")
    if name not in _DONE:
        return None
    words, undoable = _DONE[name]
    ids = _ids(given.getlist("lead"))
    named = leads_with(ids) if len(ids) == 1 else []
    return {
        "words": words if ids else "",
        "title": str(named[0]) if named else "",
        "count": len(ids),
        "left": int(left) if (left := given.get("left", "")).isdecimal() and len(left) < 4 else 0,
        "undo": [str(one) for one in ids] if undoable else [],
    }
