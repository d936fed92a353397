"""docs/settings.md, made from the settings."""

import pytest

from resetwatch.settings_page import PAGE, SOURCE, Setting, Undocumented, page_of, settings_of


def test_a_setting_is_told_with_its_comment_and_default() -> None:
    source = '# --- Place ---\n\n# Where it listens;\n# a number.\nPORT = env.int("PORT", default=8000)\n'
    assert settings_of(source) == [Setting("Place", "PORT", "number", "`8000`", "Where it listens; a number.")]


def test_a_default_that_is_worked_out_says_so() -> None:
    assert settings_of('# A key.\nKEY = env.str("KEY", default=made(1)) or other\n')[0].default == "worked out"


def test_a_variable_without_a_comment_is_refused() -> None:
    with pytest.raises(Undocumented, match="PORT"):
        settings_of('PORT = env.int("PORT", default=8000)\n')


def test_a_variable_of_another_name_is_refused() -> None:
    with pytest.raises(Undocumented, match="LISTEN"):
        settings_of('# Where it listens.\nPORT = env.int("LISTEN", default=8000)\n')


def test_a_setting_that_is_no_variable_is_left_out() -> None:
    assert settings_of("# Fixed.\nUSE_TZ = True\n") == []


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == page_of(settings_of(SOURCE.read_text()))
