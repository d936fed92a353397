"""Owning a claim: taken, handed over, released by hand and by time; and who follows a claim by an act on it."""

from datetime import timedelta

import pytest

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.erase_person import erase_person
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.follows import follow, unfollow
from claims.actions.ownership import hand_over, release, take, tend_owners
from claims.actions.people import set_roles
from claims.models import ClaimOwner, Digest, Event, Follow, Mail, User
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, an_assessment, an_item, the_house

pytestmark = pytest.mark.django_db


def later(**passed):
    return NOW + timedelta(**passed)


def owner_of(claim):
    return User.objects.filter(id__in=ClaimOwner.objects.filter(claim=claim).values("owner")).first()


def follows(person, claim):
    return Follow.objects.filter(person=person, claim=claim, stopped_at=None).exists()


@pytest.fixture
def editor():
    return a_person("editor", name="Edda")


@pytest.fixture
def claim(editor):
    """A claim that the editor looks after since NOW."""
    claim = a_claim()
    take(by=editor, claim=claim, now=NOW)
    return claim


# by hand


def test_an_editor_takes_a_claim_that_nobody_owns(editor, claim):
    assert owner_of(claim) == editor


def test_taking_leaves_no_event(editor):
    claim = a_claim()
    before = Event.objects.count()
    take(by=editor, claim=claim, now=NOW)
    assert Event.objects.count() == before


def test_a_claim_that_somebody_owns_is_not_taken(claim):
    with pytest.raises(WrongState, match="Edda looks after this claim"):
        take(by=a_person("editor"), claim=claim)


def test_a_settled_claim_is_not_taken(editor):
    claim = a_claim()
    an_assessment(claim, status="borne-out")
    with pytest.raises(WrongState):
        take(by=editor, claim=claim)


def test_of_two_who_take_a_claim_at_once_one_owns_it(empty_cloned_db):
    claim = a_claim()
    editors = [a_person("editor") for _ in range(3)]

    def taking(person):
        def run():
            try:
                take(by=person, claim=claim)
            except WrongState:
                return 0
            return 1

        return run

    assert sum(at_once(*(taking(person) for person in editors))) == 1
    assert ClaimOwner.objects.count() == 1


def test_its_owner_releases_it(editor, claim):
    release(by=editor, claim=claim)
    assert owner_of(claim) is None


def test_another_editor_does_not_release_it(claim):
    with pytest.raises(NotAllowed):
        release(by=a_person("editor"), claim=claim)


def test_an_admin_releases_it_and_its_owner_is_told(editor, claim):
    release(by=a_person("admin"), claim=claim)
    assert (owner_of(claim), Mail.objects.get().recipients) == (None, [editor.email])


def test_its_owner_hands_it_over_and_the_new_one_is_told(editor, claim, settings):
    settings.SITE_URL = "https://claims.example"
    other = a_person("editor")
    hand_over(by=editor, claim=claim, to=other, now=NOW)
    mail = Mail.objects.get()
    assert (owner_of(claim), mail.recipients) == (other, [other.email])
    assert f"https://claims.example/desk/claims/{claim.slug}/owner/" in mail.body


def test_without_a_public_address_mail_leads_to_the_machine_s_own(editor, claim, settings):
    settings.SITE_URL, settings.LOCAL_URL = "", "http://127.0.0.1:8123"
    hand_over(by=editor, claim=claim, to=a_person("editor"), now=NOW)
    assert f"\nhttp://127.0.0.1:8123/desk/claims/{claim.slug}/owner/" in Mail.objects.get().body


def test_an_admin_hands_over_what_another_owns_and_both_are_told(editor, claim):
    other = a_person("editor")
    hand_over(by=a_person("admin"), claim=claim, to=other)
    told = sorted(mail.recipients[0] for mail in Mail.objects.all())
    assert (owner_of(claim), told) == (other, sorted([editor.email, other.email]))


