"""Suspending a person: nobody signs in with the account, what they published stays, one admin is always left."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.holds import hold
from claims.actions.suspend import ENDED, lift_suspension, suspend_person
from claims.models import Event, Hold, Mail, User
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, an_item, the_house


@pytest.fixture
def ada(db):
    return a_person("admin", name="Ada")


def suspend(by, person, reason="Three items made up."):
    return suspend_person(by=by, person=person, reason=reason, today=DAY, now=NOW)


def lift(by, person, reason="They explained it."):
    return lift_suspension(by=by, person=person, reason=reason, today=DAY, now=NOW)


def active(person):
    return User.objects.get(id=person.id).is_active


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_account_is_closed(ada):
    assert not suspend(ada, a_person("analyst")).is_active


def test_it_is_on_record_with_its_reason(ada):
    noor = a_person("analyst")
    suspend(ada, noor)
    event = Event.objects.get(verb="person-suspended")
    assert (event.actor, event.subject_id) == (ada, noor.id)
    assert event.body.payload == {"reason": "Three items made up."}


def test_every_session_of_theirs_ends_and_nobody_elses(ada):
    noor, other = a_person("analyst"), signed_in(a_person("analyst"))
    browsers = [signed_in(noor), signed_in(noor)]
    suspend(ada, noor)
    assert [browser.get("/desk/").status_code for browser in [*browsers, other]] == [302, 302, 200]


def test_nothing_is_left_of_a_session_but_why_it_ended(ada):
    noor = a_person("analyst")
    session = signed_in(noor).session
    session["typed"] = {"path": "/desk/log/", "text": "What I typed."}
    session.save()
    suspend(ada, noor)
    assert list(Session.objects.get().get_decoded()) == [ENDED]


def test_a_long_session_is_found_too(ada):
    noor = a_person("analyst")
    session = signed_in(noor).session
    session["typed"] = {"path": "/desk/log/", "text": "long " * 2000}
    session.save()
    suspend(ada, noor)
    assert list(Session.objects.get().get_decoded()) == [ENDED]


def test_a_session_that_only_names_them_goes_on(ada):
    noor = a_person("analyst")
    session = signed_in(ada).session
    session["typed"] = str(noor.id)
    session.save()
    suspend(ada, noor)
    assert Session.objects.get().get_decoded()["typed"] == str(noor.id)


def test_a_session_that_cannot_be_read_hinders_nothing(ada):
    Session.objects.create(session_key="broken", session_data=".%%%:x:y", expire_date=NOW)
    suspend(ada, a_person("analyst"))
    assert Session.objects.count() == 1


def test_what_they_hold_is_let_go(ada):
    momo = a_person("moderator")
    hold(by=momo, kind="evidence", subject=an_item(by=a_person("analyst")).id, now=NOW)
    suspend(ada, momo)
    assert not Hold.objects.exists()


def test_what_they_published_stays(ada):
    noor, claim = a_person("analyst", trusted=True), a_claim()
    item = an_item([claim], by=noor)
    suspend(ada, noor)
    item.refresh_from_db()
    claim.refresh_from_db()
    assert (item.state, claim.items) == ("published", 1)


def test_they_are_told_why_while_they_still_can_be(ada):
    noor = a_person("analyst")
    suspend(ada, noor)
    mail = Mail.objects.get()
    assert (mail.recipients, "Three items made up." in mail.body) == ([noor.email], True)


def test_it_is_lifted_with_a_reason_and_told(ada):
    noor = a_person("analyst")
    lift(ada, suspend(ada, noor))
    assert active(noor)
    assert Event.objects.get(verb="suspension-lifted").body.payload == {"reason": "They explained it."}
    assert Mail.objects.filter(subject="Your account is open again").exists()


def test_old_sessions_do_not_come_alive_again(ada):
    noor = a_person("analyst")
    browser = signed_in(noor)
    lift(ada, suspend(ada, noor))
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize("act", [suspend, lift])
def test_it_takes_a_reason(ada, act):
    person = a_person("analyst", suspended=act is lift)
    with pytest.raises(Invalid) as refused:
        act(ada, person, reason=" ")
    assert list(refused.value.errors) == ["reason"]


def test_nobody_suspends_themselves(ada):
    with pytest.raises(NotAllowed):
        suspend(ada, ada)


def test_the_site_s_own_account_is_left_alone(ada):
    with pytest.raises(WrongState):
        suspend(ada, the_house())


@pytest.mark.parametrize(("act", "suspended"), [(suspend, True), (lift, False)])
def test_it_is_done_once(ada, act, suspended):
    with pytest.raises(WrongState):
        act(ada, a_person("analyst", suspended=suspended))


def test_moderators_suspend_nobody(db):
    with pytest.raises(NotAllowed):
        suspend(a_person("moderator"), a_person("analyst"))


def test_of_two_admins_who_suspend_each_other_one_is_left(empty_cloned_db):
    ada, zoe = a_person("admin"), a_person("admin")
    at_once(lambda: suspend(ada, zoe), lambda: suspend(zoe, ada))
    assert sorted([active(ada), active(zoe)]) == [False, True]
