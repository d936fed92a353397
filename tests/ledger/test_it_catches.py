"""What somebody with the database in hand could do to the record, and that it shows: triggers are switched off here."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from claims.actions.record import commitment
from claims.actions.sequence import sequence
from claims.interchange.export_ledger import ledger_lines
from claims.ledger.errors import AuditError
from claims.ledger.notes import Checkpoint, Signer, read_checkpoint, read_note, read_signer
from claims.ledger.published import read_published
from claims.ledger.verify import verify
from claims.models import Event, EventBody
from claims.queries.ledger import newest_signed, signed_at
from claims.queries.ledger_audit import audit_ledger

pytestmark = pytest.mark.usefixtures("loaded_db")


def as_superuser(sql, *given):
    """Does what triggers and foreign keys would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, given)
        assert cursor.rowcount > 0
        cursor.execute("SET LOCAL session_replication_role = origin")


def audited(*, since=None, trusted=None):
    return audit_ledger(since=since, trusted=trusted, say=lambda words: None)


def found(**trusted):
    """What the check of the database says is wrong."""
    with pytest.raises(AuditError) as caught:
        audited(**trusted)
    return str(caught.value)


def found_by_a_stranger(tmp_path, *, since=None, brief=False):
    """What a check of the export says is wrong, without the database."""
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(ledger_lines(opened=not brief)), encoding="utf-8")
    with pytest.raises(AuditError) as caught:
        verify(read_published(str(file)), since=since, trusted=None, say=lambda words: None)
    return str(caught.value)


def newest_note():
    return read_note(newest_signed().note)


def event_at(position):
    return Event.objects.get(ledger_entry__position=position)


def alter(event, **payload):
    """Alters what an event says, and its commitment with it, so that the two fit."""
    body = EventBody.objects.get(event=event)
    said = {**body.payload, **payload}
    claims = event.event_claims.values_list("claim_id", flat=True)
    forged = commitment(event, claims=claims, payload=said, salt=bytes(body.salt))
    as_superuser("UPDATE event_body SET payload = %s::jsonb WHERE event_id = %s", json.dumps(said), event.id)
    as_superuser("UPDATE event SET commitment = %s WHERE id = %s", forged, event.id)


def forge_anew():
    """Throws the ledger away and has it built and signed again from the events as they now are."""
    order = list(Event.objects.order_by("ledger_entry__position").values_list("id", flat=True))
    for table in ("ledger_entry", "ledger_node", "checkpoint"):
        as_superuser(f"DELETE FROM {table}")
    for event in order:
        as_superuser("INSERT INTO outbox (event_id) VALUES (%s)", event)
    sequence(now=timezone.now())


def test_nothing_is_found_where_nothing_was_done():
    assert audited().startswith("All ")


def test_the_command_agrees_that_nothing_was_done(capsys):
    call_command("verify_ledger")
    assert "The tables that pages show fit what was recorded." in capsys.readouterr().out


# --- an altered payload


def test_an_altered_payload_does_not_fit_its_commitment():
    event = event_at(100)
    as_superuser('UPDATE event_body SET payload = payload || \'{"note": "x"}\' WHERE event_id = %s', event.id)
    assert found() == f"Entry 100 ({event.id}) does not fit its commitment: what it says was altered."


def test_a_stranger_finds_an_altered_payload(tmp_path):
    event = event_at(100)
    as_superuser('UPDATE event_body SET payload = payload || \'{"note": "x"}\' WHERE event_id = %s', event.id)
    assert "Entry 100" in found_by_a_stranger(tmp_path)


def test_a_payload_altered_with_its_commitment_is_not_what_was_given_a_place():
    alter(event_at(100), note="x")
    assert "Entry 100" in found()


def test_a_stranger_finds_a_payload_altered_with_its_commitment(tmp_path):
    alter(event_at(100), note="x")
    assert "are not those that test.example/ledger signed" in found_by_a_stranger(tmp_path)


def test_an_altered_actor_shows():
    event = event_at(100)
    as_superuser("UPDATE event SET actor_id = NULL WHERE id = %s", event.id)
    assert "Entry 100" in found()


def test_a_body_that_is_gone_without_a_redaction_shows():
    as_superuser("DELETE FROM event_body WHERE event_id = %s", event_at(7).id)
    assert "What entry 7 " in found()


# --- a removed row


def test_a_removed_entry_leaves_a_gap():
    as_superuser("DELETE FROM ledger_entry WHERE position = 5")
    assert found() == "Entry 5 is missing: entry 6 comes in its place."


