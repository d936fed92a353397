"""`make run`: set the site up, serve it until a signal, leave nothing running."""

import fcntl
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, ModuleType
from typing import IO, Any
from urllib.request import urlopen

import honcho.manager
import psutil
from honcho.printer import Printer

from resetwatch.defaults import EVERYWHERE, shown_host
from resetwatch.services import embedded, leftovers
from resetwatch.services.account import ServiceError
from resetwatch.services.ports import next_free

Say = Callable[[str], None]

# Celery finishes its task for up to 20 seconds; Honcho by itself would kill it after five.
honcho.manager.KILL_WAIT = 25


def run_site(root: Path, var: Path, *, say: Say) -> int:
    """Run it and give the exit code: 0 after Ctrl-C or SIGTERM, else that of what ended first."""
    os.chdir(root)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with _only_run(var):
        if leftovers.end(var, root):
            say("Ended what an earlier run had left behind")
        servers = embedded.load(var)
        try:
            servers = embedded.start(var, say=say)
            os.environ.update(servers.environment, VAR_DIR=str(var), STATIC_HASHED="true")
            # Only now: the settings read where the servers are.
            from resetwatch import settings

            if _manage("prepare_site") != 0:
                raise ServiceError("The site could not be set up; what went wrong is above.")
            return _serve(root, var, settings, say=say)
        finally:
            # Twice pressed Ctrl-C must not interrupt the end.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            leftovers.end(var, root)
            if servers.kept:
                say("PostgreSQL and Valkey stay up, as `python -m resetwatch.services up` asked")
            else:
                servers.stop()
            say("Stopped")


def stop_site(var: Path, *, say: Say) -> int:
    """Ask the site that runs from this folder to stop, and wait until it has."""
    running = _running(var)
    if running is None:
        say("ResetWatch does not run from this folder.")
        return 0
    running.terminate()
    try:
        running.wait(timeout=60)
    except psutil.TimeoutExpired:
        raise ServiceError(f"Process {running.pid} has not ended within a minute; look at what it prints.") from None
    say("Stopped")
    return 0


def _serve(root: Path, var: Path, settings: ModuleType, *, say: Say) -> int:
    port = next_free(settings.PORT, settings.HOST)
    if port != settings.PORT:
        say(f"Port {settings.PORT} is taken by another program; using {port} (PORT chooses another)")
    environment = {**os.environ, "HOST": settings.HOST, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    # Celery warns of root at each start; on a machine of one's own that is as meant.
    spared = "ignore:You're running the worker with superuser"
    environment["PYTHONWARNINGS"] = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), spared]))
    _note(var, address=f"http://{shown_host(settings.HOST)}:{port}")
    manager = _Manager(_CalmPrinter(sys.stdout))
    for name, arguments in _processes(settings, port).items():
        number = shlex.quote(str(leftovers.folder(var) / f"{name}.pid"))
        command = f"echo $$ > {number}; exec {shlex.join([sys.executable, '-m', *arguments])}"
        manager.add_process(name, command, env=environment, cwd=str(root))
    threading.Thread(target=_greet, args=(settings, port, manager, say), daemon=True).start()
    manager.loop()
    asked = {130: 0, 143: 0}  # Honcho's codes after SIGINT and SIGTERM
    code = int(manager.returncode or 0)
    return asked.get(code, code or 1)


