"""The matrix in a browser: moved through and edited by keyboard alone, as cards on a phone, and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from claims.actions.bearings import set_bearing
from claims.models import Bearing, User
from tests.browser.conftest import ROLES, Faults, Site
from tests.factories import an_article, an_item, bearings_on, many_claims

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Reach = Callable[[Site], Any]

MATRIX = "/articles/us-russia-reset-2025/matrix/"
PHONE = {"width": 390, "height": 844}


def opened(page: Page, site: Site, sign_in: SignIn, role: str) -> Page:
    sign_in(page, site, role)
    page.goto(f"{site.url}{MATRIX}")
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    """The cell in a row of the body and a column of claims, both from 0."""
    return page.locator(".matrix tbody tr:not(.editor)").nth(row).locator("td").nth(column)


def in_hand(page: Page) -> str:
    return page.locator("[data-in-hand]").inner_text()


def tab_into(page: Page) -> None:
    """Press Tab until a cell of the matrix has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.matrix td') !== null"):
            return
    raise AssertionError("Tab never reaches the matrix")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_matrix_is_one_tab_stop(page: Page) -> None:
    page.goto(MATRIX)
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator(".matrix [tabindex='0']")).to_have_count(1)
    tab_into(page)
    press(page, "Tab")
    assert not page.evaluate("document.activeElement.closest('.matrix') !== null")


def test_arrows_move_from_cell_to_cell_and_say_what_is_there(page: Page) -> None:
    page.goto(MATRIX)
    tab_into(page)
    press(page, "ArrowDown", "ArrowRight")
    expect(cell(page, 1, 1)).to_be_focused()
    item = page.locator(".matrix tbody th a").nth(0).inner_text()
    press(page, "ArrowUp")
    assert in_hand(page).startswith(f"{item} on ")
    assert in_hand(page).endswith(cell(page, 0, 1).inner_text() or "no bearing")


def test_home_and_end_go_to_the_ends_and_control_to_the_corners(page: Page) -> None:
    page.goto(MATRIX)
    tab_into(page)
    press(page, "End")
    expect(cell(page, 0, 11)).to_be_focused()
    press(page, "Home")
    expect(page.locator(".matrix tbody th > a").first).to_be_focused()
    press(page, "Control+End")
    expect(page.locator(".matrix tbody tr").last.locator("td").last).to_be_focused()
    press(page, "Control+Home")
    expect(page.locator(".matrix .corner")).to_be_focused()


def test_what_is_gone_to_is_not_hidden_below_the_heads(page: Page) -> None:
    page.goto(MATRIX)
    tab_into(page)
    press(page, *["ArrowDown"] * 12, *["ArrowUp"] * 8)
    head = page.locator(".matrix thead").bounding_box()
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert head
    assert focused >= head["y"] + head["height"] - 1


def test_an_analyst_sets_a_bearing_by_keyboard_alone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    page = opened(new_page(), own_site, sign_in, "analyst")
    tab_into(page)
    link = cell(page, 0, 0).locator("a")
    expect(link).to_be_focused()
    expect(link).to_have_text("no bearing")
    press(page, "Enter")
    expect(page.locator(".editor [type=radio]").first).to_be_focused()
    press(page, "ArrowRight", "Tab")
    page.keyboard.type("strong")
    press(page, "Tab")
    page.keyboard.insert_text("It says so outright.")
    press(page, "Enter")
    expect(page.get_by_role("status").filter(has_text="Stored")).to_contain_text("contradicts, strong")
    expect(cell(page, 0, 0).locator("a")).to_be_focused()
    with inside(own_site):
        row = Bearing.objects.latest("set_at")
        assert (row.stance, row.weight, row.note, row.by.email) == (
            "contradicts",
            "strong",
            "It says so outright.",
            ROLES["analyst"],
        )


def test_a_new_analysts_cell_says_that_it_waits(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "new analyst")
    cell(page, 0, 0).locator("a").click()
    page.locator(".editor").get_by_text("supports").click()
    page.get_by_label("Weight").select_option("slight")
    page.get_by_role("button", name="Send for approval").click()
    expect(cell(page, 0, 0)).to_have_text("yours, supports, slight, waits for approval")
    page.reload()
    expect(cell(page, 0, 0)).to_have_text("yours, supports, slight, waits for approval")


def test_closing_keeps_what_was_typed(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "analyst")
    cell(page, 0, 0).locator("a").click()
    page.get_by_label("Note").fill("Half a thought")
    press(page, "Escape")
    expect(page.locator(".editor")).to_have_count(0)
    expect(cell(page, 0, 0).locator("a")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_label("Note")).to_have_value("Half a thought")


