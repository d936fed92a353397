"""Checking proofs: that an entry is in a tree, and that a tree grew out of another (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from claims.ledger.errors import ProofError
from claims.ledger.hashing import node_hash


def check_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Raises ProofError unless `path` leads from the leaf's hash to the root of the tree of `size` entries."""
    if not 0 <= index < size:
        raise ProofError(f"A tree of {size:,} entries has no entry {index:,}.")
    if climb(leaf, index=index, size=size, path=path) != root:
        raise ProofError(f"The proof of entry {index:,} does not lead to the root of the tree of {size:,} entries.")


def climb(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path leads to. Raises ProofError where it is too long or too short for the tree."""
    node, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise ProofError(f"The proof of entry {index:,} is too long for a tree of {size:,} entries.")
        if node & 1 or node == last:
            found = node_hash(step, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, step)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofError(f"The proof of entry {index:,} is too short for a tree of {size:,} entries.")
    return found


def sides(*, index: int, size: int) -> list[str]:
    """On which side of what was folded so far each value of an inclusion proof stands: "left" or "right"."""
    node, last, told = index, size - 1, []
    while last:
        left = bool(node & 1) or node == last
        if left:
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        told.append("left" if left else "right")
        node, last = node >> 1, last >> 1
    return told


def check_consistency(*, first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> None:
    """Raises ProofError unless `path` shows that the tree of `second` entries begins with that of `first`."""
    if not 1 <= first <= second:
        raise ProofError(f"A tree of {second:,} entries did not grow out of one of {first:,}.")
    forked = ProofError(
        f"The tree of {second:,} entries does not begin with the {first:,} entries that were signed before."
    )
    if first == second:
        if path or first_root != second_root:
            raise forked
        return
    steps = list(path)
    if first & (first - 1) == 0:  # a full subtree, whose root needs no proof
        steps.insert(0, first_root)
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not steps:
        raise forked
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise forked
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    if last != 0 or old != first_root or new != second_root:
        raise forked
