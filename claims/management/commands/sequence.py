"""The sequencer: a process that gives each event its place in the ledger within a moment of its being stored."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from claims.actions.errors import ActionError
from claims.actions.sequence import anything_waits, sequence
from claims.ledger.errors import LedgerError

logger = logging.getLogger(__name__)

PAUSE = 0.3  # seconds between two looks at the outbox
PAUSE_AFTER_FAILURE = 2.0


class Command(BaseCommand):
    """`manage.py sequence [--once]`: runs until a signal, or until the outbox is empty."""

    help = "Gives events their places in the ledger and signs it. Runs until a signal; it needs no Redis."
    requires_system_checks = ()  # which would load every page of the site into a small process

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes --once, and --pause for drills."""
        parser.add_argument("--once", action="store_true", help="end when nothing waits any more")
        parser.add_argument("--pause", type=float, default=PAUSE, help=f"seconds between two looks ({PAUSE})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sequences; a failing database is waited for, a key that cannot sign ends it."""
        try:
            if options["once"]:
                self._empty_outbox()
            else:
                self._run(options["pause"])
        except (LedgerError, ActionError) as error:
            raise CommandError(str(error)) from error

    def _run(self, pause: float) -> None:
        asked_to_end = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_end.set())
        failing = False
        while not asked_to_end.is_set():
            try:
                self._empty_outbox()
                failing = False
            except DatabaseError as error:
                if not failing:
                    logger.warning(
                        "The database is away (%s): events wait for their places.", str(error).split("\n")[0]
                    )
                failing = True
                connection.close()
            asked_to_end.wait(PAUSE_AFTER_FAILURE if failing else pause)

    def _empty_outbox(self) -> None:
        while anything_waits():
            began = time.monotonic()
            done = sequence(now=timezone.now())
            logger.info("Gave %d events their places in %.3f s", done.count, time.monotonic() - began)
            if not done.more:
                return
