"""Which addresses may be fetched from: the name is looked up once, and what is dialled is what was vetted."""

import ipaddress
import socket
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from claims.addresses import AddressError, clean_address
from claims.capture.errors import AddressRefused, NameNotFound, PrivateAddress

SocketAddress = tuple[int, tuple[Any, ...]]

_PORTS = {"http": 80, "https": 443}
# Global unicast is all that is handed out so far (RFC 4291, 2.4): loopback, mapped and translated
# IPv4 (::ffff:0:0/96, 64:ff9b::/96), private, link-local and site-local addresses lie outside.
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
# Inside it, and leading elsewhere (IANA's registries of special-purpose addresses): Teredo, ORCHID,
# benchmarks, documentation, and 6to4, which hides an IPv4 address.
_SPECIAL_6 = tuple(ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_SPECIAL_4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # the metadata of one large host, on an address that looks public
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)


@dataclass(frozen=True)
class Door:
    """The vetted way to a page: what is asked for, and the addresses, with their family, that may be dialled."""

    address: str
    scheme: str
    host: str
    port: int
    target: str
    dialled: tuple[SocketAddress, ...]


class Clock:
    """How much is left of the time for a whole exchange."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begun = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self.begun

    def left(self) -> float:
        """Seconds that are left. Raises TimeoutError where none are."""
        left = self.seconds - self.elapsed
        if left <= 0:
            raise TimeoutError
        return left


def vetted(address: str, *, allowed: Collection[str], clock: Clock) -> Door:
    """The way to an address, its name looked up this once and every answer found to be public.

    `allowed` names hosts, as host or host:port, that may be private and have other ports than 80
    and 443. Raises AddressRefused, PrivateAddress, NameNotFound, and TimeoutError by the clock.
    """
    try:
        address = clean_address(address).partition("#")[0]
    except AddressError as error:
        raise AddressRefused(str(error)) from error
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    named = f"[{host}]" if ":" in host else host
    trusted = named in allowed or f"{named}:{port}" in allowed
    if not trusted and port not in _PORTS.values():
        raise AddressRefused(f"Port {port} of {host} is not fetched from, only 80 and 443, which pages are served on.")
    answers = _looked_up(host, port, clock)
    for _family, (number, *_) in answers:
        if not trusted and not is_public(str(number)):
            raise PrivateAddress(
                f"{host} leads to {number}, which is not on the public internet. Nothing is fetched from there."
            )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Door(address, parts.scheme, host, port, target, tuple(answers))


def is_public(number: str) -> bool:
    """Whether an address in numbers is one of the public internet; what cannot be read is not."""
    try:
        ip = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not any(ip in network for network in _SPECIAL_4)
    return ip.scope_id is None and ip in _PUBLIC_6 and not any(ip in network for network in _SPECIAL_6)


def _looked_up(host: str, port: int, clock: Clock) -> list[SocketAddress]:
    """What the name leads to. A lookup has no time limit of its own: it is left behind when it takes too long."""
    found: list[list[SocketAddress]] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([(family, address) for family, _type, _protocol, _name, address in answers])
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = threading.Thread(target=look_up, name=f"look up {host}", daemon=True)
    asking.start()
    asking.join(clock.left())
    if asking.is_alive():
        raise TimeoutError
    if failed or not found[0]:
        raise NameNotFound(f"No site of the name {host} was found. Check how it is written.") from (
            failed[0] if failed else None
        )
    return found[0]
