"""An editor's day by keyboard alone: from the stale list to the form that settles a claim, and the line is gone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.fixtures.databases import connected_to

LIST = "/desk/stale/"
TITLE = "Trump turns on the reset"
DIESEL = "Exemption for Russian diesel renewed for a year"


@pytest.fixture
def behind(own_site: Site, django_db_blocker: Any) -> Site:
    """A site on which an item was logged after the judgement of one claim, and its review fell due."""
    from claims.models import Claim, Source
    from tests.factories import an_item

    today = datetime.now(UTC).date()
    with django_db_blocker.unblock(), connected_to(own_site.database.name):
        claim = Claim.objects.get(title=TITLE)
        an_item(
            [claim], title=DIESEL, source=Source.objects.first(), published=str(today - timedelta(days=1)), today=today
        )
    return own_site


@pytest.fixture
def editor(behind: Site, new_page: Callable[..., Page], sign_in: Callable[..., None]) -> Callable[..., Page]:
    """A tab on the list, signed in as an editor."""

    def open_list(**options: Any) -> Page:
        page = new_page(base_url=behind.url, **options)
        sign_in(page, behind, "editor")
        page.goto(LIST)
        return page

    return open_list


def line(page: Page) -> Any:
    return page.locator("ol.stale > li", has_text=TITLE)


def walk_to(page: Page, claim: str) -> None:
    """Moves from row to row until that of the claim has the focus."""
    for _ in range(page.locator("ol.stale > li").count()):
        page.keyboard.press("j")
        if claim in page.evaluate("document.activeElement.innerText"):
            return
    pytest.fail(f"No row of “{claim}” took the focus.")


def assess(page: Page) -> None:
    """Fills in the form by Tab and typing, from its first field on."""
    page.get_by_label("Speaks of", exact=True).focus()
    while page.evaluate("document.activeElement.name") != "probability":
        page.keyboard.press("Tab")
    page.keyboard.type("6.5")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("The exemption was renewed, as the signpost says, and little else has changed since then.")
    while page.evaluate("document.activeElement.innerText") != "Publish the assessment":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_an_editor_settles_a_claim_by_keyboard_alone(editor):
    page = editor()
    expect(line(page)).to_contain_text("A signpost seems met")
    expect(line(page)).to_contain_text("exemption, Russian, diesel, renewed")
    walk_to(page, TITLE)
    page.keyboard.press("a")
    page.wait_for_url("**/assess/**")
    expect(page.get_by_label(DIESEL)).to_be_checked()
    expect(page.get_by_role("heading", name="Why it is stale")).to_be_visible()
    assess(page)
    page.wait_for_url(f"**{LIST}")
    expect(page.get_by_role("status")).to_contain_text("Stored: 6.5")
    expect(line(page)).to_have_count(0)


def test_an_editor_takes_a_claim_by_one_key(editor):
    page = editor()
    walk_to(page, TITLE)
    page.keyboard.press("t")
    expect(page.get_by_role("status")).to_contain_text("You look after")
    expect(line(page)).to_contain_text("yours")


def test_it_works_without_scripts(editor):
    page = editor(java_script_enabled=False)
    line(page).get_by_role("button", name="Take it").click()
    expect(line(page)).to_contain_text("yours")
    line(page).get_by_role("link", name="Assess").click()
    expect(page.get_by_label(DIESEL)).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(editor, violations, scheme):
    page = editor(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    slug = line(page).locator(".stale__title a").get_attribute("href").split("/")[2]
    found: dict[str, list[str]] = {}
    for path in (LIST, f"{LIST}?whose=mine", f"{LIST}digest/", f"/desk/claims/{slug}/owner/", "/desk/"):
        page.goto(path)
        found[path] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert [wrong for each in found.values() for wrong in each] == []
