"""An analyst logs an item in a browser: by keyboard alone, on a phone, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Faults, Site

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]

KNOWN = (
    "https://www.newindianexpress.com/business/2026/Mar/06/us-approves-temporary-sale-of-stranded-russian-oil-to-india"
)
ADDRESS = "https://www.newindianexpress.com/business/2026/Mar/07/a-licence-that-nobody-logged"
FIRST, SECOND = "Talks buy Moscow time", "Trump turns on the reset"
STATEMENT = "Russia uses the open-ended talks to keep fighting without new American pressure."


def opened(page: Page, site: Site, sign_in: SignIn, path: str = "/desk/log/") -> Page:
    sign_in(page, site, "analyst")
    page.goto(f"{site.url}{path}")
    return page


def rows(page: Page) -> Locator:
    return page.locator("fieldset.bearing")


def test_an_item_is_logged_by_keyboard_alone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, violations: Callable[[Page], list[str]]
) -> None:
    page = opened(new_page(), own_site, sign_in)
    keys = page.keyboard
    page.get_by_label("Address", exact=True).focus()
    keys.insert_text(ADDRESS)
    keys.press("Tab")
    expect(page.get_by_label("Source")).to_have_value("The New Indian Express (newindianexpress.com)")
    expect(page.get_by_label("Type")).to_have_value("newspaper")
    expect(page.get_by_text("The source’s own grade is B, usually reliable.")).to_be_visible()
    keys.insert_text("A licence that nobody logged")
    page.get_by_label("Published").focus()
    keys.insert_text("2026-03-07")
    page.get_by_label("What it says, in your words").focus()
    keys.insert_text("A licence lets cargoes be delivered.")
    page.get_by_label("confirmed", exact=False).first.focus()
    keys.press("ArrowRight")
    page.get_by_label("Find a claim").focus()
    keys.insert_text("talks buy")
    expect(page.get_by_role("button", name=FIRST)).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("supports")).to_be_focused()
    keys.press("Space")
    keys.press("Tab")
    keys.press("ArrowDown")
    assert violations(page) == []
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/evidence/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A licence that nobody logged")
    expect(page.get_by_text("It bears on 1 claim.")).to_be_visible()
    expect(page.locator("main")).to_contain_text(FIRST)


def test_claims_are_put_on_and_taken_off_without_leaving_the_page(
    new_page: NewPage, own_site: Site, sign_in: SignIn
) -> None:
    page = opened(new_page(), own_site, sign_in)
    page.get_by_label("Title").fill("Typed before")
    for name in (FIRST, SECOND):
        page.get_by_label("Find a claim").fill(name)
        page.get_by_role("button", name=name).click()
    expect(rows(page)).to_have_count(2)
    rows(page).first.get_by_role("button", name="Add a note").click()
    expect(rows(page).first.get_by_label(f"Note on “{FIRST}”")).to_be_focused()
    rows(page).first.get_by_role("button", name="Remove").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Title")).to_have_value("Typed before")


def test_a_mistake_leaves_everything_where_it_was(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults, violations: Callable[[Page], list[str]]
) -> None:
    page = opened(new_page(), own_site, sign_in)
    page.get_by_label("Address", exact=True).fill(ADDRESS)
    page.get_by_label("Event").fill("2026-13-05")
    page.get_by_label("Find a claim").fill("talks buy")
    page.get_by_role("button", name=FIRST).click()
    page.get_by_label("contradicts").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is no month 13.")
    expect(page.get_by_label("Event")).to_have_value("2026-13-05")
    expect(page.get_by_label("contradicts")).to_be_checked()
    page.get_by_role("link", name=re.compile("There is no month 13")).click()
    expect(page.get_by_label("Event")).to_be_focused()
    assert violations(page) == []
    faults.clear()  # the browser notes an answer of 422


def test_the_page_says_at_once_that_an_address_stands_already(
    new_page: NewPage, own_site: Site, sign_in: SignIn
) -> None:
    page = opened(new_page(), own_site, sign_in)
    address = page.get_by_label("Address", exact=True)
    address.press_sequentially(f"{KNOWN}?utm_source=mail#top")
    notice = page.get_by_role("note")
    expect(notice).to_contain_text("This address stands already")
    expect(notice.get_by_role("link")).to_have_text("US allows sale of stranded Russian oil to India")
    address.fill("https://nowhere.example/x")
    expect(page.get_by_role("group", name="New source")).to_be_visible()
    expect(notice).to_have_count(0)
    expect(page.get_by_label("Source", exact=True)).to_have_value("")


def test_an_item_is_logged_on_a_phone_without_scripts(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    phone = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = opened(phone, own_site, sign_in)
    page.get_by_label("Address", exact=True).fill(ADDRESS)
    page.get_by_label("Title").fill("Logged without scripts")
    page.get_by_label("Type").select_option("newspaper")
    page.get_by_label("What it says, in your words").fill("A licence lets cargoes be delivered.")
    page.get_by_text("probably true").click()
    page.get_by_label("Find a claim").fill("talks buy")
    page.locator("#bears-on").get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name=FIRST).click()
    expect(page.get_by_label("Title")).to_have_value("Logged without scripts")
    expect(rows(page).locator("legend").first).to_have_text(STATEMENT)
    page.locator(".bearing").get_by_text("supports").click()
    page.get_by_label(f"Weight on “{FIRST}”").select_option("moderate")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(re.compile(r"/evidence/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Logged without scripts")


def test_nothing_sticks_out_on_a_phone(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 800}), live_site, sign_in)
    page.get_by_label("Address", exact=True).fill("https://nowhere.example/" + "word-without-an-end-" * 20)
    expect(page.get_by_role("group", name="New source")).to_be_visible()
    page.get_by_label("Find a claim").fill("talks buy")
    page.get_by_role("button", name=FIRST).click()
    expect(rows(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_search_is_left_with_escape(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in)
    find = page.get_by_label("Find a claim")
    find.fill("talks buy")
    expect(page.get_by_role("button", name=FIRST)).to_be_visible()
    find.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=FIRST)).to_have_count(0)
    expect(find).to_be_focused()
    expect(find).to_have_value("")


def test_the_item_of_the_same_event_is_chosen_without_leaving_the_page(
    new_page: NewPage, live_site: Site, sign_in: SignIn
) -> None:
    page = opened(new_page(), live_site, sign_in)
    page.get_by_text("Author, quotation, same event as another item").click()
    page.get_by_label("Find an item").fill(KNOWN)
    page.get_by_role("button", name="US allows sale of stranded Russian oil to India").click()
    expect(page.get_by_text("One story with")).to_be_visible()
    expect(page.get_by_label("Story")).not_to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Story")).to_have_value("")


def test_enter_leads_to_the_first_choice(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in)
    page.get_by_label("Find a claim").fill("talks buy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=FIRST)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("supports")).to_be_focused()


def test_a_claim_that_has_a_row_is_not_added_again(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in)
    for _ in range(2):
        page.get_by_label("Find a claim").fill("talks buy")
        page.locator("#bears-on .find").first.click()
        expect(page.get_by_label("supports")).to_be_focused()
    expect(rows(page)).to_have_count(1)


@pytest.mark.parametrize(("status", "words"), [(500, "could not be looked up"), (401, "You are signed out")])
def test_a_look_up_that_fails_says_so(
    new_page: NewPage, live_site: Site, sign_in: SignIn, faults: Faults, status: int, words: str
) -> None:
    page = opened(new_page(), live_site, sign_in)
    page.route(re.compile("/desk/(claims/pick|log/address)/"), lambda route: route.fulfill(status=status))
    page.get_by_label("Find a claim").fill("talks buy")
    expect(page.locator("#bears-on")).to_contain_text(words)
    page.get_by_label("Address", exact=True).fill(ADDRESS)
    expect(page.locator("#told-standing")).to_contain_text(words)
    faults.clear()  # the browser notes an answer of 401 or 500


def test_an_answer_that_comes_after_escape_is_void(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in)
    held: list[Route] = []
    page.route(re.compile("/desk/claims/pick/"), lambda route: held.append(route))
    find = page.get_by_label("Find a claim")
    with page.expect_request(re.compile("/desk/claims/pick/")):
        find.fill("talks buy")
    find.press("Escape")
    page.evaluate("() => { window.came = new Promise((come) => addEventListener('htmx:afterRequest', come)) }")
    held[0].continue_()
    page.evaluate("async () => { await window.came }")
    expect(page.locator(".find")).to_have_count(0)


def test_what_was_typed_is_not_overwritten(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in)
    page.get_by_label("Address", exact=True).fill("https://nowhere.example/x")
    page.get_by_label("Name").fill("Nowhere")
    with page.expect_response(re.compile("/desk/log/address/")):
        page.get_by_label("Address", exact=True).fill("https://nowhere.example/y")
    expect(page.get_by_label("Name")).to_have_value("Nowhere")
    page.get_by_label("Source", exact=True).fill("Typed")
    page.get_by_label("Type").select_option("blog")
    page.get_by_label("Address", exact=True).fill(ADDRESS)
    expect(page.get_by_role("group", name="New source")).to_have_count(0)
    expect(page.get_by_label("Source", exact=True)).to_have_value("Typed")
    expect(page.get_by_label("Type")).to_have_value("blog")
