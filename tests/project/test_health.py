"""Whether the process lives and whether it can work."""

import pytest
from django.test import Client

from resetwatch import health


def test_healthz_asks_no_server(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_readyz_is_ready_on_a_migrated_database(client: Client, db: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "database": "ok", "migrations": "ok", "cache": "ok"},
    )


def test_readyz_stays_ready_without_the_cache(client: Client, db: None, redis_down: str) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (200, "down")


def test_readyz_is_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise OSError("gone")

    monkeypatch.setattr(health, "_ask_database", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "failed: OSError")


def test_readyz_is_not_ready_before_the_migrations(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_ask_migrations", lambda: "2 not applied")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "2 not applied")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_asked_for_and_not_posted_to(client: Client, db: None, path: str) -> None:
    assert client.post(path).status_code == 405
