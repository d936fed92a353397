"""The one way by which the site reads from the web: guarded, within a time, a size and a type of content."""

import functools
import http.client
import socket
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse
from urllib3.util.ssl_ import create_urllib3_context

from claims.capture.errors import (
    BadAnswer,
    CertificateRefused,
    RedirectRefused,
    TooLarge,
    TooSlow,
    Unreachable,
    WrongContent,
)
from claims.capture.guard import Clock, Door, vetted

MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
# Only these go along to whichever site a redirect leads to: nothing that is meant for one alone.
_CONDITIONS = ("if-none-match", "if-modified-since")
# A site with many addresses, none of which answers, must leave time for the last.
_MOST_DIALLED = 4
_DIAL_SECONDS = 5.0
_CHUNK = 65_536
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")


@dataclass(frozen=True)
class Fetched:
    """An answer. `address` is where redirects led; `body` is unpacked, and empty unless the status is a 2xx.

    `moved_for_good`: there were redirects, and each of them said that it stays.
    """

    status: int
    address: str
    moved_for_good: bool
    headers: tuple[tuple[str, str], ...]
    body: bytes
    elapsed: float

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for header, value in self.headers if header == name.lower()), "")


def fetch(
    address: str,
    *,
    headers: Sequence[tuple[str, str]] = (),
    most_bytes: int,
    deadline: float,
    accept: Sequence[str] = ("*/*",),
) -> Fetched:
    """What stands at an address, asked for by GET, within `deadline` seconds for all of it.

    `headers` are conditions (If-None-Match, If-Modified-Since), sent at each redirect too. An answer
    of 2xx must be of a type in `accept` ("text/*" is one), or name none. Every other status but a
    redirect is an answer as well. Raises FetchError.
    """
    clock = Clock(deadline)
    asked = _conditions(headers) | _own_headers(accept)
    seen: list[str] = []
    statuses: list[int] = []
    while True:
        with _in_words(address, clock):
            door = vetted(address, allowed=settings.FETCH_ALLOWED_HOSTS, clock=clock)
            seen.append(door.address)
            answer = _asked(door, asked, clock, accept=accept, most_bytes=most_bytes)
        location = answer.header("location")
        if answer.status not in _REDIRECTS or not location:
            moved = bool(statuses) and all(status in _FOR_GOOD for status in statuses)
            return replace(answer, moved_for_good=moved)
        statuses.append(answer.status)
        address = _next_address(door, location, seen)


def _own_headers(accept: Sequence[str]) -> dict[str, str]:
    contact = f" (+{settings.FETCH_CONTACT})" if settings.FETCH_CONTACT else ""
    return {
        "user-agent": f"ResetWatch{contact}",
        "accept": ", ".join(accept),
        "accept-encoding": "gzip, deflate",
        "connection": "close",
    }


