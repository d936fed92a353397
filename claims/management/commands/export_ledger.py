"""Writes the ledger to a file that `python -m claims.ledger.verify` checks."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.interchange.export_ledger import NothingSigned, ledger_lines


class Command(BaseCommand):
    """`manage.py export_ledger FILE [--brief]`."""

    help = "Writes the ledger as JSON Lines, with what events said where that is public."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the file, and --brief for commitments alone."""
        parser.add_argument("file", type=Path, help="where to write; a file that is there is replaced")
        parser.add_argument("--brief", action="store_true", help="leave out what events said")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes beside the file and puts it in its place when it is whole."""
        file: Path = options["file"]
        draft = file.with_name(f".{file.name}.part")
        try:
            with draft.open("w", encoding="utf-8") as opened:
                count = sum(opened.write(line) > 0 for line in ledger_lines(opened=not options["brief"]))
            draft.replace(file)
        except (NothingSigned, OSError) as error:
            draft.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {count - 1:,} entries to {file}")