def test_what_somebody_else_set_meanwhile_is_not_overwritten(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "editor")
    link = cell(page, 0, 1).locator("a")
    link.click()
    page.get_by_label("Note").fill("Mine.")
    address = link.get_attribute("href") or ""
    with inside(own_site):
        _, _, _, item, _, slug, _ = address.split("/")
        row = Bearing.objects.get(evidence=item, claim__slug=slug)
        [wanted] = bearings_on((row.claim, "mixed", "strong"))
        by = User.objects.get(email=ROLES["analyst"])
        set_bearing(by=by, evidence=row.evidence, bearing=wanted, today=timezone.now().date())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was changed by somebody else")).to_be_visible()
    expect(page.get_by_text("Now it stands as mixed, strong")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Mine.")
    faults.clear()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Stored")).to_be_visible()


def test_what_is_missing_is_said_in_the_form(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "analyst")
    cell(page, 0, 0).locator("a").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Choose a stance.")).to_be_focused()
    faults.clear()


def test_without_scripts_a_cell_leads_to_its_page(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(java_script_enabled=False), own_site, sign_in, "analyst")
    cell(page, 0, 1).locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change what it says about one claim")


def test_on_a_phone_each_story_is_a_card_in_words(new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(MATRIX)
    first = page.locator(".matrix .cell").first
    expect(first.locator("span")).to_have_css("position", "static")
    title = first.get_attribute("data-on") or "nothing"
    assert title in first.evaluate("element => getComputedStyle(element, '::after').content")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "desk"])
def test_the_matrix_is_accessible(
    new_page: NewPage,
    live_site: Site,
    sign_in: SignIn,
    violations: Callable[[Page], list[str]],
    scheme: str,
    viewport: dict[str, int],
) -> None:
    page = new_page(color_scheme=scheme, viewport=viewport)
    page.goto(f"{MATRIX}?claims=all&reports=each")
    assert violations(page) == []
    opened(page, live_site, sign_in, "editor")
    page.locator("a.cell:visible").first.click()
    expect(page.locator(".editor form")).to_be_visible()
    assert violations(page) == []


WIDE = {"width": 1440, "height": 900}
SHEET = {"width": 1040, "height": 720}
"""A sheet of A4 that lies across, without its margins."""


@pytest.fixture
def many(own_site: Site, inside: Reach) -> str:
    """The address of a matrix of forty claims."""
    with inside(own_site):
        article = an_article()
        claims = many_claims(40, article=article, settled_every=0, today=timezone.localdate())
        for _ in range(3):
            an_item([(claim, "supports") for claim in claims[:12]])
    return f"{own_site.url}/articles/{article.slug}/matrix/"


def shown(page: Page, place: str) -> Locator:
    return page.locator(f".matrix {place}").locator("visible=true")


def test_many_claims_take_the_width_of_the_window(new_page: NewPage, many: str) -> None:
    page = new_page(viewport=WIDE)
    page.goto(many)
    region, foot = (page.locator(place).bounding_box() for place in ("[data-matrix]", ".matrix-foot"))
    assert region
    assert foot
    assert region["width"] > 1.2 * foot["width"]
    assert abs(region["x"] - (WIDE["width"] - region["x"] - region["width"])) < 20
    assert page.evaluate("document.documentElement.scrollWidth") == WIDE["width"]


def test_end_and_home_bring_the_last_and_the_first_claim_into_sight(new_page: NewPage, many: str) -> None:
    page = new_page(viewport=WIDE)
    page.goto(many)
    first, last = (page.locator(f".matrix thead .claim >> nth={place}") for place in (0, -1))
    tab_into(page)
    press(page, "End")
    expect(last).to_be_in_viewport()
    expect(first).not_to_be_in_viewport()
    sums, head = (page.locator(place).bounding_box() for place in (".matrix tfoot td.n >> nth=0", ".matrix thead th.n"))
    assert sums
    assert head
    assert sums["x"] == head["x"]
    press(page, "Home")
    expect(first).to_be_in_viewport()
    expect(last).not_to_be_in_viewport()


def test_paper_has_the_claims_that_a_sheet_has_room_for_and_says_so(new_page: NewPage, many: str) -> None:
    page = new_page(viewport=SHEET)
    page.goto(many)
    note = page.get_by_text("On paper stand the 20 claims")
    expect(note).to_be_hidden()
    page.emulate_media(media="print")
    expect(note).to_have_text(
        "On paper stand the 20 claims with the least against them, of 40. Choose a topic to print others."
    )
    expect(shown(page, "thead .claim")).to_have_count(20)
    expect(page.locator(".matrix tbody td.n").first).to_have_css("position", "static")
    [last, ends] = [
        page.locator(f".matrix tbody tr >> nth=0 >> td:visible >> nth={place}").bounding_box() for place in (-2, -1)
    ]
    assert last
    assert ends
    assert last["x"] + last["width"] <= ends["x"] + 1
    assert ends["x"] + ends["width"] <= SHEET["width"]
