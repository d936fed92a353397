"""The sequencer under fire: many writers, several sequencers, killed at random; places stay without gap or double."""

import random
import signal
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from claims.actions.sequence import anything_waits, sequence
from claims.models import Checkpoint, Event, LedgerEntry
from claims.queries.ledger_audit import audit_ledger
from tests.factories import a_claim, a_source, an_item
from tests.fixtures.processes import Running, running
from tests.fixtures.waiting import wait_until

WRITERS, ITEMS_EACH, KILLS = 16, 12, 8
SEQUENCE = ["django", "sequence", "--settings", "resetwatch.settings"]


def audited():
    return audit_ledger(since=None, trusted=None, say=lambda words: None)


class Writers:
    """Threads that log items, so many each, or on and on until it is left."""

    def __init__(self, *, on_and_on: bool = False):
        self.claims = [a_claim() for _ in range(WRITERS)]
        self.source = a_source()
        self.failures: list[Exception] = []
        self.left = threading.Event()
        self.on_and_on = on_and_on
        self.threads = [threading.Thread(target=self._write, args=(claim,)) for claim in self.claims]

    def _write(self, claim):
        written = 0
        try:
            while written < ITEMS_EACH or (self.on_and_on and not self.left.is_set()):
                an_item([claim], source=self.source)
                written += 1
        except Exception as failure:
            self.failures.append(failure)
        finally:
            connection.close()

    def all_written(self):
        """Lets each write what it has to write, and gives itself."""
        self.__enter__()
        self.__exit__()
        return self

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.left.set()
        for thread in self.threads:
            thread.join(timeout=120)
            assert not thread.is_alive()


def started(stack: ExitStack, clone, log: Path) -> Running:
    return stack.enter_context(running([*SEQUENCE, "--pause", "0.01"], log, DATABASE_URL=clone.url))


def test_places_stay_whole_with_sixteen_writers_and_sequencers_killed_at_random(cloned_db, tmp_path):
    chance = random.Random(13)
    with ExitStack() as stack:
        sequencers = [started(stack, cloned_db, tmp_path / f"{number}.log") for number in range(2)]
        with Writers(on_and_on=True) as writers:
            for number in range(KILLS):
                size = LedgerEntry.objects.count()
                wait_until(lambda size=size: LedgerEntry.objects.count() > size, within=30)
                # How long it goes on is what is tried here.
                threading.Event().wait(chance.uniform(0, 0.2))
                sequencers.pop(chance.randrange(2)).kill()
                sequencers.append(started(stack, cloned_db, tmp_path / f"again-{number}.log"))
        wait_until(lambda: not anything_waits(), within=30)
    assert writers.failures == []
    assert LedgerEntry.objects.count() == Event.objects.count()
    assert audited().startswith("All ")


def test_places_stay_whole_when_the_database_ends_sequencers_in_the_midst(cloned_db):
    """Connections are ended at moments of chance, hundreds of times, which processes could not be as often."""
    chance = random.Random(31)
    done = threading.Event()

    def sequence_on():
        while not done.is_set():
            with suppress(DatabaseError):
                sequence(now=timezone.now(), most=7)
            connection.close()

    def end_some():
        while not done.is_set():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND random() < 0.5"
                    # Other tests' databases lie on the same server.
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
                ended.extend(cursor.fetchall())
            done.wait(chance.uniform(0.001, 0.02))
        connection.close()

    ended: list[object] = []
    threads = [threading.Thread(target=work) for work in (sequence_on, sequence_on, sequence_on, end_some)]
    for thread in threads:
        thread.start()
    writers = Writers().all_written()
    done.set()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    sequence(now=timezone.now())
    assert not anything_waits()
    assert writers.failures == []
    assert len(ended) > 20
    assert LedgerEntry.objects.count() == Event.objects.count()
    assert audited().startswith("All ")


def test_a_writer_does_not_wait_for_a_sequencer(cloned_db):
    """Whoever holds the ledger, even for long, keeps nobody from recording."""
    held, let_go, holding = threading.Event(), threading.Event(), []

    def hold():
        with transaction.atomic():
            sequence(now=timezone.now())
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                holding.extend(cursor.fetchone())
            held.set()
            let_go.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(20)
        assert holding == [1]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        an_item([a_claim()])
    finally:
        let_go.set()
        holder.join(timeout=60)


def test_a_stopped_sequencer_ends_at_once_and_in_peace(cloned_db, tmp_path):
    with running(SEQUENCE, tmp_path / "sequencer.log", DATABASE_URL=cloned_db.url) as sequencer:
        a_source()
        wait_until(lambda: not anything_waits(), within=30)
        began = time.monotonic()
        sequencer.process.send_signal(signal.SIGTERM)
        assert sequencer.process.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    assert sequencer.log() == ""


def test_it_waits_for_a_database_that_is_away(cloned_db, tmp_path):
    with running(SEQUENCE, tmp_path / "sequencer.log", DATABASE_URL=cloned_db.url) as sequencer:
        a_source()
        wait_until(lambda: not anything_waits(), within=30)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        wait_until(lambda: "The database is away" in sequencer.log(), within=15)
        a_source()
        wait_until(lambda: not anything_waits(), within=30)
        assert "Traceback" not in sequencer.log()


@pytest.mark.parametrize(
    ("position", "refused"),
    [(7, "ledger_entry_pkey"), (1_000_000, "ledger_entry_follows"), (-1, "ledger_entry_from_zero")],
)
def test_the_database_refuses_a_double_and_a_gap(loaded_db, position, refused):
    a_source()
    entry = LedgerEntry(position=position, event=Event.objects.order_by("-id")[0], leaf=b"\0" * 32)
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        entry.save(force_insert=True)


def test_the_database_refuses_a_second_place_for_an_event(loaded_db):
    size, event = LedgerEntry.objects.count(), LedgerEntry.objects.get(position=3).event
    with pytest.raises(IntegrityError, match="ledger_entry_event_id_key"), transaction.atomic():
        LedgerEntry(position=size, event=event, leaf=b"\0" * 32).save(force_insert=True)


def test_sequencing_nothing_signs_nothing(loaded_db):
    before = Checkpoint.objects.count()
    assert sequence(now=timezone.now()).count == 0
    assert Checkpoint.objects.count() == before


def test_once_ends_when_nothing_waits(cloned_db, tmp_path):
    a_source()
    with running([*SEQUENCE, "--once"], tmp_path / "once.log", DATABASE_URL=cloned_db.url) as once:
        assert once.process.wait(timeout=30) == 0
    assert (once.log(), anything_waits()) == ("", False)
