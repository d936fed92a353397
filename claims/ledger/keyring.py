"""Which keys signed a ledger one after another, and whether each was handed over by the one before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from claims.ledger.errors import AuditError, NoteError
from claims.ledger.notes import Note, Verifier, read_checkpoint, read_note, read_verifier


@dataclass(frozen=True)
class Key:
    """A key that signs checkpoints of more than `from_size` entries.

    `handover` is a checkpoint of `from_size` entries that names it, signed by it and by the key before it; None for the
    first key, for one that came before there was anything to sign, and where the earlier key was lost.
    """

    verifier: Verifier
    from_size: int
    handover: Note | None


def read_key(told: Mapping[str, object]) -> Key:
    """A key as it is published: {"verifier", "from_size", "handover"}. Raises NoteError."""
    size, handover = told.get("from_size"), told.get("handover")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0 or not isinstance(handover, str | None):
        raise NoteError("A key of the ledger does not say from which size on it signs.")
    return Key(read_verifier(str(told.get("verifier"))), size, read_note(handover) if handover else None)


def key_of(note: Note, keys: Sequence[Key]) -> Key:
    """The key that signed a checkpoint, which each may do only until the next one takes over. Raises AuditError."""
    size = read_checkpoint(note).size
    for key, after in zip_longest(keys, keys[1:]):
        if key.from_size < size <= (after.from_size if after else size) and key.verifier.signed(note):
            return key
    names = ", ".join(f"{one.name} {one.key_hash.hex()}" for one in note.signatures)
    raise AuditError(f"The checkpoint of {size:,} entries is not signed by a key of this ledger, but by: {names}.")


def keys_from(trusted: Verifier | None, keys: Sequence[Key]) -> Sequence[Key]:
    """The trusted key and those after it, each handed over to by the one before; with none trusted, all of them.

    Raises AuditError where the trusted key is none of the ledger's, a key after it was not handed over to, or a
    handover is not what it should be.
    """
    place = 0
    if trusted is not None:
        found = [place for place, key in enumerate(keys) if key.verifier == trusted]
        if not found:
            raise AuditError(f"The ledger is signed by another key than {trusted.text}, which never handed over to it.")
        place = found[0]
    for before, key in pairwise(keys[place:]):
        if key.handover is not None:
            _check_handover(key.handover, before, key)
        elif trusted is not None:
            raise AuditError(
                f"From entry {key.from_size:,} on another key signs, and the one before it says nothing of that."
            )
    return keys[place:]


def _check_handover(handover: Note, before: Key, key: Key) -> None:
    if not (before.verifier.signed(handover) and key.verifier.signed(handover)):
        raise AuditError(f"The handover of the key at entry {key.from_size:,} is not signed by both keys.")
    handed = read_checkpoint(handover)
    if handed.size != key.from_size:
        raise AuditError(f"The handover of the key at entry {key.from_size:,} is of {handed.size:,} entries.")
    if handed.next_key != key.verifier.text:  # else anybody could add a signature to a checkpoint and take over
        raise AuditError(f"The handover of the key at entry {key.from_size:,} does not name that key.")
