"""Ports for servers on this machine."""

import random
import socket
from collections.abc import Collection

# Above 32768 systems take ports for outgoing connections, and a client that tries again and again
# at a closed port there can end up connected to itself, holding it.
LOWEST, HIGHEST = 20_000, 32_700


class NoFreePort(Exception):
    """No port was free where one was looked for."""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on this port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do, so that a connection that has just been closed is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(*, avoid: Collection[int] = ()) -> int:
    """A port below 32768 that nothing listens on. Raises NoFreePort."""
    for _ in range(200):
        port = random.randint(LOWEST, HIGHEST)
        if port not in avoid and is_free(port):
            return port
    raise NoFreePort(f"No free port between {LOWEST} and {HIGHEST} was found.")


def next_free(first: int, host: str) -> int:
    """The first free port from `first` on, a hundred further at most. Raises NoFreePort, also for a foreign host."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((host, 0))
        except (OSError, UnicodeError) as error:
            raise NoFreePort(f"HOST is “{host}”, which is no address of this machine ({error}).") from None
    for port in range(first, min(first + 100, 65_536)):
        if is_free(port, host):
            return port
    raise NoFreePort(f"No port from {first} to {first + 99} is free on {host}; set PORT.")
