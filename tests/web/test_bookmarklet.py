"""The bookmarklet's page, and the way from another site to the filled form."""

import re
from urllib.parse import unquote, urlencode

import pytest
from allauth.account.models import EmailAddress
from pytest_django.fixtures import Settings

from claims.web.desk.bookmarklet import bookmarklet_href
from tests.factories import a_person
from tests.web.desk import signed_in, text_of

PAGE = "/desk/bookmarklet/"
PASSWORD = "seven-plain-words-for-tests"


def code() -> str:
    return unquote(bookmarklet_href("https://watch.example").removeprefix("javascript:"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "leads"),
    [
        ("https://watch.example/", "https://watch.example/desk/log/"),
        ("", "http://127.0.0.1:8000/desk/log/"),  # of a page elsewhere a path alone would lead there
    ],
)
def test_it_leads_to_the_site_as_the_world_knows_it(client, settings: Settings, site: str, leads: str) -> None:
    settings.SITE_URL = site
    page = signed_in(client, a_person("analyst")).get(PAGE, headers={"host": "127.0.0.1:8000"})
    assert f'"{leads}"' in unquote(page.context["href"])


def test_it_is_one_address_without_blanks_or_quotes_that_end_it() -> None:
    assert re.fullmatch(r"javascript:[^\s\"<>]+", bookmarklet_href("https://watch.example"))


def test_it_is_no_longer_than_a_bookmark_may_be() -> None:
    assert len(bookmarklet_href("https://watch.example")) < 2_000


@pytest.mark.django_db
def test_it_stands_on_its_page_to_copy_and_for_the_script_to_make_a_link(client) -> None:
    html = text_of(signed_in(client, a_person("analyst")).get(PAGE))
    assert f">{bookmarklet_href('http://testserver')}</textarea>" in html
    assert 'href="javascript:' not in html


@pytest.mark.django_db
def test_its_page_leaves_the_policy_as_strict_as_it_is(client) -> None:
    policy = signed_in(client, a_person("analyst")).get(PAGE)["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"


@pytest.mark.django_db
@pytest.mark.parametrize("quotation", ["", "слово " * 80])
def test_who_signs_in_on_the_way_comes_to_the_filled_form(client, quotation: str) -> None:
    person = a_person("analyst")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    said = {"address": "https://news.example/a?b=1&c=2", "title": "A & B", "quotation": quotation}
    asked = client.get(f"/desk/log/?{urlencode(said)}")
    answer = client.post(asked["Location"], {"login": person.email, "password": PASSWORD})
    page = text_of(client.get(answer["Location"], follow=True))
    assert 'value="https://news.example/a?b=1&c=2"' in page
    assert 'value="A & B"' in page
    assert quotation in page


@pytest.mark.django_db
def test_an_address_that_nobody_could_keep_leads_to_an_empty_form(client) -> None:
    assert client.get(f"/desk/log/?quotation={'q' * 60_000}")["Location"] == "/accounts/login/?next=/desk/log/%3Fwanted"
    assert signed_in(client, a_person("analyst")).get("/desk/log/?wanted").status_code == 200
