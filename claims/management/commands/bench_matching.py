"""Measures how well leads are matched, on the items and claims that are stored."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.leads.measure import IN_TOP, KEEPING, PASSING, Figures, Measured, measure
from claims.leads.scoring import BEST, THRESHOLD

UNRELATED = Path(__file__).parent.parent.parent / "data" / "unrelated.jsonl"


class Command(BaseCommand):
    """`manage.py bench_matching [FILE.jsonl]`"""

    help = (
        "Matches each published item against the claims as they stood before it, and texts that touch no claim. Ends"
        " with 1 where a goal is missed. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the texts."""
        parser.add_argument(
            "texts", nargs="?", type=Path, default=UNRELATED, help="JSON Lines with title and summary; 200 are shipped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measures, prints the figures and says whether the goals are reached."""
        measured = measure(_texts(options["texts"]), progress=self._progress)
        if not measured.found:
            raise CommandError("No published item bears on a claim: there is nothing to find again.")
        everything = measured.figures()
        self._tell(measured, everything)
        if not everything.reached:
            raise SystemExit(1)

    def _tell(self, measured: Measured, everything: Figures) -> None:
        odd = measured.figures(slice(0, None, 2))
        self._line("all", everything)
        self._line("odd", odd)
        self._line("even, at the threshold of the odd", measured.figures(slice(1, None, 2), threshold=odd.threshold))
        self._line("all, at the threshold in use", measured.figures(threshold=THRESHOLD))
        told = everything.strictly / everything.items
        self.stdout.write(f"Were context not counted as bearing on a claim: {told:.3f} in the top {BEST}.")
        self.stdout.write("Items without a right claim in the top, by claim:")
        for slug, many in measured.missed().most_common():
            self.stdout.write(f"  {many}  {slug}")
        said = "Both goals are reached" if everything.reached else "A goal is missed"
        self.stdout.write(
            f"{said}: at least {IN_TOP} in the top, and at most {PASSING} of unrelated texts pass where {KEEPING} of"
            " the right ones are kept."
        )

    def _line(self, what: str, figures: Figures) -> None:
        self.stdout.write(
            f"{what}: right claim in the top {BEST} for {figures.found} of {figures.items} items"
            f" ({figures.in_top:.3f}); threshold {figures.threshold:.4f} keeps {figures.kept:.3f} of them and passes"
            f" {figures.passed} of {figures.texts} unrelated texts ({figures.passing:.3f})."
        )

    def _progress(self, done: int, many: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{done} of {many} items", ending="\n" if done == many else "")
            self.stdout.flush()


def _texts(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
            return [f"{row['title']}\n{row.get('summary', '')}" for row in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{file}: each line is an object with a title and a summary. ({error!r})") from error
