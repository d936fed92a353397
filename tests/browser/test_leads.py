"""An analyst works through the leads by keyboard alone; what readers suggest, from their form to their answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Claim, Evidence, Lead, LeadMatch, Source, Suggestion, User
from tests.browser.conftest import ROLES, Faults, Site
from tests.factories import a_feed, a_lead

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Violations = Callable[[Page], list[str]]
Reach = Callable[[Site], Any]

LEADS = "/desk/leads/"
SUGGESTED = "https://24tv.ua/statement"


def some_leads(*titles: str) -> None:
    """Leads of one feed, the first the newest and matched with a claim."""
    now = timezone.now()
    source = Source.objects.order_by("id")[0]
    feed = a_feed(title="The Paper")
    for place, title in enumerate(titles):
        dated = now - timedelta(hours=place + 1)
        address = f"https://{source.slug.replace('-', '.')}/news/{place}"
        told = {"address": address, "address_norm": address, "summary": "They speak of a ceasefire."}
        lead = a_lead(title=title, feed=feed, dated_at=dated, published_at=dated, **told)
        if not place:
            claim = Claim.objects.order_by("id")[0]
            LeadMatch(lead=lead, claim=claim, score=0.5, words=[["ceasefire", 1.0]]).save(force_insert=True)


def states() -> dict[str, str]:
    return dict(Lead.objects.values_list("title", "state"))


def opened(page: Page, site: Site, sign_in: SignIn, path: str = LEADS, role: str = "analyst") -> Page:
    sign_in(page, site, role)
    page.goto(f"{site.url}{path}")
    return page


def press(page: Page, key: str) -> None:
    """Press a key that sends the form, and wait for the list that comes of it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def expect_at(page: Page, title: str) -> None:
    """The row of this title has the focus and can be seen."""
    row = page.locator("[data-row]", has_text=title)
    expect(row).to_be_focused()
    expect(row.get_by_role("heading")).to_be_in_viewport()


