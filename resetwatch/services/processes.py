"""Which processes belong to a server: each of them works in its data folder."""

from contextlib import suppress
from pathlib import Path

import psutil


def works_in(number: int, folder: Path) -> bool:
    """Whether the process of this number lives and works in this folder."""
    with suppress(psutil.Error, OSError):
        process = psutil.Process(number)
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder.resolve()))
    return False


def anyone_in(folder: Path) -> bool:
    """Whether any process works in this folder."""
    return any(works_in(number, folder) for number in psutil.pids())


def number_in(pid_file: Path, folder: Path) -> int | None:
    """The number that a server wrote down, where it is still that server's."""
    try:
        number = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return number if works_in(number, folder) else None
