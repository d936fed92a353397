"""Measures what the site promises of its speed and shows it as a table."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from resetwatch.bench import claim_list, claim_page, ledger_appends, ledger_audit, ledger_proofs, logging_items
from resetwatch.bench.databases import own_databases
from resetwatch.bench.figures import Count, Figure, table
from resetwatch.bench.filling import Desk

PARTS = ("page", "logging", "list", "appends", "proofs", "audit")


class Command(BaseCommand):
    """`manage.py bench [PART ...]`: on databases of its own, which are dropped afterwards."""

    help = "Measures pages, logging and the ledger, each beside an anchor, in turns; shows a table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the parts, all unless some are named, how many rounds, and how long a ledger proofs are taken from."""
        parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"what to measure: {', '.join(PARTS)}")
        parser.add_argument("--rounds", type=int, default=9, help="rounds of which the median is taken (9)")
        parser.add_argument(
            "--entries",
            type=int,
            default=ledger_proofs.MANY,
            help=f"entries of the ledger that proofs are taken from ({ledger_proofs.MANY:,}); 10,000,000 take 5 GB",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measures and shows the table."""
        chosen, rounds, entries = options["parts"] or PARTS, options["rounds"], options["entries"]
        if entries <= ledger_proofs.FEW:
            raise CommandError(f"--entries: more than {ledger_proofs.FEW:,}, which they are compared with.")
        rows: list[Figure | Count] = []
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else pages warn of it
        with own_databases("main", "few", "many", "short", "long") as (main, few, many, short, long):
            with main.used():
                desk = Desk()
                if "page" in chosen:
                    self._say("claim page")
                    rows += claim_page.measure(main, desk, rounds=rounds)
                if "logging" in chosen:
                    self._say("logging")
                    rows += logging_items.measure(main, desk, rounds=rounds)
                if "appends" in chosen:
                    self._say("logging beside the ledger")
                    rows += ledger_appends.measure(main, desk, rounds=rounds)
            if "list" in chosen:
                self._say("claim list")
                rows += claim_list.measure(few, many, rounds=rounds)
            if "proofs" in chosen:
                self._say("proofs")
                rows += ledger_proofs.measure(short, long, entries=entries, rounds=rounds, say=self.stderr.write)
            if "audit" in chosen:
                self._say("verifying")
                rows += ledger_audit.measure(rounds=rounds)
        self.stdout.write(table(rows))

    def _say(self, what: str) -> None:
        self.stderr.write(f"measuring: {what}")
