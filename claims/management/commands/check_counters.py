"""Proves what is kept on claims (words, judgement, counts) against a recount."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions.kept import EVERYTHING, differences
from claims.actions.upkeep import claims_in_batches


class Command(BaseCommand):
    """`manage.py check_counters`: changes nothing; exit status 1 where anything differs."""

    help = "Compares the words, judgement and counts kept on each claim with a recount; changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Names each claim and column that differs."""
        today = timezone.now().date()
        checked = wrong = 0
        for batch in claims_in_batches():
            checked += len(batch)
            for kept in EVERYTHING:
                for claim, columns in differences(kept, batch, today=today):
                    wrong += 1
                    for column, (stands, counted) in columns.items():
                        self.stdout.write(f"{claim}: {column} is kept as {stands!r}, counted {counted!r}")
        if wrong:
            raise CommandError(f"{wrong} of {checked} claims differ from a recount.")
        self.stdout.write(f"{checked} claims agree with a recount.")
