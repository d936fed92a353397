"""`make check`: every check, whatever the others say, then one answer."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKS: dict[str, list[str]] = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "migrations": ["manage", "makemigrations", "--check", "--dry-run"],
    "django": ["manage", "check", "--fail-level", "WARNING"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "layers": ["importlinter.cli", "lint"],
    "writes": ["resetwatch.checks.writes"],
    "settings page": ["resetwatch.settings_page", "--check"],
}


def run(name: str) -> bool:
    """Run one check; its output is shown only where it fails."""
    module, *arguments = CHECKS[name]
    started = time.monotonic()
    program = ["-m", module] if module != "manage" else ["manage.py"]
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        check=False,
        cwd=ROOT,
        # The checks ask no database; a key is only made where a site runs.
        env={**os.environ, "SECRET_KEY": "only-for-checks"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = done.returncode == 0
    sys.stdout.write(f"{'ok' if passed else 'FAILED':<8}{name} ({time.monotonic() - started:.1f} s)\n")
    if not passed:
        sys.stdout.write(done.stdout)
    sys.stdout.flush()
    return passed


def main() -> int:
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = set(chosen) - set(CHECKS)
    if unknown:
        sys.stderr.write(f"There is no check {min(unknown)!r}; there are: {', '.join(CHECKS)}\n")
        return 2
    answers = [run(name) for name in chosen]
    return 0 if all(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
