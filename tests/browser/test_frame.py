"""That the browser, the site and the fixtures between them work together."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Faults, Site


def test_the_site_answers(page: Page, live_site: Site) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200


def test_an_inline_script_does_not_run_and_is_heard_of(page: Page, faults: Faults) -> None:
    page.goto("/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in " ".join(faults.said)
    faults.clear()


@pytest.mark.parametrize("role", ["reader", "new analyst", "analyst", "editor", "moderator", "admin"])
def test_each_of_the_demo_people_can_sign_in(
    page: Page, live_site: Site, sign_in: Callable[[Page, Site, str], None], role: str, faults: Faults
) -> None:
    sign_in(page, live_site, role)
    assert "/accounts/" not in page.url
    assert any(cookie["name"] == "sessionid" for cookie in page.context.cookies())
    faults.clear()
