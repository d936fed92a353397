"""Make .venv and install a requirements file into it, where that has not been done yet.

Run by the system's Python before anything is installed: the standard library only, and syntax that
an older Python can read far enough to say that it is too old.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / ".venv"
STAMP = PLACE / "installed.json"


def main(requirements: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036
        version = ".".join(str(part) for part in sys.version_info[:3])
        return say(f"ResetWatch needs Python 3.11 or later, and this is {version}. Set PYTHON to a later one.", 1)
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(requirements):
            return 0
        if not works():
            say("Making .venv")
            shutil.rmtree(PLACE, ignore_errors=True)
            # Its words are kept back: Ctrl-C reaches it too, and it would say so in a traceback.
            made = subprocess.run(
                [sys.executable, "-m", "venv", str(PLACE)],
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            if made.returncode != 0:
                shutil.rmtree(PLACE, ignore_errors=True)
                say(made.stdout.rstrip())
                return say("Python could not make .venv; on Debian and Ubuntu: apt install python3-venv", 1)
        STAMP.unlink(missing_ok=True)
        if install(requirements) != 0:
            return 1
        remember(requirements)
    return 0


def works() -> bool:
    """Whether .venv has a Python that starts; it has not after the system's was replaced."""
    python = PLACE / "bin" / "python"
    try:
        asked = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
        return subprocess.call(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def fingerprint(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def is_installed(requirements: str) -> bool:
    try:
        known = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return bool(known.get(requirements) == fingerprint(requirements) and works())


def remember(requirements: str) -> None:
    """Note what is installed; the file for development holds the other at the same versions."""
    done = ["requirements.txt", requirements] if requirements == "requirements-dev.txt" else [requirements]
    STAMP.write_text(json.dumps({name: fingerprint(name) for name in done}, indent=1) + "\n")


def install(requirements: str) -> int:
    """Run pip, telling what it is at; its own words only where it fails."""
    pinned = re.findall(r"^\S+==", (ROOT / requirements).read_text(), re.MULTILINE)
    say(f"Installing {len(pinned)} packages from {requirements} (half a minute to two)")
    command = [str(PLACE / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "-r", requirements]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    said = [""]
    seen = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if re.match(r"\s*(Collecting|Requirement already satisfied:) ", line):
                seen += 1
                if seen % 10 == 0:
                    say(f"  {seen} of {len(pinned)}")
            elif line.startswith("Installing collected packages"):
                say("  unpacking")
    if pip.returncode != 0:
        say("".join(said[-25:]).rstrip())
        return say(f"pip could not install {requirements}; what it said is above.", 1)
    return 0


def say(text: str, code: int = 0) -> int:
    print(text, file=sys.stderr if code else sys.stdout, flush=True)
    return code


if __name__ == "__main__":
    os.umask(0o022)  # the database's account has to read what is installed
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(say("Stopped; the next start goes on from here.", 130))