def _conditions(headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The conditions that can be sent: a site may have named its version in a way that cannot be said back."""
    unknown = [name for name, _ in headers if name.lower() not in _CONDITIONS]
    if unknown:
        raise ValueError(f"Not a condition: {unknown[0]}")
    return {name.lower(): value for name, value in headers if value.isascii() and value.isprintable()}


def _next_address(door: Door, location: str, seen: list[str]) -> str:
    """Where a redirect leads. What is wrong with an address is the next round's business."""
    try:
        address = urljoin(door.address, _as_utf8(location).strip()).partition("#")[0]
    except ValueError as error:
        raise RedirectRefused(f"{door.host} sends on to “{location[:60]}”, which is no address.") from error
    if address in seen:
        raise RedirectRefused(f"{door.host} sends on in a circle, back to {address}.")
    if len(seen) > MOST_REDIRECTS:
        raise RedirectRefused(
            f"The address was sent on more than {MOST_REDIRECTS} times, the last time by {door.host}."
        )
    if door.scheme == "https" and urlsplit(address).scheme == "http":
        raise RedirectRefused(f"{door.host} sends on from https to http, where anybody on the way can change the page.")
    return address


def _site(address: str) -> str:
    try:
        return urlsplit(address).hostname or address[:60]
    except ValueError:
        return address[:60]


def _as_utf8(location: str) -> str:
    """A header as browsers read it: Python takes every one for Latin-1, sites write letters in UTF-8."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


@contextmanager
def _in_words(address: str, clock: Clock) -> Iterator[None]:
    """Turns what the libraries raise into sentences."""
    site = _site(address)
    try:
        yield
    except (TimeoutError, ReadTimeoutError) as error:
        raise TooSlow(f"{site} took longer than {clock.seconds:g} seconds, so it was given up.") from error
    except ssl.SSLCertVerificationError as error:
        raise CertificateRefused(
            f"{site} could not prove that it is this site: {error.verify_message.rstrip('.')}."
        ) from error
    except ssl.SSLError as error:
        raise CertificateRefused(f"No protected connection to {site} could be agreed on.") from error
    except (http.client.HTTPException, HTTPError, ValueError) as error:
        raise BadAnswer(f"{site} broke off, or answered in a way that cannot be read.") from error
    except OSError as error:
        raise Unreachable(f"{site} broke off before it had answered.") from error


def _asked(door: Door, headers: dict[str, str], clock: Clock, *, accept: Collection[str], most_bytes: int) -> Fetched:
    """One exchange with one site."""
    connection = _Plain(door, clock) if door.scheme == "http" else _Protected(door, clock)
    with closing(connection):
        connection.request("GET", door.target, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            got = tuple((name.lower(), value) for name, value in response.headers.items())
            body = _body(door, response, accept, most_bytes) if 200 <= response.status < 300 else b""
            return Fetched(response.status, door.address, False, got, body, clock.elapsed)


def _body(door: Door, response: HTTPResponse, accept: Collection[str], most_bytes: int) -> bytes:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not any(_covers(wanted, kind) for wanted in accept):
        raise WrongContent(f"{door.host} answered with {kind[:60]}, which is not what is looked for there.")
    packed = response.headers.get("content-encoding", "").lower()
    if any(part.strip() not in _UNPACKED for part in packed.split(",")):
        raise BadAnswer(f"{door.host} packed its answer as {packed[:60]}, which was not asked for.")
    too_large = TooLarge(f"What {door.host} sends is larger than {most_bytes:,} bytes, the most that is taken.")
    if response.length_remaining is not None and response.length_remaining > most_bytes:
        raise too_large
    body = bytearray()
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > most_bytes:
            raise too_large
    return bytes(body)


def _covers(wanted: str, kind: str) -> bool:
    return wanted in ("*/*", kind) or (wanted.endswith("/*") and kind.startswith(wanted[:-1]))


class _Timed(socket.socket):
    """Each wait ends with the time for the whole: a limit for each wait alone lets a drip go on for hours."""

    clock: Clock | None = None

    def recv_into(self, *args: Any, **named: Any) -> int:
        if self.clock:
            self.settimeout(self.clock.left())
        return super().recv_into(*args, **named)


class _TimedProtected(_Timed, ssl.SSLSocket):
    """The same over TLS."""


class _Plain(HTTPConnection):
    """Dials what was vetted, and nothing else; the name is only said in what is asked."""

    def __init__(self, door: Door, clock: Clock, **options: Any) -> None:
        super().__init__(door.host, door.port, timeout=clock.left(), **options)
        self.door = door
        self.clock = clock

    def _new_conn(self) -> socket.socket:
        failed: list[OSError] = []
        for family, address in self.door.dialled[:_MOST_DIALLED]:
            dialling = _Timed(family, socket.SOCK_STREAM)
            dialling.clock = self.clock
            try:
                dialling.settimeout(min(self.clock.left(), _DIAL_SECONDS))
                dialling.connect(address)
            except OSError as error:
                dialling.close()
                failed.append(error)
            else:
                dialling.settimeout(self.clock.left())
                return dialling
        self.clock.left()
        raise Unreachable(f"{self.door.host} does not answer.") from failed[-1]


class _Protected(_Plain, HTTPSConnection):
    """The same over TLS: urllib3 names the site in the handshake and compares its certificate with that name."""

    def __init__(self, door: Door, clock: Clock) -> None:
        super().__init__(door, clock, ssl_context=_trust())

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _TimedProtected):
            self.sock.clock = self.clock


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates that this system trusts; SSL_CERT_FILE and SSL_CERT_DIR name others."""
    context = create_urllib3_context()
    context.load_default_certs()
    context.sslsocket_class = _TimedProtected
    return context
