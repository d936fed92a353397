"""Secrets in files of their own, made at the first need and readable by their owner alone."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_secret(file: Path, make: Callable[[], str]) -> str:
    """What the file holds; where there is none, what `make` gives, which is kept in it with mode 600."""
    if not file.exists():
        replace_secret(file, make(), only_new=True)
    return file.read_text().strip()


def replace_secret(file: Path, text: str, *, only_new: bool = False) -> None:
    """Writes a secret, whole or not at all; with `only_new` the file of a process that was first is left as it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(f"{text}\n")
        if not only_new:
            draft.replace(file)
            return
        with suppress(FileExistsError):  # another process was first, whose secret then holds for both
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
