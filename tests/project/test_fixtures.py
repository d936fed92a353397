"""The fixtures that other tests stand on."""

import threading

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from tests.fixtures.databases import Clone


def _names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM topic")
        return {row[0] for row in cursor.fetchall()}


def _add(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO topic (id, slug, name) VALUES (gen_random_uuid(), %s, %s)", [name, name])


@pytest.mark.parametrize("_", range(2))
def test_db_is_empty_and_rolled_back(db: None, _: int) -> None:
    assert _names() == set()
    _add("left")


def test_empty_cloned_db_is_seen_by_other_threads(empty_cloned_db: Clone) -> None:
    _add("written")
    seen: list[set[str]] = []

    def look() -> None:
        seen.append(_names())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join(timeout=60)
    assert seen == [{"written"}]


def test_a_clone_leaves_the_worker_database_alone(db: None, empty_cloned_db: Clone) -> None:
    assert connection.settings_dict["NAME"] == empty_cloned_db.name
    _add("elsewhere")


def test_a_durable_block_may_open_in_a_rolled_back_test(db: None) -> None:
    with transaction.atomic(durable=True):
        _add("durable")
    assert _names() == {"durable"}


@pytest.mark.parametrize("_", range(2))
def test_the_cache_of_one_test_is_not_seen_by_the_next(_: int) -> None:
    assert cache.get("seen") is None
    cache.set("seen", 1)
    assert cache.get("seen") == 1


def test_without_redis_the_cache_answers_as_an_empty_one(redis_down: str) -> None:
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"


def test_without_redis_a_task_cannot_be_sent(redis_down: str) -> None:
    with pytest.raises(OperationalError):
        current_app.send_task("claims.tasks.anything", retry=False)


def test_after_redis_was_down_tasks_are_sent_again(redis_url: str) -> None:
    assert current_app.send_task("claims.tasks.anything").id
