"""The doors of the desk: what each right opens, for the desk's first page, the palette and the keys after `g`."""

from typing import NamedTuple

from claims.actions.permissions import Right, may
from claims.models import User


class Door(NamedTuple):
    """A page of the desk or of moderation; `go` is the letter that leads there after `g`, where there is one."""

    right: Right
    href: str
    words: str
    more: str
    go: str = ""


# What a person may begin, in the order of the desk's first page.
DOORS = (
    Door(Right.LOG_EVIDENCE, "/desk/log/", "Log evidence", "an address, what it says, which claims it bears on", "l"),
    Door(Right.OWN_CLAIM, "/desk/stale/", "See what is stale", "claims that wait for an editor", "s"),
    Door(Right.OPEN_CLAIM, "/desk/claims/new/", "Open a claim", "a falsifiable statement of an article"),
    Door(Right.ADD_ARTICLE, "/desk/articles/new/", "Add an article", "a publication whose predictions are tracked"),
    Door(Right.ADD_SOURCE, "/desk/sources/new/", "Add a source", "a publisher or body, known by its domains"),
    Door(Right.ADD_TOPIC, "/desk/topics/new/", "Add a topic", "a subject that claims share"),
    Door(Right.WORK_LEADS, "/desk/leads/", "Work leads", "what feeds brought in and readers suggest", "e"),
    Door(Right.DECIDE, "/moderation/", "Work the queue", "what waits for approval, and flags", "q"),
)
# Pages that lie open on the desk's first page anyway.
LISTS = (
    Door(Right.LOG_EVIDENCE, "/desk/", "Desk", "what waits for you", "d"),
    Door(Right.LOG_EVIDENCE, "/desk/mine/", "Your items", "what you logged, by its state", "m"),
    Door(Right.LOG_EVIDENCE, "/desk/drafts/", "Your drafts", "seen by you alone"),
    Door(Right.LOG_EVIDENCE, "/desk/bookmarklet/", "Bookmarklet", "log the page you are reading"),
    Door(Right.MERGE, "/moderation/merges/", "Merges", "what looks like a duplicate, and what is merged"),
    Door(Right.DECIDE, "/moderation/people/", "People", "who may what"),
    Door(Right.SET_READY_REASONS, "/moderation/reasons/", "Ready reasons", "sentences for decisions"),
    Door(Right.LOOK_UP, "/admin/", "Look up", "every row there is; nothing is changed there"),
)


def open_to(person: User) -> tuple[Door, ...]:
    """The doors that a person has; none without the desk. Asks the database once per person object."""
    return tuple(door for door in (*LISTS, *DOORS) if may(person, door.right))
