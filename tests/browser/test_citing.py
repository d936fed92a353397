"""Copying a citation."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

CITE = "/claims/trump-turns-on-the-reset/cite/?as_of=2025-09-24"


def test_a_button_copies_a_citation(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(CITE)
    page.get_by_role("button", name="Copy the BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@online{resetwatch-trump-turns-on-the-reset")


def test_without_a_script_there_is_no_button_and_the_text_stands_there(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(CITE)
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.locator("#cite-text")).to_contain_text("As of 24 Sep 2025, as recorded at")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_it_is_accessible(
    new_page: Callable[..., Page], violations: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(CITE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
