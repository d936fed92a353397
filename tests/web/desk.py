"""What the tests of the desk's forms share: somebody signed in, and a form filled in."""

from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from claims.models import Claim, User

ADDRESS = "https://www.news.example/2026/03/licence"
FORM = "application/x-www-form-urlencoded"


def signed_in(client: Client, person: User) -> Client:
    """The client, signed in as this person."""
    client.force_login(person)
    return client


def signed_out(client: Client, person: User) -> Client:
    """The client, in which this person had a page of the desk open and whose session has ended."""
    signed_in(client, person).get("/desk/")
    del client.cookies["sessionid"]
    return client


def item_form(*bearings: tuple[Claim, str, str], do: str = "publish", **said: Any) -> dict[str, Any]:
    """The form of an item as a browser sends it; a field given as None is left out."""
    form: dict[str, Any] = {
        "do": do,
        "key": "a-key-of-this-form",
        "address": ADDRESS,
        "title": "A licence for oil at sea",
        "published": "2026-03-06",
        "type": "newspaper",
        "summary": "A licence lets cargoes be delivered.",
        "credibility": "2",
        "bears_on": [str(claim.id) for claim, _, _ in bearings],
    }
    for claim, stance, weight in bearings:
        form |= {f"{claim.id}-stance": stance, f"{claim.id}-weight": weight, f"{claim.id}-note": ""}
    form |= said
    return {name: value for name, value in form.items() if value is not None}


def as_sent(form: dict[str, Any]) -> str:
    """The form as a browser writes it, half of a character included: the bytes of its code, which are no UTF-8."""
    return urlencode(form, doseq=True, errors="surrogatepass")


def text_of(response: Any) -> str:
    """The page with its entities read, to look for words in."""
    return unescape(response.content.decode())


def told(response: Any) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in response.context["messages"]]
