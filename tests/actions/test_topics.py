"""Adding topics."""

import pytest

from claims.actions.errors import Invalid
from claims.actions.topics import add_topic
from tests.factories import DAY, a_person

pytestmark = pytest.mark.django_db


def add(name, **words):
    return add_topic(by=a_person("editor"), name=name, today=DAY, **words)


def test_its_short_name_is_made_of_its_name():
    assert add("Trade & tariffs").slug == "trade-tariffs"


def test_a_short_name_made_of_a_long_name_is_a_short_name():
    assert add("aaaaaaaaa " * 5 + "ßßßßß bbbb").slug[-1] != "-"


@pytest.mark.parametrize("name", ["", "a" * 61, "—", "nul \x00"])
def test_it_refuses_a_name_that_is_none(name):
    with pytest.raises(Invalid) as refused:
        add(name)
    assert list(refused.value.errors) == ["name"]


@pytest.mark.parametrize("slug", ["Tariffs", "a" * 61, "a b"])
def test_it_refuses_a_short_name_that_cannot_be_in_an_address(slug):
    with pytest.raises(Invalid) as refused:
        add("Tariffs", slug=slug)
    assert list(refused.value.errors) == ["slug"]


@pytest.mark.parametrize("slug", ["tariffs", "other"])
def test_a_name_is_given_once(slug):
    add("Tariffs")
    with pytest.raises(Invalid) as refused:
        add("Tariffs", slug=slug)
    assert list(refused.value.errors) == ["name"]
