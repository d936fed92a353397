"""Redacting an item: what goes, what stays, who may, and that nothing else of the record moves."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from claims.actions import redact
from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import reject, return_to_author, withdraw
from claims.actions.destroy import REMOVED
from claims.actions.errors import Invalid, NotAllowed, Stale, WrongState
from claims.actions.flags import decide_flag, flag
from claims.actions.judge import assess
from claims.actions.log_evidence import log_evidence
from claims.actions.mail import tell
from claims.actions.redact import redact_evidence
from claims.actions.renew_terms import renew_terms
from claims.actions.revise_evidence import discard_draft, link_evidence, revise_evidence
from claims.actions.suggestions import suggest
from claims.models import (
    ActKey,
    Bearing,
    BearingRevision,
    Citation,
    Claim,
    ClaimTerm,
    Event,
    EventBody,
    Evidence,
    Flag,
    Lead,
    LegalBasis,
    Mail,
    Redaction,
    Suggestion,
    TermsDue,
    Unsent,
    Verb,
    WordRarity,
)
from claims.queries.claim_evidence import marks
from tests.actions.test_commitment import recomputed
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_feed,
    a_judgement,
    a_lead,
    a_person,
    an_item,
    item_words,
    on,
)
from tests.web.desk import signed_out

pytestmark = pytest.mark.django_db

WHY = {"reason": "A court forbade it.", "legal_basis": "court-order", "today": DAY}


def redacted(item, *, by=None, **why):
    return redact_evidence(by=by or a_person("admin"), evidence=item, **{**WHY, **why})


def a_told_item(claim=None):
    """An item of a claim, with everything that can be said about it."""
    claim, editor = claim or a_claim(), a_person("editor")
    item = an_item([NewBearing(claim.id, "supports", "strong", "The note.")], story="the-event")
    words = item_words(source=item.source, title="Another title", address=item.address)
    revise_evidence(by=editor, evidence=item, seen_version=None, words=words, reason="Named anew.", today=DAY)
    assess(by=editor, claim=claim, judgement=a_judgement(cites=[item.id]), today=DAY)
    return item


def test_every_text_of_the_item_is_gone():
    item = a_told_item()
    redacted(item)
    row = Evidence.objects.values().get(id=item.id)
    assert {row[field] for field in redact.BLANKED} == {""}
    assert row["state"] == "redacted"


def test_nothing_is_found_in_it_any_more():
    item = a_told_item()
    redacted(item)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search::text FROM evidence WHERE id = %s", [item.id])
        assert cursor.fetchone() == ("",)


def test_notes_go_and_stance_weight_and_number_stay():
    item = a_told_item()
    redacted(item)
    assert Bearing.objects.filter(evidence=item).values_list("note", "stance", "weight", "number").get() == (
        "", "supports", "strong", 1,
    )  # fmt: skip
    assert set(BearingRevision.objects.filter(bearing__evidence=item).values_list("note", "stance")) == {
        ("", "supports")
    }


def test_the_acts_stay_with_their_commitments_and_lose_what_they_said():
    item = a_told_item()
    before = dict(Event.objects.values_list("id", "commitment"))
    redacted(item)
    told = Event.objects.filter(subject_id=item.id).exclude(verb=Verb.EVIDENCE_REDACTED)
    assert told.count() == 2
    assert not EventBody.objects.filter(event__in=told).exists()
    assert dict(Event.objects.filter(id__in=before).values_list("id", "commitment")) == before


def test_a_tombstone_says_that_and_why_and_not_what():
    item, admin = a_told_item(), a_person("admin")
    redacted(item, by=admin, now=NOW)
    event = Event.objects.get(verb=Verb.EVIDENCE_REDACTED)
    assert (event.actor, event.subject_id, event.recorded_at) == (admin, item.id, NOW)
    assert event.body.payload == {"reason": WHY["reason"], "legal_basis": "court-order", "bodies": 2}
    assert set(Redaction.objects.values_list("tombstone", flat=True)) == {event.id}


def test_every_claim_that_it_touched_is_told():
    borne, left = a_claim(), a_claim()
    item = an_item([borne, left])
    redacted(item)
    told = Event.objects.get(verb=Verb.EVIDENCE_REDACTED).event_claims.values_list("claim_id", flat=True)
    assert set(told) == {borne.id, left.id}


def test_every_commitment_of_other_acts_can_still_be_worked_out():
    a_told_item()
    item = a_told_item()
    redacted(item)
    rest = Event.objects.filter(body__isnull=False)
    assert rest.count() > 10
    assert all(bytes(event.commitment) == recomputed(event) for event in rest)


def test_counts_are_renewed_and_agree_with_a_recount():
    claim = a_claim()
    head = an_item([(claim, "supports", "strong")], story="the-event")
    an_item([(claim, "contradicts", "slight")], story="the-event")
    redacted(head)
    claim.refresh_from_db()
    assert (claim.supports, claim.contradicts, claim.stories, claim.items) == (0, 1, 1, 1)
    call_command("check_counters", stdout=io.StringIO())


def test_the_judgement_that_cites_it_keeps_its_citation():
    item = a_told_item()
    redacted(item)
    assert Citation.objects.filter(evidence=item).count() == 1


@pytest.mark.parametrize("days", [-30, -1, 0, 500])
def test_no_look_back_shows_it(days):
    claim = a_claim()
    item = a_told_item(claim)
    assert [mark.evidence_id for mark in marks(claim.id, day=on(days))] == [item.id]
    redacted(item)
    assert marks(claim.id, day=on(days)) == []


# --- What hangs on it ---


def test_flags_on_it_lose_what_they_say_and_what_was_answered():
    item, reader = an_item(), a_person()
    row = flag(by=reader, kind="evidence", subject_id=item.id, reason="other", note="It names me.", today=DAY)
    decide_flag(by=a_person("moderator"), flag=row, upheld=True, answer="It does name you.", today=DAY)
    redacted(item)
    row.refresh_from_db()
    assert (row.note, row.answer, row.state) == ("", REMOVED, "upheld")
    assert not EventBody.objects.filter(event__subject_id=row.id).exists()
    assert not Mail.objects.filter(body__contains="It does name you.").exists()


def test_a_flag_that_waits_goes_on_waiting():
    item = an_item()
    row = flag(by=None, kind="evidence", subject_id=item.id, reason="unlawful", note="It names me.", today=DAY)
    redacted(item)
    row.refresh_from_db()
    assert (row.note, row.answer, row.state) == ("", "", "open")


def test_flags_on_other_things_stay():
    item, other = an_item(), an_item()
    row = flag(by=None, kind="evidence", subject_id=other.id, reason="date", note="It was May.", today=DAY)
    redacted(item)
    assert Flag.objects.get(id=row.id).note == "It was May."


@pytest.mark.parametrize("outward", [True, False])
def test_what_a_link_says_of_it_goes_and_the_link_stays(outward):
    item, other = an_item(), an_item()
    ends = {"item": item, "earlier": other} if outward else {"item": other, "earlier": item}
    link = link_evidence(by=a_person("editor"), kind="corrects", reason="It said so.", today=DAY, **ends)
    redacted(item)
    assert not EventBody.objects.filter(event=link.event_id).exists()
    assert (item.links_out.count(), item.links_in.count()) == ((1, 0) if outward else (0, 1))


def test_the_other_end_of_a_link_keeps_its_own_words():
    item, other = an_item(), an_item()
    link_evidence(by=a_person("editor"), item=item, kind="corrects", earlier=other, reason="Erratum.", today=DAY)
    redacted(item)
    other.refresh_from_db()
    assert other.title
    assert EventBody.objects.filter(event__subject_id=other.id).count() == 1


def test_a_bearing_set_later_on_its_own_goes_too():
    item = an_item()
    row = set_bearing(
        by=a_person("editor"), evidence=item, bearing=NewBearing(a_claim().id, "mixed", "slight", "Note."), today=DAY
    )
    redacted(item)
    assert not EventBody.objects.filter(event__subject_id=row.id).exists()
    assert set(BearingRevision.objects.filter(bearing=row).values_list("note", flat=True)) == {""}


@pytest.mark.parametrize("title", ["A man is named", "long " * 39])
def test_mail_that_tells_of_it_goes_sent_or_not(title):
    item = an_item(by=a_person("analyst"), title=title)
    return_to_author(by=a_person("moderator"), evidence=item, reason="Not like this.", today=DAY)
    Mail.objects.update(sent_at=NOW)
    redacted(item, by=a_person("admin"))
    assert not Mail.objects.filter(body__contains=title.strip()).exists()
    assert not Mail.objects.filter(subject__startswith=title[:80]).exists()


def test_mail_by_an_earlier_title_goes_too():
    author = a_person("analyst")
    item = an_item(by=author, title="The first title")
    words = item_words(source=item.source, title="The second title", address=item.address)
    tell(author, subject="Yours", body="Your item “The first title” waits.", now=NOW)
    revise_evidence(by=author, evidence=item, seen_version=None, words=words, today=DAY)
    redacted(item, by=a_person("admin"))
    assert not Mail.objects.filter(body__contains="The first title").exists()


def test_mail_about_other_things_stays():
    tell(a_person(), subject="Item 7 and more", body="Your item “Another” is public now.", now=NOW)
    redacted(an_item(title="Item 7"))
    assert Mail.objects.count() == 1


def test_its_author_is_told_that_and_why():
    author = a_person("analyst")
    item = an_item(by=author, title="A man is named")
    redacted(item)
    [mail] = Mail.objects.all()
    assert mail.recipients == [author.email]
    assert WHY["reason"] in mail.body
    assert "A man" not in mail.subject + mail.body


def test_the_print_of_its_words_goes():
    logged = log_evidence(by=a_person("editor"), words=item_words(source=an_item().source), key="k" * 9, today=DAY)
    redacted(logged.evidence)
    assert not ActKey.objects.exists()


def test_a_form_that_waits_in_a_session_goes(client):
    item = an_item(address="https://paper.example/a-man?x=1&y=ä")
    signed_out(client, a_person("analyst"))
    client.post("/desk/log/", {"address": item.address, "title": "Whatever"})
    assert client.session.get("typed")
    redacted(item)
    assert not client.session.get("typed")


def test_other_sessions_stay(client):
    signed_out(client, a_person("analyst"))
    client.post("/desk/log/", {"address": "https://paper.example/another", "title": "Whatever"})
    redacted(an_item())
    assert client.session.get("typed")


def test_what_keeps_more_of_an_item_can_be_added(monkeypatch):
    seen = []
    monkeypatch.setattr(redact, "DESTROYED", (*redact.DESTROYED, lambda going: seen.append(going.item.title)))
    item = an_item(title="As it was")
    redacted(item)
    assert seen == ["As it was"]


# --- When ---


def a_pending_item():
    return an_item([a_claim()], by=a_person("analyst"))


def a_returned_item():
    item = a_pending_item()
    return return_to_author(by=a_person("moderator"), evidence=item, reason="Date?", today=DAY)


def a_rejected_item():
    return reject(by=a_person("moderator"), evidence=a_pending_item(), reason="Spam.", today=DAY)


def a_withdrawn_item():
    return withdraw(by=a_person("moderator"), evidence=an_item([a_claim()]), reason="Forged.", today=DAY)


@pytest.mark.parametrize("make", [an_item, a_pending_item, a_returned_item, a_rejected_item, a_withdrawn_item])
def test_an_item_is_redacted_in_whatever_state(make):
    item = make()
    assert redacted(item).state == "redacted"


def test_a_draft_that_nobody_else_saw_is_none_of_an_admins_business():
    draft = an_item(by=a_person("analyst"), draft=True)
    with pytest.raises(WrongState, match="never sent"):
        redacted(draft)
    discard_draft(by=draft.by, evidence=draft)
    with pytest.raises(WrongState, match="never sent"):
        redacted(draft)


def test_an_item_is_redacted_once():
    item = an_item()
    redacted(item)
    with pytest.raises(WrongState, match="redacted already"):
        redacted(item)


def test_a_lock_on_a_claim_does_not_hold_it_up():
    claim = a_claim()
    item = an_item([claim])
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    redacted(item)
    assert Claim.objects.get(id=claim.id).items == 0


def test_a_version_that_was_not_seen_is_stale():
    item = an_item()
    with pytest.raises(Stale):
        redacted(item, seen_version=item.version + 1)


def test_its_key_stays_by_which_loading_again_knows_it():
    item = an_item()
    Evidence.objects.filter(id=item.id).update(import_key="reset-2025:E7")
    redacted(item)
    assert Evidence.objects.get(id=item.id).import_key == "reset-2025:E7"


def test_the_address_may_be_logged_again():
    item = an_item()
    address = item.address
    redacted(item)
    assert an_item(address=address).state == "published"


@pytest.mark.parametrize("standing", ["analyst", "editor", "moderator"])
def test_only_an_admin_redacts(standing):
    with pytest.raises(NotAllowed):
        redacted(an_item(), by=a_person(standing))


# --- Why ---


def test_it_needs_a_reason():
    with pytest.raises(Invalid) as refused:
        redacted(an_item(), reason=" ")
    assert list(refused.value.errors) == ["reason"]


@pytest.mark.parametrize("basis", ["", "whim"])
def test_it_needs_a_legal_basis_that_there_is(basis):
    with pytest.raises(Invalid) as refused:
        redacted(an_item(), legal_basis=basis)
    assert list(refused.value.errors) == ["legal_basis"]


@pytest.mark.parametrize("basis", LegalBasis)
def test_each_legal_basis_is_taken(basis):
    redacted(an_item(), legal_basis=basis)


@pytest.mark.parametrize("field", ["title", "summary", "author", "quotation"])
def test_a_reason_does_not_repeat_what_is_removed(field):
    item = an_item(**{field: "John Doe of Poznań"})
    with pytest.raises(Invalid, match="repeats what is removed"):
        redacted(item, reason="It said that JOHN DOE OF POZNAŃ did it.")


def test_nothing_goes_where_it_is_refused():
    item = a_told_item()
    with pytest.raises(Invalid):
        redacted(item, reason="")
    assert EventBody.objects.filter(event__subject_id=item.id).count() == 2
    assert Evidence.objects.get(id=item.id).title


def test_its_words_leave_the_terms_of_its_claims():
    claim = a_claim()
    item = an_item([claim], title="Zweihander and tariffs", summary="Sold.")
    an_item([claim], title="More tariffs", summary="Sold.")
    renew_terms(now=NOW)
    assert ClaimTerm.objects.filter(lexeme="zweihand").exists()
    redacted(item)
    assert not ClaimTerm.objects.filter(lexeme="zweihand").exists()
    assert not WordRarity.objects.filter(lexeme="zweihand").exists()
    assert TermsDue.objects.filter(claim=claim).exists()


def test_what_feeds_and_readers_brought_of_its_page_goes():
    item = an_item()
    lead = a_lead(address=item.address, address_norm=item.address_norm, title="The page", guid="g", feed=a_feed())
    row = Suggestion(lead=lead, note="It names me.", made_at=NOW)
    row.save(force_insert=True)
    redacted(item)
    lead.refresh_from_db()
    row.refresh_from_db()
    assert (lead.address, lead.title, lead.guid, lead.state, row.note) == ("", "", "", "dismissed", "")


def test_a_suggestion_of_its_page_waits_no_more():
    item = an_item()
    lead = a_lead(address=item.address, address_norm=item.address_norm)
    row = Suggestion(lead=lead, note="It names me.", made_at=NOW)
    row.save(force_insert=True)
    redacted(item)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("dismissed", REMOVED)


def test_what_a_reader_said_when_suggesting_its_page_goes():
    item = an_item()
    lead = a_lead()
    row = suggest(by=None, address=lead.address, note="Look.", today=DAY)
    Lead.objects.filter(id=lead.id).update(evidence=item)
    redacted(item)
    assert not EventBody.objects.filter(event__subject_id=row.id).exists()


@pytest.mark.parametrize(("text", "left"), [("See “Tariffs that failed” at once", 0), ("Another page", 1)])
def test_unsent_forms_that_quote_it_go(text, left):
    item = an_item(title="Tariffs that failed")
    Unsent(person=a_person(), place="/desk/log/", fields={"title": [text]}, saved_at=NOW).save(force_insert=True)
    redacted(item)
    assert Unsent.objects.count() == left
