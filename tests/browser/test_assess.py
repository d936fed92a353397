"""An editor assesses a claim in a browser, with and without its scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Faults, Site

CLAIM = "/claims/trump-turns-on-the-reset/"
ASSESS = "/desk/claims/trump-turns-on-the-reset/assess/"
WHY = "The exemption for diesel and the invitation to Miami leave little of the pressure that the act of September had."


@pytest.fixture
def editor(new_page: Callable[..., Page], sign_in: Callable[..., None]) -> Callable[..., Page]:
    """A tab on the form of a site, signed in as an editor: editor(site, viewport=..., java_script_enabled=False)."""

    def open_form(site: Site, **options: Any) -> Page:
        page = new_page(base_url=site.url, **options)
        sign_in(page, site, "editor")
        page.goto(ASSESS)
        return page

    return open_form


def fill(page: Page, probability: str, rationale: str = WHY) -> None:
    page.get_by_label("Probability in per cent").fill(probability)
    page.get_by_label("moderate: plausible").check()
    page.get_by_label("Rationale").fill(rationale)


def test_it_shows_number_change_and_citation_on_the_claims_page(editor, own_site):
    page = editor(own_site)
    fill(page, "3.5")
    page.get_by_label("Russian diesel let into the United States").check()
    page.get_by_label("Putin invited to the G20 in Miami").check()
    page.get_by_role("button", name="Publish the assessment").click()

    expect(page).to_have_url(f"{own_site.url}{CLAIM}")
    expect(page.get_by_role("status")).to_contain_text("Stored: 3.5\u00a0%, almost no chance")
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Almost no chance")
    expect(verdict).to_contain_text("3.5%")
    expect(verdict).to_contain_text("down from 6\u00a0% on 10 Oct 2026")
    why = page.locator("section", has=page.get_by_role("heading", name="Why", exact=True))
    expect(why).to_contain_text(WHY)
    expect(why.locator(".cite")).to_have_text(["item 34", "item 35"])


def test_it_works_without_scripts(editor, own_site):
    page = editor(own_site, java_script_enabled=False)
    expect(page.get_by_text("roughly even")).to_be_visible()
    fill(page, "7")
    page.get_by_label("Items by number").fill("34, 35")
    page.get_by_role("button", name="Publish the assessment").click()
    expect(page.locator(".verdict")).to_contain_text("7%")


def test_it_says_the_word_and_the_move_while_the_number_is_typed(editor, live_site):
    page = editor(live_site)
    page.get_by_label("Probability in per cent").fill("30")
    expect(page.locator("output")).to_have_text("unlikely, up 24 points from 6\u00a0% on 10 Oct 2026")
    expect(page.locator("#id_rationale_helptext")).to_contain_text("That is a move of 15 points or more")
    page.get_by_label("Probability in per cent").fill("6")
    expect(page.locator("output")).to_have_text("very unlikely, as on 10 Oct 2026")
    expect(page.locator("#id_rationale_helptext")).to_contain_text("Why this number and no other")


def test_it_marks_items_that_the_day_does_not_allow(editor, live_site):
    page = editor(live_site)
    item = page.locator("li", has=page.get_by_label("Russian diesel let into the United States"))
    expect(item.get_by_text("not known by then")).to_be_hidden()
    page.get_by_label("Speaks of", exact=True).fill("2026-10-05")
    expect(item.get_by_text("not known by then")).to_be_visible()


def test_finding_an_item_keeps_what_is_typed_and_ticked(editor, live_site):
    page = editor(live_site)
    fill(page, "7", "Half a sentence")
    page.get_by_label("Putin invited to the G20 in Miami").check()
    page.get_by_label("Find an item").fill("Graham")
    page.get_by_label("Find an item").press("Enter")
    page.get_by_label("Trump to the UN: I have signed the Graham law").check()
    expect(page.get_by_label("Putin invited to the G20 in Miami")).to_be_checked()
    expect(page.get_by_label("Rationale")).to_have_value("Half a sentence")
    expect(page.get_by_label("Kremlin rejects the European changes")).to_have_count(0)


def test_what_was_refused_is_kept_and_not_sent_again(editor, live_site, faults: Faults):
    page = editor(live_site)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)
    for _ in range(4):
        sent.clear()
        page.get_by_role("button", name="Publish the assessment").click()
        expect(page.get_by_text("Kept at")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert len(sent) == 1
    faults.clear()  # the answers 422 themselves


def test_axe_finds_nothing_wrong(editor, live_site, violations, faults: Faults):
    page = editor(live_site, viewport={"width": 390, "height": 844})
    assert violations(page) == []
    page.get_by_role("button", name="Publish the assessment").click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults.clear()  # the answer 422 itself
    assert violations(page) == []
