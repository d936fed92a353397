"""What is installed when, before anything is installed."""

from pathlib import Path

import pytest

from resetwatch.services import environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "PLACE", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "installed.json")
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("one==1\n")
    (tmp_path / "requirements-dev.txt").write_text("one==1\ntwo==2\n")
    return tmp_path


@pytest.fixture
def installs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that pip was asked to install, with a .venv that always works."""
    asked: list[str] = []

    def install(requirements: str) -> int:
        asked.append(requirements)
        return 0

    monkeypatch.setattr(environment, "install", install)
    monkeypatch.setattr(environment, "works", lambda: True)
    return asked


def test_it_installs_once(installs: list[str]) -> None:
    environment.main("requirements.txt")
    environment.main("requirements.txt")
    assert installs == ["requirements.txt"]


def test_it_installs_again_when_the_file_has_changed(installs: list[str], folder: Path) -> None:
    environment.main("requirements.txt")
    (folder / "requirements.txt").write_text("one==2\n")
    environment.main("requirements.txt")
    assert len(installs) == 2


def test_the_development_file_brings_the_other(installs: list[str]) -> None:
    environment.main("requirements-dev.txt")
    environment.main("requirements.txt")
    assert installs == ["requirements-dev.txt"]


def test_the_other_does_not_bring_the_development_file(installs: list[str]) -> None:
    environment.main("requirements.txt")
    environment.main("requirements-dev.txt")
    assert installs == ["requirements.txt", "requirements-dev.txt"]


def test_an_installation_that_failed_is_tried_again(installs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", lambda _: 1)
        assert environment.main("requirements.txt") == 1
    environment.main("requirements.txt")
    assert installs == ["requirements.txt"]


def test_a_venv_whose_python_is_gone_does_not_count(folder: Path) -> None:
    environment.remember("requirements.txt")
    assert not environment.is_installed("requirements.txt")


def test_an_older_python_is_told_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 4))
    assert environment.main("requirements.txt") == 1
    assert "needs Python 3.11 or later, and this is 3.10.4" in capsys.readouterr().err
