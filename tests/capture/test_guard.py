"""Which addresses are never fetched from."""

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from claims.capture.errors import AddressRefused, FetchError, NameNotFound, PrivateAddress
from claims.capture.guard import Clock, is_public, vetted

Lookup = Callable[..., list[Any]]


def _answers(*numbers: str) -> Lookup:
    def look_up(host: str, port: int, **options: object) -> list[Any]:
        del host, options
        return [
            (
                socket.AF_INET6 if ":" in number else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (number, port, 0, 0) if ":" in number else (number, port),
            )
            for number in numbers
        ]

    return look_up


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%eth0",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "100::1",
        "no number",
        "",
    ],
)
def test_it_is_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]
)
def test_it_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.0x1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://127.0.0.1.:80/",
        "http://１２７.０.０.１/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "ftp://example.org/",
        "http://user:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org\\@127.0.0.1/",
        "http://exa mple.org/",
        "http:///etc/passwd",
        "http://[::1",
        "",
    ],
)
def test_a_hostile_address_is_refused(address: str) -> None:
    with pytest.raises(FetchError):
        vetted(address, allowed=[], clock=Clock(5))


def test_a_secret_in_an_address_is_not_repeated() -> None:
    with pytest.raises(AddressRefused) as told:
        vetted("http://user:secret@example.org/", allowed=[], clock=Clock(5))
    assert "secret@" not in str(told.value)


def test_one_private_answer_among_several_refuses_the_lot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _answers("93.184.216.34", "10.0.0.1"))
    with pytest.raises(PrivateAddress, match=r"example\.org leads to 10\.0\.0\.1"):
        vetted("http://example.org/", allowed=[], clock=Clock(5))


def test_what_may_be_dialled_is_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _answers("2606:4700::1111", "93.184.216.34"))
    door = vetted("https://example.org/a?b=c#d", allowed=[], clock=Clock(5))
    assert [address[0] for _, address in door.dialled] == ["2606:4700::1111", "93.184.216.34"]
    assert (door.host, door.port, door.target) == ("example.org", 443, "/a?b=c")


def test_a_name_that_nobody_has_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*asked: object, **options: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(NameNotFound, match=r"nowhere\.example"):
        vetted("https://nowhere.example/", allowed=[], clock=Clock(5))


def test_a_name_server_that_is_silent_does_not_hold_the_fetch(monkeypatch: pytest.MonkeyPatch) -> None:

    over = threading.Event()

    def look_up(*asked: object, **options: object) -> list[Any]:
        over.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(TimeoutError):
        vetted("https://slow.example/", allowed=[], clock=Clock(0.1))
    over.set()


@pytest.mark.parametrize(
    ("allowed", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1/"),
        ("127.0.0.1", "http://127.0.0.1:8080/"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ("127.0.0.1:443", "https://127.0.0.1/"),
        ("[::1]:8080", "http://[::1]:8080/"),
    ],
)
def test_a_host_on_the_list_is_let_through(allowed: str, address: str) -> None:
    assert vetted(address, allowed=[allowed], clock=Clock(5)).dialled


@pytest.mark.parametrize(
    ("allowed", "address"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8081/"),
        ("127.0.0.1:8080", "http://127.0.0.1/"),
        ("127.0.0.2", "http://127.0.0.1/"),
        ("", "http://127.0.0.1/"),
    ],
)
def test_only_what_the_list_says_is_let_through(allowed: str, address: str) -> None:
    with pytest.raises(AddressRefused):
        vetted(address, allowed=[allowed], clock=Clock(5))
