"""A moderator works through the queue in a browser: with scripts and without, and by keyboard alone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.actions.flags import flag
from claims.models import Claim, Evidence, Source, User
from tests.browser.conftest import ROLES, Faults, Site
from tests.factories import an_item

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Reach = Callable[[Site], Any]


def two_items() -> None:
    """A new analyst's items, the first the older one."""
    now = timezone.now()
    noor = User.objects.get(email=ROLES["new analyst"])
    source, claims = Source.objects.order_by("id")[0], list(Claim.objects.order_by("id")[:2])
    for hours, title in ((26, "The first item"), (2, "The second item")):
        an_item(claims, by=noor, source=source, title=title, now=now - timedelta(hours=hours), today=now.date())


def state_of(title: str) -> str:
    return Evidence.objects.get(title=title).state


def opened(page: Page, site: Site, sign_in: SignIn) -> Page:
    sign_in(page, site, "moderator")
    page.goto(f"{site.url}/moderation/")
    return page


def test_one_item_is_approved_and_another_returned_and_its_author_reads_why(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(), own_site, sign_in)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting: 2")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("The first item is public now.")
    page.locator("summary", has_text="Return").click()
    page.get_by_label("Ready sentences").first.select_option(index=1)
    reason = page.get_by_label("Reason").first
    expect(reason).to_be_focused()
    expect(reason).to_have_value(re.compile("^The summary says more than the page does"))
    reason.fill("Say which day it was.")
    page.get_by_role("button", name="Return it to its author").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Returned to Noor New")

    author = new_page()
    sign_in(author, own_site, "new analyst")
    author.goto(f"{own_site.url}/desk/")
    expect(author.locator("main")).to_contain_text("Say which day it was.")


def test_without_scripts_a_ready_sentence_is_sent_as_it_is(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(java_script_enabled=False), own_site, sign_in)
    page.locator("summary", has_text="Reject").click()
    page.locator("#reject_ready").select_option(index=1)
    page.get_by_role("button", name="Reject it for good").click()
    with inside(own_site):
        because = Evidence.objects.get(title="The first item").returned_because
    assert because == "It bears on none of the claims that are tracked here."


def test_the_queue_is_worked_by_keyboard_alone(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(), own_site, sign_in)
    tab_to(page, "Approve")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The first item is public now.")
    tab_to(page, "Return")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ready sentences").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Say which day it was.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    with inside(own_site):
        assert [state_of("The first item"), state_of("The second item")] == ["published", "draft"]


def test_a_moderator_works_by_single_keys_and_thinks_again(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(), own_site, sign_in)
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("The first item is public now.")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone: it waits again.")
    with inside(own_site):
        assert state_of("The first item") == "pending"
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting: 1")
    page.keyboard.press("r")
    expect(page.get_by_label("Ready sentences").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Say which day it was.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    with inside(own_site):
        assert [state_of("The first item"), state_of("The second item")] == ["published", "draft"]


def test_several_are_ticked_and_decided_on_by_keys(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(), own_site, sign_in)
    for key in ("j", "x", "j", "x", "b"):
        page.keyboard.press(key)
    expect(page.get_by_text("Decide on the 2 ticked")).to_be_visible()
    page.get_by_role("button", name="Let them in").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 approved.")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 decisions undone: all wait again.")


def test_the_button_that_undoes_goes_away_after_its_time(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = new_page()
    page.clock.install()
    opened(page, own_site, sign_in)
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.clock.run_for(11_000)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("It can no longer be undone.")


def test_a_decision_is_undone_without_scripts(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(java_script_enabled=False), own_site, sign_in)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone: it waits again.")


def test_two_moderators_are_given_different_things(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_items()
    opened(new_page(), own_site, sign_in)
    other = new_page()
    sign_in(other, own_site, "admin")
    other.goto(f"{own_site.url}/moderation/")
    expect(other.locator("li.is-current h2")).to_have_text("The second item")
    expect(other.locator("li.is-held")).to_contain_text("with Momo Moderator until")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says these words."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.firstChild?.textContent.trim()") == words:
            return
    raise AssertionError(f"Tab never reaches {words!r}")


def test_what_is_missing_is_said_at_its_field_in_the_opened_part(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach, faults: Faults
) -> None:
    with inside(own_site):
        two_items()
    page = opened(new_page(), own_site, sign_in)
    page.locator("summary", has_text="Return").click()
    page.get_by_role("button", name="Return it to its author").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Reason: Say what should be put right.").click()
    expect(page.get_by_label("Reason").first).to_be_focused()
    faults.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_moderation_are_accessible(
    new_page: NewPage,
    own_site: Site,
    sign_in: SignIn,
    inside: Reach,
    violations: Callable[[Page], list[str]],
    scheme: str,
) -> None:
    with inside(own_site):
        two_items()
        item = Evidence.objects.filter(state="published")[0]
        now = timezone.now()
        told = flag(by=None, kind="evidence", subject_id=item.id, reason="date", today=now.date(), now=now)
        person = User.objects.get(email=ROLES["new analyst"])
    page = new_page(color_scheme=scheme)
    sign_in(page, own_site, "admin")
    for path in (
        "/moderation/",
        f"/moderation/flags/{told.id}/",
        f"/moderation/evidence/{item.id}/withdraw/",
        "/moderation/people/",
        "/moderation/reasons/",
        f"/moderation/people/{person.id}/",
        f"/flag/evidence/{item.id}/",
    ):
        page.goto(f"{own_site.url}{path}")
        assert violations(page) == [], path


def test_a_stranger_flags_without_scripts(new_page: NewPage, own_site: Site, inside: Reach) -> None:
    with inside(own_site):
        item = Evidence.objects.filter(state="published")[0]
    page = new_page(java_script_enabled=False)
    page.goto(f"{own_site.url}/flag/evidence/{item.id}/")
    page.get_by_label("A date is wrong").check()
    page.get_by_role("button", name="Send the flag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
