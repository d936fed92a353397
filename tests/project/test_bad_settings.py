"""Settings and arguments that make no sense: a sentence and a code other than 0, no traceback, no secret."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections

from resetwatch import defaults
from resetwatch.services.ports import NoFreePort, next_free

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("text", ["abc", "-1", "0", "65536", "80.5", "1e3", "٨", "9" * 5000, "8000 8001"])
def test_a_port_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(ImproperlyConfigured, match="PORT is “.*”: set it to a whole number from 1 to 65535"):
        defaults.Environment().int("PORT", default=8000)


def test_a_slip_of_the_pen_is_not_taken_for_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS", "treu")
    with pytest.raises(ImproperlyConfigured, match="HTTPS is “treu”: set it to true or false"):
        defaults.Environment().bool("HTTPS", default=False)


@pytest.mark.parametrize(("text", "value"), [("True", True), ("1", True), ("on", True), ("no", False), ("", False)])
def test_true_and_false_are_read(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("HTTPS", text)
    assert defaults.Environment().bool("HTTPS", default=not value) is value


@pytest.mark.parametrize(
    "url",
    ["nonsense", "", "mysql://u:secret@h/x", "sqlite:///x", "postgresql://u:secret@h:abc/x", "postgresql://u:secret@h"],
)
def test_what_is_no_address_of_a_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not the address") as told:
        defaults.database_at(url)
    assert "secret" not in str(told.value)


def test_the_address_of_a_database_is_read() -> None:
    assert defaults.database_at("postgresql://u:p@h:5/x")["NAME"] == "x"


@pytest.mark.parametrize("url", ["nonsense", "http://:secret@h:1/0", "redis://:secret@h:abc/0"])
def test_what_is_no_address_of_a_redis_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL is not the address") as told:
        defaults.next_redis_database(url)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "x" * 300])
def test_a_host_that_is_not_this_machine_is_named(host: str) -> None:
    with pytest.raises(NoFreePort, match="is no address of this machine"):
        next_free(20_000, host)


@pytest.mark.parametrize(
    ("variables", "arguments", "words"),
    [
        ({"PORT": "abc"}, ["manage.py", "check"], "PORT is “abc”"),
        (
            {"DATABASE_URL": "x", "REDIS_URL": "redis://h/0"},
            ["-m", "resetwatch.services", "run"],
            "DATABASE_URL is not",
        ),
        (
            {"DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0"},
            ["-m", "resetwatch.services", "run"],
            "The database at 127.0.0.1:1/x does not answer",
        ),
    ],
)
def test_a_command_says_it_in_a_sentence(
    tmp_path: Path, variables: dict[str, str], arguments: list[str], words: str
) -> None:
    environment = {**os.environ, **variables, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "resetwatch.settings"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    told = done.stdout + done.stderr
    assert (done.returncode, words in told, "Traceback" in told, "secret" in told) == (1, True, False, False)


def test_a_database_that_is_too_old_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(connections["default"]), "pg_version", 140_011)
    with pytest.raises(CommandError, match="The database is PostgreSQL 14; the site needs 15 or later"):
        call_command("prepare_site")


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "broken", "no text", "a list"])
def test_a_folder_that_cannot_be_loaded_is_named(db: None, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "set"
    if kind == "file":
        place.write_text("x")
    elif kind != "missing":
        place.mkdir()
        for name in ("article", "claims", "sources", "evidence", "assessments", "topics", "relations"):
            if kind != "empty":
                content = {"broken": b"{", "no text": b"\xff\xfe\x00", "a list": b"[[[]]]"}[kind]
                (place / f"{name}.json").write_bytes(content)
    with pytest.raises(CommandError, match=r"Nothing was loaded\. .*\."):
        call_command("load_article", str(place))


def test_a_password_that_cannot_be_read_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The password cannot be read from"):
        call_command("make_admin", "me@example.org", "Me", password_from=tmp_path / "none")


def test_an_admin_needs_a_name_that_is_text(db: None, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("a-long-enough-one\n")
    with pytest.raises(CommandError, match=r"The name cannot be taken\."):
        call_command("make_admin", "me@example.org", "a\0b", password_from=tmp_path / "password")


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    defaults.secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
