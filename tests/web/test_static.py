"""The files behind the look, and the tags that write it."""

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.template import Context, Template
from pytest_django.fixtures import Settings

from claims.templatetags.rw import day, percent
from claims.web.icons import SHAPE_OF, SHAPES, icon

TEMPLATES = project.BASE_DIR / "templates"
SHEETS = sorted((project.BASE_DIR / "claims" / "static" / "claims" / "css").glob("*.css"))
STANCES = [(stance, stance) for stance in ("supports", "contradicts", "mixed", "context")]


class Typed(forms.Form):
    title = forms.CharField(help_text="As the page has it", max_length=5)
    summary = forms.CharField(widget=forms.Textarea, required=False)
    stance = forms.ChoiceField(choices=STANCES, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(choices=[("1", "Sanctions")], widget=forms.CheckboxSelectMultiple)
    read = forms.BooleanField(label="I have read the criteria")
    version = forms.IntegerField(widget=forms.HiddenInput)


def _shown(source: str, form: forms.Form | None = None) -> str:
    return Template("{% load rw %}" + source).render(Context({"form": form or Typed()}))


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("file", _templates(), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_a_template_has_nothing_that_the_content_policy_refuses(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall("<script[^>]*>", text))


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {name for file in _templates() for name in re.findall(r"{% static '([^']+)' %}", file.read_text())}
    assert [name for name in named if not finders.find(name)] == []


def test_every_page_that_is_sent_by_keys_loads_what_hears_them() -> None:
    """A page of moderation by itself, one of the desk with the keys that all of them have."""
    scripts = ("submit-keys.js", "moderation/scripts.html", "desk/item_assets.html")
    assert "submit-keys.js" in (TEMPLATES / "components/shortcuts.html").read_text()
    pages = [
        file
        for file in _templates()
        if "{% extends" in file.read_text() and "data-ctrl-enter" in file.read_text() and file.parent.name != "desk"
    ]
    assert [file.name for file in pages if not any(script in file.read_text() for script in scripts)] == []


FORM = re.compile(r'<form class="form[^>]*method="post".*?</form>', re.DOTALL)


def test_every_form_of_the_desk_is_sent_by_the_same_keys() -> None:
    """But for those that stand in a list, and the question whether to throw a draft away."""
    forms = {file.name: form for file in (TEMPLATES / "desk").glob("*.html") for form in FORM.findall(file.read_text())}
    without = {name for name, form in forms.items() if "data-ctrl-enter" not in form}
    assert without == {"feeds.html", "terms.html"}


def test_at_most_six_sheets_hold_back_the_first_paint() -> None:
    links = re.findall('<link rel="stylesheet"[^>]*>', (TEMPLATES / "base.html").read_text())
    assert len([link for link in links if "media=" not in link]) <= 6


def test_every_sheet_s_custom_properties_are_tokens() -> None:
    defined = set(re.findall(r"^\s*(--[\w-]+):", (SHEETS[0].parent / "tokens.css").read_text(), re.MULTILINE))
    assert {name for sheet in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())} <= defined


def test_colours_are_written_only_as_tokens() -> None:
    elsewhere = [sheet for sheet in SHEETS if sheet.name != "tokens.css"]
    assert [sheet.name for sheet in elsewhere if re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text())] == []


def test_hashed_names_reach_into_the_sheets(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", verbosity=0, interactive=False)
    hashed = ManifestStaticFilesStorage(location=tmp_path).stored_name("claims/css/tokens.css")
    fonts = re.findall(r'url\("\.\./fonts/([^"]+)"\)', (tmp_path / hashed).read_text())
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", font) for font in fonts] != fonts
    assert all((tmp_path / "claims" / "fonts" / font).exists() for font in fonts)


def test_every_icon_has_its_shape() -> None:
    drawn = set(re.findall('<symbol id="([a-z]+)"', Path(finders.find("claims/icons.svg")).read_text()))
    assert drawn == SHAPES | set(SHAPE_OF.values())


def test_a_status_is_an_icon_s_name() -> None:
    assert icon("borne-out") == icon("borne")


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


def test_a_day_is_marked_for_machines() -> None:
    assert day(datetime(2026, 10, 10, tzinfo=UTC).date()) == '<time datetime="2026-10-10">10 Oct 2026</time>'


def test_an_instant_is_shown_as_its_day_in_utc() -> None:
    late = datetime(2026, 10, 10, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert day(late) == '<time datetime="2026-10-11">11 Oct 2026</time>'


def test_a_percentage_does_not_break() -> None:
    assert percent(Decimal("0.06")) == "6\u00a0%"


@pytest.mark.parametrize("tag", [day, percent])
def test_nothing_is_shown_for_none(tag) -> None:
    assert tag(None) == ""


def test_a_field_s_hint_and_error_are_read_out_with_it() -> None:
    shown = _shown("{% field form.title %}", Typed({"title": "far too long"}))
    described = re.search('<input[^>]*aria-describedby="([^"]+)"', shown)[1].split()
    assert [f'id="{name}"' in shown for name in described] == [True, True]
    assert 'aria-invalid="true"' in shown


def test_a_field_without_fault_is_not_called_invalid() -> None:
    assert "aria-invalid" not in _shown("{% field form.title %}{% field form.stance %}")


def test_what_people_type_takes_its_own_direction() -> None:
    assert _shown("{% field form.title %}{% field form.summary %}").count('dir="auto"') == 2


def test_a_choice_of_stance_has_a_word_and_a_shape_each() -> None:
    shown = _shown("{% field form.stance %}")
    assert re.findall(r"icons\.svg#(\w+)", shown) == ["up", "down", "mix", "ctx"]
    assert re.findall(r"<span>(\w+)</span>", shown) == [stance for stance, _ in STANCES]


def test_a_group_carries_the_fault_and_not_each_of_its_choices() -> None:
    shown = _shown("{% field form.stance %}", Typed({}))
    assert shown.count('aria-invalid="true"') == 1
    assert re.search('<fieldset[^>]*aria-invalid="true"', shown)


def test_a_hidden_field_is_only_itself() -> None:
    assert _shown("{% field form.version %}") == '<input type="hidden" name="version" id="id_version">'


def test_a_label_can_be_given_and_hidden() -> None:
    shown = _shown('{% field form.title label="Find a claim" hide_label=True %}')
    assert '<label for="id_title" class="visually-hidden">Find a claim</label>' in shown


def test_what_is_wrong_is_named_on_top_with_links() -> None:
    shown = _shown("{% errors form %}", Typed({"title": "ok", "version": "1"}))
    assert "3 things to put right" in shown
    assert re.findall('href="#([^"]+)"', shown) == ["id_stance_0", "id_topics_0", "id_read"]


def test_nothing_is_said_while_nothing_is_wrong() -> None:
    assert _shown("{% errors form %}") == ""
