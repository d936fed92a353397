"""The account that PostgreSQL runs under, and what that account and we ourselves can reach.

PostgreSQL refuses to run as root. Root therefore starts it under an account without rights, which
in turn may not be able to enter the folder that the checkout lies in.
"""

import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class ServiceError(Exception):
    """A server could not be started or stopped; the text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """An account of this machine: its name, or none for the one we are, and its ids."""

    name: str | None
    uid: int
    gid: int

    @property
    def popen(self) -> dict[str, Any]:
        """Arguments for subprocess that run a program under this account."""
        shared: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if self.name is None:
            return shared
        return {
            **shared,
            "user": self.uid,
            "group": self.gid,
            "extra_groups": [],
            "env": {"HOME": "/", "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        }

    def can(self, flag: str, path: Path) -> bool:
        """What `test -d`, `-r`, `-w` or `-x` answers for this account."""
        asked = ["/bin/sh", "-c", f'test {flag} "$0"', str(path)]
        return subprocess.run(asked, check=False, **self.popen).returncode == 0

    def give(self, path: Path) -> None:
        """Make this account the owner of a file or folder."""
        if self.name is not None:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """Ourselves; for root `postgres` if that account exists, else `nobody`. Raises ServiceError."""
    if os.geteuid() != 0:
        return Account(None, os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        "PostgreSQL does not run as root, and this machine has neither an account `postgres` nor "
        "`nobody` to run it under. Run as an ordinary user, or set DATABASE_URL to a server."
    )


def writable(var: Path) -> None:
    """See that files can be made in the folder, and make it where it is missing. Raises ServiceError."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var) as probe:
            probe.write(b"a disk that is full takes no block")
    except OSError as error:
        raise ServiceError(
            f"Nothing can be written in {var} ({os.strerror(error.errno or 0)}). Set it right, or set VAR_DIR to"
            " another folder."
        ) from None


def reachable_home(var: Path, account: Account) -> Path:
    """A folder for the server's data: `var` itself, or one outside where the account cannot enter.

    The one outside is named after `var`, so that it is found again. Raises ServiceError.
    """
    var.mkdir(parents=True, exist_ok=True)
    if account.can("-x", var):
        return var
    mark = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    for base in (Path("/var/lib"), Path("/var/tmp"), Path(tempfile.gettempdir())):
        home = base / f"resetwatch-{mark}"
        try:
            home.mkdir(exist_ok=True)
            home.chmod(0o755)
        except OSError:
            continue
        if home.stat().st_uid == os.geteuid() and account.can("-x", home):
            return home
    raise ServiceError(
        f"The account {account.name} cannot enter {var}, and no folder outside could be made for "
        "the database. Move the checkout where every account can enter, or set DATABASE_URL."
    )