def test_an_admin_hands_over_what_nobody_owns(editor):
    claim = a_claim()
    hand_over(by=a_person("admin"), claim=claim, to=editor)
    assert owner_of(claim) == editor


def test_an_editor_does_not_hand_over_what_nobody_owns(editor):
    with pytest.raises(WrongState):
        hand_over(by=editor, claim=a_claim(), to=a_person("editor"))


def test_an_editor_does_not_hand_over_what_another_owns(claim):
    with pytest.raises(NotAllowed):
        hand_over(by=a_person("editor"), claim=claim, to=a_person("editor"))


@pytest.mark.parametrize("roles", [["analyst"], ["moderator"], []])
def test_a_claim_is_handed_over_to_editors_alone(editor, claim, roles):
    with pytest.raises(Invalid):
        hand_over(by=editor, claim=claim, to=a_person(*roles))


# by time


def test_an_owner_is_nudged_seven_days_before_the_release(editor, claim):
    assert tend_owners(now=later(days=23, seconds=-1)).nudged == 0
    assert tend_owners(now=later(days=23)).nudged == 1
    assert Mail.objects.get().recipients == [editor.email]


def test_an_owner_is_nudged_once(claim):
    for days in (23, 24, 29):
        tend_owners(now=later(days=days))
    assert Mail.objects.count() == 1


def test_a_claim_is_released_after_thirty_days(claim):
    tend_owners(now=later(days=23))
    assert tend_owners(now=later(days=30, seconds=-1)).released == 0
    assert tend_owners(now=later(days=30)).released == 1
    assert owner_of(claim) is None


def test_the_owner_is_told_of_the_release(editor, claim):
    for days in (23, 30):
        tend_owners(now=later(days=days))
    assert [mail.subject for mail in Mail.objects.order_by("made_at")] == [
        f"Still yours? {claim.title}",
        f"Released: {claim.title}",
    ]


def test_nothing_is_released_without_seven_days_between_nudge_and_release(claim):
    tend_owners(now=later(days=40))
    assert tend_owners(now=later(days=47, seconds=-1)).released == 0
    assert tend_owners(now=later(days=47)).released == 1


def test_the_days_are_settings(claim, settings):
    settings.CLAIM_OWNER_IDLE_DAYS, settings.CLAIM_OWNER_NUDGE_DAYS = 10, 2
    assert tend_owners(now=later(days=8)).nudged == 1
    assert tend_owners(now=later(days=10)).released == 1


@pytest.mark.parametrize("act", ["assesses", "logs evidence", "sets a bearing"])
def test_an_act_of_its_owner_on_the_claim_keeps_it_theirs(editor, claim, act):
    if act == "assesses":
        an_assessment(claim, by=editor, now=later(days=20))
    elif act == "logs evidence":
        an_item([claim], by=editor, now=later(days=20))
    else:
        bearing = NewBearing(claim.id, "supports", "slight")
        set_bearing(by=editor, evidence=an_item(), bearing=bearing, today=DAY, now=later(days=20))
    for days in (23, 30, 42):
        tend_owners(now=later(days=days))
    assert (owner_of(claim), Mail.objects.count()) == (editor, 0)
    assert tend_owners(now=later(days=43)).nudged == 1


def test_an_act_after_the_nudge_keeps_it_theirs_and_they_are_nudged_anew(editor, claim):
    tend_owners(now=later(days=23))
    an_assessment(claim, by=editor, now=later(days=25))
    assert (tend_owners(now=later(days=30)).released, tend_owners(now=later(days=48)).nudged) == (0, 1)


def test_an_act_of_another_does_not_keep_it_theirs(claim):
    an_assessment(claim, now=later(days=20))
    assert tend_owners(now=later(days=23)).nudged == 1


def test_an_act_of_its_owner_on_another_claim_does_not_keep_it_theirs(editor, claim):
    an_assessment(a_claim(), by=editor, now=later(days=20))
    assert tend_owners(now=later(days=23)).nudged == 1


