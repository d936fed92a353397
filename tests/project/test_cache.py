"""The cache, with its server and without."""

import time

import pytest
from django.core.cache import cache, caches

from resetwatch import cache as module


def test_it_forgets_only_this_sites_keys(redis_url: str) -> None:
    other = caches.create_connection("default")
    other.key_prefix = "another-site-of-this-test"
    other.set("a", 1, 60)
    cache.set("a", 1, 60)
    cache.clear()
    assert (cache.get("a"), other.get("a")) == (None, 1)
    other.delete("a")


def test_a_prefix_with_stars_is_taken_literally(redis_url: str) -> None:
    cache.key_prefix = f"{cache.key_prefix}-[*]"
    cache.set("a", 1, 60)
    cache.clear()
    assert cache.get("a") is None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (lambda: cache.get("a"), None),
        (lambda: cache.get("a", "default"), "default"),
        (lambda: cache.get_many(["a", "b"]), {}),
        (lambda: cache.set("a", 1), None),
        (lambda: cache.set_many({"a": 1}), []),
        (lambda: cache.add("a", 1), True),
        (lambda: cache.touch("a"), False),
        (lambda: cache.incr("a", 3), 3),
        (lambda: cache.has_key("a"), False),
        (lambda: cache.delete("a"), False),
        (lambda: cache.delete_many(["a"]), None),
        (lambda: cache.get_or_set("a", 7), 7),
        (lambda: cache.clear(), None),
    ],
    ids=[
        *("get", "get with a default", "get_many", "set", "set_many", "add", "touch", "incr", "has_key"),
        *("delete", "delete_many", "get_or_set", "clear"),
    ],
)
def test_without_its_server_it_answers_as_if_empty(redis_down: str, asked: object, answer: object) -> None:
    assert callable(asked)
    assert asked() == answer


def test_without_its_server_it_costs_a_page_no_time(redis_down: str) -> None:
    cache.get("a")
    started = time.process_time()
    for _ in range(1000):
        cache.get("a")
    assert time.process_time() - started < 0.5


def test_it_asks_again_after_a_pause(redis_down: str, monkeypatch: pytest.MonkeyPatch, redis_url: str) -> None:
    cache.get("a")
    monkeypatch.setitem(module._silent_until, next(iter(module._silent_until)), 0.0)
    assert cache.get("a", "asked") == "asked"


def test_it_says_once_in_the_log_that_the_server_is_away(redis_down: str, caplog: pytest.LogCaptureFixture) -> None:
    cache.get("a")
    cache.get("a")
    assert len(caplog.records) == 1
