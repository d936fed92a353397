"""Finding the browser for the tests, or getting it."""

import pytest

from resetwatch.services import browser, testing


def _say(_: str) -> None:
    return


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
    monkeypatch.setattr(browser, "MAC", ())


def test_the_one_named_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert browser.find() == "/bin/sh"


def test_one_named_that_is_not_there_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert browser.ensure(_say) is None


def test_it_is_installed_where_none_is_found(nothing_installed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def install() -> bool:
        monkeypatch.setattr(browser.shutil, "which", lambda name: f"/usr/bin/{name}")
        return True

    monkeypatch.setattr(browser, "_apt", install)
    assert browser.ensure(_say) == "/usr/bin/chromium"


def test_playwrights_own_is_installed_where_the_system_has_none(
    nothing_installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def install() -> bool:
        monkeypatch.setattr(browser, "_playwrights_own", lambda: "/cache/chrome")
        return True

    monkeypatch.setattr(browser, "_apt", lambda: False)
    monkeypatch.setattr(browser, "_playwright", install)
    assert browser.ensure(_say) == "/cache/chrome"


def test_without_any_the_tests_fail_with_one_sentence(
    nothing_installed: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(browser, "_apt", lambda: False)
    monkeypatch.setattr(browser, "_playwright", lambda: False)
    said: list[str] = []
    place = tmp_path_factory.mktemp("no-browser")
    monkeypatch.chdir(place)
    assert testing.run_tests(place, place, [], say=said.append) == 1
    assert said[-1] == browser.MISSING
