"""Roots and proofs worked out by hand from RFC 9162, and published ones: nothing of the site takes part in it."""

import hashlib
from pathlib import Path

import pytest

from tests.ledger import rfc9162

# The leaves and nodes of a tree that implementations of Certificate Transparency test with (RFC 6962, whose hashing
# RFC 9162 kept), from its reference implementation.
PUBLISHED_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAVES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_0_3 = PUBLISHED_ROOTS[4]
LEAVES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


A, B, C, D, E, F, G, H = LEAVES = [bytes([letter]) * 32 for letter in b"abcdefgh"]

# Each tree written out: its largest full subtree on the left, the rest on the right.
AB = node(leaf(A), leaf(B))
CD = node(leaf(C), leaf(D))
EF = node(leaf(E), leaf(F))
GH = node(leaf(G), leaf(H))
BY_HAND = {
    0: hashlib.sha256(b"").digest(),
    1: leaf(A),
    2: node(leaf(A), leaf(B)),
    3: node(node(leaf(A), leaf(B)), leaf(C)),
    4: node(node(leaf(A), leaf(B)), node(leaf(C), leaf(D))),
    5: node(node(node(leaf(A), leaf(B)), node(leaf(C), leaf(D))), leaf(E)),
    6: node(node(node(leaf(A), leaf(B)), node(leaf(C), leaf(D))), node(leaf(E), leaf(F))),
    7: node(node(node(leaf(A), leaf(B)), node(leaf(C), leaf(D))), node(node(leaf(E), leaf(F)), leaf(G))),
    8: node(node(node(leaf(A), leaf(B)), node(leaf(C), leaf(D))), node(node(leaf(E), leaf(F)), node(leaf(G), leaf(H)))),
}


@pytest.mark.parametrize("size", range(9))
def test_a_root_is_what_it_is_by_hand(size):
    assert rfc9162.mth(LEAVES[:size]) == BY_HAND[size]


@pytest.mark.parametrize("size", range(9))
def test_a_root_is_the_published_one(size):
    assert rfc9162.mth(PUBLISHED_LEAVES[:size]).hex() == PUBLISHED_ROOTS[size]


# The example of RFC 9162, 2.1.5: seven entries, and the trees of three, four and six that it grew from.
@pytest.mark.parametrize(
    ("index", "steps"),
    [
        (0, [leaf(B), CD, node(EF, leaf(G))]),
        (3, [leaf(C), AB, node(EF, leaf(G))]),
        (4, [leaf(F), leaf(G), node(AB, CD)]),
        (6, [EF, node(AB, CD)]),
    ],
)
def test_an_inclusion_proof_is_the_rfcs_example(index, steps):
    assert rfc9162.path(index, LEAVES[:7]) == steps


@pytest.mark.parametrize(
    ("first", "steps"),
    [
        (3, [leaf(C), leaf(D), AB, node(EF, leaf(G))]),
        (4, [node(EF, leaf(G))]),
        (6, [EF, leaf(G), node(AB, CD)]),
        (7, []),
    ],
)
def test_a_consistency_proof_is_the_rfcs_example(first, steps):
    assert rfc9162.proof(first, LEAVES[:7]) == steps


@pytest.mark.parametrize(
    ("index", "size", "steps"),
    [
        (0, 1, []),
        (0, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
        (5, 8, [LEAF_4, LEAVES_6_7, LEAVES_0_3]),
        (2, 3, [PUBLISHED_ROOTS[2]]),
    ],
)
def test_an_inclusion_proof_is_the_published_one(index, size, steps):
    assert [step.hex() for step in rfc9162.path(index, PUBLISHED_LEAVES[:size])] == steps


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [
        (1, 1, []),
        (1, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
        (6, 8, [LEAVES_4_5, LEAVES_6_7, LEAVES_0_3]),
        (2, 5, [LEAVES_2_3, LEAF_4]),
    ],
)
def test_a_consistency_proof_is_the_published_one(first, second, steps):
    assert [step.hex() for step in rfc9162.proof(first, PUBLISHED_LEAVES[:second])] == steps


@pytest.mark.parametrize("size", range(1, 9))
def test_inclusion_proofs_read_backwards_give_the_root(size):
    roots = {
        rfc9162.root_of_path(index, size, leaf(LEAVES[index]), rfc9162.path(index, LEAVES[:size]))
        for index in range(size)
    }
    assert roots == {BY_HAND[size]}


@pytest.mark.parametrize("second", range(1, 9))
def test_consistency_proofs_read_backwards_give_both_roots(second):
    for first in range(1, second + 1):
        proved = rfc9162.proof(first, LEAVES[:second])
        assert rfc9162.roots_of_proof(first, second, BY_HAND[first], proved) == (BY_HAND[first], BY_HAND[second])


@pytest.mark.parametrize("module", ["rfc9162.py", "test_by_hand.py", "test_notes_by_hand.py"])
def test_what_is_done_by_hand_imports_nothing_of_the_ledgers_own(module):
    lines = (Path(__file__).parent / module).read_text().splitlines()
    imports = [line for line in lines if line.lstrip().startswith(("import ", "from "))]
    assert not [line for line in imports if "claims.ledger" in line or "claims import ledger" in line]
