"""A moderator merges a duplicate that was suggested and undoes it, by keyboard alone; axe finds nothing serious."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from claims.actions.merge import suggest_merge
from claims.models import Evidence, User
from tests.browser.conftest import ROLES, Site

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Reach = Callable[[Site], Any]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
SERIOUS = """async () => (await axe.run()).violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => one.id)"""


def a_suggestion() -> tuple[Evidence, Evidence]:
    """Two items that an analyst took for one."""
    duplicate, into = Evidence.objects.filter(live=True).order_by("id")[:2]
    suggest_merge(
        by=User.objects.get(email=ROLES["new analyst"]),
        kind="evidence",
        duplicate=duplicate.id,
        into=into.id,
        because="One report under two addresses.",
    )
    return duplicate, into


def test_a_suggestion_is_merged_and_the_merge_undone_by_keyboard_alone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        duplicate, into = a_suggestion()
    page = new_page(bypass_csp=True)
    sign_in(page, own_site, "moderator")
    page.goto(f"{own_site.url}/moderation/merges/")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are they the same item?")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    page.get_by_label("Reason").focus()
    page.keyboard.type("The same report.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merged")
    assert own_page(page, own_site, duplicate) == f"/evidence/{into.id}/"
    page.go_back()
    page.get_by_label("Reason").focus()
    page.keyboard.type("They are two reports.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A merge that was undone")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS) == []
    assert own_page(page, own_site, duplicate) == f"/evidence/{duplicate.id}/"


def own_page(page: Page, site: Site, item: Evidence) -> str:
    """Where the address of an item leads."""
    page.goto(f"{site.url}/evidence/{item.id}/")
    return page.url.removeprefix(site.url)
