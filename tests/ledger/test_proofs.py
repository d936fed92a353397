"""The ledger's roots and proofs against the RFC's definitions, and every way in which a proof can be wrong."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.ledger.errors import ProofError
from claims.ledger.hashing import EMPTY_ROOT, leaf_hash, node_hash
from claims.ledger.proofs import check_consistency, check_inclusion, climb, sides
from claims.ledger.tree import Growth, consistency_spans, full_nodes, inclusion_spans, roots
from tests.ledger import rfc9162

EXHAUSTIVE = 40
ENTRIES = [place.to_bytes(32, "big") for place in range(330)]


class Kept:
    """All the nodes of a tree that grew leaf by leaf, as the database keeps them; counts what is read."""

    def __init__(self, entries):
        self.growth, self.nodes, self.readings = Growth(), {}, []
        for index, entry in enumerate(entries):
            leaf = leaf_hash(entry)
            self.nodes[0, index] = leaf
            self.nodes.update(((level, place), made) for level, place, made in self.growth.append(leaf))

    def read(self, nodes):
        self.readings.append(len(nodes))
        return {node: self.nodes[node] for node in nodes}

    def root(self, size):
        return roots([(0, size)], self.read)[0]

    def inclusion(self, index, size):
        return roots(inclusion_spans(index, size), self.read)

    def consistency(self, first, second):
        return roots(consistency_spans(first, second), self.read)


@pytest.fixture(scope="module")
def kept():
    return Kept(ENTRIES)


@pytest.fixture(scope="module")
def right_roots():
    return [rfc9162.mth(ENTRIES[:size]) for size in range(EXHAUSTIVE + 1)]


def included(**said):
    try:
        check_inclusion(**said)
    except ProofError:
        return False
    return True


def consistent(**said):
    try:
        check_consistency(**said)
    except ProofError:
        return False
    return True


def is_included(*, leaf, index, size, path, root):
    """The verdict by the RFC's definition alone."""
    return rfc9162.root_of_path(index, size, leaf, path) == root


def is_consistent(*, first, second, first_root, second_root, path):
    """The verdict by the RFC's definition alone."""
    return rfc9162.roots_of_proof(first, second, first_root, path) == (first_root, second_root)


def inclusion(index, size):
    entries = ENTRIES[:size]
    return {
        "leaf": leaf_hash(ENTRIES[index]), "index": index, "size": size,
        "path": rfc9162.path(index, entries), "root": rfc9162.mth(entries),
    }  # fmt: skip


def consistency(first, second):
    return {
        "first": first, "second": second, "first_root": rfc9162.mth(ENTRIES[:first]),
        "second_root": rfc9162.mth(ENTRIES[:second]), "path": rfc9162.proof(first, ENTRIES[:second]),
    }  # fmt: skip


def altered(data):
    """The same bytes with one of them changed, for each of them."""
    for place in range(len(data)):
        yield data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def wrong_paths(path):
    """Every path with one element dropped, doubled, swapped with the next, emptied, or a stranger put in."""
    for place in range(len(path)):
        yield path[:place] + path[place + 1 :]
        yield path[: place + 1] + path[place:]
        yield [*path[:place], b"", *path[place + 1 :]]
        yield path[:place] + path[place + 1 : place + 2] + path[place : place + 1] + path[place + 2 :]
    for place in range(len(path) + 1):
        yield [*path[:place], bytes(32), *path[place:]]


def indexes(most=EXHAUSTIVE):
    return [(index, size) for size in range(1, most + 1) for index in range(size)]


def growths(most=EXHAUSTIVE):
    return [(first, second) for second in range(1, most + 1) for first in range(1, second + 1)]


# --- Roots ---


def test_hashes_are_the_rfcs():
    assert rfc9162.mth([]) == EMPTY_ROOT
    assert leaf_hash(ENTRIES[0]) == rfc9162.mth(ENTRIES[:1])
    assert node_hash(leaf_hash(ENTRIES[0]), leaf_hash(ENTRIES[1])) == rfc9162.mth(ENTRIES[:2])


