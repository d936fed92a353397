"""Fetching from real servers on loopback, which the list of allowed hosts opens for the test alone."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from claims.capture import fetch as fetching
from claims.capture.errors import (
    AddressRefused,
    BadAnswer,
    CertificateRefused,
    FetchError,
    PrivateAddress,
    RedirectRefused,
    TooLarge,
    TooSlow,
    Unreachable,
    WrongContent,
)
from claims.capture.fetch import Fetched, fetch
from tests.capture.sites import Page, Site, certificate, redirect, serving, talking


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    with serving() as site:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{site.port}"]
        yield site


def _fetch(address: str, **asked: Any) -> Fetched:
    return fetch(address, **{"most_bytes": 100_000, "deadline": 5.0} | asked)


def test_it_gives_body_status_and_headers(site: Site) -> None:
    site.pages["/a"] = Page(b"hello", headers={"ETag": '"1"', "Content-Type": "text/plain"})
    got = _fetch(site.at("/a"))
    assert (got.status, got.body, got.header("ETag"), got.header("none")) == (200, b"hello", '"1"', "")


def test_it_says_who_asks_and_how_to_reach_them(site: Site, settings: Settings) -> None:
    settings.FETCH_CONTACT = "https://claims.example/about"
    site.pages["/"] = Page()
    _fetch(site.at("/"))
    assert site.asked[0][1]["user-agent"] == "ResetWatch (+https://claims.example/about)"


def test_it_asks_for_the_types_that_it_takes(site: Site) -> None:
    site.pages["/"] = Page(headers={"Content-Type": "text/xml; charset=utf-8"})
    assert _fetch(site.at("/"), accept=("application/rss+xml", "text/*")).status == 200
    assert site.asked[0][1]["accept"] == "application/rss+xml, text/*"


def test_another_type_is_refused(site: Site) -> None:
    site.pages["/"] = Page(headers={"Content-Type": "video/mp4"})
    with pytest.raises(WrongContent, match="answered with video/mp4"):
        _fetch(site.at("/"), accept=("text/*", "application/xml"))


def test_an_answer_that_names_no_type_is_taken(site: Site) -> None:
    site.pages["/"] = Page(b"x")
    assert _fetch(site.at("/"), accept=("text/xml",)).body == b"x"


def test_conditions_are_passed_on_and_nothing_new_is_an_answer(site: Site) -> None:
    site.pages["/"] = Page(status=304, headers={"ETag": '"1"'})
    got = _fetch(site.at("/"), headers=[("If-None-Match", '"1"'), ("If-Modified-Since", "Tue")])
    assert (got.status, got.body) == (304, b"")
    assert (site.asked[0][1]["if-none-match"], site.asked[0][1]["if-modified-since"]) == ('"1"', "Tue")


def test_a_version_that_cannot_be_said_back_is_left_out(site: Site) -> None:
    site.pages["/"] = Page()
    _fetch(site.at("/"), headers=[("If-None-Match", '"é\r\nX: y"')])
    assert "if-none-match" not in site.asked[0][1]


def test_no_other_header_is_taken_along(site: Site) -> None:
    with pytest.raises(ValueError, match="Authorization"):
        _fetch(site.at("/"), headers=[("Authorization", "Bearer x")])


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_a_refusal_is_an_answer_without_its_body(site: Site, status: int) -> None:
    site.pages["/"] = Page(b"x" * 200_000, status, {"Retry-After": "120"})
    got = _fetch(site.at("/"))
    assert (got.status, got.body, got.header("retry-after")) == (status, b"", "120")


# --- Redirects ---


def test_redirects_are_followed(site: Site) -> None:
    site.pages |= {"/a": redirect("b?c=d#e"), "/b?c=d": Page(b"there")}
    got = _fetch(site.at("/a"))
    assert (got.body, got.address, got.moved_for_good) == (b"there", site.at("/b?c=d"), False)


@pytest.mark.parametrize(("statuses", "for_good"), [((301,), True), ((301, 308), True), ((301, 302), False)])
def test_it_tells_moved_for_good_from_sent_on(site: Site, statuses: tuple[int, ...], for_good: bool) -> None:
    for number, status in enumerate(statuses):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}", status)
    site.pages[f"/{len(statuses)}"] = Page(b"x")
    assert _fetch(site.at("/0")).moved_for_good is for_good


def test_a_page_that_was_not_moved_did_not_move_for_good(site: Site) -> None:
    site.pages["/"] = Page()
    assert not _fetch(site.at("/")).moved_for_good


def test_letters_in_a_redirect_are_read_as_browsers_read_them(site: Site) -> None:
    site.pages |= {"/a": redirect("/мир".encode().decode("latin-1")), "/%D0%BC%D0%B8%D1%80": Page(b"x")}
    assert _fetch(site.at("/a")).body == b"x"


def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    site.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": Page(b"x")}
    assert _fetch(site.at("/1")).body == b"x"
    with pytest.raises(RedirectRefused, match="more than 5 times"):
        _fetch(site.at("/0"))


def test_a_circle_is_seen(site: Site) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(RedirectRefused, match="in a circle"):
        _fetch(site.at("/a"))


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://127.0.0.2/", PrivateAddress),
        ("http://169.254.169.254/latest/", PrivateAddress),
        ("http://[::1]/", PrivateAddress),
        ("//10.0.0.1/", PrivateAddress),
        ("http://2130706433/", AddressRefused),
        ("file:///etc/passwd", AddressRefused),
        ("gopher://127.0.0.1/", AddressRefused),
        ("http://user:secret@127.0.0.1/", AddressRefused),
        ("http://[::1", RedirectRefused),
    ],
)
def test_a_redirect_is_vetted_anew(site: Site, location: str, error: type[FetchError]) -> None:
    site.pages["/"] = redirect(location)
    with pytest.raises(error):
        _fetch(site.at("/"))


def test_a_redirect_to_another_port_of_an_allowed_host_is_refused(site: Site) -> None:
    with serving() as other:
        other.pages["/"] = Page(b"internal")
        site.pages["/"] = redirect(other.at("/"))
        with pytest.raises(AddressRefused):
            _fetch(site.at("/"))
        assert other.asked == []


# --- Names ---


class _Names:
    """Stands in for the domain name system; counts what it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0
        monkeypatch.setattr(socket, "getaddrinfo", self)

    def __call__(self, host: str, port: int, **options: object) -> list[Any]:
        number = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]


