"""Undoing a decision: within ten seconds, by who decided, unless something else was done to the thing since."""

from datetime import timedelta

import pytest

from claims.actions.bearings import set_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author, withdraw
from claims.actions.errors import Locked, NotAllowed, WrongState
from claims.actions.flags import decide_flag, flag
from claims.actions.holds import Held
from claims.actions.kept import EVERYTHING, differences
from claims.actions.mail import send_waiting_mail
from claims.actions.redact import redact_evidence
from claims.actions.revise_evidence import discard_draft, link_evidence, revise_evidence, submit_draft, words_of
from claims.actions.trust import set_trust
from claims.actions.undo import CannotBeUndone, undo_decision
from claims.actions.undo_window import GRACE, UNDO_FOR
from claims.models import Bearing, BearingRevision, Claim, Event, Evidence, Mail, User
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item, bearings_on

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=4)


@pytest.fixture
def momo():
    return a_person("moderator", name="Momo")


@pytest.fixture
def noor():
    return a_person("analyst", name="Noor")


@pytest.fixture
def item(noor):
    return an_item([a_claim()], by=noor)


@pytest.fixture
def bearing(noor):
    return set_bearing(by=noor, evidence=an_item(), bearing=bearings_on(a_claim())[0], today=DAY)


def approved(by, item, now=NOW):
    approve(by=by, evidence=item, today=DAY, now=now)
    return last()


def returned(by, item):
    return_to_author(by=by, evidence=item, reason="Which day?", today=DAY, now=NOW)
    return last()


def rejected(by, item):
    reject(by=by, evidence=item, reason="Spam.", today=DAY, now=NOW)
    return last()


def withdrawn(by, item):
    public = item if item.state == "published" else approve(by=by, evidence=item, today=DAY, now=NOW).evidence
    withdraw(by=by, evidence=public, reason="Forged.", today=DAY, now=NOW)
    return last()


DECISIONS = [approved, returned, rejected, withdrawn]


def last():
    """The event of the last decision."""
    verbs = ["evidence-approved", "evidence-returned", "evidence-rejected", "evidence-withdrawn", "bearing-approved",
             "bearing-rejected", "flag-decided"]  # fmt: skip
    return Event.objects.filter(verb__in=verbs).latest("id")


def undo(by, event, now=SOON):
    return undo_decision(by=by, event=event, today=DAY, now=now)


def now_of(thing):
    return type(thing).objects.get(pk=thing.pk)


# --- items


@pytest.mark.parametrize("decide", [approved, returned, rejected])
def test_an_item_waits_again_where_it_waited(momo, item, decide):
    before = now_of(item)
    undo(momo, decide(momo, item))
    after = now_of(item)
    assert (after.state, after.submitted_at, after.returned_because) == ("pending", before.submitted_at, "")


def test_an_item_withdrawn_is_public_again(momo, item):
    undo(momo, withdrawn(momo, item))
    assert (now_of(item).state, now_of(item).returned_because) == ("published", "")


@pytest.mark.parametrize("decide", DECISIONS)
def test_it_is_an_act_of_its_own(momo, item, decide):
    event = decide(momo, item)
    undo(momo, event)
    told = Event.objects.latest("id")
    assert (told.verb, told.actor, told.subject_id) == ("decision-undone", momo, item.id)
    assert told.body.payload == {"undoes": str(event.id), "verb": event.verb}


@pytest.mark.parametrize("decide", DECISIONS)
def test_what_is_kept_on_claims_and_told_of_rows_fits(momo, item, decide):
    undo(momo, decide(momo, item))
    claims = list(Claim.objects.values_list("id", flat=True))
    assert [differences(kept, claims, today=DAY) for kept in EVERYTHING] == [[], [], []]
    assert list(differing_rows()) == []


@pytest.mark.parametrize(("decide", "count"), [(approved, 0), (withdrawn, 1)])
def test_the_claim_counts_as_before(momo, item, decide, count):
    undo(momo, decide(momo, item))
    assert Claim.objects.get().items == count


def test_a_number_stays_given(momo, item):
    undo(momo, approved(momo, item))
    row = Bearing.objects.get()
    assert (row.state, row.number, row.live) == ("pending", 1, False)


def test_an_item_approved_again_keeps_its_number(momo, item):
    undo(momo, approved(momo, item))
    approve(by=momo, evidence=item, today=DAY, now=SOON)
    assert (Bearing.objects.get().number, Bearing.objects.get().state) == (1, "published")


def test_the_bearing_s_history_says_that_it_waits_again(momo, noor, item):
    undo(momo, approved(momo, item))
    latest = BearingRevision.objects.latest("number")
    assert (latest.state, latest.by) == ("pending", noor)


