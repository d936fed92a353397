"""`make test`: servers, then what can run side by side on both cores, then whole sites and the browser."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from resetwatch.services import browser, embedded

Say = Callable[[str], None]
# Each of these wants the machine to itself: it starts a whole site, or a browser.
ALONE = ("tests/faults/test_make_run.py", "tests/browser")
LONGEST = 30 * 60  # seconds; a test that hangs is ended before by pytest, which says which one it is


def run_tests(root: Path, var: Path, arguments: list[str], *, say: Say) -> int:
    """Run all tests, or pytest once with the arguments given; 0 only if all of it passed."""
    os.chdir(root)
    chromium = browser.ensure(say)
    if chromium is None:
        say(browser.MISSING)
        return 1
    os.environ["CHROMIUM"] = chromium
    servers = embedded.start(var / "test", throwaway=True, say=say)
    try:
        if arguments:
            return _pytest(*arguments)
        others = [f"--ignore={place}" for place in ALONE]
        # Not by group or file: xdist would wait for ever once a worker has died.
        codes = [_pytest("tests", *others, "-n", "2", "--dist", "load", "-p", "no:playwright"), _pytest(*ALONE)]
        return int(any(codes))
    finally:
        if not servers.kept:
            servers.stop()


def _pytest(*arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    try:
        return subprocess.run(command, check=False, timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        print(f"The tests were ended after {LONGEST // 60} minutes.", file=sys.stderr)
        return 1
