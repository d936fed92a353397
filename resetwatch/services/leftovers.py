"""Processes of a run: written down when they start, found and ended when nobody else does."""

import os
from contextlib import suppress
from pathlib import Path

import psutil


def folder(var: Path) -> Path:
    """Where each process of a run writes its number, which is its session's too."""
    place = var / "run"
    place.mkdir(parents=True, exist_ok=True)
    return place


def end(var: Path, root: Path, *, patience: float = 10) -> int:
    """End whatever still runs of the sessions written down; gives how many processes that were.

    A number may long belong to somebody else: only processes that work in `root` are touched.
    """
    files = list(folder(var).glob("*.pid"))
    sessions = {int(text) for file in files if (text := file.read_text().strip()).isdigit()}
    left = [process for process in psutil.process_iter() if _belongs(process, sessions, root)]
    for process in left:
        with suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=patience)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    for file in files:
        file.unlink(missing_ok=True)
    return len(left)


def _belongs(process: psutil.Process, sessions: set[int], root: Path) -> bool:
    try:
        return (
            os.getsid(process.pid) in sessions
            and process.status() != psutil.STATUS_ZOMBIE
            and Path(process.cwd()) == root
        )
    except (psutil.Error, OSError):
        return False
