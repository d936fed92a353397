"""Suggestions: anybody proposes an address, and everybody who did is answered."""

from datetime import timedelta

import pytest

from claims.actions.decide import approve, reject
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.holds import Held, hold
from claims.actions.leads import dismiss_lead, restore_lead
from claims.actions.log_evidence import log_evidence
from claims.actions.suggestions import decide_suggestion, suggest
from claims.actions.undo import CannotBeUndone, undo_decision
from claims.models import Event, EventBody, Hold, Lead, Mail, Suggestion
from claims.queries.public_bodies import IS_PUBLIC
from claims.queries.rows import fetch
from claims.queries.told_rows import Untold
from tests.factories import DAY, NOW, a_feed, a_lead, a_person, a_source, an_item, item_words

pytestmark = pytest.mark.django_db
PAGE = "https://example.org/page"


def suggested(by=None, address=PAGE, **words):
    return suggest(by=by, address=address, today=DAY, now=NOW, **words)


def decided(suggestion, taken, answer="", by=None):
    by = by or a_person("moderator")
    return decide_suggestion(by=by, suggestion=suggestion, taken=taken, answer=answer, today=DAY, now=NOW)


def lead_of(suggestion):
    return Lead.objects.get(id=suggestion.lead_id)


def told():
    return [mail.body for mail in Mail.objects.order_by("id")]


def test_it_becomes_a_lead_that_no_feed_brought():
    lead = lead_of(suggested())
    assert (lead.address, lead.state, lead.feed) == (PAGE, "new", None)


def test_two_who_suggest_one_address_share_a_lead():
    assert suggested().lead_id == suggested(address="https://www.example.org/page?utm_source=x").lead_id


def test_a_person_suggests_an_address_once_until_it_is_decided():
    reader = a_person()
    first = suggested(by=reader)
    with pytest.raises(Invalid, match="suggested this page before"):
        suggested(by=reader, address="http://example.org/page/")
    decided(first, False, "Too old.")
    suggested(by=reader)
    assert Suggestion.objects.count() == 2


def test_it_joins_the_lead_that_a_feed_brought():
    lead = a_lead(feed=a_feed())
    assert suggested(address=lead.address).lead_id == lead.id


