"""What others wrote, as plain text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from claims.leads.plain import plain_line
from claims.text import clean_line

pieces = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b", ">", "&amp;", "&lt;", "&#0;", "<!--", "\u202e", "\u0301" * 40, "\ud800", "a "]
    )
    | st.text(max_size=10),
    max_size=30,
).map("".join)


@given(pieces, st.booleans(), st.integers(1, 60))
def test_it_can_be_stored_as_it_is(text: str, is_html: bool, longest: int) -> None:
    plain = plain_line(text, longest=longest, is_html=is_html)
    assert clean_line(plain, longest=longest) == plain


def test_piled_marks_are_dropped() -> None:
    assert plain_line("e" + "\u0301" * 100, longest=300) == "e"


def test_accents_are_composed() -> None:
    assert plain_line("e\u0301", longest=300) == unicodedata.normalize("NFC", "é")


def test_markup_is_only_taken_out_where_there_is_some() -> None:
    assert plain_line("a <b> c", longest=100) == "a <b> c"
    assert plain_line("a <b>b</b> c", longest=100, is_html=True) == "a b c"