def test_a_form_that_saw_the_decision_is_stale(momo, item):
    seen = now_of(item).version
    undo(momo, approved(momo, item))
    assert now_of(item).version == seen + 2


def test_who_undoes_goes_on_holding_the_item(momo, item):
    undo(momo, rejected(momo, item))
    with pytest.raises(Held):
        approve(by=a_person("moderator"), evidence=item, today=DAY, now=SOON)


def test_an_approval_that_only_attached_bearings_is_not_undone(momo, noor):
    an_item([a_claim()], address="https://news.example/twice")
    item = an_item([a_claim()], by=noor)
    Evidence.objects.filter(id=item.id).update(address_norm="https://news.example/twice")
    with pytest.raises(CannotBeUndone, match="went to the item that stood there before"):
        undo(momo, approved(momo, item))


def test_an_approval_that_attached_nothing_is_undone(momo, noor):
    claim = a_claim()
    an_item([claim], address="https://news.example/twice")
    item = an_item([claim], by=noor)
    Evidence.objects.filter(id=item.id).update(address_norm="https://news.example/twice")
    undo(momo, approved(momo, item))
    assert now_of(item).state == "pending"


# --- bearings and flags


@pytest.mark.parametrize("decide", [approve_bearing, reject_bearing])
def test_a_bearing_waits_again(momo, bearing, decide):
    reason = {} if decide is approve_bearing else {"reason": "No."}
    decide(by=momo, bearing=bearing, today=DAY, now=NOW, **reason)
    undo(momo, last())
    assert now_of(bearing).state == "pending"
    assert list(differing_rows()) == []


def test_a_bearing_keeps_its_number_and_does_not_count(momo, bearing):
    approve_bearing(by=momo, bearing=bearing, today=DAY, now=NOW)
    undo(momo, last())
    assert (now_of(bearing).number, Claim.objects.get(id=bearing.claim_id).items) == (1, 0)


def test_a_flag_is_open_again_without_an_answer(momo):
    report = flag(by=None, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)
    decide_flag(by=momo, flag=report, upheld=True, answer="Yes.", today=DAY, now=NOW)
    undo(momo, last())
    assert (now_of(report).state, now_of(report).answer) == ("open", "")


# --- who, and until when


@pytest.mark.parametrize("decide", DECISIONS)
def test_nobody_undoes_what_somebody_else_decided(momo, item, decide):
    with pytest.raises(NotAllowed):
        undo(a_person("admin"), decide(momo, item))


def test_other_acts_are_not_undone(momo, item):
    with pytest.raises(WrongState):
        undo(momo, Event.objects.get(verb="evidence-submitted"))


def test_a_press_at_the_last_moment_has_time_to_arrive(momo, item):
    undo(momo, approved(momo, item), now=NOW + UNDO_FOR + GRACE)
    assert now_of(item).state == "pending"


def test_after_ten_seconds_it_stands(momo, item):
    with pytest.raises(CannotBeUndone, match="more than ten seconds ago"):
        undo(momo, approved(momo, item), now=NOW + UNDO_FOR + GRACE + timedelta(microseconds=1))


def test_it_is_undone_once(momo, item):
    event = approved(momo, item)
    undo(momo, event)
    with pytest.raises(CannotBeUndone):
        undo(momo, event)


# --- what was done since


def revise_the_draft(item):
    revise_evidence(by=item.by, evidence=item, seen_version=None, words=words_of(now_of(item)), today=DAY, now=SOON)


