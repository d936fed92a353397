"""The account of the database server, and folders that it cannot enter."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from resetwatch.services import account as module
from resetwatch.services import embedded
from resetwatch.services.account import Account, ServiceError, reachable_home, server_account

STRANGER = Account("nobody", 65_534, 65_534)


def _as_root(monkeypatch: pytest.MonkeyPatch, known: set[str]) -> None:
    def find(name: str) -> pwd.struct_passwd:
        if name not in known:
            raise KeyError(name)
        return pwd.struct_passwd((name, "x", 70 + len(name), 80, "", "/", "/bin/false"))

    monkeypatch.setattr(module.os, "geteuid", lambda: 0)
    monkeypatch.setattr(module.pwd, "getpwnam", find)


def test_an_ordinary_user_runs_it_under_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "geteuid", lambda: 1234)
    assert server_account().name is None


@pytest.mark.parametrize(("known", "chosen"), [({"postgres", "nobody"}, "postgres"), ({"nobody"}, "nobody")])
def test_root_runs_it_under_an_account_without_rights(
    monkeypatch: pytest.MonkeyPatch, known: set[str], chosen: str
) -> None:
    _as_root(monkeypatch, known)
    assert server_account().name == chosen


def test_root_is_told_when_there_is_no_such_account(monkeypatch: pytest.MonkeyPatch) -> None:
    _as_root(monkeypatch, set())
    with pytest.raises(ServiceError, match="set DATABASE_URL"):
        server_account()


def test_a_folder_that_can_be_entered_is_the_home(tmp_path: Path) -> None:
    own = Account(None, os.geteuid(), os.getegid())
    assert reachable_home(tmp_path / "var", own) == tmp_path / "var"


def test_it_starts_below_a_folder_that_only_its_owner_can_enter(tmp_path: Path, no_servers_named: None) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    var = closed / "var"
    servers = embedded.start(var, throwaway=True)
    try:
        assert embedded.is_up(servers)
        assert closed.stat().st_mode & 0o077 == 0
    finally:
        servers.stop()
        if servers.postgres is not None and servers.postgres.home != var:
            shutil.rmtree(servers.postgres.home)
