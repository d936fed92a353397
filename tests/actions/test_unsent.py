"""What is typed and not sent: kept once a form, private, within bounds, and forgotten."""

from datetime import timedelta

import pytest

from claims.actions.errors import Invalid
from claims.actions.unsent import (
    KEPT_FOR,
    LARGEST,
    MOST_PLACES,
    TooLarge,
    forget_old_unsent,
    forget_unsent,
    keep_unsent,
)
from claims.models import Unsent
from tests.actions.threads import at_once
from tests.factories import NOW, a_person

LOG = "/desk/log/"


@pytest.fixture
def person(db):
    return a_person("analyst")


def kept(person, place=LOG, *, now=NOW, typed_at=None, **fields):
    said = fields or {"title": ["Begun"]}
    return keep_unsent(by=person, place=place, fields=said, now=now, typed_at=typed_at)


def test_a_form_is_kept_as_it_stands(person):
    kept(person, title=["Begun"], cites=["1", "2"], note=[""])
    row = Unsent.objects.get(person=person, place=LOG)
    assert (row.fields, row.saved_at) == ({"title": ["Begun"], "cites": ["1", "2"], "note": [""]}, NOW)


def test_a_form_is_kept_once(person):
    kept(person, title=["Begun"])
    kept(person, title=["Gone on with"], now=NOW + timedelta(minutes=1))
    assert [row.fields for row in Unsent.objects.filter(person=person)] == [{"title": ["Gone on with"]}]


def test_each_person_and_each_place_has_its_own(person):
    kept(person)
    kept(person, "/desk/topics/new/")
    kept(a_person("analyst"))
    assert Unsent.objects.count() == 3


def test_later_typing_stays(person):
    kept(person, title=["Later"])
    assert not kept(person, title=["Earlier"], typed_at=NOW - timedelta(minutes=1))
    assert Unsent.objects.get().fields == {"title": ["Later"]}


def test_nothing_is_typed_in_the_time_to_come(person):
    kept(person, typed_at=NOW + timedelta(days=1))
    assert Unsent.objects.get().saved_at == NOW


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "password"])
def test_what_is_secret_is_not_kept(person, name):
    kept(person, **{name: ["secret"], "title": ["Begun"]})
    assert Unsent.objects.get().fields == {"title": ["Begun"]}


def test_the_key_of_a_form_is_kept_so_that_it_is_stored_once(person):
    kept(person, key=["k"])
    assert Unsent.objects.get().fields == {"key": ["k"]}


def test_what_the_database_cannot_hold_is_left_out(person):
    kept(person, title=["Be\0gun"])
    assert Unsent.objects.get().fields == {"title": ["Begun"]}


def test_too_much_is_refused(person):
    with pytest.raises(TooLarge, match="100,000 bytes"):
        kept(person, title=["ש" * (LARGEST // 2)])


@pytest.mark.parametrize(
    "place", ["", "desk/log/", "//elsewhere.example/", "/\\elsewhere.example/", "/desk/log/\n", "/" + "x" * 300]
)
def test_a_place_is_a_path(person, place):
    with pytest.raises(Invalid):
        kept(person, place)


def test_the_forms_last_touched_are_kept(person):
    for number in range(MOST_PLACES + 2):
        kept(person, f"/desk/claims/c-{number}/assess/", now=NOW + timedelta(minutes=number))
    places = set(Unsent.objects.values_list("place", flat=True))
    assert places == {f"/desk/claims/c-{number}/assess/" for number in range(2, MOST_PLACES + 2)}


def test_a_form_that_was_sent_is_forgotten(person):
    kept(person)
    other = a_person("analyst")
    kept(other)
    assert forget_unsent(by=person, place=LOG)
    assert [row.person for row in Unsent.objects.all()] == [other]


def test_forgetting_nothing_is_no_fault(person):
    assert not forget_unsent(by=person, place=LOG)


def test_what_nobody_went_on_with_is_forgotten_after_its_time(person):
    kept(person, "/desk/old/")
    kept(person, "/desk/new/", now=NOW + timedelta(seconds=2))
    assert forget_old_unsent(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1
    assert Unsent.objects.get().place == "/desk/new/"


def test_two_tabs_at_once_leave_one(empty_cloned_db):
    person = a_person("analyst")
    at_once(*(lambda n=n: kept(person, title=[str(n)]) for n in range(4)))
    assert Unsent.objects.count() == 1
