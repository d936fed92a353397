"""Content-Types that are passed on to Django: the kind alone, and the boundary of parts."""

import pytest

from resetwatch.utf8 import plain_content_type


@pytest.mark.parametrize(
    ("sent", "passed_on"),
    [
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("application/x-www-form-urlencoded; charset=hex", "application/x-www-form-urlencoded"),
        ("text/plain; a*=hex''%41", "text/plain"),
        ("multipart/form-data; boundary=--WebKit7", 'multipart/form-data; boundary="--WebKit7"'),
        ('multipart/form-data; charset=utf-7; boundary="a"; x=1', 'multipart/form-data; boundary="a"'),
        ("multipart/form-data; boundary*=hex''%41", "multipart/form-data"),
        ("", ""),
    ],
)
def test_it_keeps_the_kind_and_the_boundary(sent: str, passed_on: str) -> None:
    assert plain_content_type(sent) == passed_on
