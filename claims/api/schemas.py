"""What the API answers with."""

from typing import Any

from ninja import Schema


class Key(Schema):
    """A key of the ledger; `handover` is a checkpoint of `from_size` entries signed by it and the key before it."""

    verifier: str
    from_size: int
    handover: str | None


class Keys(Schema):
    """Keys, the first one first."""

    items: list[Key]


class Opened(Schema):
    """What an event said; SHA-256 over the salt and its canonical JSON is the commitment."""

    salt: str
    said: dict[str, Any]


class Entry(Schema):
    """One place in the ledger. A leaf of the tree is the commitment's bytes."""

    index: int
    event: str
    recorded_at: str
    commitment: str
    opened: Opened | None = None


class Entries(Schema):
    """Entries in their order; `size` is how many there are in all."""

    items: list[Entry]
    size: int


class Inclusion(Entry):
    """The audit path of an entry, from its leaf upwards."""

    leaf: str
    size: int
    root: str
    path: list[str]


class Consistency(Schema):
    """The proof that the tree of `second` entries begins with that of `first`."""

    first: int
    second: int
    first_root: str
    second_root: str
    path: list[str]
