"""Everything that has to be there before the site is served, done only where it is missing."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from redis import Redis
from redis.exceptions import RedisError

from resetwatch import defaults

OLDEST_POSTGRESQL = 15
SHIPPED = Path("claims") / "data" / "reset-2025"


class Command(BaseCommand):
    help = "Migrates, loads the shipped article into an empty database, makes demo accounts, collects static files."

    def handle(self, *args: object, **options: object) -> None:
        self._migrate()
        self._load_article()
        if settings.DEMO_PEOPLE:
            call_command("demo_people", verbosity=0)
        call_command("sequence", once=True)
        self._collect_static()
        self._ask_queue()

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
        self._check_encoding()
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            self.stdout.write(f"Bringing the database up to date ({len(waiting)} migrations)")
            try:
                call_command("migrate", interactive=False, verbosity=0)
            except (MigrationSchemaMissing, ProgrammingError) as error:
                if "permission denied" not in str(error) and "must be owner" not in str(error):
                    raise
                raise CommandError(
                    "The role {USER} may not change the database {NAME}: make it the owner of the database"
                    " and of what is in it. PostgreSQL says: {error}".format(
                        **connection.settings_dict, error=_first_line(error)
                    )
                ) from None

    def _check_encoding(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            (encoding,) = cursor.fetchone()
        if encoding != "UTF8":
            raise CommandError(
                "The database {NAME} is in {encoding}: make one in UTF8.".format(
                    **connection.settings_dict, encoding=encoding
                )
            )

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

    def _ask_queue(self) -> None:
        """Say when Redis is away: the site works without it, later."""
        parts = urlsplit(settings.CELERY_BROKER_URL)
        try:
            with Redis.from_url(settings.CELERY_BROKER_URL, **defaults.redis_connection()) as client:
                client.ping()
        except (RedisError, OSError) as error:
            at = parts.netloc.rpartition("@")[2] or parts.path
            self.stdout.write(
                f"Redis at {at} does not answer: {error}\n"
                "The site works without it; mail waits until it answers, and sign-in rate limits do not hold."
            )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].strip()


def _fingerprint() -> str:
    """Changes with any static file of the site or its libraries."""
    marks = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            known = Path(storage.path(path)).stat()
            marks.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
    return marks.hexdigest()
