"""Ready reasons: an admin sets the sentences for each decision, in their order."""

import pytest

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.ready_reasons import LONGEST, MOST, set_ready_reasons
from claims.models import Event, ReadyReason
from claims.queries.ready_reasons import ready_reasons
from tests.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return a_person("admin", name="Ada")


def test_a_site_begins_with_some_for_every_decision():
    assert all(ready_reasons().values())


def test_they_are_kept_in_their_order(ada):
    set_ready_reasons(by=ada, use="reject", words=["Second.", "First."])
    set_ready_reasons(by=ada, use="reject", words=["First.", "Second."])
    assert ready_reasons()["reject"] == ["First.", "Second."]


def test_those_for_other_decisions_stay(ada):
    before = ready_reasons()["return"]
    set_ready_reasons(by=ada, use="reject", words=[])
    assert (ready_reasons()["reject"], ready_reasons()["return"]) == ([], before)


def test_empty_lines_are_left_out(ada):
    set_ready_reasons(by=ada, use="reject", words=["", " One. ", " "])
    assert ready_reasons()["reject"] == ["One."]


@pytest.mark.parametrize(
    "words",
    [[f"Sentence {n}." for n in range(MOST + 1)], ["x" * (LONGEST + 1)], ["Twice.", "twice."], ["nul \x00"]],
    ids=["too many", "too long", "twice", "cannot be stored"],
)
def test_what_cannot_be_is_refused(ada, words):
    with pytest.raises(Invalid) as refused:
        set_ready_reasons(by=ada, use="reject", words=words)
    assert list(refused.value.errors) == ["words"]


def test_an_unknown_decision_is_refused(ada):
    with pytest.raises(Invalid):
        set_ready_reasons(by=ada, use="praise", words=[])


def test_nobody_overwrites_what_they_did_not_see(ada):
    seen = ready_reasons()["reject"]
    set_ready_reasons(by=ada, use="reject", words=["One."])
    with pytest.raises(WrongState):
        set_ready_reasons(by=ada, use="reject", words=["Two."], seen=seen)


def test_it_is_a_setting_without_an_event(ada):
    set_ready_reasons(by=ada, use="reject", words=["One."])
    assert (Event.objects.count(), ReadyReason.objects.filter(use="reject").count()) == (0, 1)


def test_moderators_do_not_set_them():
    with pytest.raises(NotAllowed):
        set_ready_reasons(by=a_person("moderator"), use="reject", words=["One."])
