"""Going through a ledger hash by hash: the first thing that does not fit is said in one sentence."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from claims.ledger.commitments import commitment
from claims.ledger.entries import Entry
from claims.ledger.errors import AuditError
from claims.ledger.hashing import leaf_hash
from claims.ledger.notes import Checkpoint
from claims.ledger.tree import Growth

# An entry gets its place seconds after it was recorded; who loads an archive in one act may take some minutes.
LONGEST_ACT = timedelta(hours=1)


class Audit:
    """Entries are given in the order of their places; at the sizes of `checkpoints` the root has to be theirs.

    `opened` counts the entries whose words were there to be checked.
    """

    def __init__(self, checkpoints: Iterable[Checkpoint] = ()) -> None:
        self.opened = 0
        self._growth = Growth()
        self._signed_size = 0
        self._signed: dict[int, list[Checkpoint]] = {}
        self._latest: datetime | None = None
        for checkpoint in checkpoints:
            self.expect(checkpoint)

    @property
    def size(self) -> int:
        """How many entries were gone through."""
        return self._growth.size

    @property
    def root(self) -> bytes:
        """The root over them."""
        return self._growth.root()

    def expect(self, checkpoint: Checkpoint) -> None:
        """Has a root checked once the ledger has grown to its size."""
        self._signed.setdefault(checkpoint.size, []).append(checkpoint)
        self._signed_size = max(self._signed_size, checkpoint.size)

    def add(self, entry: Entry) -> list[tuple[int, int, bytes]]:
        """Takes the next entry, and gives the nodes of the tree that it makes full. Raises AuditError.

        A root is checked when the next entry comes, or at the end: who keeps the nodes can compare them before that,
        and say more exactly where something is wrong.
        """
        if self._signed:
            self._check_root()
        if entry.index != self.size:
            raise AuditError(_gap(self.size, entry.index))
        self._check_words(entry)
        self._check_time(entry)
        return self._growth.append(leaf_hash(entry.commitment))

    def finish(self) -> None:
        """Raises AuditError where the last root is not what was signed, or more or fewer entries were."""
        self._check_root()
        if self._signed:
            size = min(self._signed)
            raise AuditError(
                f"The record ends after {self.size:,} entries, and a checkpoint was signed for {size:,}: "
                "entries are missing at its end."
            )
        if self.size > self._signed_size:
            raise AuditError(
                f"The record holds {self.size:,} entries, and only {self._signed_size:,} of them are signed."
            )

    def _check_words(self, entry: Entry) -> None:
        if entry.opened is None:
            return
        said = entry.opened.said
        if (said.get("id"), said.get("recorded_at")) != (entry.event, entry.recorded_at):
            raise AuditError(f"Entry {entry.index:,} says another event or time of recording than its place does.")
        try:
            fits = commitment(said, entry.opened.salt) == entry.commitment
        except (TypeError, ValueError, RecursionError) as error:
            raise AuditError(f"Entry {entry.index:,} ({entry.event}) holds what no entry holds: {error}") from error
        if not fits:
            raise AuditError(
                f"Entry {entry.index:,} ({entry.event}) does not fit its commitment: what it says was altered."
            )
        self.opened += 1

    def _check_time(self, entry: Entry) -> None:
        recorded_at = datetime.fromisoformat(entry.recorded_at)
        if self._latest is not None and self._latest - recorded_at > LONGEST_ACT:
            raise AuditError(
                f"Entry {entry.index:,} ({entry.event}) says that it was recorded at {entry.recorded_at}, long before "
                f"entries that had their place already ({self._latest.isoformat()}): its time is dated back."
            )
        self._latest = recorded_at if self._latest is None else max(self._latest, recorded_at)

    def _check_root(self) -> None:
        for checkpoint in self._signed.pop(self.size, ()):
            if checkpoint.root != self.root:
                raise AuditError(
                    f"The first {self.size:,} entries are not those that {checkpoint.origin} signed: "
                    "one of them was altered, removed or moved, or this is another copy of the record (a fork)."
                )


def _gap(expected: int, found: int) -> str:
    if found > expected:
        return f"Entry {expected:,} is missing: entry {found:,} comes in its place."
    return f"Entry {found:,} comes again, or out of its order, where entry {expected:,} belongs."