def test_every_root_of_a_small_tree_is_the_rfcs(kept, right_roots):
    assert [kept.root(size) for size in range(EXHAUSTIVE + 1)] == right_roots


def test_a_tree_has_the_rfcs_root_after_each_leaf(right_roots):
    growth, found = Growth(), [Growth().root()]
    for entry in ENTRIES[:EXHAUSTIVE]:
        growth.append(leaf_hash(entry))
        found.append(growth.root())
    assert found == right_roots


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=300))
@settings(max_examples=40)
def test_any_tree_has_the_rfcs_root(entries):
    assert Kept(entries).growth.root() == rfc9162.mth(entries)


@given(st.lists(st.binary(max_size=70), max_size=40))
def test_entries_may_have_any_length(entries):
    assert Kept(entries).growth.root() == rfc9162.mth(entries)


def test_a_tree_goes_on_growing_from_what_was_kept_of_it(kept, right_roots):
    for size in range(EXHAUSTIVE):
        read = kept.read(full_nodes((0, size)))
        growth = Growth(size, [read[node] for node in full_nodes((0, size))])
        growth.append(leaf_hash(ENTRIES[size]))
        assert (growth.size, growth.root()) == (size + 1, right_roots[size + 1])


def test_a_node_is_the_root_of_the_leaves_below_it(kept):
    for (level, index), found in kept.nodes.items():
        assert found == rfc9162.mth(ENTRIES[index << level : (index + 1) << level])


def test_no_node_is_made_twice_and_none_is_left_out(kept):
    full = {(level, index) for level in range(9) for index in range(len(ENTRIES) >> level)}
    assert kept.nodes.keys() == full


# --- Proofs ---


def test_every_inclusion_proof_of_small_trees_is_the_rfcs(kept):
    for index, size in indexes():
        assert kept.inclusion(index, size) == rfc9162.path(index, ENTRIES[:size])


def test_every_consistency_proof_of_small_trees_is_the_rfcs(kept):
    for first, second in growths():
        assert kept.consistency(first, second) == rfc9162.proof(first, ENTRIES[:second])


@given(st.data())
@settings(max_examples=60)
def test_inclusion_proofs_of_larger_trees_are_the_rfcs(kept, data):
    size = data.draw(st.integers(1, len(ENTRIES)))
    index = data.draw(st.integers(0, size - 1))
    assert kept.inclusion(index, size) == rfc9162.path(index, ENTRIES[:size])


@given(st.data())
@settings(max_examples=60)
def test_consistency_proofs_of_larger_trees_are_the_rfcs(kept, data):
    second = data.draw(st.integers(1, len(ENTRIES)))
    first = data.draw(st.integers(1, second))
    assert kept.consistency(first, second) == rfc9162.proof(first, ENTRIES[:second])


def test_a_proof_is_read_at_once(kept):
    kept.readings.clear()
    kept.inclusion(77, 300)
    kept.consistency(77, 300)
    assert len(kept.readings) == 2


@given(st.integers(1, 2**62), st.integers(0, 2**62))
@example(2**62 - 1, 0)
@example(2**62 - 1, 2**62 - 2)
def test_a_proof_needs_few_nodes_however_large_the_tree(size, place):
    index = place % size
    for spans in (inclusion_spans(index, size), consistency_spans(index + 1, size)):
        assert sum(len(full_nodes(span)) for span in spans) <= 2 * size.bit_length()


@given(st.integers(1, 2**62), st.integers(0, 2**62))
def test_a_proof_reads_no_node_that_the_tree_had_not_made_full_yet(size, place):
    index = place % size
    for spans in (inclusion_spans(index, size), consistency_spans(index + 1, size)):
        assert all((place + 1) << level <= size for span in spans for level, place in full_nodes(span))


# --- Right proofs are taken ---


