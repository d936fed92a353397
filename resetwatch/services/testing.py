"""`make test`: servers, then everything but the browser on both cores, then the browser."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from resetwatch.services import browser, embedded

Say = Callable[[str], None]
BROWSER_TESTS = "tests/browser"


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
        codes = [
            _pytest("tests", f"--ignore={BROWSER_TESTS}", "-n", "2", "--dist", "loadgroup", "-p", "no:playwright"),
            _pytest(BROWSER_TESTS),
        ]
        return max(codes)
    finally:
        if not servers.kept:
            servers.stop()


def _pytest(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], check=False).returncode
