"""Both embedded servers together, and the file by which the settings find them."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resetwatch.services.account import reachable_home, server_account
from resetwatch.services.postgres import Postgres
from resetwatch.services.valkey import Valkey

Say = Callable[[str], None]


@dataclass
class Servers:
    """The servers under one folder; each is None where the caller has one of its own."""

    var: Path
    postgres: Postgres | None
    valkey: Valkey | None
    kept: bool = False

    def stop(self) -> None:
        """Stop those that run."""
        with _lock(self.var):
            for server in (self.valkey, self.postgres):
                if server is not None:
                    server.stop()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that name these servers."""
        named: dict[str, str] = {}
        if self.postgres is not None:
            named["DATABASE_URL"] = self.postgres.url()
        if self.valkey is not None:
            named["REDIS_URL"] = self.valkey.url
        return named


def start(
    var: Path,
    *,
    say: Say = lambda _: None,
    throwaway: bool = False,
    keep: bool | None = None,
) -> Servers:
    """Have the servers running that no environment variable names. Raises ServiceError.

    `keep` notes that they are to outlive whoever uses them next; None leaves the note as it is
    where they run already.
    """
    var = var.resolve()
    with _lock(var):
        servers = load(var, throwaway=throwaway)
        ran = _running(servers)
        if servers.postgres is not None and not servers.postgres.is_up():
            fresh = not servers.postgres.data.exists()
            say("Making the database" if fresh else "Starting PostgreSQL")
            _save(servers)  # a password is written down before data are made under it
            servers.postgres.start()
        if servers.valkey is not None and not servers.valkey.is_up():
            say("Starting Valkey")
            servers.valkey.start()
        if keep is not None or not ran:
            servers.kept = bool(keep)
        _save(servers)
    return servers


def load(var: Path, *, throwaway: bool = False) -> Servers:
    """What is known of the servers under `var`, running or not. Raises ServiceError."""
    var = var.resolve()
    state = _read(var)
    postgres = valkey = None
    if not os.environ.get("DATABASE_URL"):
        account = server_account()
        home = Path(state["home"]) if "home" in state else reachable_home(var, account)
        postgres = Postgres(home, throwaway=throwaway, account=account, **state.get("postgres", {}))
    if not os.environ.get("REDIS_URL"):
        valkey = Valkey(var, throwaway=throwaway, **state.get("valkey", {}))
    return Servers(var, postgres, valkey, kept=bool(state.get("kept", False)))


def is_up(servers: Servers) -> bool:
    """Whether all of them answer."""
    return all(server is None or server.is_up() for server in (servers.postgres, servers.valkey))


def _running(servers: Servers) -> bool:
    return any(server is not None and server.is_up() for server in (servers.postgres, servers.valkey))


def _read(var: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads((var / "servers.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return state


def _save(servers: Servers) -> None:
    """Write down what was found, over what is written of a server that was not asked for."""
    state = _read(servers.var)
    state["kept"] = servers.kept
    if servers.postgres is not None:
        state["home"] = str(servers.postgres.home)
        state["postgres"] = {
            "port": servers.postgres.port,
            "password": servers.postgres.password,
        }
        state["database_url"] = servers.postgres.url()
    if servers.valkey is not None:
        state["valkey"] = {"port": servers.valkey.port, "password": servers.valkey.password}
        state["redis_url"] = servers.valkey.url
    draft = servers.var / f".servers-{os.getpid()}.json"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(state, indent=1) + "\n")
    draft.replace(servers.var / "servers.json")


@contextmanager
def _lock(var: Path) -> Iterator[None]:
    """One process at a time starts or stops the servers of a folder."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "servers.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
