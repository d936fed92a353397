"""Leads: set aside, put off, handed on, logged; what becomes of them is no public act."""

from datetime import timedelta

import pytest

from claims.actions.erase_person import erase_person
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.leads import assign_lead, dismiss_lead, forget_leads, restore_lead, snooze_lead, wake_snoozed
from claims.actions.log_evidence import log_evidence
from claims.actions.people import set_roles
from claims.actions.redact import redact_evidence
from claims.actions.suspend import suspend_person
from claims.models import Event, Evidence, Lead
from tests.factories import DAY, NOW, a_lead, a_person, a_source, an_item, item_words

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def analyst():
    return a_person("analyst")


def state_of(lead):
    return Lead.objects.get(id=lead.id).state


def dismissed(lead, by):
    return dismiss_lead(by=by, lead=lead, today=DAY, now=NOW)


def snoozed(lead, by, until=LATER):
    return snooze_lead(by=by, lead=lead, until=until, now=NOW)


def logged(of, by, address=None, **given):
    words = item_words(address=address or of.address, source=a_source())
    return log_evidence(by=by, words=words, today=DAY, now=NOW, **given).evidence


def test_one_that_is_set_aside_is_dismissed_by_somebody(analyst):
    dismissed(lead := a_lead(), analyst)
    row = Lead.objects.get(id=lead.id)
    assert (row.state, row.decided_by, row.decided_at) == ("dismissed", analyst, NOW)


def test_what_is_done_with_leads_leaves_no_event(analyst):
    before = Event.objects.count()
    dismissed(a_lead(), analyst)
    snoozed(a_lead(), analyst)
    assign_lead(by=analyst, lead=a_lead(), to=analyst)
    assert Event.objects.count() == before


def test_one_is_decided_on_once(analyst):
    dismissed(lead := a_lead(), analyst)
    with pytest.raises(WrongState, match="dismissed already"):
        snoozed(lead, analyst)


def test_one_that_is_put_off_comes_back_when_its_time_has_come(analyst):
    snoozed(lead := a_lead(), analyst)
    assert (wake_snoozed(now=LATER - timedelta(seconds=1)), state_of(lead)) == (0, "snoozed")
    assert (wake_snoozed(now=LATER), state_of(lead)) == (1, "new")


@pytest.mark.parametrize("until", [NOW, NOW + timedelta(days=400)])
def test_it_is_put_off_to_a_time_ahead_within_a_year(analyst, until):
    with pytest.raises(Invalid):
        snoozed(a_lead(), analyst, until)


@pytest.mark.parametrize("away", [dismissed, snoozed])
def test_it_can_be_brought_back(analyst, away):
    away(lead := a_lead(), analyst)
    restore_lead(by=analyst, lead=lead, today=DAY, now=NOW)
    assert state_of(lead) == "new"


def test_what_was_logged_is_not_brought_back(analyst):
    logged(lead := a_lead(), analyst)
    with pytest.raises(WrongState):
        restore_lead(by=analyst, lead=lead, today=DAY, now=NOW)


def test_it_is_handed_to_who_works_on_leads(analyst):
    lead = assign_lead(by=analyst, lead=a_lead(), to=a_person("editor"))
    assert assign_lead(by=analyst, lead=lead, to=None).assigned_to is None


def test_it_is_not_handed_to_a_reader(analyst):
    with pytest.raises(Invalid):
        assign_lead(by=analyst, lead=a_lead(), to=a_person())


def test_a_reader_does_nothing_with_it():
    with pytest.raises(NotAllowed):
        dismissed(a_lead(), a_person())


def test_logging_its_address_settles_it(analyst):
    item = logged(lead := a_lead(), analyst)
    row = Lead.objects.get(id=lead.id)
    assert (row.state, row.evidence_id) == ("logged", item.id)


def test_logging_it_under_another_address_settles_it(analyst):
    lead = a_lead()
    logged(lead, analyst, address="https://canonical.example/page", lead=lead.id)
    assert state_of(lead) == "logged"


def test_a_draft_does_not_settle_it(analyst):
    logged(lead := a_lead(), analyst, draft=True)
    assert state_of(lead) == "new"


def test_logging_an_address_that_stands_settles_it(analyst):
    item = an_item()
    norm = Evidence.objects.get(id=item.id).address_norm
    lead = a_lead(address=item.address, address_norm=norm)
    logged(lead, analyst)
    assert Lead.objects.get(id=lead.id).evidence_id == item.id


def test_one_that_was_set_aside_stays_so_when_it_is_logged(analyst):
    dismissed(lead := a_lead(), analyst)
    logged(lead, analyst)
    assert state_of(lead) == "dismissed"


def test_what_nobody_took_up_is_forgotten(analyst):
    old, young = a_lead(seen_at=NOW - timedelta(days=91)), a_lead()
    assert forget_leads(now=NOW, kept=timedelta(days=90)) == 1
    assert set(Lead.objects.values_list("id", flat=True)) == {young.id} != {old.id}


def test_what_somebody_works_on_is_not_forgotten(analyst):
    old = NOW - timedelta(days=91)
    a_lead(seen_at=old, assigned_to=analyst)
    logged(a_lead(seen_at=old), analyst)
    assert forget_leads(now=NOW, kept=timedelta(days=90)) == 0


@pytest.mark.parametrize(
    "ends",
    [
        lambda person, admin: suspend_person(by=admin, person=person, reason="Rude.", today=DAY, now=NOW),
        lambda person, admin: erase_person(
            by=admin, person=person, reason="They ask.", legal_basis="data-protection", today=DAY
        ),
        lambda person, admin: set_roles(by=admin, person=person, roles=[], today=DAY),
    ],
    ids=["suspended", "erased", "without a role"],
)
def test_leads_of_who_works_them_no_longer_are_everybodys_again(analyst, ends):
    new, away = a_lead(assigned_to=analyst), a_lead(assigned_to=analyst, state="snoozed", snoozed_until=LATER)
    ends(analyst, a_person("admin"))
    assert not Lead.objects.filter(id__in=[new.id, away.id], assigned_to__isnull=False).exists()


def test_what_was_redacted_is_not_brought_back(analyst):
    item = logged(lead := a_lead(), a_person("editor"))
    redact_evidence(by=a_person("admin"), evidence=item, reason="Ordered.", legal_basis="court-order", today=DAY)
    with pytest.raises(WrongState):
        restore_lead(by=analyst, lead=lead, today=DAY, now=NOW)
