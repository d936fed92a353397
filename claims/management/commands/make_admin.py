"""Gives an account the admin role, making it where there is none: how a site gets its first admin."""

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from claims.actions.errors import ActionError
from claims.actions.people import ensure_first_admin
from claims.text import TextError, clean_line


class Command(BaseCommand):
    """`manage.py make_admin EMAIL NAME`: asks for a password, or reads it with --password-from."""

    help = "Gives the account with this email the admin role; where there is none, makes it and asks for a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the email and the name."""
        parser.add_argument("email")
        parser.add_argument("name", help="the name that is shown beside what this person does")
        parser.add_argument("--password-from", type=Path, help="a file whose first line is the password")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the admin, and says so."""
        try:
            validate_email(options["email"])
            name = clean_line(options["name"], longest=80)
            password = _password(options["password_from"], options["email"])
            validate_password(password)
            person = ensure_first_admin(email=options["email"], name=name, password=password)
        except TextError as error:
            raise CommandError(f"The name cannot be taken. {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ActionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person} ({person.email}) is an admin.")


def _password(file: Path | None, email: str) -> str:
    """The password, typed or read; never from the command line, which everybody on the machine can see."""
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0] if file else getpass(f"Password for {email}: ")
    except (OSError, UnicodeError) as error:
        raise CommandError(f"The password cannot be read from {file}: {error}") from error
    except EOFError:
        raise CommandError("Nobody typed a password. Give a file with --password-from.") from None