def test_a_settled_claim_is_released_without_a_word(editor, claim):
    an_assessment(claim, status="borne-out", now=NOW)
    tend_owners(now=later(days=23))
    tend_owners(now=later(days=30))
    assert (owner_of(claim), Mail.objects.count()) == (None, 0)


def test_tending_twice_does_nothing_more(claim):
    tend_owners(now=later(days=23))
    tended = tend_owners(now=later(days=23))
    assert (tended.nudged, tended.released) == (0, 0)


@pytest.mark.parametrize("many", [1, 20])
def test_looking_for_idle_owners_takes_as_many_queries_for_many(many, editor, django_assert_num_queries):
    for _ in range(many):
        take(by=editor, claim=a_claim(), now=NOW)
    with django_assert_num_queries(5):  # with the savepoint's two
        tend_owners(now=later(days=1))


# who may own no longer


def test_who_loses_the_editors_role_owns_nothing(editor, claim):
    set_roles(by=a_person("admin"), person=editor, roles=["analyst"], today=DAY)
    assert owner_of(claim) is None


def test_who_keeps_a_role_that_may_own_keeps_their_claims(editor, claim):
    set_roles(by=a_person("admin"), person=editor, roles=["admin"], today=DAY)
    assert owner_of(claim) == editor


def test_who_is_erased_owns_and_follows_nothing(editor, claim):
    follow(by=editor, claim=claim)
    Digest.objects.create(person=editor)
    erase_person(by=a_person("admin"), person=editor, reason="They asked.", legal_basis="data-protection", today=DAY)
    assert [ClaimOwner.objects.count(), Follow.objects.filter(person=editor).count(), Digest.objects.count()] == [0] * 3


def test_what_the_suspended_own_is_released_at_the_next_look(editor, claim):
    User.objects.filter(id=editor.id).update(suspended_at=NOW)
    tend_owners(now=later(hours=1))
    assert owner_of(claim) is None


# following


def test_an_editors_first_act_on_a_claim_follows_it(editor):
    claim = a_claim()
    an_assessment(claim, by=editor)
    assert follows(editor, claim)


def test_who_opens_a_claim_follows_it(editor):
    assert follows(editor, a_claim(by=editor))


def test_an_analyst_who_sets_a_bearing_follows_the_claim():
    analyst, claim = a_person("analyst"), a_claim()
    bearing = NewBearing(claim.id, "supports", "slight")
    set_bearing(by=analyst, evidence=an_item(), bearing=bearing, today=DAY)
    assert follows(analyst, claim)


def test_who_only_logs_evidence_follows_nothing():
    analyst = a_person("analyst", trusted=True)
    an_item([a_claim()], by=analyst)
    assert not Follow.objects.filter(person=analyst).exists()


def test_the_house_follows_nothing():
    a_claim()
    assert not Follow.objects.filter(person=the_house()).exists()


def test_a_second_act_changes_nothing(editor):
    claim = a_claim()
    an_assessment(claim, by=editor, now=NOW)
    an_assessment(claim, by=editor, now=later(days=1))
    assert Follow.objects.get(person=editor).since == NOW


def test_who_stopped_following_does_not_follow_again_by_an_act(editor):
    claim = a_claim(by=editor)
    unfollow(by=editor, claim=claim)
    an_assessment(claim, by=editor)
    assert not follows(editor, claim)


def test_who_stopped_following_follows_again_by_choice(editor):
    claim = a_claim(by=editor)
    unfollow(by=editor, claim=claim)
    follow(by=editor, claim=claim)
    assert follows(editor, claim)


def test_following_twice_keeps_since_when(editor):
    claim = a_claim()
    follow(by=editor, claim=claim, now=NOW)
    follow(by=editor, claim=claim, now=later(days=1))
    assert Follow.objects.get(person=editor).since == NOW
