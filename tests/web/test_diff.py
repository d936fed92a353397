"""Word diffs: what was taken out and what is new, without colour, and nothing that somebody wrote as markup."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.diff import value_diff, word_diff

OUT = '<del><span class="visually-hidden">taken out: </span>'
NEW = '<ins><span class="visually-hidden">added: </span>'


def bare(html: str) -> str:
    """The diff without the words for a screen reader."""
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("same", "same", "same"),
        ("", "new", "<ins>new</ins>"),
        ("gone", "", "<del>gone</del>"),
        ("a b c d", "a x c d", "a <del>b</del> <ins>x</ins> c d"),
        ("a b c d", "a b c d e", "a b c d <ins>e</ins>"),
        ("a b c d e", "a b d e", "a b <del>c</del> d e"),
        ("one two three four five", "one 2 3 four five", "one <del>two three</del> <ins>2 3</ins> four five"),
        ("all of it was so", "nothing like that", "<del>all of it was so</del> <ins>nothing like that</ins>"),
        ("first\n\nsecond", "first\n\nsecond third", "first\n\nsecond <ins>third</ins>"),
    ],
)
def test_it_marks_what_changed(before, after, told):
    assert bare(word_diff(before, after)) == told


def test_it_says_the_change_in_words_too():
    assert word_diff("a b c d", "a x c d") == f"a {OUT}b</del> {NEW}x</ins> c d"


def test_it_escapes_what_was_written():
    assert "<b>" not in word_diff("kept <b>", "kept <i> new <script>")


@given(st.text(), st.text())
def test_taking_out_the_new_words_gives_the_old_ones_back(before, after):
    told = bare(word_diff(before, after))
    old = re.sub(r"<ins>.*?</ins>", "", told, flags=re.DOTALL).replace("<del>", "").replace("</del>", "")
    new = re.sub(r"<del>.*?</del>", "", told, flags=re.DOTALL).replace("<ins>", "").replace("</ins>", "")
    assert unescaped(old).split() == before.split()
    assert unescaped(new).split() == after.split()


def unescaped(html: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        html = html.replace(escaped, plain)
    return html


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("24 %", "6 %", "<del>24 %</del> <ins>6 %</ins>"),
        ("", "6 %", "<ins>6 %</ins>"),
        ("6 %", "6 %", "6 %"),
        ("<b>", "&", "<del>&lt;b&gt;</del> <ins>&amp;</ins>"),
    ],
)
def test_a_value_is_replaced_whole(before, after, told):
    assert bare(value_diff(before, after)) == told


def test_of_a_long_text_only_what_stands_beside_a_change_is_kept():
    before = " ".join(f"word{number}" for number in range(200))
    told = bare(word_diff(before, before.replace("word0 ", "first ").replace("word199", "last"), around=5))
    assert told.startswith("<del>word0</del> <ins>first</ins> word1 word2 word3")
    assert " … " in told
    assert told.endswith("<del>word199</del> <ins>last</ins>")
    assert "word100" not in told


@pytest.mark.parametrize(("before", "after"), [("a b " * 500, "b a c " * 333), ("a\n" * 1000, "b\n" * 1000)])
def test_words_that_come_again_and_again_are_not_weighed_against_each_other(before: str, after: str) -> None:
    started = process_time()
    assert "<del>" in word_diff(before, after)
    assert process_time() - started < 5
