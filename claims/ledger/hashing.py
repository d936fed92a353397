"""Hashes of the ledger's tree (RFC 9162, 2.1.1); prefixes keep leaves and nodes from passing for each other."""

from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
HASH_LENGTH = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; here `data` is the 32 bytes of an event's commitment."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two subtrees."""
    return sha256(b"\x01" + left + right).digest()
