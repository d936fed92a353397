"""Logging by sixteen writers while a sequencer gives each event its place, beside the same without one."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from claims.ledger.notes import Signer
from resetwatch.bench.databases import Database
from resetwatch.bench.figures import Count, Figure
from resetwatch.bench.filling import Desk
from resetwatch.bench.logging_items import BEARINGS, Acting
from resetwatch.bench.rounds import at_once, medians

WRITERS, TIMES = 16, 50
LONGEST_WAIT = 2000  # milliseconds
SHARE = 0.9  # of the items a second without a ledger
PATIENCE = 60  # seconds for a sequencer to begin, catch up or end
LOOK = 0.05  # seconds between two looks at the outbox


def measure(database: Database, desk: Desk, *, rounds: int, times: int = TIMES) -> list[Figure | Count]:
    """How long an item takes with a sequencer beside it, and how long an event waited for its place at most."""
    ledger = Ledger(database)
    numbers = iter(range(1_000_000))

    def without() -> float:
        return _logging(desk, next(numbers), times)()

    def beside() -> float:
        work = _logging(desk, next(numbers), times)
        with ledger.growing():
            return work()

    taken = medians({"beside": beside, "without": without}, rounds=rounds)
    return [
        Figure(
            work=f"logging an item, {WRITERS} connections, ledger on, {1 / taken['beside']:.0f} a second",
            took=taken["beside"],
            anchor=f"the same, ledger off, {1 / taken['without']:.0f} a second",
            anchor_took=taken["without"],
            goal=round(1 / SHARE, 2),
        ),
        Count(work="longest that an event waited for its place, in ms", count=round(ledger.longest), goal=LONGEST_WAIT),
    ]


def _logging(desk: Desk, run: int, times: int) -> Callable[[], float]:
    """Logs on claims that have no items yet: counting again is part of the act, and grows with them."""
    first = 1_000 + run * WRITERS * BEARINGS
    claims = [[desk.claim(first + BEARINGS * writer + n).id for n in range(BEARINGS)] for writer in range(WRITERS)]
    return at_once(Acting(desk, claims).log, threads=WRITERS, times=times)


@dataclass
class Ledger:
    """The ledger of a database; `longest` is the longest time that an event was seen without its place, in ms."""

    database: Database
    longest: float = 0
    key: str = field(default_factory=lambda: Signer.new("bench.example/ledger").text)

    @contextmanager
    def growing(self) -> Iterator[None]:
        """Has a sequencer run, which has caught up before and afterwards."""
        with tempfile.TemporaryDirectory() as var, self.database.raw() as raw:
            raw.autocommit = True
            sequencer = subprocess.Popen(
                [sys.executable, "-m", "django", "sequence"], cwd=settings.BASE_DIR, env=self._environment(var)
            )
            try:
                _caught_up(raw, sequencer)
                with self._watched():
                    yield
                _caught_up(raw, sequencer)
            finally:
                sequencer.terminate()
                sequencer.wait(PATIENCE)

    def _environment(self, var: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "resetwatch.settings",
            "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{self.database.name}").geturl(),
            "REDIS_URL": settings.REDIS_URL,
            "LEDGER_KEY": self.key,
            "VAR_DIR": var,
        }

    @contextmanager
    def _watched(self) -> Iterator[None]:
        ended = threading.Event()

        def watch() -> None:
            with self.database.raw() as raw:
                raw.autocommit = True
                while not ended.wait(LOOK):
                    self.longest = max(self.longest, *(row[0] for row in raw.execute(_OLDEST)), 0)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


_OLDEST = """
SELECT 1000 * extract(epoch FROM clock_timestamp() - event.recorded_at)::float
  FROM event WHERE id = (SELECT event_id FROM outbox ORDER BY id LIMIT 1)
"""


def _caught_up(raw: "psycopg.Connection[Any]", sequencer: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while raw.execute("SELECT 1 FROM outbox LIMIT 1").fetchone():
        if sequencer.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the sequencer gave the events no places")
        time.sleep(LOOK)