def test_a_removed_event_leaves_its_place():
    event = event_at(5)
    as_superuser("DELETE FROM event WHERE id = %s", event.id)
    assert found() == f"Entry 5 is of event {event.id}, which was removed."


def test_entries_removed_at_the_end_are_missed():
    size = newest_signed().size
    as_superuser("DELETE FROM ledger_entry WHERE position = %s", size - 1)
    assert f"The record ends after {size - 1:,} entries" in found()


def test_an_entry_removed_with_its_checkpoint_leaves_an_event_without_a_place():
    sequence_one_more()
    size = newest_signed().size
    as_superuser("DELETE FROM ledger_entry WHERE position = %s", size - 1)
    as_superuser("DELETE FROM checkpoint WHERE size = %s", size)
    as_superuser("DELETE FROM ledger_node WHERE (index + 1) << level = %s", size) if size % 2 == 0 else None
    assert "has no place in the ledger and waits for none" in found()


def test_a_removed_node_shows():
    as_superuser("DELETE FROM ledger_node WHERE level = 3 AND index = 2")
    assert "from 16 up to 23" in found()


def test_a_stranger_finds_a_removed_entry(tmp_path):
    file = tmp_path / "ledger.jsonl"
    lines = list(ledger_lines())
    del lines[6]  # line 1 is the header
    file.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(AuditError, match="Entry 5 is missing: entry 6 comes in its place"):
        verify(read_published(str(file)), since=None, trusted=None, say=lambda words: None)


# --- a swapped order


def swap_places(*, leaves):
    """Swaps the events of entries 10 and 11, with their leaves or without."""
    if leaves:
        for place, to in ((10, 1_000_010), (11, 10), (1_000_010, 11)):
            as_superuser("UPDATE ledger_entry SET position = %s WHERE position = %s", to, place)
    else:
        events = {10: event_at(11).id, 11: event_at(10).id}
        as_superuser("UPDATE ledger_entry SET event_id = gen_random_uuid() WHERE position IN (10, 11)")
        for place, event in events.items():
            as_superuser("UPDATE ledger_entry SET event_id = %s WHERE position = %s", event, place)


def test_swapped_entries_are_not_what_was_given_their_places():
    swap_places(leaves=False)
    assert "Entry 10" in found()


def test_entries_swapped_with_their_leaves_do_not_fit_the_tree():
    swap_places(leaves=True)
    assert "from 10 up to 11" in found()


def test_a_stranger_finds_swapped_entries(tmp_path):
    swap_places(leaves=True)
    assert "are not those that test.example/ledger signed" in found_by_a_stranger(tmp_path)


# --- a back-dated time


def test_a_time_set_back_does_not_fit_its_commitment():
    as_superuser("UPDATE event SET recorded_at = recorded_at - interval '1 year' WHERE id = %s", event_at(50).id)
    assert "Entry 50" in found()


def test_an_event_brought_in_today_with_a_time_of_last_year_is_told_by_its_place(tmp_path):
    sequence_one_more(ago=timedelta(days=365))
    words = found()
    assert words.endswith("its time is dated back.")
    assert found_by_a_stranger(tmp_path, brief=True) == words


def sequence_one_more(*, ago=timedelta()):
    from tests.factories import a_topic

    a_topic()
    if ago:
        event = Event.objects.order_by("-id")[0]
        event.recorded_at -= ago
        as_superuser("UPDATE event SET recorded_at = %s WHERE id = %s", event.recorded_at, event.id)
        alter(event)
    sequence(now=timezone.now())


# --- a replaced checkpoint


def test_a_checkpoint_of_another_root_does_not_fit_the_entries(settings):
    size = newest_signed().size
    signer = read_signer(settings.LEDGER_KEY)
    other = Checkpoint(signer.name, size, b"\1" * 32).signed_by(signer)
    as_superuser("UPDATE checkpoint SET note = %s WHERE size = %s", str(other), size)
    assert f"The first {size:,} entries are not those that test.example/ledger signed" in found()


def test_a_checkpoint_signed_by_a_strange_key_shows():
    size = newest_signed().size
    root = read_checkpoint(newest_note()).root
    stranger = Signer.new("test.example/ledger")
    note = str(Checkpoint(stranger.name, size, root).signed_by(stranger))
    as_superuser("UPDATE checkpoint SET note = %s WHERE size = %s", note, size)
    assert "not signed by a key of this ledger" in found()


# --- a fork, and a tree that was signed anew


