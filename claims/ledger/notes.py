"""Signed notes and checkpoints, as C2SP specifies them (signed-note, tlog-checkpoint), with Ed25519."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from claims.ledger.errors import NoteError
from claims.ledger.hashing import HASH_LENGTH

LONGEST_NOTE = 100_000
LARGEST_SIZE = 2**63 - 1
_ED25519 = b"\x01"
_SIGNATURE = "— "  # an em dash and a space begin each line with a signature
_PRIVATE = "PRIVATE+KEY+"
_NEXT_KEY = "next-key "


@dataclass(frozen=True)
class Verifier:
    """A public key by its name; `text` is how it is told to others."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one line: its name, its hash in hex, the key itself in base64."""
        return f"{self.name}+{self.key_hash.hex()}+{_base64(_ED25519 + self.public)}"

    def signed(self, note: "Note") -> bool:
        """Whether the note is signed by this key; a signature that says so and does not fit spoils it."""
        own = [one for one in note.signatures if (one.name, one.key_hash) == (self.name, self.key_hash)]
        return bool(own) and all(self._fits(note.text, signature) for signature in own)

    def _fits(self, text: str, signature: "Signature") -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key by its name; `text` is how it is kept, and for nobody else's eyes."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> "Signer":
        """A fresh key. Raises NoteError for what cannot be a name."""
        _check_name(name)
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> Verifier:
        """The public key that belongs to it."""
        return Verifier(self.name, self._private().public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The key as one line, as Go's note package writes it."""
        return f"{_PRIVATE}{self.name}+{self.verifier.key_hash.hex()}+{_base64(_ED25519 + self.seed)}"

    def sign(self, text: str) -> "Signature":
        """A signature of a note's text, which ends with a line break."""
        return Signature(self.name, self.verifier.key_hash, self._private().sign(text.encode()))

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Signature:
    """One signature of a note."""

    name: str
    key_hash: bytes
    value: bytes

    def line(self) -> str:
        """The line that it is written as."""
        return f"{_SIGNATURE}{self.name} {_base64(self.key_hash + self.value)}\n"


@dataclass(frozen=True)
class Note:
    """A text and its signatures; the text ends with a line break."""

    text: str
    signatures: Sequence[Signature]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"


@dataclass(frozen=True)
class Checkpoint:
    """The root of a ledger's tree at one size; `origin` names the ledger.

    `next_key` is the verifier key of the key that takes over at this size, which a line of its own names; the line
    makes a signature of the old key its word for the new one, which a mere second signature is not.
    """

    origin: str
    size: int
    root: bytes
    next_key: str = ""

    @property
    def text(self) -> str:
        """The text that is signed."""
        after = f"{_NEXT_KEY}{self.next_key}\n" if self.next_key else ""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{after}"

    def signed_by(self, *signers: Signer) -> Note:
        """The checkpoint as a note with a signature of each."""
        return Note(self.text, tuple(signer.sign(self.text) for signer in signers))


def read_verifier(text: str) -> Verifier:
    """The public key that a line tells. Raises NoteError."""
    name, key = _read_key(text, "The verifier key")
    verifier = Verifier(name, key)
    if text.strip() != verifier.text:
        raise NoteError("The verifier key does not fit its own hash: part of it was lost or changed.")
    return verifier


def read_signer(text: str) -> Signer:
    """The private key that a line tells. Raises NoteError, which never repeats the key."""
    if not text.strip().startswith(_PRIVATE):
        raise NoteError(f"The private key does not begin with {_PRIVATE}.")
    name, seed = _read_key(text.strip().removeprefix(_PRIVATE), "The private key")
    signer = Signer(name, seed)
    if text.strip() != signer.text:
        raise NoteError("The private key does not fit its own hash: part of it was lost or changed.")
    return signer


def read_note(given: str) -> Note:
    """The note that a text is. Raises NoteError."""
    if len(given) > LONGEST_NOTE:
        raise NoteError(f"The note has more than {LONGEST_NOTE:,} characters.")
    if any(character < " " and character != "\n" for character in given):
        raise NoteError("The note holds control characters; lines end with a line feed alone.")
    text, blank, signed = given.rpartition("\n\n")
    if not blank or not text:
        raise NoteError("The note has no blank line between its text and its signatures.")
    if not signed.endswith("\n"):
        raise NoteError("The note is cut off within its last line.")
    return Note(f"{text}\n", tuple(_read_signature(line) for line in signed[:-1].split("\n")))


def read_checkpoint(note: Note) -> Checkpoint:
    """What a note says of a ledger. Raises NoteError where it is no checkpoint."""
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise NoteError("The note is no checkpoint: it does not say name, size and root on its first three lines.")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit()) or (size != "0" and size.startswith("0")) or len(size) > 19:
        raise NoteError(f"The checkpoint's size is no plain number: “{size[:30]}”.")
    if int(size) > LARGEST_SIZE:
        raise NoteError("The checkpoint's size is larger than any ledger.")
    hashed = _from_base64(root, "The checkpoint's root")
    if len(hashed) != HASH_LENGTH:
        raise NoteError(f"The checkpoint's root has {len(hashed)} bytes and not {HASH_LENGTH}.")
    next_key = next((line.removeprefix(_NEXT_KEY) for line in lines[3:] if line.startswith(_NEXT_KEY)), "")
    return Checkpoint(origin, int(size), hashed, next_key)


def _read_signature(line: str) -> Signature:
    name, space, value = line.removeprefix(_SIGNATURE).rpartition(" ")
    if not line.startswith(_SIGNATURE) or not space or not name:
        raise NoteError(f"The note ends with a line that is no signature: “{line[:60]}”.")
    _check_name(name)
    decoded = _from_base64(value, f"The signature of {name}")
    if len(decoded) < 5:
        raise NoteError(f"The signature of {name} is too short.")
    return Signature(name, decoded[:4], decoded[4:])


def _read_key(text: str, what: str) -> tuple[str, bytes]:
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise NoteError(f"{what} is not a name, a hash and a key with + between them.")
    _check_name(parts[0])
    key = _from_base64(parts[2], what)
    if key[:1] != _ED25519 or len(key) != 33:
        raise NoteError(f"{what} is no Ed25519 key.")
    return parts[0], key[1:]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name) or not name.isprintable():
        raise NoteError(f"“{name[:60]}” cannot name a key: no blanks and no +.")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"{what} is no base64.") from error
