"""The table of rights, walked whole against the design's."""

import pytest

from claims.actions.errors import NotAllowed
from claims.actions.permissions import TABLE, Right, Standing, may, require, standings
from claims.models import Role
from tests.factories import a_person

# "Who may what", a line a right: which columns of the design have a tick.
COLUMNS = ("anonymous", "reader", "new analyst", "trusted analyst", "editor", "moderator", "admin")
DESIGN = {
    #                                          anon read new  trus edit mode admi
    "flag":                                    "x    x    x    x    x    x    x",
    "log evidence":                            ".    .    x    x    x    x    x",
    "set bearings":                            ".    .    x    x    x    x    x",
    "add sources":                             ".    .    x    x    x    x    x",
    "publish evidence without approval":       ".    .    .    x    x    x    x",
    "revise published evidence":               ".    .    .    x    x    x    x",
    "grade sources":                           ".    .    .    .    x    .    x",
    "add articles":                            ".    .    .    .    x    .    x",
    "add topics":                              ".    .    .    .    x    .    x",
    "open claims":                             ".    .    .    .    x    .    x",
    "revise claims":                           ".    .    .    .    x    .    x",
    "relate claims":                           ".    .    .    .    x    .    x",
    "assess claims":                           ".    .    .    .    x    .    x",
    "resolve claims":                          ".    .    .    .    x    .    x",
    "reopen claims":                           ".    .    .    .    x    .    x",
    "decide on what waits in the queue":       ".    .    .    .    .    x    x",
    "withdraw evidence":                       ".    .    .    .    .    x    x",
    "lock claims":                             ".    .    .    .    .    x    x",
    "restore earlier versions":                ".    .    .    .    .    x    x",
    "decide flags":                            ".    .    .    .    .    x    x",
    "set trust":                               ".    .    .    .    .    x    x",
    "give roles":                              ".    .    .    .    .    .    x",
    "redact":                                  ".    .    .    .    .    .    x",
    "suggest addresses":                       "x    x    x    x    x    x    x",
    "work leads":                              ".    .    x    x    x    x    x",
    "watch feeds":                             ".    .    .    .    x    .    x",
    "choose the words that claims are matched by": ". .   .    .    x    .    x",
    "look after claims":                       ".    .    .    .    x    .    x",
    "merge duplicates":                        ".    .    .    .    .    x    x",
    "suspend people":                          ".    .    .    .    .    .    x",
    "set ready reasons":                       ".    .    .    .    .    .    x",
    "look things up in the admin":             ".    .    .    .    .    .    x",
}  # fmt: skip

WALK = [
    (right, column, tick == "x")
    for right, ticks in DESIGN.items()
    for column, tick in zip(COLUMNS, ticks.split(), strict=True)
]


def a_person_who_is(standing):
    """Somebody of one standing; None for who has no account."""
    if standing == "anonymous":
        return None
    roles = {"reader": [], "new analyst": ["analyst"], "trusted analyst": ["analyst"]}.get(standing, [standing])
    return a_person(*roles, trusted=standing == "trusted analyst")


@pytest.mark.parametrize(("right", "standing", "allowed"), WALK)
def test_the_table_says_what_the_design_says(db, right, standing, allowed):
    assert may(a_person_who_is(standing), right) is allowed


def test_the_walk_knows_every_right():
    assert set(DESIGN) == {str(right) for right in Right} == {str(right) for right in TABLE}


def test_the_walk_knows_every_standing():
    assert set(COLUMNS) == {str(standing) for standing in Standing}


@pytest.mark.parametrize("right", Right)
def test_a_suspended_person_has_no_rights(db, right):
    assert not may(a_person(*Role.values, trusted=True, suspended=True), right)


@pytest.mark.parametrize("right", Right)
def test_an_anonymised_person_has_no_rights(db, right):
    person = a_person(*Role.values, trusted=True)
    person.anonymised_at = person.trusted_at
    assert not may(person, right)


def test_rights_are_the_union_over_roles(db):
    person = a_person("editor", "moderator")
    assert may(person, Right.ASSESS)
    assert may(person, Right.LOCK)


def test_trust_gives_a_reader_nothing(db):
    assert standings(a_person(trusted=True)) == {"reader"}


def test_a_new_analyst_who_is_an_editor_publishes(db):
    assert may(a_person("analyst", "editor"), Right.PUBLISH_EVIDENCE)


def test_a_refusal_says_what_is_not_allowed(db):
    with pytest.raises(NotAllowed, match="You may not lock claims"):
        require(a_person(), Right.LOCK)


def test_asking_twice_asks_the_database_once(db, django_assert_num_queries):
    person = a_person("editor")
    with django_assert_num_queries(1):
        may(person, Right.ASSESS)
        may(person, Right.LOCK)


def test_asking_about_a_stranger_asks_no_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        may(None, Right.FLAG)
