"""Setting the site up: what is missing is made, what is there is left."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, User


@pytest.fixture
def var(settings: object, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "static").mkdir()
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]
    return tmp_path


def _told(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_demo_people_can_sign_in_with_what_is_printed(db: None, var: Path) -> None:
    printed = _told("demo_people")
    for line in printed.splitlines():
        email, password = line.split()[:2]
        assert User.objects.get(email=email).check_password(password)


def test_demo_people_need_no_mail_before_they_are_let_in(db: None, var: Path, client: Client) -> None:
    email, password = _told("demo_people").split()[:2]
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_demo_passwords_are_for_their_owner_alone(db: None, var: Path) -> None:
    _told("demo_people")
    assert stat.S_IMODE((var / "demo-people.json").stat().st_mode) == 0o600


def test_demo_people_keep_their_passwords(db: None, var: Path) -> None:
    assert _told("demo_people") == _told("demo_people")


def test_a_demo_password_that_is_lost_is_said_to_be(db: None, var: Path) -> None:
    _told("demo_people")
    (var / "demo-people.json").unlink()
    assert _told("demo_people").count("its password is not known here") == 6


def test_a_demo_account_that_is_gone_is_made_anew_beside_the_others(db: None, var: Path) -> None:
    _told("demo_people")
    before = json.loads((var / "demo-people.json").read_text())
    User.objects.filter(email="reader@example.org").update(email="gone@example.org")
    EmailAddress.objects.filter(email="reader@example.org").update(email="gone@example.org")
    _told("demo_people")
    after = json.loads((var / "demo-people.json").read_text())
    assert {email for email in after if after[email] != before[email]} == {"reader@example.org"}


def test_it_loads_the_shipped_article_into_an_empty_database(db: None, var: Path) -> None:
    _told("prepare_site")
    assert Article.objects.count() == 1


def test_it_leaves_a_database_with_an_article_alone(loaded_db: None, var: Path) -> None:
    assert "Loading the shipped article" not in _told("prepare_site")


def test_without_demo_people_it_makes_none(loaded_db: None, var: Path, settings: object) -> None:
    settings.DEMO_PEOPLE = False  # type: ignore[attr-defined]
    _told("prepare_site")
    assert not User.objects.filter(email__endswith="@example.org").exists()


def test_it_collects_static_files_once(loaded_db: None, var: Path) -> None:
    assert ["Collecting" in _told("prepare_site") for _ in range(2)] == [True, False]


def test_a_second_time_it_asks_little_of_the_database(
    loaded_db: None, var: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _told("prepare_site")
    with django_assert_max_num_queries(20):
        _told("prepare_site")


def test_the_first_admin_is_made_on_the_command_line(db, client, tmp_path):
    (tmp_path / "password").write_text("a long enough secret 1\n")
    call_command("make_admin", "ada@claims.example", "Ada Admin", f"--password-from={tmp_path / 'password'}")
    person = User.objects.get(email="ada@claims.example")
    assert set(person.user_roles.values_list("role", flat=True)) == {"admin"}
    assert person.check_password("a long enough secret 1")


def test_a_weak_password_makes_no_admin(db, tmp_path):
    (tmp_path / "password").write_text("1234\n")
    with pytest.raises(CommandError, match="too short"):
        call_command("make_admin", "ada@claims.example", "Ada Admin", f"--password-from={tmp_path / 'password'}")
    assert not User.objects.filter(email="ada@claims.example").exists()
