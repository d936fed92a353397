"""What a page tells browsers and proxies, what stays hidden, and what no text of a person can do to a page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from claims.actions.articles import Author
from claims.actions.attach import NewBearing
from claims.actions.flags import flag
from claims.models import User
from tests.factories import DAY, a_claim, a_person, a_source, a_topic, an_article, an_assessment, an_item
from tests.web.every_page import HIDDEN, STANDINGS, World, a_world, routes
from tests.web.test_bad_input import undone

PASSWORD = "a-long-enough-one"


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def pages(world: World, client: Client) -> Iterator[tuple[str, Any]]:
    """Every page with its answer; what opening it stores is taken back."""
    for route in routes():
        if route.name != "account_logout":
            with undone():
                yield world.address(route), client.get(world.address(route))


# --- Headers ---


@pytest.mark.parametrize("standing", ["anonymous", "admin"])
def test_every_page_lets_nothing_foreign_run_and_nobody_frame_it(world: World, standing: str) -> None:
    for path, answer in pages(world, world.client(standing)):
        policy = answer["Content-Security-Policy"]
        assert {"default-src 'none'", "frame-ancestors 'none'", "script-src 'self'"} <= set(policy.split("; ")), path
        assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff"), path


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/claims/?as_of=x", "/claims", "/static/claims/css/claim.css", "/static/x"]
)
def test_so_do_errors_redirects_and_files(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    answer.getvalue()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_no_proxy_keeps_what_somebody_signed_in_is_shown(world: World) -> None:
    for path, answer in pages(world, world.client("admin")):
        assert "private" in answer["Cache-Control"], path


def test_no_browser_keeps_pages_of_accounts_desk_and_moderation(world: World) -> None:
    for path, answer in pages(world, world.client("admin")):
        if path.startswith(("/accounts/", "/desk/", "/moderation/")) and answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], path


def test_pages_for_strangers_may_be_kept(world: World) -> None:
    assert "Cache-Control" not in world.client("anonymous").get("/claims/")


@pytest.mark.parametrize(
    "where",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "https:evil.example",
        "\t//evil.example",
        "http:///evil.example",
    ],
)
def test_no_address_leads_from_here_to_another_site(world: World, where: str) -> None:
    client = world.client("reader")
    assert client.get(f"/accounts/login/?next={quote(where)}")["Location"] == "/"
    assert client.post("/accounts/logout/", {"next": where})["Location"] == "/"


def test_what_a_proxy_would_say_is_not_believed_of_a_stranger(world: World) -> None:
    said = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6"}
    answer = world.client("anonymous").get("/claims", headers=said)
    assert answer["Location"] == "/claims/"
    assert "evil.example" not in world.client("anonymous").get("/claims/", headers=said).text


# --- Hidden things ---


@pytest.mark.parametrize("standing", ["anonymous", "reader", "trusted analyst", "editor"])
def test_hidden_items_show_on_no_page_of_others(world: World, standing: str) -> None:
    client = world.client(standing)
    for route in routes():
        paths = [world.address(route), f"{world.address(route)}?q=summary&address=https://pending.example/unseenword"]
        for part in {"identity", "evidence"} & set(route.names):
            kind = {"kind": "evidence"} if "kind" in route.names else {}
            paths += [world.address(route, **{part: item.id}, **kind) for item in world.hidden.values()]
        if route.name in ("source", "source_history"):
            paths += [world.address(route, slug=f"{state}-example") for state in HIDDEN]
        for path in paths:
            with undone():
                text = client.get(path).getvalue().decode(errors="replace")
            assert "Unseenword" not in text, path


def test_hidden_items_cannot_be_chosen_for_a_story(world: World) -> None:
    client = world.client("trusted analyst")
    for item in world.hidden.values():
        for sent in ({"same": str(item.id)}, {"same_as": str(item.id), "do": "draft"}):
            with undone():
                assert "Unseenword" not in client.post("/desk/log/", sent).text


def test_hidden_items_cannot_be_flagged(world: World) -> None:
    for item in world.hidden.values():
        sent = {"reason": "other", "note": "x"}
        assert world.client("anonymous").post(f"/flag/evidence/{item.id}/", sent).status_code == 404


@pytest.mark.parametrize("standing", ["anonymous", "reader", "trusted analyst", "editor", "moderator"])
def test_emails_show_on_no_page_of_others(world: World, standing: str) -> None:
    own = world.people[standing].email if standing in STANDINGS else "@"
    for path, answer in pages(world, world.client(standing)):
        found = set(re.findall(r"person-\d+@example\.org", answer.getvalue().decode()))
        assert found <= {own}, path


# --- Text of people ---

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:2 }}"


class _Markup(HTMLParser):
    """Notes what could run: elements, attributes and addresses that the site itself never writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if (
            tag == "script"
            and told.get("type") != "application/json"
            and not told.get("src", "").startswith("/static/")
        ):
            self.found.append("script")
        if tag in ("img", "iframe", "object", "embed", "base", "style"):
            self.found.append(tag)
        self.found += [name for name in told if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            if not re.match(r"(?:https?://|mailto:|[/?#.]|$)", told.get(name, "")):
                self.found.append(told[name])


@pytest.fixture
def marked_up(db: None) -> World:
    """A site all of whose texts are markup."""
    world, house = a_world(), a_person("editor", "moderator", name=MARKUP)
    article = an_article(
        by=house, slug="markup", title=MARKUP, summary=MARKUP, publisher=MARKUP[:100], title_note=MARKUP,
        dates_note=MARKUP, authors=[Author(MARKUP, MARKUP, MARKUP, MARKUP)],
    )  # fmt: skip
    topic = a_topic(MARKUP[:58], by=house, slug="markup")
    source = a_source("markup.example", by=house, name=MARKUP)
    said: dict[str, Any] = {
        "statement": MARKUP,
        "criteria": MARKUP,
        "fine_print": MARKUP,
        "author_confidence": MARKUP[:30],
    }
    claim = a_claim(
        article, by=house, topics=[topic], slug="markup", title=MARKUP[:58], signposts=[(MARKUP, "up")] * 2, **said
    )
    item = an_item(
        [NewBearing(claim.id, "supports", "strong", MARKUP)], by=house, source=source, title=MARKUP, summary=MARKUP,
        quotation=MARKUP, author=MARKUP, address="https://markup.example/?q=\"'><script>alert(1)</script>",
    )  # fmt: skip
    an_assessment(claim, by=house, cites=[item], rationale=f"{MARKUP} [1]")
    waiting = an_item([claim], by=a_person("analyst", name=MARKUP), source=source, title=MARKUP, summary=MARKUP)
    report = flag(by=None, kind="evidence", subject_id=item.id, reason="other", note=MARKUP, today=DAY)
    values = {
        "article": {"slug": "markup"}, "desk_article": {"slug": "markup"}, "topic": {"slug": "markup"},
        "source": {"slug": source.slug}, "desk_source": {"slug": source.slug},
        "desk_claim_": {"slug": "markup", "claim": claim.id}, "claim": {"slug": "markup"},
        "desk_": {"evidence": item.id, "slug": "markup"}, "evidence": {"identity": item.id},
        "flag": {"kind": "evidence", "identity": item.id}, "queue_flag": {"identity": report.id},
        "queue_item_withdraw": {"identity": item.id}, "queue_item": {"identity": waiting.id},
        "person": {"identity": house.id},
    }  # fmt: skip
    for key, old in world.values.items():
        values.setdefault(key, old)
    return World({**world.people, "admin": _admin()}, claim, item, {}, values)


def _admin() -> User:
    person = a_person("admin", "editor", "moderator", name=MARKUP)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.mark.parametrize("standing", ["anonymous", "admin"])
def test_no_text_becomes_markup(marked_up: World, standing: str) -> None:
    client, shown = marked_up.client(standing), 0
    for route in routes():
        for query in (
            "",
            f"?q={quote('alert')}",
            f"?q={quote(MARKUP)}",
            f"?address={quote(MARKUP)}&title={quote(MARKUP)}",
        ):
            with undone():
                answer = client.get(f"{marked_up.address(route)}{query}")
            if not answer["Content-Type"].startswith("text/html"):
                continue
            text, reader = answer.content.decode(), _Markup()
            reader.feed(text)
            assert reader.found == [], (route.name, query)
            assert "alert(1)&gt;9" not in text, (route.name, query)
            shown += "alert(1)" in text
    assert shown > 20


# --- Sessions and sign-in ---


@pytest.fixture
def member(db: None) -> User:
    cache.clear()
    person = a_person("editor")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_the_session_is_no_business_of_scripts_or_other_sites(client: Client, member: User) -> None:
    cookie = sign_in(client, member.email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_person_who_is_suspended_is_out_at_once(client: Client, member: User) -> None:
    assert sign_in(client, member.email).status_code == 302
    assert client.get("/desk/").status_code == 200
    member.suspended_at = timezone.now()
    member.save()
    assert client.get("/desk/").status_code == 302
    assert client.post("/desk/topics/new/", {"name": "x"}).status_code == 302


def test_a_person_who_is_suspended_cannot_sign_in(client: Client, member: User) -> None:
    member.suspended_at = timezone.now()
    member.save()
    sign_in(client, member.email)
    assert client.get("/desk/").status_code == 302


def test_roles_that_are_taken_away_are_gone_at_once(client: Client, member: User) -> None:
    sign_in(client, member.email)
    member.user_roles.all().delete()
    assert client.get("/desk/").status_code == 403


def test_signing_in_changes_the_session(client: Client, member: User) -> None:
    client.get("/desk/log/", {"title": "x" * 10_000})  # which is kept for the way back
    before = client.cookies["sessionid"].value
    sign_in(client, member.email)
    assert client.cookies["sessionid"].value != before


def test_a_new_password_ends_other_sessions(client: Client, member: User) -> None:
    other = Client()
    sign_in(other, member.email)
    sign_in(client, member.email)
    new = "another-long-enough-one"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get("/desk/").status_code == 302


def test_signing_in_is_limited(client: Client, member: User) -> None:
    for _ in range(12):
        answer = sign_in(client, member.email, "wrong")
    assert "Too many tries" in answer.text
    assert sign_in(Client(), member.email).status_code != 302


def test_nobody_learns_who_has_an_account(client: Client, member: User) -> None:
    known, unknown = sign_in(client, member.email, "wrong"), sign_in(client, "nobody@example.org", "wrong")
    assert re.sub(r"person-\d+|nobody|value=\"[^\"]+\"", "", known.text) == re.sub(
        r"person-\d+|nobody|value=\"[^\"]+\"", "", unknown.text
    )
    answers = [
        client.post("/accounts/password/reset/", {"email": email}) for email in (member.email, "nobody@example.org")
    ]
    assert answers[0]["Location"] == answers[1]["Location"]
    form = {"name": "Some Body", "password1": PASSWORD, "password2": PASSWORD}
    both = [Client().post("/accounts/signup/", {**form, "email": email}) for email in (member.email, "new@example.org")]
    assert [(one.status_code, one.get("Location")) for one in both] == [(302, "/accounts/confirm-email/")] * 2


@pytest.mark.parametrize("password", ["short1", "password123", "1234567890", "some body"])
def test_weak_passwords_are_refused(client: Client, db: None, password: str) -> None:
    cache.clear()
    form = {"name": "Some Body", "email": "new@example.org", "password1": password, "password2": password}
    answer = client.post("/accounts/signup/", form)
    assert answer.status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()
