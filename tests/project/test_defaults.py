"""What the settings work out."""

import stat
from pathlib import Path

import pytest

from resetwatch import defaults


def test_the_secret_key_is_made_once(tmp_path: Path) -> None:
    assert defaults.secret_key(tmp_path) == defaults.secret_key(tmp_path)


def test_the_secret_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    defaults.secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_no_draft_of_the_secret_key_is_left(tmp_path: Path) -> None:
    defaults.secret_key(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("url", "following"),
    [
        ("redis://host:6379/0", "redis://host:6379/1"),
        ("redis://host:6379", "redis://host:6379/1"),
        ("redis://:secret@host:6379/4?ssl=1", "redis://:secret@host:6379/5?ssl=1"),
    ],
)
def test_the_cache_takes_the_next_redis_database(url: str, following: str) -> None:
    assert defaults.next_redis_database(url) == following


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]"), ("10.0.0.7", "10.0.0.7")]
)
def test_the_address_shown_can_be_opened(host: str, shown: str) -> None:
    assert defaults.shown_host(host) == shown


def test_the_host_of_the_public_address_is_answered_to() -> None:
    assert "claims.example" in defaults.allowed_hosts("127.0.0.1", "https://claims.example")


def test_threads_share_a_pool_as_large_as_they_are_many() -> None:
    made = defaults.database({"NAME": "x"}, pool_size=16, prepare=True)
    assert made["OPTIONS"]["pool"]["max_size"] == 16
    assert "CONN_MAX_AGE" not in made


def test_a_process_without_threads_keeps_its_connection() -> None:
    made = defaults.database({"NAME": "x"}, pool_size=0, prepare=True)
    assert "pool" not in made["OPTIONS"]
    assert made["CONN_MAX_AGE"] is None


def test_options_of_the_address_are_kept() -> None:
    made = defaults.database({"OPTIONS": {"sslmode": "require"}}, pool_size=0, prepare=False)
    assert made["OPTIONS"] == {"sslmode": "require", "server_side_binding": False, "prepare_threshold": None}


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    directives = defaults.content_security_policy(https=False)
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'", "data:"}
    assert directives["default-src"] == ["'none'"]


def test_before_the_servers_first_start_the_address_is_a_plain_local_one(tmp_path: Path) -> None:
    assert defaults.database_url(tmp_path) == "postgresql://127.0.0.1:5432/resetwatch"
