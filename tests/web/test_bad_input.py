"""Bad input, at every address of the site: a clear 4xx with a sentence, never a 500, nothing half-stored."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resetwatch.utf8 import read_as_utf8
from tests.web.every_page import STANDINGS, Route, World, a_world, routes

FORM = "application/x-www-form-urlencoded"
MILLION = "x" * 1_000_000
EVERYBODY = ("anonymous", *STANDINGS)

# Percent-encoded, as they stand in an address.
HOSTILE = {
    "nothing": "",
    "NUL": "%00",
    "half of a character": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "long": "x" * 10_000,
    "emoji": quote("\U0001f469\u200d\U0001f680"),
    "reordering": quote("\u202etxt.exe"),
    "SQL": quote("'; DROP TABLE claim; --"),
    "template": quote("{{ 7|add:7 }}{% debug %}<script>alert(1)</script>"),
    "number": "99999999999999999999999999",
    "negative": "-1",
    "formats": quote("%s%n%(x)s{0}\\"),
    "list": quote('["a", {"b": null}]'),
    "deep list": quote("W1" * 150),
}
DAYS = (
    "nonsense",
    "2999-01-01",
    "0000-01-01",
    "9999-12-31",
    "1899-12-31",
    "2026-02-30",
    "2026-13-01",
    "2026",
    "20260101",
)
# Such as other frameworks read, and such as a page reads only beside others.
ALSO = ("a[]", "after", "as_of", "page", "next")


def some_of(values: dict[str, str], place: int, count: int) -> list[tuple[str, str]]:
    """A few of many values, others at each place, so that all are tried and the file stays quick."""
    told = list(values.items())
    return [told[(place + step * (len(told) // count)) % len(told)] for step in range(count)]


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what a request stored."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    """How many rows each table has, but for sessions, which signing in makes."""
    every = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    # Sessions come and go, and a moderator holds what they look at (docs/decisions.md).
    tables = sorted(every - {"django_session", "queue_hold"})
    counted = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counted)
        return dict(cursor.fetchall())


def assert_clear(answer: HttpResponse, tried: object) -> None:
    """No 500; what is refused is refused in words, on a page of the site, that quote nothing unescaped."""
    assert answer.status_code < 500, tried
    body = answer.getvalue().decode(errors="replace")
    assert "<script>alert" not in body, tried
    if answer.status_code in (400, 404, 409, 422, 429) and answer["Content-Type"].startswith("text/html"):
        assert re.search(r"[A-Za-z“][^<>]{12,}\.", body), tried


@pytest.fixture
def world(db: None) -> World:
    return a_world()


# --- Addresses ---


@pytest.mark.parametrize("standing", EVERYBODY)
def test_every_page_answers_whoever_asks(world: World, standing: str) -> None:
    for route in routes():
        with undone():
            assert_clear(world.client(standing).get(world.address(route)), route.name)


@pytest.mark.parametrize("standing", ["anonymous", "new analyst", "admin"])
def test_no_page_fails_on_a_hostile_address(world: World, standing: str) -> None:
    client = world.client(standing)
    for route in routes():
        for name, value in world.parts(route).items():
            for what, hostile in HOSTILE.items():
                path = world.address(route).replace(str(value), hostile, 1)
                with undone():
                    assert_clear(client.get(path), (route.name, name, what))


@pytest.mark.parametrize("standing", ["anonymous", "new analyst", "admin"])
def test_no_page_fails_on_a_hostile_query(world: World, standing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client, before = world.client(standing), rows()
    public = {path for path, _ in read_by(world, world.client("anonymous"), monkeypatch)}
    pages = [
        (path, of) for path, of in read_by(world, client, monkeypatch) if (path in public) == (client.cookies == {})
    ]
    places = ((path, parameter) for path, parameters in pages for parameter in sorted(parameters))
    for place, (path, parameter) in enumerate(places):
        for what, hostile in some_of(HOSTILE, place, 2 if client.cookies else 4):
            assert_clear(client.get(f"{path}?{quote(parameter)}={hostile}"), (path, parameter, what))
    assert rows() == before


def read_by(world: World, client: Client, patch: pytest.MonkeyPatch) -> list[tuple[str, set[str]]]:
    """The address of each page that this person may open, with the parameters that it reads from its query."""
    told: set[str] = set()

    class Listening(QueryDict):
        def __getitem__(self, name: str) -> Any:
            told.add(str(name))
            return super().__getitem__(name)

        def getlist(self, name: str, default: Any = None) -> Any:
            told.add(str(name))
            return super().getlist(name, default)

        def __contains__(self, name: object) -> bool:
            told.add(str(name))
            return super().__contains__(name)

    found = []
    with patch.context() as listening:
        listening.setattr("django.core.handlers.wsgi.QueryDict", Listening)
        for route in routes():
            told.clear()
            with undone():
                answer = client.get(f"{world.address(route)}?q=claim")
            if answer.status_code == 200:
                found.append((world.address(route), {*told, *ALSO}))
    return found


NONSENSE = (
    *(f"as_of={day}" for day in DAYS),
    *("page_size=0", "page_size=101", "page_size=%D9%A1", "page_size=1e2", "page_size=+5"),
    *("a=1&a=2", "as_of=2026-06-01&as_of=nonsense", "&&&===&&", "=", "%", "%zz=%zz", "a" * 10_000),
    "&".join(f"p{number}=1" for number in range(3000)),
    ";".join(f"p{number}" for number in range(100)),
)


def test_no_page_fails_on_a_query_that_makes_no_sense(world: World) -> None:
    client = world.client("admin")
    for route, query in product(routes(), NONSENSE):
        if not route.name.startswith(("account", "mfa")):
            assert_clear(client.get(f"{world.address(route)}?{query}"), (route.name, query[:200]))


LOOKS_BACK = ("claims", "claim", "articles", "article", "evidence", "topic")


@pytest.mark.parametrize("name", LOOKS_BACK)
def test_a_day_that_makes_no_sense_is_refused_in_words(world: World, name: str) -> None:
    [route] = [route for route in routes() if route.name == name]
    for day in DAYS:
        answer = world.client("anonymous").get(f"{world.address(route)}?as_of={day}")
        assert (answer.status_code, "as_of: " in answer.text) == (400, True), day


@pytest.mark.parametrize(
    "path",
    ["/claims/", "/articles/", "/changes/", "/corrections/", "/evidence/{item}/history/", "/claims/{claim}/history/"],
)
def test_a_place_made_up_is_refused_in_words(world: World, path: str) -> None:
    for after in ("x", "W10", "bnVsbA", "%00", "eyJhIjogMX0", "W1tbW1tb", "%F0%9F%92%A9"):
        address = path.format(item=world.item.id, claim=world.claim.slug)
        answer = world.client("anonymous").get(f"{address}?after={after}")
        assert (answer.status_code, "after: " in answer.text) == (400, True), address


QUERY = st.lists(
    st.tuples(
        st.sampled_from([*ALSO, "q", "kind", "status", "sort", "page_size", "view", "state"]),
        st.one_of(st.text(max_size=40), st.sampled_from(sorted(HOSTILE.values()))),
    ),
    max_size=5,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(route=st.sampled_from(routes()), query=QUERY)
def test_no_page_fails_on_any_query(world: World, route: Route, query: list[tuple[str, str]]) -> None:
    asked = urlencode(query, errors="surrogatepass")
    with undone():
        assert_clear(world.client("admin").get(f"{world.address(route)}?{asked}"), (route.name, asked))


# --- Headers ---


KINDS = (
    *(f"text/plain; charset={name}" for name in ("hex", "utf-7", "unicode_escape", "undefined", "idna", "x" * 5000)),
    *(
        "text/plain; charset*=hex''%41",
        "text/plain; charset",
        "x" * 20_000,
        ";",
        "\xff; charset=\xff",
        "a/b; a*=x''%zz",
    ),
    *(f"multipart/form-data; boundary=x; charset={name}" for name in ("hex", "utf-7", "unicode_escape")),
    *(f"{FORM}; charset={name}" for name in ("hex", "utf-7", "utf-16")),
    *("multipart/form-data; boundary*=hex''%41", "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data"),
)


def test_no_page_fails_on_a_made_up_kind_of_content(world: World) -> None:
    client = world.client("anonymous")
    client.handler = read_as_utf8(client.handler)
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
    for kind, path in product(KINDS, ("/search/?q=%5Cud800%2B2AA-", "/claims/?as_of=%5Cud800", "/accounts/login/")):
        assert_clear(client.get(path, CONTENT_TYPE=kind), (path, kind))
        assert_clear(client.generic("POST", path, body, content_type=kind), (path, kind))


HEADERS = (
    *("accept-language", "cookie", "referer", "user-agent", "if-modified-since", "if-none-match", "range", "accept"),
    *("hx-request", "hx-current-url", "hx-target", "hx-current-url-uri-autoencoded", "x-forwarded-for"),
    *("x-forwarded-proto", "x-forwarded-host", "x-requested-with", "origin", "content-length"),
    *("hx-trigger", "triggering-event", "accept-encoding", "x-http-method-override", "authorization", "expect"),
)


def test_no_header_fails_a_page(world: World) -> None:
    client = world.client("anonymous")
    values = ("", "\x00", "\xff\xfe", "x" * 20_000, "bytes=9-1,0-" + "1" * 400, "sessionid=%00;;=", "[::1", "{" * 500)
    pages = ("/search/?q=x", "/accounts/login/", "/desk/", "/static/claims/css/claim.css", "/nowhere/")
    for header, value, path in product(HEADERS, values, pages):
        assert_clear(client.get(path, headers={header: value}), (header, value[:50], path))


# --- Forms ---


class _Forms(HTMLParser):
    """The fields of every form of a page that is sent by POST, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._open: dict[str, list[str]] | None = None
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = {} if told.get("method", "").lower() == "post" else None
            if self._open is not None:
                self.forms.append((told.get("action", ""), self._open))
        if self._open is None or not (told.get("name") or tag == "option"):
            return
        if tag in ("input", "button"):
            held = self._open.setdefault(told["name"], [])
            if told.get("type") not in ("checkbox", "radio") or "checked" in told or not held:
                held[:] = [told.get("value", "")]
        elif tag == "select":
            self._select = told["name"]
            self._open.setdefault(self._select, [])
        elif tag == "option" and self._select:
            held = self._open[self._select]
            if "selected" in told or not held:
                held[:] = [told.get("value", "")]
        elif tag == "textarea":
            self._text = told["name"]
            self._open[self._text] = [""]

    def handle_data(self, data: str) -> None:
        if self._text and self._open is not None:
            self._open[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = None


def forms_of(world: World, client: Client) -> list[tuple[str, dict[str, list[str]]]]:
    """Every form that this person is offered, each with where it goes to and what stands in it."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, list[str]]] = {}
    for route in routes():
        with undone():
            answer = client.get(world.address(route))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        reader = _Forms()
        reader.feed(answer.content.decode())
        for action, fields in reader.forms:
            fields.pop("csrfmiddlewaretoken", None)
            found.setdefault((action or world.address(route), tuple(sorted(fields))), fields)
    return [(path, fields) for (path, _), fields in found.items()]


MADE_UP = {
    "NUL": "a\0b",
    "half of a character": "\ud800",
    "reordering": "\u202eabc",
    "a million": MILLION,
    "piled marks": "a" + "\u0301" * 10_000,
    "address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "too likely": "1.7",
    "not a number": "NaN",
    "endless": "1e999",
    "month 13": "2026-13-01",
    "huge number": "9" * 400,
    "unknown id": "01a20c81-0000-7000-8000-000000000000",
    "made-up choice": "no-such-choice",
    "emoji": "\U0001f469\u200d\U0001f680",
    "template": "{{ 7|add:7 }}<script>alert(1)</script>",
}
NEVER_STORED = ("NUL", "half of a character", "a million", "piled marks")


@pytest.mark.parametrize("standing", ["anonymous", "new analyst", "admin"])
def test_no_form_fails_on_a_made_up_field(world: World, standing: str) -> None:
    client, before = world.client(standing), rows()
    places = ((path, fields, name) for path, fields in forms_of(world, client) for name in fields)
    for place, (path, fields, name) in enumerate(places):
        for what, made_up in some_of(MADE_UP, place, 2):
            sent = urlencode({**fields, name: made_up}, doseq=True, errors="surrogatepass")
            with undone():
                answer = client.generic("POST", path, sent, content_type=FORM)
                assert_clear(answer, (path, name, what))
                if answer.status_code >= 400:
                    assert rows() == before, (path, name, what)


@pytest.mark.parametrize("standing", ["anonymous", "new analyst", "admin"])
def test_no_form_stores_what_can_be_in_no_text(world: World, standing: str) -> None:
    client, before = world.client(standing), rows()
    for path, fields in forms_of(world, client):
        if path.endswith("/approve/"):
            continue  # a button alone, and where to go on from it
        for what in NEVER_STORED:
            sent = urlencode(dict.fromkeys(fields, MADE_UP[what]), errors="surrogatepass")
            with undone():
                answer = client.generic("POST", path, sent, content_type=FORM)
                assert_clear(answer, (path, what))
                assert rows() == before, (path, what)


def _shapes(fields: dict[str, list[str]]) -> Iterator[tuple[str, Any, str]]:
    """The same form sent as no browser sends it."""
    yield "nothing", b"", FORM
    yield "twice", urlencode({name: [*values, *values, "x"] for name, values in fields.items()}, doseq=True), FORM
    yield "other names", urlencode({f"{name}[]": values for name, values in fields.items()}, doseq=True), FORM
    yield "3,000 fields", urlencode({f"field{number}": "x" for number in range(3000)}), FORM
    yield "no UTF-8", b"&".join(name.encode() + b"=%FF\xff" for name in fields), FORM
    yield "JSON", b'{"a": [1, null]}', "application/json"
    yield "XML", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "text/xml"
    yield "no kind", urlencode(fields, doseq=True), ""
    yield "broken multipart", b"--x\r\nContent-Disp", "multipart/form-data; boundary=x"
    yield "no boundary", b"x", "multipart/form-data"


@pytest.mark.parametrize("standing", ["anonymous", "new analyst", "admin"])
def test_no_form_fails_when_it_is_sent_in_another_shape(world: World, standing: str) -> None:
    client, before = world.client(standing), rows()
    for path, fields in forms_of(world, client):
        for what, sent, kind in _shapes(fields):
            with undone():
                answer = client.generic("POST", path, sent, content_type=kind)
                assert_clear(answer, (path, what))
                if answer.status_code >= 400:
                    assert rows() == before, (path, what)


@pytest.mark.parametrize("standing", ["anonymous", "admin"])
def test_files_in_a_form_are_no_text(world: World, standing: str) -> None:
    client = world.client(standing)
    for path, fields in forms_of(world, client):
        for name in sorted(fields)[:3]:
            with undone():
                file = SimpleUploadedFile("../../x\0.php", b"<?php", content_type="text/html")
                assert_clear(client.post(path, {**fields, name: file}), (path, name))


@pytest.mark.parametrize("standing", ["anonymous", "admin"])
def test_no_form_is_taken_without_its_token(world: World, standing: str) -> None:
    client = world.client(standing)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    before = rows()
    for path, fields in forms_of(world, client):
        answer = strict.post(path, fields)
        assert (answer.status_code, "The form was too old" in answer.text) == (403, True), path
    assert rows() == before


def test_no_page_takes_a_method_that_it_does_not_know(world: World) -> None:
    before = rows()
    for standing in ("anonymous", "admin"):
        client = world.client(standing)
        for route in routes():
            for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
                answer = client.generic(method, world.address(route))
                assert_clear(answer, (route.name, method))
                whatever = ("account", "mfa", "api:openapi-json")  # these answer every method alike, and store nothing
                assert answer.status_code != 200 or route.name.startswith(whatever), (route.name, method)
    assert rows() == before
