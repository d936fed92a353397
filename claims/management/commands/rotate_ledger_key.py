"""Gives the ledger a new key, to which the old one hands over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions.errors import ActionError
from claims.actions.ledger_key import forget_key_before, rotate_key
from claims.ledger.errors import LedgerError


class Command(BaseCommand):
    """`manage.py rotate_ledger_key`, while the site runs or not."""

    help = "Makes a new key for the ledger; the old one signs the handover and is deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotates, and prints the new verifier key."""
        try:
            verifier = rotate_key(now=timezone.now())
        except (LedgerError, ActionError) as error:
            raise CommandError(str(error)) from error
        forget_key_before()
        self.stdout.write(f"Checkpoints are signed from now on by {verifier}")
