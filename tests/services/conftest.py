"""Folders for servers that a test starts itself, and their end."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from resetwatch.services import embedded
from resetwatch.services.embedded import Servers


@pytest.fixture
def no_servers_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine whose owner has set nothing."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def var(no_servers_named: None) -> Iterator[Path]:
    """An empty folder that every account can enter, whose servers are stopped at the end."""
    place = Path(tempfile.mkdtemp(prefix="resetwatch-services-"))
    place.chmod(0o755)
    yield place
    known = embedded.load(place)
    known.stop()
    if known.postgres is not None and known.postgres.home != place:
        shutil.rmtree(known.postgres.home)
    shutil.rmtree(place)


@pytest.fixture
def servers(var: Path) -> Servers:
    """Both servers, running."""
    return embedded.start(var, throwaway=True)
