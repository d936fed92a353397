"""Logging by sixteen writers while a sequencer gives each event its place, beside the same without one."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
SHARE = 0.9  # of the items a second without a ledger
LONGEST_WAIT = 2000  # milliseconds
PATIENCE = 60  # seconds for a sequencer to catch up or end
LOOK = 0.05  # seconds between two looks at the outbox


def measure(database: Database, desk: Desk, *, rounds: int, times: int = TIMES) -> list[Figure | Count]:
    """How long an item takes with a sequencer beside it, and how long an event waited for its place at most."""
    key, runs, waits = Signer.new("bench.example/ledger").text, iter(range(1_000_000)), [0.0]

    def beside() -> float:
        work = _logging(desk, next(runs), times)
        with sequencing(database, key), watched(database) as seen:
            taken = work()
        waits.extend(seen)
        return taken

    def without() -> float:
        work = _logging(desk, next(runs), times)
        with sequencing(database, key):
            pass  # so that both begin after the same wait, with nothing that waits for its place
        with watched(database):
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
        Count(work="longest that an event waited for its place, in ms", count=round(max(waits)), goal=LONGEST_WAIT),
    ]


def _logging(desk: Desk, run: int, times: int) -> Callable[[], float]:
    """Logs on claims that have no items yet: counting these again is part of the act, and takes longer as they grow."""
    first = 1_000 + run * WRITERS * BEARINGS
    claims = [[desk.claim(first + BEARINGS * writer + n).id for n in range(BEARINGS)] for writer in range(WRITERS)]
    return at_once(Acting(desk, claims).log, threads=WRITERS, times=times)


@contextmanager
def sequencing(database: Database, key: str) -> Iterator[None]:
    """Has a sequencer run that has caught up before and afterwards. Raises RuntimeError where it does not."""
    with tempfile.TemporaryDirectory() as var, database.raw() as raw:
        raw.autocommit = True
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "resetwatch.settings",
            "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{database.name}").geturl(),
            "REDIS_URL": settings.REDIS_URL,
            "LEDGER_KEY": key,
            "VAR_DIR": var,
        }
        sequencer = subprocess.Popen(
            [sys.executable, "-m", "django", "sequence"], cwd=settings.BASE_DIR, env=environment
        )
        try:
            _wait_until_caught_up(raw, sequencer)
            yield
            _wait_until_caught_up(raw, sequencer)
        finally:
            sequencer.terminate()
            sequencer.wait(PATIENCE)


def _wait_until_caught_up(raw: "psycopg.Connection[Any]", sequencer: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while raw.execute("SELECT FROM outbox LIMIT 1").rowcount:
        with suppress(subprocess.TimeoutExpired):
            sequencer.wait(LOOK)
        if sequencer.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the sequencer gave the events no places")


_OLDEST = """
SELECT 1000 * extract(epoch FROM clock_timestamp() - recorded_at)::float
  FROM event WHERE id = (SELECT event_id FROM outbox ORDER BY id LIMIT 1)
"""


@contextmanager
def watched(database: Database) -> Iterator[list[float]]:
    """Notes every moment for how many milliseconds the event has waited that is to get the next place."""
    seen: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        with database.raw() as raw:
            raw.autocommit = True
            while True:
                seen.extend(wait for (wait,) in raw.execute(_OLDEST))
                if ended.wait(LOOK):
                    return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()
