"""Fixtures for every test. What each gives is said where it is made, in tests/fixtures/.

db                 an empty database, rolled back            loaded_db        the shipped article, rolled back
cloned_db          the shipped article, commits are real     empty_cloned_db  empty, commits are real
redis_url          the tests' Redis                          redis_down       queue and cache lead nowhere
celery_worker      a real worker on `cloned_db`              live_site        (tests/browser) a real site
"""

import os
import shutil
from pathlib import Path

import pytest
from django.test import TestCase, TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.fixtures import templates
from tests.fixtures.databases import (
    NO_FLUSH,
    cloned_db,
    django_db_setup,
    empty_cloned_db,
    live_server,
    loaded_database,
    loaded_db,
    transactional_db,
)
from tests.fixtures.processes import celery_worker
from tests.fixtures.redis import _own_cache_keys, forget_keys, redis_down, redis_url

__all__ = [
    "_own_cache_keys",
    "celery_worker",
    "cloned_db",
    "django_db_setup",
    "empty_cloned_db",
    "live_server",
    "loaded_database",
    "loaded_db",
    "redis_down",
    "redis_url",
    "transactional_db",
]

# How long something takes says nothing of whether it is right, on a machine that others use too.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would flush, before any of them runs."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushes = marker is not None and (marker.kwargs.get("transaction") or any(marker.args))
        owner = getattr(item, "cls", None) or object
        if flushes or (issubclass(owner, TransactionTestCase) and not issubclass(owner, TestCase)):
            raise pytest.UsageError(f"{item.nodeid}: {NO_FLUSH.format('A transactional test')}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no keys, no folder and, on a server that is not ours, no databases behind."""
    forget_keys()
    shutil.rmtree(Path(os.environ["VAR_DIR"]), ignore_errors=True)
    if not hasattr(session.config, "workerinput"):
        templates.drop_templates_of_this_run()
