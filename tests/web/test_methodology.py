"""The methodology page, and that its tables say what the code does."""

import re
from decimal import Decimal

import pytest
from django.test import RequestFactory

from claims.models.evidence import Credibility
from claims.scoring import LIKELIHOOD_RATIO, Outlook, outlook_range
from claims.web.methodology import document, methodology, read


def _cells(section: str) -> list[list[str]]:
    """The rows of the tables in a section."""
    part = document("methodology").body.split(f'<h2 id="{section}">')[1].split("<h2")[0]
    return [re.findall("<td>(.*?)</td>", row) for row in re.findall("<tr>(.*?)</tr>", part, re.DOTALL) if "<td>" in row]


@pytest.mark.parametrize(
    "anchor", ["criteria", "status", "outlook", "confidence", "grades", "bearings", "weights", "stories", "known-by"]
)
def test_other_pages_can_link_to_a_section(anchor: str) -> None:
    assert f'<h2 id="{anchor}">' in document("methodology").body


def test_the_contents_name_every_section_once() -> None:
    sections = [section.id for section in document("methodology").sections]
    assert sections == re.findall('<h2 id="([^"]+)">', document("methodology").body)


def test_it_gives_the_ranges_that_the_outlook_has() -> None:
    said = {words: set(re.findall("[0-9]+", numbers)) for words, numbers in _cells("outlook")}
    assert said == {
        term.words: {f"{bound * 100:.0f}" for bound in outlook_range(term) if bound is not None} for term in Outlook
    }


def test_it_gives_the_ratios_that_the_weights_have() -> None:
    assert {weight: Decimal(ratio) for weight, ratio in _cells("weights")} == LIKELIHOOD_RATIO


def test_it_spells_out_every_grade() -> None:
    said = dict(_cells("grades"))
    assert list(said) == [*"ABCDEF", *"123456"]
    assert all(said[str(grade.value)].startswith(grade.label) for grade in Credibility)


def test_anyone_can_read_it() -> None:
    assert b"How ResetWatch works" in methodology(RequestFactory().get("/about/methodology/")).content


def test_nothing_but_text_comes_through() -> None:
    text = "# Title\n\nLead.\n\n## Part\n\n[x](javascript:alert) <script>alert(1)</script> <b onclick=x>y</b>\n"
    assert not re.search("<script|<b |href=", read(text).body)


def test_the_formats_of_the_ledger_are_served_with_their_examples(client, db):
    page = client.get("/about/ledger/").text
    assert "<h1>The ledger’s formats</h1>" in page or "<h1>The ledger&#x27;s formats</h1>" in page
    assert "node hash  = SHA-256(0x01 || left || right)" in page
