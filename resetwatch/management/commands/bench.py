"""Measures what the site promises of its speed and shows it as a table."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from resetwatch.bench import claim_list, claim_page, logging_items
from resetwatch.bench.databases import own_databases
from resetwatch.bench.figures import Count, Figure, table
from resetwatch.bench.filling import Desk

PARTS = ("page", "logging", "list")


class Command(BaseCommand):
    """`manage.py bench [PART ...]`: on databases of its own, which are dropped afterwards."""

    help = "Measures the claim page, logging and the claim list, each beside an anchor, in turns; shows a table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the parts, all unless some are named, and how many rounds."""
        parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"what to measure: {', '.join(PARTS)}")
        parser.add_argument("--rounds", type=int, default=9, help="rounds of which the median is taken (9)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measures and shows the table."""
        chosen, rounds = options["parts"] or PARTS, options["rounds"]
        rows: list[Figure | Count] = []
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else pages warn of it
        with own_databases("main", "few", "many") as (main, few, many):
            with main.used():
                desk = Desk()
                if "page" in chosen:
                    self._say("claim page")
                    rows += claim_page.measure(main, desk, rounds=rounds)
                if "logging" in chosen:
                    self._say("logging")
                    rows += logging_items.measure(main, desk, rounds=rounds)
            if "list" in chosen:
                self._say("claim list")
                rows += claim_list.measure(few, many, rounds=rounds)
        self.stdout.write(table(rows))

    def _say(self, what: str) -> None:
        self.stderr.write(f"measuring: {what}")
