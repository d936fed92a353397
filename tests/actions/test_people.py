"""Roles, and the accounts that the site itself needs."""

import pytest

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.people import ensure_demo_people, ensure_first_admin, ensure_house_person, set_roles
from claims.actions.permissions import Right, may, standings
from claims.models import Event, User, UserRole
from tests.actions.threads import at_once
from tests.factories import DAY, a_person

pytestmark = pytest.mark.django_db


def roles_of(person):
    return set(person.user_roles.values_list("role", flat=True))


def test_a_person_has_exactly_the_roles_given():
    person = a_person("analyst", "editor")
    set_roles(by=a_person("admin"), person=person, roles=["editor", "moderator"], today=DAY)
    assert roles_of(person) == {"editor", "moderator"}


def test_all_roles_can_be_taken_away():
    person = a_person("analyst")
    set_roles(by=a_person("admin"), person=person, roles=[], today=DAY)
    assert roles_of(person) == set()


def test_new_roles_hold_at_once_for_the_person_at_hand():
    person = a_person("analyst")
    may(person, Right.ASSESS)
    set_roles(by=a_person("admin"), person=person, roles=["editor"], today=DAY)
    assert may(person, Right.ASSESS)


def test_giving_roles_is_told():
    person = a_person()
    set_roles(by=a_person("admin"), person=person, roles=["editor", "analyst"], today=DAY)
    event = Event.objects.get(verb="roles-set")
    assert (event.subject_id, event.body.payload) == (person.id, {"roles": ["analyst", "editor"]})


def test_roles_given_meanwhile_are_not_taken_away_unseen():
    person = a_person("analyst", "moderator")
    with pytest.raises(WrongState):
        set_roles(by=a_person("admin"), person=person, roles=["analyst", "editor"], seen=["analyst"], today=DAY)
    assert roles_of(person) == {"analyst", "moderator"}


@pytest.mark.parametrize("held", [[], ["analyst", "moderator"]])
def test_roles_are_given_on_top_of_those_that_were_read(held):
    person = a_person(*held)
    set_roles(by=a_person("admin"), person=person, roles=["editor"], seen=held[::-1], today=DAY)
    assert roles_of(person) == {"editor"}


def test_a_role_that_there_is_not_is_refused():
    with pytest.raises(Invalid) as refused:
        set_roles(by=a_person("admin"), person=a_person(), roles=["king"], today=DAY)
    assert list(refused.value.errors) == ["roles"]


def test_the_house_is_one_editor_that_nobody_signs_in_as():
    house = ensure_house_person()
    assert (ensure_house_person(), roles_of(house), house.has_usable_password()) == (house, {"editor"}, False)


def test_the_first_admin_is_made_once():
    first = ensure_first_admin(email="op@example.org", name="Op", password="correct horse")
    again = ensure_first_admin(email="OP@example.org", name="Else", password="other")
    assert (again, roles_of(again), again.check_password("correct horse")) == (first, {"admin"}, True)


def test_a_person_made_first_admin_keeps_their_other_roles():
    person = a_person("editor")
    ensure_first_admin(email=person.email, name="", password="")
    assert roles_of(person) == {"editor", "admin"}


def test_there_is_a_demo_account_for_each_standing_with_an_account():
    people = ensure_demo_people(password_for=lambda email: "demo-pass-1")
    held = {max(standings(User.objects.get(email=person.email)) - {"reader"}, default="reader") for person in people}
    assert held == {"reader", "new analyst", "trusted analyst", "editor", "moderator", "admin"}


def test_demo_accounts_that_exist_are_left_as_they_are():
    ensure_demo_people(password_for=lambda email: "demo-pass-1")
    people = ensure_demo_people(password_for=lambda email: "demo-pass-2")
    assert {person.password for person in people} == {None}


class TestTheLastAdmin:
    def test_two_admins_who_unseat_each_other_leave_one(self, empty_cloned_db):
        one, other = a_person("admin"), a_person("admin")
        at_once(
            lambda: set_roles(by=one, person=other, roles=[], today=DAY),
            lambda: set_roles(by=other, person=one, roles=[], today=DAY),
        )
        assert UserRole.objects.filter(role="admin").count() == 1

    def test_of_two_who_give_roles_from_the_same_page_one_is_told(self, empty_cloned_db):
        one, other, person = a_person("admin"), a_person("admin"), a_person("analyst")
        said = {"person": person, "seen": ["analyst"], "today": DAY}
        refused = at_once(
            lambda: set_roles(by=one, roles=["analyst", "editor"], **said),
            lambda: set_roles(by=other, roles=["analyst", "moderator"], **said),
        )
        assert [type(error) for error in refused if isinstance(error, Exception)] == [WrongState]

    def test_who_was_unseated_meanwhile_gives_no_roles(self):
        unseated, person = a_person("admin"), a_person()
        may(unseated, Right.SET_ROLES)  # as it stood when the request began
        UserRole.objects.filter(user=unseated).delete()
        with pytest.raises(NotAllowed):
            set_roles(by=unseated, person=person, roles=["admin"], today=DAY)