def _processes(settings: ModuleType, port: int) -> dict[str, list[str]]:
    celery = ["celery", "-A", "resetwatch", "--quiet"]
    return {
        "web": [
            *("granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(port)),
            *("--workers", str(settings.WEB_WORKERS), "--blocking-threads", str(settings.BLOCKING_THREADS)),
            *("--no-ws", "--log-level", "error", "resetwatch.wsgi:application"),
        ],
        "worker": [
            *celery,
            *("worker", "--concurrency", str(settings.TASK_WORKERS), "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle"),
        ],
        "sequencer": ["django", "sequence", "--settings", "resetwatch.settings"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
    }


def _greet(settings: ModuleType, port: int, manager: "_Manager", say: Say) -> None:
    """Once it answers, say where, and how to sign in."""
    asked = f"http://{shown_host(settings.HOST)}:{port}"
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with suppress(OSError), urlopen(f"{asked}/healthz", timeout=5):  # noqa: S310
            break
        time.sleep(0.05)
    else:
        return
    lines = ["", f"ResetWatch is running at {asked}/"]
    people = _people(settings.VAR_DIR / "demo-people.json") if settings.DEMO_PEOPLE else {}
    if people:
        lines += ["Sign in to try it as one of:"]
        lines += [f"  {email:<28} {password}" for email, password in people.items() if password]
    if settings.HOST in EVERYWHERE and len(settings.ALLOWED_HOSTS) <= 3:
        lines += ["It answers to this machine's own names only; ALLOWED_HOSTS adds the name that others use."]
    say("\n".join([*lines, "Ctrl-C stops it.", ""]))
    time.sleep(1)  # until the last of its processes serves as well
    manager.serves = True


def _people(file: Path) -> dict[str, str]:
    try:
        people: dict[str, str] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return people


def _manage(*arguments: str) -> int:
    command = [sys.executable, "manage.py", *arguments]
    # What it is at is to be seen in a pipe or a file as well.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    # In a session of its own, or Ctrl-C would reach it too, and it would say so in a traceback.
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
    ).returncode


class _Manager(honcho.manager.Manager):
    """Honcho's, ending processes that are still starting too.

    Honcho fails on one whose number it has not heard of yet. A web process that is asked to end while it
    starts does not hear it, and one that is asked twice drops what it serves: so it is asked once where it
    serves, and killed where it does not yet.
    """

    serves = False
    _terminating: bool

    def terminate(self) -> None:
        if not self._terminating:
            self._terminating = True
            threading.Thread(target=self._end_each, daemon=True).start()

    def _end_each(self) -> None:
        waiting = set(self._processes)
        while waiting:
            for name in sorted(waiting):
                process = self._processes[name]
                if "pid" in process:
                    waiting.remove(name)
                    if "returncode" not in process:
                        end = self._procmgr.terminate if name != "web" or self.serves else self._procmgr.kill
                        end(process["pid"])
            time.sleep(0.02)


class _CalmPrinter(Printer):
    """Prints the processes' lines without Honcho's own, and goes on when nobody reads them."""

    def write(self, message: Any) -> None:
        if message.name != honcho.manager.SYSTEM_PRINTER_NAME:
            with suppress(OSError, ValueError):
                super().write(message)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _only_run(var: Path) -> Iterator[None]:
    """Refuse to run twice from one folder.

    A lock tells, which ends with its process: a number may go to another process, a clock may be set.
    """
    with (var / "run.lock").open("w") as lock:
        if not _taken(lock):
            note = _read_note(var)
            where = f" at {note['address']}/" if "address" in note else ""
            which = f" (process {note['pid']})" if "pid" in note else ""
            raise ServiceError(f"ResetWatch already runs from this folder{where}{which}; `make stop` ends it.")
        os.register_at_fork(after_in_child=lock.close)  # or Honcho's processes would hold it longer than we live
        _note(var)
        try:
            yield
        finally:
            (var / "run.json").unlink(missing_ok=True)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(var: Path, **more: str) -> None:
    (var / "run.json").write_text(json.dumps({"pid": os.getpid(), **more}) + "\n")


def _read_note(var: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads((var / "run.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return note


def _running(var: Path) -> psutil.Process | None:
    with suppress(FileNotFoundError), (var / "run.lock").open() as lock:
        if not _taken(lock):
            with suppress(psutil.Error, KeyError):
                return psutil.Process(_read_note(var)["pid"])
    return None