def test_its_event_tells_address_and_note():
    row = suggested(note="See the third paragraph.")
    assert EventBody.objects.get(event__subject_id=row.id).payload == {
        "address": PAGE, "note": "See the third paragraph.",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["", "  ", "no address", "javascript:alert(1)", "ftp://example.org/"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(Invalid) as refused:
        suggested(address=address)
    assert list(refused.value.errors) == ["address"]


def test_what_is_published_already_is_not_suggested():
    item = an_item()
    with pytest.raises(Invalid, match="among the evidence already"):
        suggested(address=item.address)


def test_who_works_the_leads_gets_what_a_moderator_passes_on():
    row = decided(suggested(by=a_person()), taken=True)
    assert (row.state, lead_of(row).state) == ("taken", "new")


def test_dismissing_it_needs_an_answer():
    with pytest.raises(Invalid):
        decided(suggested(), taken=False)


def test_dismissing_it_sets_its_lead_aside():
    row = decided(suggested(), taken=False, answer="An advertisement.")
    assert lead_of(row).state == "dismissed"


def test_dismissing_it_leaves_what_a_feed_brought():
    lead = a_lead(feed=a_feed())
    decided(suggested(address=lead.address), taken=False, answer="No.")
    assert Lead.objects.get(id=lead.id).state == "new"


def test_dismissing_it_leaves_what_others_suggested():
    first, _second = suggested(), suggested()
    decided(first, taken=False, answer="No.")
    assert lead_of(first).state == "new"


def test_one_that_was_set_aside_comes_back_when_it_is_passed_on():
    row = suggested()
    Lead.objects.filter(id=row.lead_id).update(state="dismissed")
    decided(row, taken=True)
    assert lead_of(row).state == "new"


def test_it_is_decided_once():
    decided(row := suggested(), taken=True)
    with pytest.raises(WrongState):
        decided(row, taken=False, answer="No.")


def test_nobody_decides_their_own():
    moderator = a_person("moderator")
    with pytest.raises(NotAllowed):
        decided(suggested(by=moderator), taken=True, by=moderator)


def test_who_suggested_it_reads_the_answer():
    decided(suggested(by=a_person()), taken=False, answer="It is satire.")
    [body] = told()
    assert PAGE in body
    assert body.endswith("It is satire.")


def test_setting_its_lead_aside_answers_it():
    row = suggested(by=a_person())
    dismiss_lead(by=a_person("analyst"), lead=lead_of(row), today=DAY, now=NOW)
    row.refresh_from_db()
    assert (row.state, len(told())) == ("dismissed", 1)


def set_aside(row, by=None):
    dismiss_lead(by=by or a_person("analyst"), lead=lead_of(row), today=DAY, now=NOW)


def brought_back(row):
    restore_lead(by=a_person("analyst"), lead=lead_of(row), today=DAY, now=NOW + timedelta(seconds=4))
    row.refresh_from_db()
    return row.state, row.answer


def test_it_waits_again_when_its_lead_is_brought_back_and_nobody_is_told():
    row = suggested(by=a_person())
    set_aside(row)
    assert (brought_back(row), told()) == (("open", ""), [])
    assert Event.objects.latest("id").verb == "decision-undone"


def test_who_suggested_it_hears_that_it_was_logged_after_all():
    row = suggested(by=a_person())
    set_aside(row)
    brought_back(row)
    log_evidence(by=a_person("editor"), words=item_words(address=PAGE, source=a_source()), today=DAY, now=NOW)
    assert ["was logged as evidence" in body for body in told()] == [True]


def test_a_moderator_s_own_answer_stands_when_the_lead_is_brought_back():
    row, other = suggested(by=a_person()), suggested(by=a_person())
    decided(row, taken=False, answer="Satire.")
    dismiss_lead(by=a_person("analyst"), lead=lead_of(other), today=DAY, now=NOW + timedelta(minutes=1))
    assert brought_back(row) == ("dismissed", "Satire.")
    assert Suggestion.objects.get(id=other.id).state == "open"


def test_everybody_who_suggested_it_hears_that_it_was_logged():
    passed_on = suggested(by=a_person())
    decided(passed_on, taken=True)
    open_still = suggested(by=a_person())
    log_evidence(by=a_person("editor"), words=item_words(address=PAGE, source=a_source()), today=DAY, now=NOW)
    open_still.refresh_from_db()
    assert open_still.state == "taken"
    assert sum("was logged as evidence" in body for body in told()) == 2


def waiting_item_of(page=PAGE):
    words = item_words(address=page, source=a_source())
    return log_evidence(by=a_person("analyst"), words=words, today=DAY, now=NOW).evidence


def test_nobody_hears_of_it_while_its_item_waits():
    row = suggested(by=a_person())
    waiting_item_of()
    row.refresh_from_db()
    assert (row.state, told(), lead_of(row).state) == ("open", [], "logged")


def test_everybody_hears_of_it_when_its_item_is_approved():
    row = suggested(by=a_person())
    approve(by=a_person("moderator"), evidence=waiting_item_of(), today=DAY, now=NOW)
    row.refresh_from_db()
    assert row.state == "taken"
    assert sum("was logged as evidence" in body for body in told()) == 1


def test_its_lead_comes_back_when_its_item_is_rejected_and_goes_again_when_that_is_undone():
    row, moderator = suggested(), a_person("moderator")
    item = waiting_item_of()
    reject(by=moderator, evidence=item, reason="Another page.", today=DAY, now=NOW)
    assert lead_of(row).state == "new"
    undo_decision(by=moderator, event=Event.objects.get(verb="evidence-rejected"), today=DAY, now=NOW)
    assert lead_of(row).state == "logged"


def test_each_answer_is_an_event():
    decided(suggested(), taken=True)
    verbs = Event.objects.filter(subject_type="suggestion").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["suggested", "suggestion-decided"]


def test_its_words_are_not_public_in_the_ledger():
    suggested()
    assert fetch(Untold, f"SELECT event.id, '' FROM event WHERE subject_type = 'suggestion' AND {IS_PUBLIC}") == []


def test_a_note_too_long_is_refused():
    with pytest.raises(Invalid):
        suggested(note="n" * 1001)
    assert Suggestion.objects.count() == 0


def test_what_somebody_else_is_deciding_on_is_left_to_them():
    row = suggested()
    hold(by=a_person("moderator"), kind="suggestion", subject=row.id, now=NOW)
    with pytest.raises(Held):
        decided(row, taken=True)


def test_a_decision_ends_the_hold():
    moderator, row = a_person("moderator"), suggested()
    hold(by=moderator, kind="suggestion", subject=row.id, now=NOW)
    decided(row, taken=True, by=moderator)
    assert not Hold.objects.exists()


def undone(by, row):
    event = Event.objects.filter(subject_id=row.id).latest("id")
    undo_decision(by=by, event=event, today=DAY, now=NOW + timedelta(seconds=4))
    row.refresh_from_db()
    return row.state, row.answer, lead_of(row).state


def test_dismissing_it_can_be_undone_with_its_lead_and_its_mail():
    moderator, row = a_person("moderator"), suggested(by=a_person())
    decided(row, taken=False, answer="Satire.", by=moderator)
    assert undone(moderator, row) == ("open", "", "new")
    assert told() == []


def test_passing_on_what_was_set_aside_can_be_undone():
    moderator, row = a_person("moderator"), suggested()
    Lead.objects.filter(id=row.lead_id).update(state="dismissed")
    decided(row, taken=True, by=moderator)
    assert undone(moderator, row) == ("open", "", "dismissed")


def test_undoing_it_leaves_a_lead_that_it_did_not_move():
    moderator, row = a_person("moderator"), suggested(address=a_lead(feed=a_feed()).address)
    decided(row, taken=False, answer="No.", by=moderator)
    assert undone(moderator, row) == ("open", "", "new")


def test_what_was_logged_since_is_not_undone():
    moderator, row = a_person("moderator"), suggested()
    decided(row, taken=True, by=moderator)
    log_evidence(by=a_person("analyst"), words=item_words(address=PAGE, source=a_source()), today=DAY, now=NOW)
    with pytest.raises(CannotBeUndone):
        undone(moderator, row)
