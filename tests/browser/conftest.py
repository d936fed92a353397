"""A real site, driven by a real browser. The tests here run one after another, in one process.

live_site       one site with the shipped article for the whole run, for tests that read
own_site        a site of the test's own, for tests that write
page, new_page  a tab on `live_site`; whatever the console complains of fails the test
faults          what was complained of so far; `faults.clear()` after something that is meant to fail
sign_in         sign_in(page, site, "editor"): through the form, as one of the demo people
violations      violations(page): what axe finds wrong, one line each
inside          inside(site): the site's own database, for making what waits and seeing what came of it

What is typed into a form of the desk is kept; on `live_site` it is forgotten before each test.

The sites of a run share one cache, and all the tests' people sign in from one address: what the sites have counted
against it is forgotten before each test, or a quick machine meets the limit on signing in.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.fixtures.databases import Clone, cloned, connected_to
from tests.fixtures.processes import running_site
from tests.fixtures.redis import forget_keys

# Playwright's loop runs in this thread, which makes Django take us for asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "seven-plain-words-for-tests"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ROLES = {
    "reader": "reader@example.org",
    "new analyst": "new-analyst@example.org",
    "analyst": "analyst@example.org",
    "editor": "editor@example.org",
    "moderator": "moderator@example.org",
    "admin": "admin@example.org",
}


@dataclass(frozen=True)
class Site:
    """A running site, its database and the file that its server writes to."""

    url: str
    database: Clone
    log_file: Path


@dataclass
class Faults:
    """What the consoles of a test's tabs complained of, breaches of the security policy included."""

    said: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))

    def clear(self) -> None:
        self.said.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.location.get('url', '')}: {message.text}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    from resetwatch.services import browser

    found = browser.find()
    if found is None:
        pytest.fail(browser.MISSING, pytrace=False)
    return {**browser_type_launch_args, "executable_path": found}


def _with_people(clone: Clone, blocker: Any) -> None:
    from claims.actions.people import ensure_demo_people

    with blocker.unblock(), connected_to(clone.name):
        ensure_demo_people(password_for=lambda _: PASSWORD)


@pytest.fixture(scope="session")
def live_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    log_file = tmp_path_factory.mktemp("site") / "site.log"
    with cloned("loaded") as clone:
        _with_people(clone, django_db_blocker)
        with running_site(clone.url, log_file) as url:
            yield Site(url, clone, log_file)


@pytest.fixture(autouse=True)
def _forgotten_rates() -> None:
    forget_keys()


@pytest.fixture(autouse=True)
def _nothing_left_unsent(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """What an earlier test typed on the shared site and did not send is not there again in its forms."""
    if "live_site" in request.fixturenames:
        from claims.models import Unsent

        site: Site = request.getfixturevalue("live_site")
        with django_db_blocker.unblock(), connected_to(site.database.name):
            Unsent.objects.all().delete()


@pytest.fixture
def own_site(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Site]:
    log_file = tmp_path / "site.log"
    with cloned("loaded") as clone:
        _with_people(clone, django_db_blocker)
        with running_site(clone.url, log_file) as url:
            yield Site(url, clone, log_file)


@pytest.fixture
def faults() -> Iterator[Faults]:
    found = Faults()
    yield found
    assert not found.said, "the browser complained:\n" + "\n".join(found.said)


@pytest.fixture
def new_page(browser: Browser, live_site: Site, faults: Faults) -> Iterator[Callable[..., Page]]:
    """Opens a tab of its own context: new_page(viewport=..., color_scheme="dark", java_script_enabled=False)."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        contexts.append(browser.new_context(**{"base_url": live_site.url, "reduced_motion": "reduce", **options}))
        page = contexts[-1].new_page()
        faults.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def sign_in() -> Callable[[Page, Site, str], None]:
    def by_form(page: Page, site: Site, role: str) -> None:
        page.goto(f"{site.url}/accounts/login/")
        page.locator("input[name=login]").fill(ROLES[role])
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return by_form


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    def ask(page: Page) -> list[str]:
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        return [
            f"{fault['id']}: {fault['help']}: {node['html'][:160]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    return ask


@pytest.fixture
def inside(django_db_blocker: Any) -> Callable[[Site], AbstractContextManager[None]]:
    """The database of a site, within a block."""

    @contextmanager
    def reach(site: Site) -> Iterator[None]:
        with django_db_blocker.unblock(), connected_to(site.database.name):
            yield

    return reach
