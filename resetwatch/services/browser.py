"""The browser that tests drive: found, or installed where that is possible."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "The browser tests need Chromium or Chrome: install one (Debian: apt install chromium), "
    "or set CHROMIUM to its path."
)

Say = Callable[[str], None]


def find() -> str | None:
    """The program's path: CHROMIUM if that is set, else the first one known by name or place."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in MAC if Path(path).exists()), None) or _playwrights_own()


def ensure(say: Say) -> str | None:
    """The browser's path, installed if need be; None where that failed too."""
    found = find()
    if found or os.environ.get("CHROMIUM"):
        return found
    for what, install in (("Debian's", _apt), ("Playwright's", _playwright)):
        say(f"No Chromium was found; installing {what} (a minute or so)")
        if install() and (found := find()):
            return found
    return None


def _apt() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return _quiet(install, environment) or (
        _quiet(["apt-get", "update", "-qq"], environment) and _quiet(install, environment)
    )


def _playwright() -> bool:
    with_parts = ["--with-deps"] if os.geteuid() == 0 else []
    return _quiet([sys.executable, "-m", "playwright", "install", *with_parts, "chromium"], dict(os.environ))


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _quiet(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(
        command,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode == 0
