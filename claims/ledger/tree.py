"""The shape of the ledger's tree (RFC 9162, 2.1): how it grows, and which subtrees prove what.

Only full subtrees are kept, each as a node: of level l and index i over the leaves i * 2**l up to (i + 1) * 2**l.
Every other subtree is folded from some of them, so that growing and proving read O(log n) nodes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from claims.ledger.errors import ProofError
from claims.ledger.hashing import EMPTY_ROOT, node_hash

Node = tuple[int, int]  # level, index
Span = tuple[int, int]  # leaves from, up to
Read = Callable[[Sequence[Node]], Mapping[Node, bytes]]


class Growth:
    """A tree that grows leaf by leaf; of what it holds only the full subtrees at its right edge are kept."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Adds a leaf by its hash; gives the nodes that this made full, as (level, index, hash)."""
        made = []
        level, index = 0, self.size
        while index & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            level, index = level + 1, index >> 1
            made.append((level, index, leaf))
        self._peaks.append(leaf)
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root of the tree as it is."""
        return fold(self._peaks)


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over full subtrees that lie side by side, the largest first."""
    if not peaks:
        return EMPTY_ROOT
    *others, root = peaks
    for peak in reversed(others):
        root = node_hash(peak, root)
    return root


def full_nodes(span: Span) -> list[Node]:
    """The full subtrees of a subtree of the tree, the largest first."""
    begin, end = span
    nodes = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append((level, begin >> level))
        begin += 1 << level
    return nodes


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The subtrees whose roots prove a leaf, from the leaf upwards (RFC 9162, 2.1.3.1). Raises ProofError."""
    if not 0 <= index < size:
        raise ProofError(f"A tree of {size:,} entries has no entry {index:,}.")
    begin, end = 0, size
    spans = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The subtrees whose roots prove that a tree grew out of a smaller one (RFC 9162, 2.1.4.1). Raises ProofError."""
    if not 1 <= first <= second:
        raise ProofError(f"A tree of {second:,} entries did not grow out of one of {first:,}.")
    begin, end = 0, second
    spans = []
    while first < end:
        middle = begin + _split(end - begin)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    if begin > 0:  # else this subtree is the whole of the smaller tree, whose root is known
        spans.append((begin, end))
    return spans[::-1]


def roots(spans: Sequence[Span], read: Read) -> list[bytes]:
    """The roots of these subtrees, by one reading of all the nodes that they are folded from."""
    wanted = [full_nodes(span) for span in spans]
    found = read([node for nodes in wanted for node in nodes])
    return [fold([found[node] for node in nodes]) for nodes in wanted]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