def test_one_key_after_another_works_the_list(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three", "Four", "Five")
    page = opened(new_page(), own_site, sign_in)
    page.keyboard.press("j")
    expect_at(page, "One")
    press(page, "d")
    expect_at(page, "Two")
    press(page, "d")
    expect_at(page, "Three")
    press(page, "s")
    expect_at(page, "Four")
    press(page, "t")
    expect_at(page, "Four")
    expect(page.locator("[data-row]", has_text="Four").get_by_text("yours")).to_be_visible()
    page.keyboard.press("j")
    press(page, "d")
    expect_at(page, "Four")
    with inside(own_site):
        decided = {"One": "dismissed", "Two": "dismissed", "Three": "snoozed", "Four": "new", "Five": "dismissed"}
        assert states() == decided


def test_what_was_set_aside_is_undone_by_a_key(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two")
    page = opened(new_page(), own_site, sign_in)
    page.keyboard.press("j")
    press(page, "d")
    expect(page.get_by_role("status")).to_contain_text("Set aside: “One”.")
    press(page, "u")
    expect_at(page, "One")
    with inside(own_site):
        assert states() == {"One": "new", "Two": "new"}


def test_several_are_ticked_and_set_aside_together(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three")
    page = opened(new_page(), own_site, sign_in)
    together = page.get_by_role("group", name="Those that are ticked")
    expect(together).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(together).to_contain_text("2 ticked:")
    with page.expect_navigation():
        together.get_by_role("button", name="Set aside").click()
    expect(page.get_by_role("status")).to_contain_text("Set aside: 2 leads.")
    with inside(own_site):
        assert states() == {"One": "dismissed", "Two": "dismissed", "Three": "new"}


def test_all_that_are_listed_are_ticked_at_once(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three")
    page = opened(new_page(), own_site, sign_in)
    page.get_by_label("All here").check()
    expect(page.get_by_role("group", name="Those that are ticked")).to_contain_text("3 ticked:")
    page.get_by_label("Tick “Two”").uncheck()
    expect(page.get_by_label("All here")).not_to_be_checked()


def test_a_button_stays_under_the_pointer(new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach) -> None:
    with inside(own_site):
        some_leads(*(f"Lead {number}" for number in range(12)))
    page = opened(new_page(), own_site, sign_in)
    row = page.locator("[data-row]").nth(5)
    row.scroll_into_view_if_needed()
    stood = row.bounding_box()
    with page.expect_navigation():
        row.get_by_role("button", name="Set aside").click()
    following = page.locator("[data-row]", has_text="Lead 6")
    page.wait_for_function(
        "([row, top]) => Math.abs(row.getBoundingClientRect().top - top) < 2",
        arg=[following.element_handle(), stood and stood["y"]],
    )


def test_without_scripts_each_button_does_what_it_says(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three")
    page = opened(new_page(java_script_enabled=False), own_site, sign_in)
    page.locator("[data-row]", has_text="One").get_by_role("button", name="Set aside").click()
    expect(page.get_by_role("status")).to_contain_text("Set aside: “One”.")
    page.get_by_label("Tick “Three”").check()
    page.get_by_role("group", name="Those that are ticked").get_by_role("button", name="Put off a week").click()
    with inside(own_site):
        assert states() == {"One": "dismissed", "Two": "new", "Three": "snoozed"}


def test_after_logging_one_goes_on_with_the_next_of_the_same_list(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three")
    page = opened(new_page(), own_site, sign_in, f"{LEADS}?sort=best")
    page.keyboard.press("j")
    expect_at(page, "Three")
    press(page, "e")
    page.get_by_label("What it says").fill("They speak of a ceasefire.")
    page.locator("[name=credibility][value='2']").check()
    page.locator("[name=type]").select_option("newspaper")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{LEADS}?sort=best#lead-*")
    expect_at(page, "Two")
    expect(page.locator("[data-row]", has_text="Three")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("“Three” is published.")


def suggested(page: Page, site: Site) -> Page:
    """A stranger's page after suggesting an address from the page of a claim."""
    page.goto(f"{site.url}/claims/talks-buy-moscow-time/")
    page.get_by_role("link", name="Know a page that bears on it?").click()
    page.get_by_label("Address of the page").fill(SUGGESTED)
    page.get_by_label("What it shows").press("End")
    page.get_by_label("What it shows").press_sequentially("a new statement.")
    page.get_by_role("button", name="Suggest it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return page


def test_a_suggestion_goes_from_a_stranger_to_the_evidence(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    suggested(new_page(), own_site)
    page = opened(new_page(), own_site, sign_in, f"{LEADS}?state=suggested")
    row = page.locator("[data-row]")
    expect(row).to_contain_text("suggested by a reader")
    expect(row).to_contain_text("On the claim “Talks buy Moscow time”: a new statement.")
    row.get_by_role("link", name="Log it").click()
    expect(page.get_by_label("Address", exact=True)).to_have_value(SUGGESTED)
    expect(page.get_by_role("complementary")).to_contain_text("a new statement.")
    page.get_by_label("Title", exact=True).fill("A statement")
    page.get_by_label("Published").fill("2026-05-01")
    page.get_by_label("What it says").fill("The ministry states its terms.")
    page.locator("[name=credibility][value='2']").check()
    page.locator("[name=type]").select_option("official-statement")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{LEADS}?state=suggested")
    with inside(own_site):
        assert Suggestion.objects.get().state == "taken"
        assert Lead.objects.get().evidence == Evidence.objects.get(title="A statement")


def test_a_moderator_dismisses_a_suggestion_with_an_answer(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    suggested(new_page(), own_site)
    page = opened(new_page(), own_site, sign_in, "/moderation/?kind=suggestion", "moderator")
    with inside(own_site):
        row = Suggestion.objects.get()
    page.goto(f"{own_site.url}/moderation/suggestions/{row.id}/")
    page.get_by_label("dismissed: it is no use here").check()
    page.get_by_label("Answer").fill("It says nothing new.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Dismissed")
    with inside(own_site):
        row.refresh_from_db()
        assert (row.state, row.answer, row.lead.state) == ("dismissed", "It says nothing new.", "dismissed")


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}])
def test_nothing_on_these_pages_keeps_anybody_out(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach, violations: Violations, viewport: dict[str, int]
) -> None:
    with inside(own_site):
        some_leads("One", "Two", "Three")
        a_feed(title="Silent", state="paused", paused_because="It failed 10 times in a row.", failures=10)
        analyst = User.objects.get(email=ROLES["analyst"])
        lead = a_lead(title="", assigned_to=analyst)
        row = Suggestion(lead=lead, note="Look here.", made_at=timezone.now())
        row.save(force_insert=True)
    page = opened(new_page(viewport=viewport), own_site, sign_in, LEADS, "admin")
    found = violations(page)
    page.get_by_label("All here").check()
    found += violations(page)
    for path in (f"{LEADS}?done=dismiss", f"{LEADS}feeds/", "/suggest/", f"/moderation/suggestions/{row.id}/"):
        page.goto(f"{own_site.url}{path}")
        found += violations(page)
    page.goto(f"{own_site.url}{LEADS}feeds/")
    page.locator("summary", has_text="Let go").first.click()
    found += violations(page)
    assert found == []


def test_a_page_that_is_no_feed_says_so(new_page: NewPage, own_site: Site, sign_in: SignIn, faults: Faults) -> None:
    page = opened(new_page(), own_site, sign_in, f"{LEADS}feeds/", "editor")
    page.get_by_label("Address of a feed").fill("http://127.0.0.1/feed")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("alert").or_(page.locator(".errors"))).to_be_visible()
    expect(page.get_by_role("button", name="Watch it all the same")).to_be_visible()
    faults.clear()
