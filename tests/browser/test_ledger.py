"""The ledger's pages in a browser: it checks a proof by itself, and nothing runs out of a phone's screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.fixtures.waiting import wait_until

PHONE = {"width": 390, "height": 844}
DONE = "[data-checked] > b"


def open_newest(page: Page, done: str = "assessed a claim") -> None:
    """The proof of the newest entry of this kind."""
    page.goto("/ledger/")
    page.get_by_role("link", name=done).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Proof that entry")


def check(page: Page) -> list[str]:
    """What the page says after it was asked to check: its verdict, then each step."""
    page.get_by_role("button", name="Check it here").click()
    page.locator(DONE).wait_for()
    return [page.locator(DONE).inner_text(), *page.locator("[data-checked] li").all_inner_texts()]


def change(page: Page, identity: str) -> None:
    """Another character in a value of the page."""
    page.evaluate(
        """identity => {
            const held = document.getElementById(identity) ?? document.querySelector(identity);
            held.textContent = held.textContent.replace(/[0-9a-f]/, (one) => (one === "7" ? "8" : "7"));
        }""",
        identity,
    )


def test_the_browser_goes_through_a_proof_step_by_step(page: Page) -> None:
    open_newest(page)
    verdict, *steps = check(page)
    assert verdict == "Everything fits."
    assert [step.split()[-1] for step in steps] == ["commitment.", "entry.", "checkpoint.", "ledger."]


def test_it_asks_the_site_for_nothing_meanwhile(page: Page) -> None:
    open_newest(page)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    check(page)
    assert asked == []


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("proof-said", "what the entry says was altered"),
        ("proof-salt", "what the entry says was altered"),
        ("proof-commitment", "not the hash of the entry"),
        ("proof-leaf", "not the hash of the entry"),
        ("[data-step]", "not the root in the checkpoint"),
        ("proof-root", "not the root in the checkpoint"),
        ("proof-note", "was not made with the key of this ledger"),
        ("proof-event", "the text is that of another event"),
    ],
)
def test_a_changed_value_shows(page: Page, identity: str, said: str) -> None:
    open_newest(page)
    change(page, identity)
    verdict, *steps = check(page)
    assert verdict == "It does not fit. The record was altered, or this page was."
    assert any(said in step for step in steps)


def test_a_path_that_is_too_short_shows(page: Page) -> None:
    open_newest(page)
    page.evaluate("document.querySelector('[data-step]').remove()")
    assert any("too many or too few" in step for step in check(page))


def test_a_value_that_cannot_be_read_shows(page: Page) -> None:
    open_newest(page)
    page.evaluate("document.getElementById('proof-note').textContent = 'nothing'")
    assert "A value on this page cannot be read." in check(page)


def test_a_browser_without_ed25519_says_what_it_left_out(page: Page) -> None:
    page.add_init_script("crypto.subtle.importKey = async () => { throw new DOMException('unknown'); }")
    open_newest(page)
    verdict, *steps = check(page)
    assert verdict == "All that could be checked here fits."
    assert "This browser cannot check the signature (Ed25519); a newer one can." in steps


def test_without_a_safe_connection_there_is_no_button(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    open_newest(page)
    expect(page.get_by_role("button", name="Check it here")).to_be_hidden()


def test_without_scripts_the_page_says_all_the_same(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    open_newest(page)
    expect(page.get_by_role("button", name="Check it here")).to_be_hidden()
    expect(page.locator("#proof-said")).to_contain_text('"verb":"assessed"')


def test_it_is_checked_by_keyboard_alone(page: Page) -> None:
    open_newest(page)
    page.get_by_role("button", name="Check it here").focus()
    page.keyboard.press("Enter")
    expect(page.locator(DONE)).to_have_text("Everything fits.")


def test_a_long_text_is_scrolled_by_keyboard(page: Page) -> None:
    open_newest(page)
    page.set_viewport_size({"width": 390, "height": 600})
    said = page.locator("#command-commitment")
    said.evaluate("held => { held.style.maxBlockSize = '4rem'; }")
    said.focus()
    page.keyboard.press("End")
    wait_until(lambda: said.evaluate("held => held.scrollTop") > 0, within=5)


def test_the_checkpoint_is_copied_as_it_was_signed(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/ledger/")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#newest-checkpoint").text_content()


def test_a_number_leads_to_its_proof(page: Page) -> None:
    page.goto("/ledger/")
    page.get_by_label("Number of an entry").fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Proof that entry\u00a07 is in the record")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_out_of_a_phone(
    new_page: Callable[..., Page], violations: Callable[[Page], list[str]], live_site: Site, scheme: str
) -> None:
    page = new_page(viewport=PHONE, color_scheme=scheme)
    page.goto("/ledger/")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page) == []
    open_newest(page)
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page) == []


def test_print_shows_long_texts_whole(page: Page) -> None:
    open_newest(page)
    page.emulate_media(media="print")
    assert page.locator("#proof-said").evaluate("held => getComputedStyle(held).maxBlockSize") == "none"