def test_a_record_forged_as_a_whole_fits_itself():
    """Which is why checkpoints are to be kept where the operator has no hand in them."""
    alter(event_at(100), slug="x")
    forge_anew()
    assert audited().startswith("All ")


def test_a_saved_checkpoint_shows_a_record_that_was_forged_as_a_whole(tmp_path):
    saved = newest_note()
    alter(event_at(100), slug="x")
    forge_anew()
    sequence_one_more()
    words = found(since=saved)
    assert words.startswith(f"The first {read_checkpoint(saved).size:,} entries are not those that")
    assert "(a fork)" in words
    assert found_by_a_stranger(tmp_path, since=saved) == words


def test_a_tree_signed_anew_by_another_key_shows_by_the_saved_checkpoint(settings, tmp_path):
    saved = newest_note()
    as_superuser("DELETE FROM ledger_key")
    as_superuser("DELETE FROM event_body WHERE event_id IN (SELECT id FROM event WHERE verb = 'ledger-key-set')")
    as_superuser("DELETE FROM event WHERE verb = 'ledger-key-set'")
    as_superuser("DELETE FROM ledger_entry WHERE event_id NOT IN (SELECT id FROM event)")
    settings.LEDGER_KEY = Signer.new("test.example/ledger").text
    forge_anew()
    assert audited().startswith("All ")
    words = found(since=saved)
    assert "the record was signed anew with another key" in words
    assert found_by_a_stranger(tmp_path, since=saved) == words


def test_a_key_that_was_put_in_the_place_of_another_does_not_fit_its_event():
    other = Signer.new("test.example/ledger")
    as_superuser("UPDATE ledger_key SET verifier = %s", other.verifier.text)
    size = newest_signed().size
    for signed in (signed_at(size),):
        note = Checkpoint(other.name, size, signed.root).signed_by(other)
        as_superuser("UPDATE checkpoint SET note = %s WHERE size = %s", str(note), size)
    with pytest.raises(CommandError, match="a key of the ledger is not as its event told it"):
        call_command("verify_ledger")


def test_fewer_entries_than_a_saved_checkpoint_had_are_told(tmp_path):
    sequence_one_more()
    saved = newest_note()
    size = read_checkpoint(saved).size
    as_superuser("DELETE FROM checkpoint WHERE size = %s", size)
    assert "entries were taken away" in found_by_a_stranger(tmp_path, since=saved)


# --- rows that pages are made of


ROWS = {
    "an assessment": "UPDATE assessment SET probability = 0.9 WHERE status = 'open'",
    "the reasons": "UPDATE assessment SET rationale = 'Other reasons.'",
    "a citation": "DELETE FROM citation",
    "a judgement gone": "DELETE FROM assessment WHERE id = (SELECT max(assessment_id::text)::uuid FROM claim)",
    "a statement": "UPDATE claim_revision SET statement = 'Another statement.' WHERE number = 1",
    "signposts": 'UPDATE claim_revision SET signposts = \'[{"text": "x", "direction": "up"}]\'',
    "when a wording holds from": "UPDATE claim_revision SET in_force_from = in_force_from - 1",
    "a wording gone": "DELETE FROM claim_revision WHERE number = 2",
    "a stance then": "UPDATE bearing_revision SET stance = 'mixed' WHERE stance = 'supports'",
    "a stance now": "UPDATE bearing SET stance = 'mixed' WHERE stance = 'supports'",
    "a bearing's history": "DELETE FROM bearing_revision",
    "a summary": "UPDATE evidence SET summary = 'Another summary.'",
    "a date": "UPDATE evidence SET published_from = published_from - 1",
    "an item hidden": "UPDATE evidence SET state = 'withdrawn' WHERE live",
    "an item gone": "DELETE FROM evidence",
    "a grade": "UPDATE source SET reliability = 'F'",
    "an earlier grade": "UPDATE source_revision SET reliability = 'F'",
    "an article": "UPDATE article SET title = 'Another title'",
    "its authors": "DELETE FROM article_author",
    "a relation": "UPDATE claim_relation SET relation = 'competes-with' WHERE relation <> 'competes-with'",
    "a kept number": "UPDATE claim SET probability = 0.9 WHERE status = 'open'",
    "a kept title": "UPDATE claim SET title = 'Another title'",
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_changed_behind_the_record_shows(what):
    as_superuser(ROWS[what])
    with pytest.raises(CommandError, match="The ledger fits, but"):
        call_command("verify_ledger")
