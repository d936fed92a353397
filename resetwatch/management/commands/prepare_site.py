"""Everything that has to be there before the site is served, done only where it is missing."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

OLDEST_POSTGRESQL = 15
SHIPPED = Path("claims") / "data" / "reset-2025"


class Command(BaseCommand):
    help = "Migrates, loads the shipped article into an empty database, makes demo accounts, collects static files."

    def handle(self, *args: object, **options: object) -> None:
        self._migrate()
        self._load_article()
        if settings.DEMO_PEOPLE:
            call_command("demo_people", verbosity=0)
        self._collect_static()

    def _migrate(self) -> None:
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            at = "{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
            raise CommandError(f"The database at {at} does not answer: {error}") from None
        if connection.pg_version < OLDEST_POSTGRESQL * 10_000:  # type: ignore[attr-defined]
            raise CommandError(
                f"The database is PostgreSQL {connection.pg_version // 10_000};"  # type: ignore[attr-defined]
                f" the site needs {OLDEST_POSTGRESQL} or later."
            )
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            self.stdout.write(f"Bringing the database up to date ({len(waiting)} migrations)")
            call_command("migrate", interactive=False, verbosity=0)

    def _load_article(self) -> None:
        from claims.models import Article

        if not Article.objects.exists():
            self.stdout.write("Loading the shipped article")
            call_command("load_article", str(settings.BASE_DIR / SHIPPED))

    def _collect_static(self) -> None:
        mark = _fingerprint()
        stamp = settings.VAR_DIR / "static.stamp"
        if stamp.exists() and stamp.read_text() == mark and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Collecting static files")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(mark)


def _fingerprint() -> str:
    """Changes with any static file of the site or its libraries."""
    marks = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            known = Path(storage.path(path)).stat()
            marks.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
    return marks.hexdigest()
