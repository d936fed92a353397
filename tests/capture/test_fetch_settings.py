"""The settings of the fetcher."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from resetwatch import defaults


def test_no_host_is_allowed_unless_it_is_named() -> None:
    assert settings.FETCH_ALLOWED_HOSTS == []


def test_hosts_are_named_as_addresses_name_them() -> None:
    named = ["News.Example", " 10.0.0.7:8080 ", "[::1]", "https.example:443", ""]
    assert defaults.fetch_hosts(named) == ["news.example", "10.0.0.7:8080", "[::1]", "https.example:443"]


@pytest.mark.parametrize("entry", ["localhost", "http://a.example", "a.example/path", "a.example?x", "10.0.0.0/8", "*"])
def test_what_names_no_host_is_refused(entry: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FETCH_ALLOWED_HOSTS names"):
        defaults.fetch_hosts([entry])


def test_a_contact_is_a_page_or_a_mail_address() -> None:
    assert defaults.fetch_contact(" mailto:desk@claims.example ") == "mailto:desk@claims.example"


@pytest.mark.parametrize("text", ["a b", "a\r\nX-Evil: 1", "a)", "é@example.org"])
def test_what_cannot_stand_in_a_header_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FETCH_CONTACT"):
        defaults.fetch_contact(text)
