"""Loads an article with its claims, evidence and assessments from a folder."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.interchange.load_article import load_article
from claims.interchange.records import BrokenFile


class Command(BaseCommand):
    """`manage.py load_article PATH`"""

    help = "Loads an article with its claims, evidence and assessments from a folder. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the folder."""
        parser.add_argument(
            "path", type=Path, help="folder with article.json, claims.json, evidence.json and the others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads it, and says what was new."""
        try:
            new = load_article(options["path"], today=timezone.now().date(), progress=self._progress)
        except BrokenFile as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        told = ", ".join(f"{number} {what}" for what, number in new.items())
        self.stdout.write(f"Loaded: {told}." if new else "Nothing was new.")

    def _progress(self, what: str, done: int, total: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{what}: {done} of {total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done == total:
            self.stdout.write(f"{what}: {total}")
