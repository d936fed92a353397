"""The admin in a browser: axe finds nothing wrong on its index, its lists and its pages of one thing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Faults, Site

SignIn = Callable[[Page, Site, str], None]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_admin_is_accessible(
    new_page: Callable[..., Page],
    live_site: Site,
    sign_in: SignIn,
    violations: Callable[[Page], list[str]],
    faults: Faults,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    page = new_page(color_scheme=scheme, viewport=viewport)
    sign_in(page, live_site, "admin")
    for path in ("/admin/", "/admin/claims/event/", "/admin/claims/claim/"):
        page.goto(f"{live_site.url}{path}")
        assert faults.said == []
        assert violations(page) == []
        faults.clear()  # axe reads sheets that import others by a style in the page, which the policy refuses
    page.locator("#result_list th a").first.click()
    expect(page.locator("table.thing")).to_be_visible()
    assert faults.said == []
    assert violations(page) == []
    faults.clear()
