"""Nobody decides on what is their own, whatever their roles."""

import pytest

from claims.actions.bearings import set_bearing
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author
from claims.actions.errors import NotAllowed
from claims.actions.people import set_roles
from claims.actions.trust import set_trust
from claims.models import User
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def risen():
    """A new analyst's waiting item and waiting bearing, and the analyst made admin and moderator since."""
    analyst = a_person("analyst")
    item = an_item(by=analyst)
    bearing = set_bearing(by=analyst, evidence=an_item(), bearing=bearings_on(a_claim())[0], today=DAY)
    set_roles(by=a_person("admin"), person=analyst, roles=["admin", "moderator"], today=DAY)
    return User.objects.get(id=analyst.id), item, bearing


def test_nobody_approves_their_own_item(risen):
    person, item, _ = risen
    with pytest.raises(NotAllowed):
        approve(by=person, evidence=item, today=DAY)


@pytest.mark.parametrize("decide", [return_to_author, reject])
def test_nobody_returns_or_rejects_their_own_item(risen, decide):
    person, item, _ = risen
    with pytest.raises(NotAllowed):
        decide(by=person, evidence=item, reason="Mine.", today=DAY)


def test_nobody_approves_their_own_bearing(risen):
    person, _, bearing = risen
    with pytest.raises(NotAllowed):
        approve_bearing(by=person, bearing=bearing, today=DAY)


def test_nobody_rejects_their_own_bearing(risen):
    person, _, bearing = risen
    with pytest.raises(NotAllowed):
        reject_bearing(by=person, bearing=bearing, reason="Mine.", today=DAY)


@pytest.mark.parametrize("trusted", [True, False])
def test_nobody_decides_on_their_own_trust(risen, trusted):
    person, _, _ = risen
    with pytest.raises(NotAllowed):
        set_trust(by=person, person=person, trusted=trusted, reason="Mine.", today=DAY)


def test_no_admin_drops_their_own_admin_role(risen):
    person, _, _ = risen
    with pytest.raises(NotAllowed):
        set_roles(by=person, person=person, roles=["moderator"], today=DAY)


def test_an_admin_changes_their_other_roles(risen):
    person, _, _ = risen
    set_roles(by=person, person=person, roles=["admin", "editor"], today=DAY)
    assert set(person.user_roles.values_list("role", flat=True)) == {"admin", "editor"}