def test_every_right_inclusion_proof_is_taken():
    for index, size in indexes():
        check_inclusion(**inclusion(index, size))


def test_every_right_consistency_proof_is_taken():
    for first, second in growths():
        check_consistency(**consistency(first, second))


def test_it_tells_on_which_side_each_step_stands():
    for index, size in indexes():
        said = inclusion(index, size)
        found = said["leaf"]
        for step, side in zip(said["path"], sides(index=index, size=size), strict=True):
            found = node_hash(step, found) if side == "left" else node_hash(found, step)
        assert found == said["root"]


# --- Wrong ones are refused ---


def test_an_inclusion_proof_with_any_byte_altered_is_refused():
    for index, size in indexes(12):
        said = inclusion(index, size)
        for place, step in enumerate(said["path"]):
            for wrong in altered(step):
                assert not included(**{**said, "path": [*said["path"][:place], wrong, *said["path"][place + 1 :]]})


@pytest.mark.parametrize("what", ["leaf", "root"])
def test_an_inclusion_proof_of_another_leaf_or_root_is_refused(what):
    for index, size in indexes(12):
        said = inclusion(index, size)
        assert not any(included(**{**said, what: wrong}) for wrong in altered(said[what]))


def test_an_inclusion_proof_with_steps_dropped_added_or_swapped_is_refused():
    for index, size in indexes(20):
        said = inclusion(index, size)
        for path in wrong_paths(said["path"]):
            assert path == said["path"] or not included(**{**said, "path": path})


def test_an_inclusion_proof_at_another_index_is_refused():
    for index, size in indexes(20):
        said = inclusion(index, size)
        assert not any(included(**{**said, "index": wrong}) for wrong in range(-2, size + 3) if wrong != index)


def test_an_inclusion_proof_for_another_size_is_refused_where_the_size_shapes_it():
    # A size alone is bound to its root by the checkpoint: the path of an early leaf looks alike in trees of 7 and 8.
    for index, size in indexes(20):
        said = inclusion(index, size)
        for wrong in range(-2, 45):
            taken = included(**{**said, "size": wrong})
            assert taken == is_included(**{**said, "size": wrong})
            assert not taken or wrong == size or sides(index=index, size=wrong) == sides(index=index, size=size)


def test_an_inclusion_proof_against_the_root_of_another_size_is_refused(right_roots):
    for index, size in indexes(20):
        said = inclusion(index, size)
        assert not any(included(**{**said, "root": right_roots[other]}) for other in range(40) if other != size)


def test_a_consistency_proof_with_any_byte_altered_is_refused():
    for first, second in growths(12):
        said = consistency(first, second)
        for place, step in enumerate(said["path"]):
            for wrong in altered(step):
                assert not consistent(**{**said, "path": [*said["path"][:place], wrong, *said["path"][place + 1 :]]})


@pytest.mark.parametrize("what", ["first_root", "second_root"])
def test_a_consistency_proof_between_other_roots_is_refused(what):
    for first, second in growths(12):
        said = consistency(first, second)
        assert not any(consistent(**{**said, what: wrong}) for wrong in altered(said[what]))


def test_a_consistency_proof_with_steps_dropped_added_or_swapped_is_refused():
    for first, second in growths(20):
        said = consistency(first, second)
        for path in wrong_paths(said["path"]):
            assert path == said["path"] or not consistent(**{**said, "path": path})


@pytest.mark.parametrize("what", ["first", "second"])
def test_a_consistency_proof_between_other_sizes_has_the_rfcs_verdict(what):
    # Sizes too are bound to their roots by checkpoints: what proves 2 to 4 looks like what proves 1 to 2.
    for first, second in growths(20):
        said = consistency(first, second)
        for wrong in range(-2, 45):
            other = {**said, what: wrong}
            assert consistent(**other) == is_consistent(**other)


