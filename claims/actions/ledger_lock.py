"""Taking turns on the ledger: one process at a time appends to it, and nobody who writes events waits for that."""

from django.db import connection

from claims.models import Checkpoint

_LEDGER = 0x5253_5457_4C44_4752  # an advisory lock's number of our own


def take_ledger_lock() -> None:
    """Waits for the ledger and holds it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEDGER])


def newest_checkpoint() -> Checkpoint | None:
    """What was signed last, or None of an empty ledger."""
    return Checkpoint.objects.order_by("-size").first()