def test_a_name_is_looked_up_once_so_it_cannot_change(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["feeds.example"]
    names = _Names(monkeypatch, "127.0.0.1", "127.0.0.2")
    site.pages["/"] = Page(b"x")
    assert _fetch(site.at("/", "feeds.example")).body == b"x"
    assert names.asked == 1


def test_the_site_is_asked_by_its_name(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["feeds.example"]
    _Names(monkeypatch, "127.0.0.1")
    _fetch(site.at("/", "feeds.example"))
    assert site.asked[0][1]["host"] == f"feeds.example:{site.port}"


def test_a_name_that_leads_inside_is_refused_before_anything_is_dialled(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_ALLOWED_HOSTS = []
    _Names(monkeypatch, "127.0.0.1")
    with pytest.raises(PrivateAddress):
        _fetch("http://rebound.example/")
    assert site.asked == []


def test_the_second_address_is_dialled_where_the_first_is_dead(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["feeds.example"]
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, site.port)) for number in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    site.pages["/"] = Page(b"x")
    assert _fetch(site.at("/", "feeds.example")).body == b"x"


def test_proxies_of_the_environment_are_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.pages["/"] = Page(b"x")
    assert _fetch(site.at("/")).body == b"x"


def test_a_site_that_does_not_answer_is_named(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 does not answer"):
        _fetch(f"http://127.0.0.1:{port}/")


# --- Size and packing ---


@pytest.mark.parametrize("headers", [{}, {"Content-Length": ""}])
def test_a_body_that_is_too_large_is_refused(site: Site, headers: dict[str, str]) -> None:
    site.pages["/"] = Page(b"x" * 100_001, headers=headers)
    with pytest.raises(TooLarge, match="100,000 bytes"):
        _fetch(site.at("/"))


def test_a_body_as_large_as_allowed_is_taken(site: Site) -> None:
    site.pages["/"] = Page(b"x" * 100_000)
    assert len(_fetch(site.at("/")).body) == 100_000


def test_a_packed_body_is_unpacked(site: Site) -> None:
    site.pages["/"] = Page(gzip.compress(b"hello" * 100), headers={"Content-Encoding": "gzip"})
    assert _fetch(site.at("/")).body == b"hello" * 100


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_refused_when_it_has_grown_too_large(site: Site, layers: int) -> None:
    bomb = b"\0" * 50_000_000
    for _ in range(layers):
        bomb = gzip.compress(bomb)
    site.pages["/"] = Page(bomb, headers={"Content-Encoding": ", ".join(["gzip"] * layers)})
    begun = time.monotonic()
    with pytest.raises(TooLarge):
        _fetch(site.at("/"))
    assert time.monotonic() - begun < 2


def test_a_body_packed_otherwise_is_refused(site: Site) -> None:
    site.pages["/"] = Page(b"x", headers={"Content-Encoding": "br"})
    with pytest.raises(BadAnswer, match="packed its answer as br"):
        _fetch(site.at("/"))


def test_a_body_that_is_not_packed_as_it_says_is_refused(site: Site) -> None:
    site.pages["/"] = Page(b"no gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(BadAnswer):
        _fetch(site.at("/"))


def test_a_body_that_breaks_off_is_refused(site: Site) -> None:
    site.pages["/"] = Page(b"x", headers={"Content-Length": "10"})
    with pytest.raises(BadAnswer):
        _fetch(site.at("/"))


# --- Time ---


def _drip(head: bytes) -> Any:
    """Answers at once with `head`, then a byte at a time for as long as somebody listens."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(10_000)
        connection.sendall(head)
        while not over.wait(0.02):
            connection.sendall(b"x")

    return talk


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 2",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n",
    ],
)
def test_a_drip_ends_with_the_time_for_the_whole(settings: Settings, head: bytes) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with talking(_drip(head)) as port:
        begun = time.monotonic()
        with pytest.raises(TooSlow, match=r"longer than 0\.3 seconds"):
            _fetch(f"http://127.0.0.1:{port}/", deadline=0.3)
        assert time.monotonic() - begun < 2


def test_a_site_that_says_wait_for_ever_is_given_up(settings: Settings) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        while not over.wait(0.01):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with talking(talk) as port, pytest.raises(TooSlow):
        _fetch(f"http://127.0.0.1:{port}/", deadline=0.3)


def test_a_site_that_is_silent_in_the_handshake_is_given_up(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with talking(lambda _connection, over: over.wait() and None) as port, pytest.raises(TooSlow):
        _fetch(f"https://127.0.0.1:{port}/", deadline=0.3)


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"\0" * 100]
)
def test_what_is_not_http_is_refused(settings: Settings, said: bytes) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(10_000)
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        over.wait()

    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with talking(talk) as port, pytest.raises(BadAnswer):
        _fetch(f"http://127.0.0.1:{port}/")


# --- TLS ---


@pytest.fixture
def protected(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """A site whose certificate names feeds.example and is trusted; every name leads to it."""
    trusted, context = certificate(tmp_path, "feeds.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    fetching._trust.cache_clear()
    settings.FETCH_ALLOWED_HOSTS = ["feeds.example", "other.example"]
    with serving(context) as site:
        _Names(monkeypatch, "127.0.0.1")
        yield site
    fetching._trust.cache_clear()


def test_a_site_with_its_own_certificate_is_read(protected: Site) -> None:
    protected.pages["/"] = Page(b"x" * 50_000)
    assert _fetch(protected.at("/", "feeds.example")).body == b"x" * 50_000


def test_the_certificate_of_another_name_is_refused(protected: Site) -> None:
    with pytest.raises(CertificateRefused, match=r"other\.example could not prove .*not valid for 'other\.example'"):
        _fetch(protected.at("/", "other.example"))
    assert protected.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(protected: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    fetching._trust.cache_clear()
    with pytest.raises(CertificateRefused, match="could not prove"):
        _fetch(protected.at("/", "feeds.example"))


def test_a_site_without_tls_behind_https_is_refused(site: Site) -> None:
    with pytest.raises(CertificateRefused, match="No protected connection"):
        _fetch(site.at("/").replace("http:", "https:"))


def test_a_redirect_from_https_to_http_is_refused(protected: Site) -> None:
    protected.pages["/"] = redirect("http://feeds.example/")
    with pytest.raises(RedirectRefused, match="from https to http"):
        _fetch(protected.at("/", "feeds.example"))


def test_a_drip_over_tls_ends_with_the_time_for_the_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trusted, context = certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    fetching._trust.cache_clear()
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]

    def talk(connection: socket.socket, over: threading.Event) -> None:
        with context.wrap_socket(connection, server_side=True) as talking_tls:
            _drip(b"HTTP/1.1 200 OK\r\nX: ")(talking_tls, over)

    with talking(talk) as port, pytest.raises(TooSlow):
        _fetch(f"https://127.0.0.1:{port}/", deadline=0.5)
    fetching._trust.cache_clear()


def test_it_checks_certificates_and_names() -> None:
    context = fetching._trust()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