def test_a_consistency_proof_between_the_roots_of_other_sizes_is_refused(right_roots):
    for first, second in growths(20):
        said = consistency(first, second)
        for other in range(EXHAUSTIVE + 1):
            assert other == first or not consistent(**{**said, "first_root": right_roots[other]})
            assert other == second or not consistent(**{**said, "second_root": right_roots[other]})


HASHES = st.sampled_from([rfc9162.mth(ENTRIES[start:end]) for end in range(9) for start in range(end)])


@given(HASHES, st.integers(-1, 9), st.integers(-1, 9), st.lists(HASHES, max_size=5), HASHES)
@settings(max_examples=300)
def test_any_inclusion_proof_has_the_rfcs_verdict(leaf, index, size, path, root):
    said = {"leaf": leaf, "index": index, "size": size, "path": path, "root": root}
    assert included(**said) == is_included(**said)


@given(HASHES, st.integers(0, 2**40), st.integers(0, 2**40), st.lists(HASHES, max_size=42))
@settings(max_examples=300)
def test_a_path_leads_where_the_rfc_says(leaf, index, size, path):
    try:
        found = climb(leaf, index=index, size=size, path=path) if index < size else None
    except ProofError:
        found = None
    assert found == rfc9162.root_of_path(index, size, leaf, path)


@given(st.integers(-1, 9), st.integers(-1, 9), HASHES, HASHES, st.lists(HASHES, max_size=5))
@settings(max_examples=300)
def test_any_consistency_proof_has_the_rfcs_verdict(first, second, first_root, second_root, path):
    said = {
        "first": first, "second": second, "first_root": first_root, "second_root": second_root, "path": path,
    }  # fmt: skip
    assert consistent(**said) == is_consistent(**said)


def test_a_fork_is_refused_even_with_the_forks_own_proof():
    forked = [*ENTRIES[:5], bytes([255]) * 32, *ENTRIES[6:20]]
    for second in range(7, 21):
        assert not consistent(
            first=6, second=second, first_root=rfc9162.mth(ENTRIES[:6]), second_root=rfc9162.mth(forked[:second]),
            path=rfc9162.proof(6, forked[:second]),
        )  # fmt: skip


# --- Out of range ---


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (8, 8), (0, -1), (2**70, 2**63)])
def test_there_is_no_inclusion_proof_out_of_range(index, size):
    with pytest.raises(ProofError, match="has no entry"):
        inclusion_spans(index, size)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (8, 8), (0, -1), (2**70, 2**63)])
def test_no_inclusion_is_checked_out_of_range(index, size):
    with pytest.raises(ProofError, match="has no entry"):
        check_inclusion(leaf=bytes(32), index=index, size=size, path=[], root=bytes(32))


@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 1), (2, 1), (-1, 1), (1, -1), (1, 0), (2**70, 2**63)])
def test_there_is_no_consistency_proof_out_of_range(first, second):
    with pytest.raises(ProofError, match="did not grow out"):
        consistency_spans(first, second)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 1), (2, 1), (-1, 1), (1, -1), (1, 0), (2**70, 2**63)])
def test_no_consistency_is_checked_out_of_range(first, second):
    with pytest.raises(ProofError, match="did not grow out"):
        check_consistency(first=first, second=second, first_root=EMPTY_ROOT, second_root=EMPTY_ROOT, path=[])


@pytest.mark.parametrize(("steps", "words"), [(2, "too short"), (4, "too long")])
def test_it_says_what_is_wrong_with_the_length(steps, words):
    with pytest.raises(ProofError, match=f"entry 1 is {words} for a tree of 8"):
        check_inclusion(leaf=bytes(32), index=1, size=8, path=[bytes(32)] * steps, root=bytes(32))


def test_a_proof_for_the_largest_tree_is_read_through():
    with pytest.raises(ProofError, match="does not lead"):
        check_inclusion(leaf=bytes(32), index=0, size=2**63 - 1, path=[bytes(32)] * 63, root=bytes(32))
