"""Three days of work, each walked from end to end by keyboard alone: an analyst's, an editor's, a moderator's."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.actions.merge import suggest_merge
from claims.models import Bearing, Claim, Event, Evidence, Lead, LeadMatch, Source, User, Verb
from tests.browser.conftest import ROLES, Site
from tests.factories import a_feed, a_lead, an_item

SignIn = Callable[[Page, Site, str], None]
NewPage = Callable[..., Page]
Reach = Callable[[Site], AbstractContextManager[None]]
EACH = 12  # decisions of each of the two moderators
WAITING = 200


def at(page: Page, site: Site, sign_in: SignIn, role: str, path: str) -> Page:
    sign_in(page, site, role)
    page.goto(f"{site.url}{path}")
    return page


def go(page: Page, *keys: str) -> None:
    """Presses keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the field whose name ends so has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.name?.endsWith(name) ?? false", name):
            return
    raise AssertionError(f"Tab does not reach “{name}”.")


def a_new_lead() -> None:
    now, source = timezone.now(), Source.objects.order_by("id")[0]
    address = f"https://{source.slug.replace('-', '.')}/news/today"
    lead = a_lead(
        feed=a_feed(title="The Paper"), address=address, address_norm=address, title="Talks begin in Geneva",
        summary="They speak of a ceasefire.", dated_at=now, published_at=now,
    )  # fmt: skip
    claim = Claim.objects.get(title="Talks buy Moscow time")
    LeadMatch(lead=lead, claim=claim, score=0.5, words=[["ceasefire", 1.0]]).save(force_insert=True)


def log_it(page: Page) -> None:
    """Fills in what a lead leaves open, and sends the form."""
    expect(page.get_by_label("Title", exact=True)).to_have_value("Talks begin in Geneva")
    expect(page.get_by_role("complementary")).to_contain_text("Made of a lead")
    tab_to(page, "summary")
    page.keyboard.insert_text("The two sides meet; no ceasefire is agreed.")
    tab_to(page, "credibility")
    page.keyboard.press("Space")
    tab_to(page, "stance")
    page.keyboard.press("Space")
    tab_to(page, "weight")
    page.keyboard.type("moderate")
    go(page, "Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("“Talks begin in Geneva” is published.")


def set_in_matrix(page: Page, site: Site, item: str, claim: int) -> None:
    """Sets a bearing of the item on another claim of the matrix, in its cell."""
    page.goto(f"{site.url}/articles/us-russia-reset-2025/matrix/")
    row = page.locator(".matrix tbody tr", has_text=item)
    row.locator("td a").nth(claim).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".editor [type=radio]").first).to_be_focused()
    for key in ("ArrowRight", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("slight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Stored")).to_contain_text("contradicts, slight")


def test_an_analyst_makes_evidence_of_a_lead_and_puts_it_into_the_matrix(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        a_new_lead()
    page = at(new_page(), own_site, sign_in, "analyst", "/desk/")
    go(page, "g", "e")
    page.keyboard.press("j")
    go(page, "e")
    log_it(page)
    expect(page.locator("[data-row]")).to_have_count(0)
    set_in_matrix(page, own_site, "Talks begin in Geneva", 3)
    with inside(own_site):
        item = Evidence.objects.get(title="Talks begin in Geneva")
        assert Lead.objects.get().evidence == item
        stances = Bearing.objects.filter(evidence=item, state="published").values_list("stance", flat=True)
        assert sorted(stances) == ["contradicts", "supports"]


def test_an_editor_goes_from_the_stale_list_to_a_judgement_that_clears_it(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        claim, today = Claim.objects.get(title="Talks buy Moscow time"), timezone.now().date()
        an_item([claim], title="A new report", source=Source.objects.order_by("id")[0], today=today,
                published=str(today - timedelta(days=1)))  # fmt: skip
    page = at(new_page(), own_site, sign_in, "editor", "/desk/")
    go(page, "g", "s")
    line = page.locator("ol.stale > li", has_text="Talks buy Moscow time")
    expect(line).to_have_count(1)
    for _ in range(page.locator("ol.stale > li").count()):
        page.keyboard.press("j")
        if "Talks buy Moscow time" in page.evaluate("document.activeElement.innerText"):
            break
    go(page, "a")
    expect(page.get_by_label("A new report")).to_be_checked()
    page.get_by_label("Speaks of", exact=True).focus()
    tab_to(page, "probability")
    page.keyboard.press("Control+a")
    page.keyboard.type("71.5")
    tab_to(page, "confidence")
    page.keyboard.press("Space")
    tab_to(page, "rationale")
    page.keyboard.insert_text("The new report shows that talks go on while the fighting does.")
    go(page, "Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("71.5")
    expect(line).to_have_count(0)


def two_hundred() -> None:
    now, noor = timezone.now(), User.objects.get(email=ROLES["new analyst"])
    claims, source = list(Claim.objects.order_by("id")[:1]), Source.objects.order_by("id")[0]
    for number in range(WAITING):
        sent = now - timedelta(hours=WAITING - number)
        an_item(claims, by=noor, source=source, title=f"Item {number:03}", now=sent, today=sent.date())


def suggested_duplicates() -> Evidence:
    duplicate, into = Evidence.objects.filter(live=True).order_by("id")[:2]
    noor = User.objects.get(email=ROLES["new analyst"])
    suggest_merge(by=noor, kind="evidence", duplicate=duplicate.id, into=into.id, because="One report twice.")
    return duplicate


def test_two_moderators_work_a_queue_of_two_hundred_and_one_merges_and_thinks_again(
    new_page: NewPage, own_site: Site, sign_in: SignIn, inside: Reach
) -> None:
    with inside(own_site):
        two_hundred()
        duplicate = suggested_duplicates()
    momo = at(new_page(), own_site, sign_in, "moderator", "/moderation/")
    ada = at(new_page(), own_site, sign_in, "admin", "/moderation/")
    for _ in range(EACH):
        for page in (momo, ada):
            go(page, "a")
            expect(page.get_by_role("status").first).to_contain_text("is public now")
    with inside(own_site):
        approved = Counter(Event.objects.filter(verb=Verb.EVIDENCE_APPROVED).values_list("subject_id", "actor__email"))
        by = Counter(email for _, email in approved)
        assert by == {ROLES["moderator"]: EACH, ROLES["admin"]: EACH}
        assert len({item for item, _ in approved}) == 2 * EACH
        assert Evidence.objects.filter(state="pending").count() == WAITING - 2 * EACH
    merge_and_undo(momo, own_site, duplicate)


def merge_and_undo(page: Page, site: Site, duplicate: Evidence) -> None:
    page.goto(f"{site.url}/moderation/merges/")
    go(page, "j", "o")
    page.get_by_label("Reason").focus()
    page.keyboard.type("The same report.")
    go(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merged")
    merge = page.url
    page.goto(f"{site.url}/evidence/{duplicate.id}/")
    assert str(duplicate.id) not in page.url
    page.goto(merge)
    page.get_by_label("Reason").focus()
    page.keyboard.type("They are two reports.")
    go(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A merge that was undone")
    page.goto(f"{site.url}/evidence/{duplicate.id}/")
    assert str(duplicate.id) in page.url
