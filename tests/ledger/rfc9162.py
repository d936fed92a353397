"""Merkle trees straight from the definitions of RFC 9162, section 2.1: slow, short, and nobody else's code.

It imports nothing but hashlib, so that it can stand against the site's own implementation. Names are the RFC's.
"""

import hashlib
from collections.abc import Sequence


def HASH(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def k_of(n: int) -> int:
    """The largest power of two smaller than n, for n > 1."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(entries: Sequence[bytes]) -> bytes:
    """2.1.1: the Merkle Tree Hash of an ordered list of inputs."""
    n = len(entries)
    if n == 0:
        return HASH(b"")
    if n == 1:
        return HASH(b"\x00" + entries[0])
    k = k_of(n)
    return HASH(b"\x01" + mth(entries[:k]) + mth(entries[k:]))


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """2.1.3.1: PATH(m, D_n), the inclusion proof of the (m+1)th input."""
    n = len(entries)
    assert 0 <= m < n
    if n == 1:
        return []
    k = k_of(n)
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """2.1.4.1: PROOF(m, D_n), the consistency proof from the first m inputs to all n."""
    assert 0 < m <= len(entries)
    return subproof(m, entries, True)


def subproof(m: int, entries: Sequence[bytes], b: bool) -> list[bytes]:
    """2.1.4.1: SUBPROOF(m, D_n, b); b says that D_m is the whole of the earlier tree, whose hash is known."""
    n = len(entries)
    if m == n:
        return [] if b else [mth(entries)]
    k = k_of(n)
    if m <= k:
        return [*subproof(m, entries[:k], b), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]


def root_of_path(m: int, n: int, leaf: bytes, proved: Sequence[bytes]) -> bytes | None:
    """PATH read backwards: the root that it leads to from a leaf's hash, or None where it has the wrong length."""
    if not 0 <= m < n or (n == 1) != (len(proved) == 0):
        return None
    if n == 1:
        return leaf
    *inner, outer = proved
    k = k_of(n)
    if m < k:
        left = root_of_path(m, k, leaf, inner)
        return None if left is None else HASH(b"\x01" + left + outer)
    right = root_of_path(m - k, n - k, leaf, inner)
    return None if right is None else HASH(b"\x01" + outer + right)


def roots_of_proof(m: int, n: int, earlier: bytes, proved: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """PROOF read backwards: the roots of m and of n inputs that it leads to, or None where it has the wrong length.

    `earlier` is what the root of m inputs is said to be.
    """
    return _roots_of_subproof(m, n, earlier, proved, True) if 0 < m <= n else None


def _roots_of_subproof(m: int, n: int, earlier: bytes, proved: Sequence[bytes], b: bool) -> tuple[bytes, bytes] | None:
    if m == n:
        if b:
            return None if proved else (earlier, earlier)
        return (proved[0], proved[0]) if len(proved) == 1 else None
    if not proved:
        return None
    *inner, outer = proved
    k = k_of(n)
    if m <= k:
        found = _roots_of_subproof(m, k, earlier, inner, b)
        return None if found is None else (found[0], HASH(b"\x01" + found[1] + outer))
    found = _roots_of_subproof(m - k, n - k, earlier, inner, False)
    return None if found is None else (HASH(b"\x01" + outer + found[0]), HASH(b"\x01" + outer + found[1]))