SINCE = {
    "its author changed the draft": (returned, revise_the_draft),
    "its author threw the draft away": (returned, lambda item: discard_draft(by=item.by, evidence=item)),
    "its author sent it again": (returned, lambda item: submit_draft(by=item.by, evidence=item, today=DAY)),
    "it was revised": (
        approved,
        lambda item: revise_evidence(
            by=a_person("editor"), evidence=item, seen_version=None, words=words_of(now_of(item)), reason="Typo.",
            today=DAY,
        ),
    ),
    "it was linked": (
        approved,
        lambda item: link_evidence(
            by=a_person("editor"), item=an_item(), kind="corrects", earlier=item, reason="E.", today=DAY
        ),
    ),
    "a bearing was added": (
        approved,
        lambda item: set_bearing(by=a_person("editor"), evidence=item, bearing=bearings_on(a_claim())[0], today=DAY),
    ),
    "a bearing was changed": (
        approved,
        lambda item: set_bearing(
            by=a_person("editor"), evidence=item, bearing=bearings_on((Claim.objects.get(), "mixed"))[0], today=DAY
        ),
    ),
    "a judgement cites it": (approved, lambda item: an_assessment(Claim.objects.get(), cites=[item])),
    "it was redacted": (
        withdrawn,
        lambda item: redact_evidence(
            by=a_person("admin"), evidence=item, reason="A court said so.", legal_basis="court-order", today=DAY
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SINCE)
def test_what_something_else_was_done_to_stays_decided(momo, item, what):
    decide, then = SINCE[what]
    event = decide(momo, item)
    then(item)
    with pytest.raises(CannotBeUndone):
        undo(momo, event)


def test_a_bearing_that_a_judgement_cites_stays_approved(momo, bearing):
    approve_bearing(by=momo, bearing=bearing, today=DAY, now=NOW)
    event = last()
    an_assessment(bearing.claim, cites=[bearing.evidence])
    with pytest.raises(CannotBeUndone, match="cites it already"):
        undo(momo, event)


def test_a_withdrawal_stands_once_another_item_has_the_address(momo, item):
    event = withdrawn(momo, item)
    an_item(address=item.address)
    with pytest.raises(Exception, match="Another item with this address is published"):
        undo(momo, event)


def test_a_locked_claim_is_left_alone(momo, item):
    event = approved(momo, item)
    lock_claim_for_all(by=momo, claim=Claim.objects.get(), reason="A dispute.", today=DAY)
    with pytest.raises(Locked):
        undo(momo, event)


# --- mail


@pytest.mark.parametrize("decide", DECISIONS)
def test_nobody_is_told_of_what_was_undone(momo, item, decide):
    event = decide(momo, item)
    assert Mail.objects.filter(cause=event.id).count() == 1
    undo(momo, event)
    assert not Mail.objects.filter(cause=event.id).exists()


def test_mail_waits_until_the_decision_stands(momo, item):
    approved(momo, item)
    stands = NOW + UNDO_FOR + GRACE
    assert [send_waiting_mail(now=stands - timedelta(microseconds=1)), send_waiting_mail(now=stands)] == [0, 1]


def test_mail_leads_to_what_it_is_about(momo, item, settings):
    settings.SITE_URL = "https://claims.example"
    approved(momo, item)
    assert f"https://claims.example/evidence/{item.id}/" in Mail.objects.get().body


def test_who_set_a_bearing_is_told_too(momo, bearing):
    reject_bearing(by=momo, bearing=bearing, reason="It says nothing of it.", today=DAY, now=NOW)
    mail = Mail.objects.get()
    assert mail.recipients == [bearing.by.email]
    assert "It says nothing of it." in mail.body


# --- trust


@pytest.fixture
def nine(noor, momo):
    """Nine approvals of Noor's items, a second apart and long ago."""
    source = a_source()
    for place in range(9):
        approve(by=momo, evidence=an_item(by=noor, source=source), today=DAY, now=NOW - timedelta(hours=9 - place))


def trusted(person):
    return User.objects.get(id=person.id).trusted_at is not None


def test_trust_that_it_earned_is_taken_back(momo, noor, nine, item):
    event = approved(momo, item)
    earned = trusted(noor)
    undo(momo, event)
    assert (earned, trusted(noor)) == (True, False)


def test_the_taking_back_is_an_act_of_the_site(momo, noor, nine, item):
    undo(momo, approved(momo, item))
    told = Event.objects.filter(verb="trust-set").latest("id")
    assert (told.actor, told.body.payload["trusted"]) == (None, False)


def test_the_tenth_approval_after_it_earns_trust(momo, noor, nine, item):
    undo(momo, approved(momo, item))
    approve(by=momo, evidence=item, today=DAY, now=SOON)
    assert trusted(noor)


def test_a_return_that_was_undone_hinders_nothing(momo, noor, nine):
    items = [an_item(by=noor) for _ in range(2)]
    returned(momo, items[0])
    undo(momo, last())
    approve(by=momo, evidence=items[1], today=DAY, now=SOON)
    assert trusted(noor)


def test_an_approval_that_was_undone_does_not_count_towards_trust(momo, noor, nine):
    item = an_item(by=noor)
    undo(momo, approved(momo, item))
    reject(by=momo, evidence=item, reason="Spam.", today=DAY, now=SOON)
    assert not trusted(noor)


def test_trust_given_by_a_word_since_is_kept(momo, noor, nine, item):
    event = approved(momo, item)
    for trust, reason in ((False, "Too soon."), (True, "Known.")):
        set_trust(by=momo, person=noor, trusted=trust, reason=reason, today=DAY, now=SOON)
    undo(momo, event)
    assert trusted(noor)
