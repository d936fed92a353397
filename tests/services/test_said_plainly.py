"""What an operator set wrong or pulled away: said in a sentence before anything is served, without a secret."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.migrations.exceptions import MigrationSchemaMissing
from psycopg.sql import SQL, Identifier, Literal

from resetwatch import defaults
from resetwatch.management.commands import prepare_site
from resetwatch.services.account import ServiceError, writable
from resetwatch.services.ports import free_port
from tests.fixtures import templates
from tests.fixtures.databases import connected_to

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def made_in(encoding: str) -> Iterator[str]:
    """A database in this encoding, dropped afterwards; gives its name."""
    name = f"test_rw_run_{os.environ['TEST_RUN']}_{encoding.lower()}"
    made = SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LOCALE {}")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(made.format(Identifier(name), Literal(encoding), Literal("C")))
    try:
        yield name
    finally:
        templates.drop(name)


@pytest.mark.parametrize("rest", ["/b@h/x", "#b@h/x", "/x?b@h/x"])
def test_a_password_that_ends_the_address_early_is_not_taken_for_a_host(rest: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="In a password write %2F for /") as told:
        defaults.database_at(f"postgresql://u:a@secret{rest}")
    assert "secret" not in str(told.value)


def test_a_password_with_an_at_sign_alone_is_read_whole() -> None:
    assert defaults.database_at("postgresql://u:p@ss@h/x")["PASSWORD"] == "p@ss"


@pytest.mark.parametrize("rest", ["/b@h/0", "#b@h/0", "[b@h/0"])
def test_the_same_holds_for_redis(rest: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="In a password write %2F for /") as told:
        defaults.next_redis_database(f"redis://:a@secret{rest}")
    assert "secret" not in str(told.value)


def test_a_database_that_never_answers_is_waited_for_ten_seconds() -> None:
    assert defaults.database_at("postgresql://u:p@h/x")["OPTIONS"]["connect_timeout"] == 10


def test_the_address_of_the_database_can_set_another_wait() -> None:
    assert defaults.database_at("postgresql://u:p@h/x?connect_timeout=3")["OPTIONS"]["connect_timeout"] == 3


def test_a_role_that_may_not_change_the_database_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MigrationSchemaMissing("Unable to create the table (permission denied for schema public\nLINE 1)")

    monkeypatch.setattr(prepare_site, "call_command", refuse)
    monkeypatch.setattr(prepare_site.MigrationExecutor, "migration_plan", lambda *_: [1])
    with pytest.raises(CommandError, match=r"The role .+ may not change the database .+: make it the owner"):
        call_command("prepare_site")


def test_a_database_in_another_encoding_is_named(django_db_setup: None, django_db_blocker: Any) -> None:
    with (
        django_db_blocker.unblock(),
        made_in("LATIN1") as name,
        connected_to(name),
        pytest.raises(CommandError, match=f"The database {name} is in LATIN1: make one in UTF8"),
    ):
        call_command("prepare_site")


def test_a_redis_that_is_away_is_said_and_stops_nothing(settings: object) -> None:
    closed = f"127.0.0.1:{free_port()}"
    settings.CELERY_BROKER_URL = f"redis://:secret@{closed}/0"  # type: ignore[attr-defined]
    out = StringIO()
    prepare_site.Command(stdout=out)._ask_queue()
    assert f"Redis at {closed} does not answer" in out.getvalue()
    assert "secret" not in out.getvalue()


def test_a_redis_that_answers_is_not_spoken_of() -> None:
    out = StringIO()
    prepare_site.Command(stdout=out)._ask_queue()
    assert out.getvalue() == ""


def test_the_worker_never_gives_redis_up(settings: object) -> None:
    assert settings.CELERY_BROKER_CONNECTION_MAX_RETRIES is None  # type: ignore[attr-defined]


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    place = tmp_path / "var"
    place.write_text("a file where the folder should be")
    with pytest.raises(ServiceError, match=f"Nothing can be written in {place} \\(File exists\\)"):
        writable(place)


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    writable(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_the_command_says_it_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "resetwatch.services", "run"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (1, 1, False)


@pytest.mark.parametrize(
    "text", ["claims.example", "ftp://claims.example", "https://", "https://h/path", "https://h:x"]
)
def test_what_is_no_public_address_is_named(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is “.*”: write it as https://"):
        defaults.site_url(text)


def test_a_slash_behind_the_public_address_does_no_harm() -> None:
    assert defaults.site_url("https://claims.example/") == "https://claims.example"
