"""Checks a ledger without its database: `python -m claims.ledger.verify FILE_OR_ADDRESS [--since CHECKPOINT]`.

Exit status 0 when everything fits, 1 when something does not, 2 when it was asked wrongly.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from claims.ledger.audit import Audit
from claims.ledger.errors import LedgerError, NoteError
from claims.ledger.notes import LONGEST_NOTE, Checkpoint, Note, Verifier, read_checkpoint, read_note, read_verifier
from claims.ledger.published import Published, read_published
from claims.ledger.trusted import expect_trusted

Say = Callable[[str], None]

STEP = 10_000  # entries between two signs of life


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks what the arguments name, and says what came of it."""
    asked = _arguments().parse_args(arguments)
    try:
        since = saved_note(asked.since) if asked.since else None
        trusted = read_verifier(asked.key) if asked.key else None
        published = read_published(asked.place)
        found = verify(published, since=since, trusted=trusted, say=_progress)
        print(_printable(found))  # noqa: T201 (the command's answer)
        if asked.save:
            _save(asked.save, published.checkpoint)
    except LedgerError as error:
        print(_printable(str(error)), file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("Stopped before the end: nothing is proved.", file=sys.stderr)  # noqa: T201
        return 130
    return 0


def verify(published: Published, *, since: Note | None, trusted: Verifier | None, say: Say) -> str:
    """Goes through a published ledger; gives one sentence on what was found to fit. Raises LedgerError."""
    newest = read_checkpoint(published.checkpoint)
    audit = Audit()
    key = expect_trusted(audit, newest=published.checkpoint, keys=published.keys, since=since, trusted=trusted)
    for entry in published.entries:
        audit.add(entry)
        if audit.size % STEP == 0:
            say(f"{audit.size:,} of {newest.size:,} entries fit")
    audit.finish()
    return _fits(audit, newest, key.verifier, since)


def _fits(audit: Audit, newest: Checkpoint, verifier: Verifier, since: Note | None) -> str:
    closed = newest.size - audit.opened
    words = f"All {newest.size:,} entries fit the checkpoint that {newest.origin} signed with {verifier.text}"
    if since is not None:
        words += f", and begin with the {read_checkpoint(since).size:,} of the saved checkpoint"
    return f"{words}; {audit.opened:,} of them could be read and fit their commitments, {closed:,} are not public."


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m claims.ledger.verify",
        description="Checks an export of a ledger, or a site's ledger by its address, hash by hash.",
    )
    parser.add_argument("place", metavar="FILE_OR_ADDRESS", help="an export, or the address of a site")
    parser.add_argument("--since", metavar="FILE", help="a checkpoint saved earlier, which the record must go on from")
    parser.add_argument("--key", metavar="KEY", help="the verifier key that you trust; keys after it need a handover")
    parser.add_argument("--save", metavar="FILE", help="where to save the newest checkpoint, for --since next time")
    return parser


def saved_note(file: str) -> Note:
    """The note that was saved in a file. Raises NoteError."""
    try:
        with Path(file).open(encoding="utf-8", newline="") as opened:
            return read_note(opened.read(LONGEST_NOTE + 1))
    except OSError as error:
        raise NoteError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NoteError(f"{file} is no text in UTF-8.") from error


def _save(file: str, note: Note) -> None:
    try:
        Path(file).write_text(str(note), encoding="utf-8", newline="")
    except OSError as error:
        raise NoteError(f"{file} cannot be written: {error.strerror}.") from error


def _printable(words: str) -> str:
    """What a file or a site made up may hold signs that a terminal obeys."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words)


def _progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
