"""What the frame of every page shows: where one is, and what the person signed in may open."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

SECTIONS = (
    ("/claims/", "Claims"),
    ("/articles/", "Articles"),
    ("/changes/", "Changes"),
    ("/about/methodology/", "Method"),
)
# Pages that stand under another section's entry.
UNDER = {"/evidence/": "/claims/", "/topics/": "/claims/"}
ACCOUNT = "/accounts/"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header; `current` is the value of aria-current, empty elsewhere."""

    href: str
    label: str
    current: str


@dataclass(frozen=True, slots=True)
class Nav:
    """The header: the sections, and either the person's links and name or the address to sign in at.

    `doors` are the pages of the desk that the person may open.
    """

    sections: tuple[Entry, ...]
    own: tuple[Entry, ...]
    name: str
    account: str
    sign_in: str
    doors: tuple[Any, ...] = ()


def site(request: HttpRequest) -> dict[str, Any]:
    """Gives templates `nav`. Asks the database for nothing unless somebody is signed in, then once for the roles."""
    path = request.path
    sections = tuple(_entry(href, label, path) for href, label in SECTIONS)
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        sign_in = f"{ACCOUNT}login/"
        if not path.startswith(ACCOUNT) and path != "/":
            sign_in += f"?next={quote(request.get_full_path())}"
        return {"nav": Nav(sections, (), "", "", sign_in)}
    from claims.web.doors import open_to

    own = tuple(_entry(href, label, path) for href, label in _own(person))
    return {"nav": Nav(sections, own, str(person), _current(ACCOUNT, path), "", open_to(person))}


def _own(person: Any) -> list[tuple[str, str]]:
    from claims.actions.permissions import Right, may

    links = []
    if may(person, Right.LOG_EVIDENCE):
        links.append(("/desk/log/", "Log"))
    if may(person, Right.LOG_EVIDENCE) or may(person, Right.OPEN_CLAIM):
        links.append(("/desk/", "Desk"))
    if may(person, Right.DECIDE):
        links.append(("/moderation/", "Queue"))
    return links


def _entry(href: str, label: str, path: str) -> Entry:
    return Entry(href, label, _current(href, path))


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    if href == "/desk/" and path.startswith("/desk/log/"):
        return ""
    home = next((section for start, section in UNDER.items() if path.startswith(start)), path)
    return "true" if home.startswith(href) else ""
