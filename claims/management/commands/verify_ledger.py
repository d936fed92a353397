"""Checks the ledger in the database, and that what pages show is what its events told."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions.upkeep import differing
from claims.ledger.errors import AuditError, LedgerError
from claims.ledger.notes import read_verifier
from claims.ledger.verify import saved_note
from claims.queries.ledger_audit import audit_ledger
from claims.queries.told_rows import differing_rows


class Command(BaseCommand):
    """`manage.py verify_ledger [--since FILE] [--key KEY]`."""

    help = "Checks every entry, hash and checkpoint of the ledger, and the tables that pages show against its events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes what is trusted already."""
        parser.add_argument(
            "--since", metavar="FILE", help="a checkpoint saved earlier, which the record must go on from"
        )
        parser.add_argument("--key", help="the verifier key that you trust; keys after it need a handover")

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks; the first thing that does not fit is said in one sentence, with exit status 1."""
        try:
            since = saved_note(options["since"]) if options["since"] else None
            trusted = read_verifier(options["key"]) if options["key"] else None
            words = audit_ledger(since=since, trusted=trusted, say=self.stderr.write)
            self._check_rows()
        except LedgerError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{words} The tables that pages show fit what was recorded.")

    def _check_rows(self) -> None:
        for words, row in differing_rows():
            at = f"event {row.event}" if row.event else "no event"
            raise AuditError(f"The ledger fits, but not what pages show: {words} ({row.thing}, {at}).")
        for _, found in differing(today=timezone.now().date()):
            for claim, columns in found.items():
                raise AuditError(f"The ledger fits, but what is kept on claim {claim} is not as counted: {columns}.")
