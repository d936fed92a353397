"""Looking back with the slider below a claim's chart, and without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

TRUMP = "/claims/trump-turns-on-the-reset/"


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Day to look back to")


def test_keys_step_through_the_days_and_enter_loads_one(page: Page) -> None:
    page.goto(f"{TRUMP}?as_of=2025-09-24")
    slider(page).press("ArrowRight")
    expect(slider(page)).to_have_attribute("aria-valuetext", "23 Oct 2025, 33\u00a0%")
    expect(page.get_by_label("Look back to", exact=True)).to_have_value("2025-10-23")
    assert page.url.endswith("as_of=2025-09-24")
    slider(page).press("Enter")
    page.wait_for_url(f"**{TRUMP}?as_of=2025-10-23#over-time")
    expect(page.locator(".verdict__num")).to_have_text("33%")


def test_letting_go_of_the_slider_loads_the_day_that_it_shows(page: Page) -> None:
    page.goto(TRUMP)
    slider(page).scroll_into_view_if_needed()
    box = slider(page).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 10, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, y)
    expect(page.locator(".look-back__said")).to_have_text("31 Mar 2025")
    page.mouse.up()
    page.wait_for_url(f"**{TRUMP}?as_of=2025-03-31#over-time")


def test_its_end_is_the_page_of_today(page: Page) -> None:
    page.goto(f"{TRUMP}?as_of=2025-09-24")
    slider(page).press("End")
    slider(page).press("Enter")
    page.wait_for_url(f"**{TRUMP}#over-time")


def test_a_day_between_two_changes_is_said_as_it_is(page: Page) -> None:
    page.goto(f"{TRUMP}?as_of=2025-09-30")
    expect(slider(page)).to_have_attribute("aria-valuetext", "30 Sep 2025, 20\u00a0%")
    page.get_by_label("Look back to", exact=True).fill("2025-10-30")
    expect(slider(page)).to_have_attribute("aria-valuetext", "30 Oct 2025, 33\u00a0%")


def test_going_back_finds_the_slider_where_the_page_is(page: Page) -> None:
    page.goto(f"{TRUMP}?as_of=2025-09-24")
    slider(page).press("Home")
    slider(page).press("Enter")
    page.wait_for_url("**as_of=2025-03-31#over-time")
    page.go_back()
    expect(slider(page)).to_have_attribute("aria-valuetext", "24 Sep 2025, 20\u00a0%")


def test_without_a_script_a_day_is_chosen_in_a_form(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(TRUMP)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_label("Look back to", exact=True).fill("2025-09-30")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**{TRUMP}?as_of=2025-09-30#over-time")
    page.get_by_role("link", name="Earlier change, 24 Sep 2025").click()
    page.wait_for_url("**as_of=2025-09-24#over-time")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_on_a_phone(
    new_page: Callable[..., Page], violations: Callable[[Page], list[str]], scheme: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(f"{TRUMP}?as_of=2025-09-24")
    expect(slider(page)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_it_prints_as_nothing(page: Page) -> None:
    page.goto(TRUMP)
    page.emulate_media(media="print")
    expect(slider(page)).to_have_count(0)
    expect(page.locator(".look-back")).to_be_hidden()
