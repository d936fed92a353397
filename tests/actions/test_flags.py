"""Flagging and deciding flags."""

import pytest

from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.flags import decide_flag, flag
from claims.models import Event, Flag, Mail
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, a_claim, a_person, a_source, an_assessment, an_item

pytestmark = pytest.mark.django_db


def report(subject, *, by=None, kind=None, reason="date", note=""):
    return flag(by=by, kind=kind or subject._meta.db_table, subject_id=subject.id, reason=reason, note=note, today=DAY)


def decide(flagged, *, upheld=True, answer="Put right.", by=None):
    return decide_flag(by=by or a_person("moderator"), flag=flagged, upheld=upheld, answer=answer, today=DAY)


def test_a_stranger_flags_without_an_account():
    assert report(an_item()).by is None


@pytest.mark.parametrize("make", [an_item, a_claim, a_source, lambda: an_assessment(a_claim())])
def test_each_kind_of_thing_can_be_flagged(make):
    subject = make()
    assert report(subject).subject_id == subject.id


def test_a_flag_is_an_event():
    item = an_item()
    before = row_counts()
    report(item)
    assert grown(before) == {"flag": 1, "event": 1, "event_body": 1, "outbox": 1}


def test_what_is_not_public_cannot_be_flagged():
    with pytest.raises(Invalid) as refused:
        report(an_item(by=a_person("analyst")))
    assert list(refused.value.errors) == ["subject"]


@pytest.mark.parametrize("kind", ["person", "event", "", "evidence; DROP TABLE"])
def test_other_things_cannot_be_flagged(kind):
    with pytest.raises(Invalid) as refused:
        report(an_item(), kind=kind or "no")
    assert list(refused.value.errors) == ["subject"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("reason", {"reason": "dislike"}),
        ("note", {"reason": "other"}),
        ("note", {"note": "a" * 1_001}),
        ("note", {"note": "nul \x00"}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, wrong):
    with pytest.raises(Invalid) as refused:
        report(an_item(), **wrong)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(("upheld", "state"), [(True, "upheld"), (False, "dismissed")])
def test_a_flag_is_upheld_or_dismissed_with_its_answer(upheld, state):
    decided = decide(report(an_item()), upheld=upheld)
    decided.refresh_from_db()
    assert (decided.state, decided.answer) == (state, "Put right.")


def test_a_flag_is_decided_once():
    flagged = report(an_item())
    decide(flagged)
    with pytest.raises(WrongState):
        decide(flagged)


def test_a_flag_is_decided_with_an_answer():
    with pytest.raises(Invalid) as refused:
        decide(report(an_item()), answer="")
    assert list(refused.value.errors) == ["answer"]


def test_a_decision_is_an_event_that_tells_the_answer():
    decide(report(an_item()))
    assert Event.objects.get(verb="flag-decided").body.payload["answer"] == "Put right."


def test_who_flagged_is_told():
    reader = a_person()
    decide(report(an_item(), by=reader))
    assert Mail.objects.get().recipients == [reader.email]


def test_a_stranger_cannot_be_told():
    decide(report(an_item()))
    assert not Mail.objects.exists()


def test_a_suspended_person_does_not_flag():
    with pytest.raises(NotAllowed):
        report(an_item(), by=a_person(suspended=True))
    assert not Flag.objects.exists()
