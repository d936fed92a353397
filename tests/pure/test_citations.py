"""Ready citations: plain text, BibTeX and CSL-JSON."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.citations import Citation, bibtex, bibtex_text, csl, plain

CITED = Citation(
    slug="a-claim",
    title="Trump turns",
    statement="He reverses his policy.",
    as_of=date(2025, 9, 24),
    recorded=datetime(2026, 12, 3, 12, tzinfo=UTC),
    address="https://resetwatch.example/claims/a-claim/?as_of=2025-09-24&recorded_by=2026-12-03T12:00:00Z",
    accessed=date(2027, 1, 2),
)
# What people write, and the characters that mean something to BibTeX more often.
WORDS = st.text(st.sampled_from('{}\\%&#_$~^"@,= ab\u05d0\u0627é') | st.characters(codec="utf-8"), max_size=60)
_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{mark}": mark for mark in "%&#_$"},
}


def read_again(text: str) -> str:
    """What BibTeX and TeX make of a field."""
    commands = "|".join(re.escape(command) for command in _COMMANDS)
    return re.sub(commands, lambda found: _COMMANDS[found[0]], text)


def depths(text: str) -> list[int]:
    """How many braces are open after each character, as BibTeX counts them."""
    depth, found = 0, []
    for mark in text:
        depth += (mark == "{") - (mark == "}")
        found.append(depth)
    return found


def test_plain_says_who_what_when_and_where():
    assert plain(CITED) == (
        "ResetWatch. “Trump turns: He reverses his policy.” As of 24 Sep 2025, as recorded at 12:00 UTC on 3 Dec 2026."
        " https://resetwatch.example/claims/a-claim/?as_of=2025-09-24&recorded_by=2026-12-03T12:00:00Z"
        " (accessed 2 Jan 2027)."
    )


def test_words_from_right_to_left_are_set_apart():
    said = plain(replace(CITED, title="السلام"))
    assert "“\u2068السلام\u2069: He reverses his policy.”" in said


def test_bibtex_is_an_entry_for_something_online():
    assert bibtex(CITED) == (
        "@online{resetwatch-a-claim-2025-09-24,\n"
        "  author   = {{ResetWatch}},\n"
        "  title    = {{Trump turns: He reverses his policy.}},\n"
        "  date     = {2026-12-03},\n"
        "  version  = {2026-12-03T12:00:00Z},\n"
        "  note     = {As of 24 Sep 2025, as recorded at 12:00 UTC on 3 Dec 2026},\n"
        "  url      = {https://resetwatch.example/claims/a-claim/"
        "?as_of=2025-09-24&recorded_by=2026-12-03T12:00:00Z},\n"
        "  urldate  = {2027-01-02},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50 % & more", r"50 \% \& more"),
        ("#1_a $5", r"\#1\_a \$5"),
        ("{a}", r"\textbraceleft{}a\textbraceright{}"),
        ("a\\b", r"a\textbackslash{}b"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        ("Zürich, Київ", "Zürich, Київ"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_means_something_to_bibtex_is_written_otherwise(text, written):
    assert bibtex_text(text) == written


@given(WORDS)
def test_bibtex_says_the_same_words_whatever_they_are(text):
    assert read_again(bibtex_text(text)) == " ".join(text.split())


@given(WORDS, WORDS)
def test_no_words_end_a_field_of_bibtex_early(title, statement):
    entry = bibtex(replace(CITED, title=title, statement=statement)).rstrip("\n")
    found = depths(entry)
    assert found[-1] == 0
    assert all(depth > 0 for depth in found[len("@online{") : -1])
    assert len(entry.splitlines()) == 9


@given(WORDS, WORDS)
def test_csl_is_json_that_says_the_same_words(title, statement):
    [item] = json.loads(csl(replace(CITED, title=title, statement=statement)))
    assert item["title"] == f"{title}: {statement}"


def test_csl_has_the_fields_of_its_schema():
    [item] = json.loads(csl(CITED))
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "ResetWatch"}]
    assert item["issued"] == {"date-parts": [[2026, 12, 3]]}
    assert item["accessed"] == {"date-parts": [[2027, 1, 2]]}
    assert item["URL"] == CITED.address
    assert item["note"] == "As of 24 Sep 2025, as recorded at 12:00 UTC on 3 Dec 2026"
