"""Habits of the desk: single keys and their sheet, the palette, forms kept while they are typed, the bookmarklet."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from claims.actions.unsent import keep_unsent
from claims.models import User
from tests.browser.conftest import Faults, Site

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Inside = Callable[[Site], AbstractContextManager[None]]
Violations = Callable[[Page], list[str]]

CLAIM = "Talks buy Moscow time"
CLAIM_PATH = re.compile(r"/claims/talks-buy-moscow-time/$")
LEAVE = "() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"
WITHOUT_STORAGE = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"


def opened(page: Page, site: Site, sign_in: SignIn, path: str, role: str = "analyst") -> Page:
    sign_in(page, site, role)
    page.goto(f"{site.url}{path}")
    return page


def kept(page: Page) -> Locator:
    return page.locator("form .kept")


def title(page: Page) -> Locator:
    return page.get_by_label("Title", exact=True)


# --- keys ---


@pytest.mark.parametrize(("letter", "path"), [("d", "/desk/"), ("l", "/desk/log/"), ("m", "/desk/mine/")])
def test_g_and_a_letter_lead_somewhere(
    new_page: NewPage, live_site: Site, sign_in: SignIn, letter: str, path: str
) -> None:
    page = opened(new_page(), live_site, sign_in, "/claims/")
    page.keyboard.press("g")
    expect(page.get_by_text("Go to: d Desk")).to_be_visible()
    page.keyboard.press(letter)
    page.wait_for_url(f"**{path}")


def test_no_key_is_taken_from_who_types(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/topics/new/", "editor")
    name = page.get_by_label("Name")
    name.press_sequentially("gl?/jk")
    expect(name).to_have_value("gl?/jk")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_no_key_is_taken_with_a_modifier(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/")
    page.keyboard.press("Alt+/")
    expect(page.locator("#site-search")).not_to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()


def test_readers_have_no_keys_of_the_desk(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/claims/", "reader")
    expect(page.get_by_role("button", name="Keys")).to_have_count(0)


def test_keys_can_be_switched_off_and_stay_so(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/")
    page.keyboard.press("?")
    page.get_by_label("Single keys work in this browser").uncheck()
    page.keyboard.press("Escape")
    page.goto(f"{live_site.url}/claims/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work in this browser").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()


def test_the_sheet_shows_what_the_page_declares(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/", "editor")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet.get_by_role("heading", name="On this page")).to_be_visible()
    expect(sheet).to_contain_text("Assess")
    expect(sheet).to_contain_text("next row")
    expect(sheet).to_contain_text("Log evidence")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_any_form_is_sent_by_the_keys_that_the_sheet_names(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/topics/new/", "editor")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys").get_by_text("Add the topic")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Name").fill("Grain")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/topics/grain/")


def test_rows_are_walked_and_worked_by_keys(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/", "editor")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    leads = f"{live_site.url}{rows.nth(1).locator('[data-key=a]').get_attribute('href')}"
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url == leads)
    page.goto(f"{live_site.url}/desk/")
    page.keyboard.press("j")
    leads = f"{live_site.url}{rows.nth(0).locator('[data-open]').get_attribute('href')}"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url == leads)


# --- the palette ---


def test_the_palette_finds_doors_and_claims(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/log/")
    title(page).focus()
    page.keyboard.press("Control+k")
    words = page.get_by_role("combobox", name="Page, act or claim")
    chosen = page.get_by_role("dialog").get_by_role("option", selected=True)
    expect(words).to_be_focused()
    page.keyboard.type("your it")
    expect(chosen).to_contain_text("Your items")
    words.fill("talks buy")
    expect(page.get_by_role("option", name=re.compile(CLAIM))).to_be_visible()
    expect(chosen).to_contain_text(CLAIM)
    page.keyboard.press("Enter")
    page.wait_for_url(CLAIM_PATH)


def test_the_palette_offers_the_acts_of_the_page(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/claims/talks-buy-moscow-time/", "editor")
    page.keyboard.press("Control+k")
    page.keyboard.type("assess")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/claims/talks-buy-moscow-time/assess/")


def test_the_palette_offers_nobody_what_they_may_not_do(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name=re.compile("^Log evidence"))).to_be_visible()
    expect(page.get_by_role("option", name=re.compile("queue|Open a claim"))).to_have_count(0)


def test_what_is_no_name_is_searched_for(new_page: NewPage, live_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("zz no such words")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=zz*")


def test_the_palette_says_when_claims_cannot_be_looked_up(
    new_page: NewPage, live_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/")
    page.route(re.compile("/desk/find/"), lambda route: route.fulfill(status=500))
    page.keyboard.press("Control+k")
    page.keyboard.type("talks")
    expect(page.get_by_text("Claims could not be looked up.")).to_be_attached()
    faults.clear()  # the browser notes an answer of 500


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_in_sheet_palette_and_bookmarklet(
    new_page: NewPage, live_site: Site, sign_in: SignIn, violations: Violations, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened(page, live_site, sign_in, "/desk/", "editor")
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("talks")
    expect(page.get_by_role("option", name=re.compile(CLAIM))).to_be_visible()
    assert violations(page) == []
    page.goto(f"{live_site.url}/desk/bookmarklet/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


# --- forms that are kept ---


def test_a_closed_browser_loses_nothing(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    title(page).fill("Typed and left")
    page.get_by_label("Find a claim").fill("talks buy")
    page.get_by_role("button", name=CLAIM).click()
    page.get_by_label("contradicts").check()
    expect(kept(page)).to_have_text(re.compile(r"^Kept at \d\d:\d\d$"))
    page.close()
    another = opened(new_page(), own_site, sign_in, "/desk/log/")  # another browser of the same person
    expect(another.get_by_text("You left this unsent at")).to_be_visible()
    expect(title(another)).to_have_value("Typed and left")
    expect(another.get_by_label("contradicts")).to_be_checked()
    expect(another.get_by_role("alert")).to_have_count(0)


def test_the_last_words_before_closing_are_kept(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    title(page).fill("Typed a moment before")
    page.goto(f"{own_site.url}/desk/")
    page.goto(f"{own_site.url}/desk/log/")
    expect(title(page)).to_have_value("Typed a moment before")


def test_what_is_typed_offline_waits_and_says_so(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    page.context.set_offline(True)
    title(page).fill("Typed offline")
    expect(kept(page)).to_have_text("The site cannot be reached. It is kept in this browser meanwhile.")
    page.context.set_offline(False)
    expect(kept(page)).to_have_text(re.compile("^Kept at"))
    faults.clear()  # the browser notes what could not be fetched


def test_what_was_typed_offline_and_closed_is_found_again(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    page.context.set_offline(True)
    title(page).fill("Typed offline")
    expect(kept(page)).to_contain_text("It is kept in this browser")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{own_site.url}/desk/log/")
    expect(title(page)).to_have_value("Typed offline", timeout=15_000)
    expect(page.get_by_text("You left this unsent at")).to_be_visible()
    faults.clear()  # the browser notes what could not be fetched


def typed_without_a_session(page: Page, words: str) -> None:
    page.context.clear_cookies(name="sessionid")
    title(page).fill(words)
    expect(kept(page)).to_have_text("You are signed out. It is kept in this browser until you sign in again.")


def test_who_is_signed_out_meanwhile_is_told(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    typed_without_a_session(page, "Typed without a session")
    sign_in(page, own_site, "analyst")
    page.goto(f"{own_site.url}/desk/log/")
    expect(title(page)).to_have_value("Typed without a session", timeout=15_000)
    faults.clear()  # the browser notes an answer of 401


def test_another_person_at_the_same_browser_sees_nothing_of_it(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    typed_without_a_session(page, "Not for everybody")
    sign_in(page, own_site, "editor")
    page.goto(f"{own_site.url}/desk/log/")
    expect(title(page)).to_have_value("")
    faults.clear()  # the browser notes an answer of 401


def test_what_is_sent_without_a_session_is_its_senders_alone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    typed_without_a_session(page, "Not for everybody")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    for role, words in (("editor", ""), ("analyst", "Not for everybody")):
        sign_in(page, own_site, role)
        page.goto(f"{own_site.url}/desk/")
        page.goto(f"{own_site.url}/desk/log/")
        expect(title(page)).to_have_value(words, timeout=15_000)
        page.context.clear_cookies(name="sessionid")
    faults.clear()  # the browser notes an answer of 401


def test_what_is_sent_is_not_left(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/topics/new/", "editor")
    page.get_by_label("Name").fill("Grain")
    expect(kept(page)).to_have_text(re.compile("^Kept at"))
    page.get_by_role("button", name="Add the topic").click()
    page.wait_for_url("**/topics/grain/")
    page.goto(f"{own_site.url}/desk/topics/new/")
    expect(page.get_by_label("Name")).to_have_value("")
    expect(page.get_by_text("You left this unsent")).to_have_count(0)


def test_what_is_refused_is_kept_as_it_was_sent(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    title(page).fill("Sent too early")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(kept(page)).to_have_text(re.compile("^Kept at"))
    page.close()
    again = opened(new_page(), own_site, sign_in, "/desk/log/")
    expect(title(again)).to_have_value("Sent too early")
    faults.clear()  # the browser notes an answer of 422


def test_it_is_thrown_away_on_a_phone_without_scripts(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    title(page).fill("Not wanted")
    expect(kept(page)).to_have_text(re.compile("^Kept at"))
    page.close()
    phone = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    opened(phone, own_site, sign_in, "/desk/log/")
    expect(title(phone)).to_have_value("Not wanted")
    phone.get_by_role("button", name="Throw it away").click()
    expect(title(phone)).to_have_value("")
    expect(phone.get_by_text("You left this unsent")).to_have_count(0)


def test_opening_a_filled_form_keeps_nothing(new_page: NewPage, own_site: Site, sign_in: SignIn) -> None:
    page = new_page()
    sign_in(page, own_site, "analyst")
    with page.expect_response(re.compile("/desk/log/address/")):
        page.goto(f"{own_site.url}/desk/log/?address=https://www.newindianexpress.com/x")
    page.goto(f"{own_site.url}/desk/drafts/")
    expect(page.get_by_text("Left unsent")).to_have_count(0)


def test_it_asks_before_leaving_only_where_nothing_could_be_kept(
    new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults
) -> None:
    page = opened(new_page(), own_site, sign_in, "/desk/log/")
    title(page).fill("Kept here at once")
    assert page.evaluate(LEAVE) is False
    page.evaluate(WITHOUT_STORAGE)
    page.context.set_offline(True)
    title(page).fill("Kept nowhere")
    expect(kept(page)).to_contain_text("Do not close this page")
    assert page.evaluate(LEAVE) is True
    page.context.set_offline(False)
    expect(kept(page)).to_have_text(re.compile("^Kept at"))
    assert page.evaluate(LEAVE) is False
    faults.clear()  # the browser notes what could not be fetched


@pytest.mark.parametrize("path", ["/desk/", "/desk/drafts/"])
def test_a_long_word_that_was_left_breaks_on_a_phone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Inside, path: str
) -> None:
    with inside(own_site):
        person = User.objects.get(email="analyst@example.org")
        keep_unsent(by=person, place="/desk/log/", fields={"title": ["Donaudampfschiff" * 9]}, now=timezone.now())
    page = opened(new_page(viewport={"width": 390, "height": 800}), own_site, sign_in, path)
    expect(page.get_by_text("Donaudampfschiff").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# --- the bookmarklet ---


def test_the_bookmarklet_explains_itself_where_it_cannot_run(
    new_page: NewPage, live_site: Site, sign_in: SignIn
) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/bookmarklet/")
    page.get_by_role("link", name="Log to ResetWatch").click()
    expect(page.get_by_role("status")).to_contain_text("Drag it to your bookmarks bar")
    assert page.url.endswith("/desk/bookmarklet/")


STORY = """<!doctype html><title> A story &amp; more </title><link rel="canonical" href="{canonical}">
<p id="said">{words}</p>"""


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://paper.example/story", "https://paper.example/story"),
        ("/story", "https://paper.example/story"),
        ("https://elsewhere.example/story", "https://paper.example/story?from=mail"),
        ("", "https://paper.example/story?from=mail"),
        ("http://", "https://paper.example/story?from=mail"),
        ("javascript:alert(1)", "https://paper.example/story?from=mail"),
    ],
)
def test_the_bookmarklet_carries_a_page_to_the_form(
    new_page: NewPage, live_site: Site, sign_in: SignIn, canonical: str, address: str
) -> None:
    page = opened(new_page(), live_site, sign_in, "/desk/bookmarklet/")
    href = page.get_by_role("link", name="Log to ResetWatch").get_attribute("href") or ""
    body = STORY.format(canonical=canonical, words="Слово, которое было сказано. " * 60)
    story = {"body": body, "content_type": "text/html; charset=utf-8"}
    page.context.route(re.compile("^https://paper.example/"), lambda route: route.fulfill(**story))
    page.goto("https://paper.example/story?from=mail#part")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")
    page.context.route(re.compile("/desk/log/"), lambda route: route.fulfill(body="the form"))
    with page.expect_popup() as popup:
        page.evaluate(unquote(href.removeprefix("javascript:")))
    form = popup.value.url
    said = {name: values[0] for name, values in parse_qs(urlsplit(form).query).items()}
    assert len(form) < 4_000
    assert (said["address"], said["title"]) == (address, "A story & more")
    assert said["quotation"].startswith("Слово, которое было сказано. Слово")
    assert len(said["quotation"]) <= 500
