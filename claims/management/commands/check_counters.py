"""Proves what is kept on claims (words, judgement, counts) against a recount."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions.upkeep import differing


class Command(BaseCommand):
    """`manage.py check_counters`: changes nothing; exit status 1 where anything differs."""

    help = "Compares the words, judgement and counts kept on each claim with a recount; changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Names each claim and column that differs."""
        checked = wrong = 0
        for count, found in differing(today=timezone.now().date()):
            checked += count
            wrong += len(found)
            for claim, columns in found.items():
                for column, (stands, counted) in columns.items():
                    self.stdout.write(f"{claim}: {column} is kept as {stands!r}, counted {counted!r}")
        if wrong:
            raise CommandError(f"{wrong} of {checked} claims differ from a recount.")
        self.stdout.write(f"{checked} claims agree with a recount.")
