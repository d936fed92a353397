"""Finding ports."""

import socket
from contextlib import closing

import pytest

from resetwatch.services.ports import HIGHEST, LOWEST, NoFreePort, free_port, is_free, next_free


def test_a_port_that_is_listened_on_is_not_free() -> None:
    with closing(socket.create_server(("127.0.0.1", free_port()))) as server:
        assert not is_free(server.getsockname()[1])


def test_a_free_port_lies_below_those_of_outgoing_connections() -> None:
    assert LOWEST <= free_port() <= HIGHEST < 32_768


def test_the_next_free_port_follows_a_taken_one() -> None:
    with closing(socket.create_server(("127.0.0.1", free_port()))) as server:
        taken = server.getsockname()[1]
        assert taken < next_free(taken, "127.0.0.1") < taken + 100


def test_a_host_that_is_not_ours_has_no_free_port() -> None:
    with pytest.raises(NoFreePort, match="no address of this machine"):
        next_free(8000, "192.0.2.1")
