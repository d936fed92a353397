"""Setting, changing and withdrawing one bearing."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.errors import Invalid, Locked, NotAllowed, Stale, WrongState
from claims.models import Bearing, BearingRevision, Claim, Event
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_person("editor")


def put(item, bearing, by):
    [wanted] = bearings_on(bearing)
    return set_bearing(by=by, evidence=item, bearing=wanted, today=DAY)


def test_a_bearing_set_by_who_may_publish_counts_at_once(editor):
    claim = a_claim()
    put(an_item(), (claim, "contradicts"), editor)
    assert Claim.objects.get(id=claim.id).contradicts == 1


def test_a_new_analysts_bearing_waits():
    claim = a_claim()
    bearing = put(an_item(), claim, a_person("analyst"))
    assert (bearing.state, Claim.objects.get(id=claim.id).items) == ("pending", 0)


def test_there_is_one_bearing_of_an_item_on_a_claim(editor):
    claim, item = a_claim(), an_item()
    put(item, claim, editor)
    put(item, (claim, "mixed"), editor)
    assert Bearing.objects.get().stance == "mixed"


def test_each_change_is_kept_with_its_author(editor):
    claim, item, other = a_claim(), an_item(), a_person("analyst", trusted=True)
    put(item, claim, editor)
    put(item, (claim, "contradicts"), other)
    said = BearingRevision.objects.order_by("number").values_list("number", "stance", "by")
    assert list(said) == [(1, "supports", editor.id), (2, "contradicts", other.id)]


@pytest.mark.parametrize("seen", [0, 2])
def test_a_bearing_that_was_set_since_it_was_read_is_not_overwritten(editor, seen):
    claim = a_claim()
    item, [wanted] = an_item([claim]), bearings_on((claim, "contradicts"))
    with pytest.raises(Stale) as refused:
        set_bearing(by=editor, evidence=item, bearing=wanted, seen_revision=seen, today=DAY)
    assert (refused.value.version, Bearing.objects.get().stance) == (1, "supports")


def test_a_bearing_that_was_taken_off_since_it_was_read_is_not_set_again_unknowingly(editor):
    claim, item = a_claim(), an_item()
    withdraw_bearing(by=editor, bearing=put(item, claim, editor), reason="Misread.", today=DAY)
    [wanted] = bearings_on(claim)
    with pytest.raises(Stale):
        set_bearing(by=editor, evidence=item, bearing=wanted, seen_revision=1, today=DAY)


@pytest.mark.parametrize("known", [True, False])
def test_a_bearing_is_set_by_who_saw_what_stands(editor, known):
    claim = a_claim()
    item, [wanted] = an_item([claim] if known else []), bearings_on((claim, "contradicts"))
    row = set_bearing(by=editor, evidence=item, bearing=wanted, seen_revision=int(known), today=DAY)
    assert row.stance == "contradicts"


def test_a_bearing_that_was_set_since_it_was_read_is_not_taken_back(editor):
    claim, item = a_claim(), an_item()
    bearing = put(item, claim, editor)
    put(item, (claim, "mixed"), editor)
    with pytest.raises(Stale):
        withdraw_bearing(by=editor, bearing=bearing, reason="Misread.", seen_revision=1, today=DAY)


def test_a_first_setting_and_a_change_are_told_apart(editor):
    claim, item = a_claim(), an_item()
    put(item, claim, editor)
    put(item, (claim, "mixed"), editor)
    verbs = Event.objects.filter(subject_type="bearing").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["bearing-set", "bearing-changed"]


def test_a_new_analyst_changes_their_own_waiting_bearing():
    claim, item, analyst = a_claim(), an_item(), a_person("analyst")
    put(item, claim, analyst)
    assert put(item, (claim, "context"), analyst).stance == "context"


def test_a_new_analyst_does_not_change_anothers_waiting_bearing():
    claim, item = a_claim(), an_item()
    put(item, claim, a_person("analyst"))
    with pytest.raises(NotAllowed):
        put(item, (claim, "context"), a_person("analyst"))


def test_a_new_analyst_does_not_change_a_public_bearing():
    claim = a_claim()
    with pytest.raises(NotAllowed):
        put(an_item([claim]), (claim, "context"), a_person("analyst"))


def test_no_bearing_is_set_on_a_waiting_item(editor):
    with pytest.raises(WrongState):
        put(an_item(by=a_person("analyst")), a_claim(), editor)


def test_no_bearing_is_set_on_a_locked_claim(editor):
    claim, item = a_claim(), an_item()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        put(item, claim, editor)


@pytest.mark.parametrize("wrong", [("sideways", "slight"), ("supports", "heavy")])
def test_it_refuses_a_stance_or_weight_that_there_is_not(editor, wrong):
    with pytest.raises(Invalid) as refused:
        put(an_item(), (a_claim(), *wrong), editor)
    assert list(refused.value.errors) == ["bearings"]


def test_who_set_a_waiting_bearing_takes_it_back():
    analyst = a_person("analyst")
    bearing = put(an_item(), a_claim(), analyst)
    assert withdraw_bearing(by=analyst, bearing=bearing, reason="Misread.", today=DAY).state == "withdrawn"


def test_who_may_publish_takes_their_own_public_bearing_back(editor):
    claim = a_claim()
    withdraw_bearing(by=editor, bearing=put(an_item(), claim, editor), reason="Misread.", today=DAY)
    assert Claim.objects.get(id=claim.id).items == 0


def test_a_moderator_takes_any_back(editor):
    bearing = put(an_item(), a_claim(), editor)
    assert withdraw_bearing(by=a_person("moderator"), bearing=bearing, reason="No.", today=DAY).state == "withdrawn"


def test_another_editor_does_not_take_it_back(editor):
    bearing = put(an_item(), a_claim(), editor)
    with pytest.raises(NotAllowed):
        withdraw_bearing(by=a_person("editor"), bearing=bearing, reason="No.", today=DAY)


def test_it_is_taken_back_once(editor):
    bearing = put(an_item(), a_claim(), editor)
    withdraw_bearing(by=editor, bearing=bearing, reason="No.", today=DAY)
    with pytest.raises(WrongState):
        withdraw_bearing(by=editor, bearing=bearing, reason="No.", today=DAY)


def test_it_is_taken_back_with_a_reason(editor):
    with pytest.raises(Invalid) as refused:
        withdraw_bearing(by=editor, bearing=put(an_item(), a_claim(), editor), reason=" ", today=DAY)
    assert list(refused.value.errors) == ["reason"]


def test_a_withdrawal_is_a_revision_of_its_own(editor):
    bearing = put(an_item(), a_claim(), editor)
    withdraw_bearing(by=editor, bearing=bearing, reason="No.", today=DAY)
    assert BearingRevision.objects.latest("number").state == "withdrawn"


def test_a_withdrawn_bearing_is_set_again_by_who_may_publish(editor):
    claim, item = a_claim(), an_item()
    withdraw_bearing(by=editor, bearing=put(item, claim, editor), reason="Misread.", today=DAY)
    again = put(item, (claim, "contradicts"), editor)
    revisions = BearingRevision.objects.filter(bearing=again).order_by("number").values_list("state", flat=True)
    assert (again.number, list(revisions), Claim.objects.get(id=claim.id).contradicts) == (
        1, ["published", "withdrawn", "published"], 1,
    )  # fmt: skip


def test_a_new_analyst_reads_that_a_bearing_was_withdrawn(editor):
    claim, item = a_claim(), an_item()
    withdraw_bearing(by=editor, bearing=put(item, claim, editor), reason="Misread.", today=DAY)
    with pytest.raises(NotAllowed, match="was withdrawn"):
        put(item, claim, a_person("analyst"))
