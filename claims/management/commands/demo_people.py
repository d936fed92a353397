"""Accounts to try the site with, one for each standing, with passwords made here."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.actions.people import ensure_demo_people


class Command(BaseCommand):
    help = "Makes one demo account for each role where it is missing, and prints how to sign in."

    def handle(self, *args: object, **options: object) -> None:
        file = settings.VAR_DIR / "demo-people.json"
        known = _read(file)
        made: dict[str, str] = {}

        def password_for(email: str) -> str:
            made[email] = secrets.token_urlsafe(12)
            return made[email]

        people = ensure_demo_people(password_for=password_for)
        passwords = {person.email: made.get(person.email) or known.get(person.email, "") for person in people}
        if made:
            _write(file, passwords)
        if options["verbosity"] == 0:
            return
        for person in people:
            shown = passwords[person.email] or "(made elsewhere: its password is not known here)"
            self.stdout.write(f"  {person.email:<28} {shown:<18} {person.name}")


def _read(file: Path) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return known


def _write(file: Path, passwords: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(passwords, indent=1) + "\n")
    draft.replace(file)
