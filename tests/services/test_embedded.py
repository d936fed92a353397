"""The embedded servers: started, found again, recovered, stopped."""

import json
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from resetwatch import defaults
from resetwatch.services import embedded
from resetwatch.services.account import ServiceError
from resetwatch.services.embedded import Servers
from resetwatch.services.postgres import Postgres
from resetwatch.services.processes import anyone_in, number_in
from resetwatch.services.valkey import Valkey
from tests.fixtures.waiting import wait_until


def _postgres(servers: Servers) -> Postgres:
    assert servers.postgres is not None
    return servers.postgres


def _valkey(servers: Servers) -> Valkey:
    assert servers.valkey is not None
    return servers.valkey


def _kill(pid_file: Path, folder: Path) -> None:
    number = number_in(pid_file, folder)
    assert number is not None
    os.kill(number, signal.SIGKILL)
    wait_until(lambda: number_in(pid_file, folder) is None)


def _kill_postgres(server: Postgres) -> None:
    _kill(server.data / "postmaster.pid", server.data)


def _kill_valkey(server: Valkey) -> None:
    _kill(server.data / "valkey.pid", server.data)


def _remember(servers: Servers) -> None:
    with psycopg.connect(_postgres(servers).url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    with _valkey(servers).client() as client:
        client.set("kept", "1")


def _remembered(servers: Servers) -> tuple[object, object]:
    with psycopg.connect(_postgres(servers).url()) as connection, _valkey(servers).client() as client:
        return connection.execute("SELECT one FROM kept").fetchone(), client.get("kept")


def test_it_starts_both(servers: Servers) -> None:
    assert embedded.is_up(servers)


def test_it_listens_below_the_ports_of_outgoing_connections(servers: Servers) -> None:
    assert max(_postgres(servers).port, _valkey(servers).port) < 32_768


def test_it_refuses_a_wrong_password(servers: Servers) -> None:
    address = _postgres(servers).url().replace(_postgres(servers).password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_it_writes_passwords_for_its_owner_alone(servers: Servers) -> None:
    assert stat.S_IMODE((servers.var / "servers.json").stat().st_mode) == 0o600


def test_the_settings_find_it(servers: Servers) -> None:
    found = {"DATABASE_URL": defaults.database_url(servers.var), "REDIS_URL": defaults.redis_url(servers.var)}
    assert found == servers.environment


def test_a_second_start_finds_the_running_ones(servers: Servers) -> None:
    again = embedded.start(servers.var, throwaway=True)
    assert again.environment == servers.environment


def test_it_stops_both(servers: Servers) -> None:
    servers.stop()
    assert not anyone_in(_postgres(servers).data)
    assert not anyone_in(_valkey(servers).data)


def test_it_keeps_data_over_a_stop(var: Path) -> None:
    first = embedded.start(var)
    _remember(first)
    first.stop()
    assert _remembered(embedded.start(var)) == ((1,), "1")


def test_it_recovers_from_a_power_cut(var: Path) -> None:
    first = embedded.start(var)
    _remember(first)
    with psycopg.connect(_postgres(first).url()):
        _kill_postgres(_postgres(first))
    # Valkey writes its log once a second; what is asked for here is that it starts.
    _kill_valkey(_valkey(first))
    again = embedded.start(var)
    with psycopg.connect(_postgres(again).url()) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    assert embedded.is_up(again)


@pytest.fixture
def unrelated(servers: Servers) -> Iterator[int]:
    """The number of a process of the server's own account that has nothing to do with it."""
    process = subprocess.Popen(["/bin/sleep", "60"], **_postgres(servers).account.popen)
    yield process.pid
    process.kill()
    process.wait()


def test_it_recovers_when_the_number_in_a_stale_pid_file_belongs_to_another(servers: Servers, unrelated: int) -> None:
    server = _postgres(servers)
    _kill_postgres(server)
    wait_until(lambda: not anyone_in(server.data))
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(unrelated), *lines[1:]]) + "\n")
    embedded.start(servers.var, throwaway=True)
    assert server.is_up()
    assert psutil.pid_exists(unrelated)


def test_it_moves_when_its_ports_are_taken(servers: Servers) -> None:
    before = {_postgres(servers).port, _valkey(servers).port}
    servers.stop()
    first, second = (socket.create_server(("127.0.0.1", port)) for port in before)
    with closing(first), closing(second):
        again = embedded.start(servers.var, throwaway=True)
        assert embedded.is_up(again)
    assert before.isdisjoint({_postgres(again).port, _valkey(again).port})


def test_it_begins_again_after_being_interrupted_while_making_the_data(var: Path) -> None:
    half = var / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert embedded.is_up(embedded.start(var, throwaway=True))


def test_it_says_what_to_do_when_the_password_is_lost(servers: Servers) -> None:
    servers.stop()
    (servers.var / "servers.json").unlink()
    with pytest.raises(ServiceError, match=r"does not take the password in servers\.json"):
        embedded.start(servers.var, throwaway=True)


def test_it_says_what_to_do_with_data_of_another_release(servers: Servers) -> None:
    servers.stop()
    (_postgres(servers).data / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServiceError, match="was written by PostgreSQL 17"):
        embedded.start(servers.var, throwaway=True)


def test_it_starts_none_that_a_variable_names(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/x")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    servers = embedded.start(var)
    assert (servers.postgres, servers.valkey) == (None, None)
    assert not (var / "postgres").exists()


def test_it_starts_only_the_one_that_no_variable_names(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/x")
    assert list(embedded.start(var).environment) == ["REDIS_URL"]


def test_a_note_to_keep_them_stays_when_another_uses_them(var: Path) -> None:
    embedded.start(var, throwaway=True, keep=True)
    assert embedded.start(var, throwaway=True).kept


def test_a_note_to_keep_them_ends_with_them(var: Path) -> None:
    embedded.start(var, throwaway=True, keep=True).stop()
    assert not embedded.start(var, throwaway=True).kept


def test_a_broken_state_file_is_as_none(var: Path) -> None:
    (var / "servers.json").write_text("{")
    assert embedded.is_up(embedded.start(var, throwaway=True))
    assert json.loads((var / "servers.json").read_text())["database_url"]
