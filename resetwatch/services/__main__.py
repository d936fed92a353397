"""The command line: `python -m resetwatch.services up | down | env | run | stop | test | bench | clean`."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from resetwatch.services import embedded
from resetwatch.services.account import ServiceError, writable
from resetwatch.services.ports import NoFreePort

ROOT = Path(__file__).resolve().parent.parent.parent


def var_dir() -> Path:
    """The folder that the settings call VAR_DIR."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def say(text: str) -> None:
    """Print a line at once, whoever reads it."""
    print(text, flush=True)


def up(_: list[str]) -> int:
    """Start the embedded servers and leave them running."""
    embedded.start(var_dir(), say=say, keep=True)
    say("PostgreSQL and Valkey are running; `python -m resetwatch.services down` stops them.")
    return 0


def down(_: list[str]) -> int:
    """Stop the embedded servers, those for tests too."""
    for var in (var_dir(), var_dir() / "test"):
        if var.exists():
            embedded.load(var).stop()
    return 0


def env(_: list[str]) -> int:
    """Print the variables that name the embedded servers, for a shell to take over."""
    for name, value in embedded.load(var_dir()).environment.items():
        say(f"export {name}='{value}'")
    return 0


def run(_: list[str]) -> int:
    """Set the site up and run it until it is told to stop."""
    from resetwatch.services.run import run_site

    return run_site(ROOT, var_dir(), say=say)


def stop(_: list[str]) -> int:
    """Stop the site that runs from this folder."""
    from resetwatch.services.run import stop_site

    return stop_site(var_dir(), say=say)


def test(arguments: list[str]) -> int:
    """Run all tests, or those named, on servers of their own."""
    from resetwatch.services.testing import run_tests

    return run_tests(ROOT, var_dir(), arguments, say=say)


def bench(arguments: list[str]) -> int:
    """Measure what the site promises of its speed."""
    servers = embedded.start(var_dir(), say=say)
    os.environ.update(servers.environment)
    try:
        return subprocess.run([sys.executable, "manage.py", "bench", *arguments], check=False, cwd=ROOT).returncode
    finally:
        if not servers.kept:
            servers.stop()


def clean(_: list[str]) -> int:
    """Stop everything and remove all data, the database included."""
    var = var_dir()
    if not var.exists():
        return 0
    stop([])
    down([])
    for known in (embedded.load(var), embedded.load(var / "test")):
        if known.postgres is not None and known.postgres.home.name.startswith("resetwatch-"):
            shutil.rmtree(known.postgres.home)
    shutil.rmtree(var)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (up, down, env, run, stop, test, bench, clean)
}
# Those that write in the folder, which therefore has to let them.
STARTING = {"up", "run", "test", "bench"}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m resetwatch.services",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:6}{command.__doc__}" for name, command in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS)
    chosen, rest = parser.parse_known_args()
    try:
        if chosen.command in STARTING:
            writable(var_dir())
        return COMMANDS[chosen.command](rest)
    except (ServiceError, NoFreePort, ImproperlyConfigured) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
