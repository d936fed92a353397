"""The page of the ledger, and the pages that prove its entries."""

import hashlib
import html
import re
import subprocess
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client

from claims.actions.decide import withdraw
from claims.actions.redact import redact_evidence
from claims.actions.sequence import sequence
from claims.ids import uuid7
from claims.ledger.notes import Signer, read_checkpoint, read_note, read_signer
from claims.ledger.proofs import climb
from claims.models import Checkpoint, Event, LedgerEntry, LedgerKey, Outbox
from claims.web.ledger import _commitment_command
from tests.factories import DAY, NOW, a_claim, a_person, a_source, a_topic, an_article, an_assessment, an_item

UNKNOWN = "01a20c81-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.web.asked.now", lambda: NOW)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def words(text: str) -> str:
    """What a page says, without markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text)))


def inside(text: str, identity: str) -> str:
    """What stands in the element with this id, exactly."""
    found = re.search(rf'id="{identity}"[^>]*>([^<]*)<', text)
    assert found, f"nothing has the id {identity}"
    return html.unescape(found[1])


def proof_of(event: Event | UUID | str) -> str:
    return f"/ledger/events/{getattr(event, 'id', event)}/"


def newest_of(verb: str) -> Event:
    return Event.objects.filter(verb=verb).order_by("-id")[0]


def sequenced() -> None:
    while sequence(now=NOW).more:
        pass


def waiting(recorded_at: datetime = NOW) -> Event:
    """An act that has no place yet."""
    return many_waiting(1, recorded_at)[0]


def many_waiting(count: int, recorded_at: datetime = NOW) -> list[Event]:
    """Acts in bulk, whose words are not public."""
    events = [
        Event(
            id=uuid7(),
            recorded_at=recorded_at,
            about_on=DAY,
            verb="flagged",
            subject_type="flag",
            subject_id=uuid7(),
            commitment=hashlib.sha256(str(number).encode()).digest(),
        )
        for number in range(count)
    ]
    Event.objects.bulk_create(events)
    Outbox.objects.bulk_create(Outbox(event=event) for event in events)
    return events


def behind_the_guards(sql: str, *given: str) -> None:
    """Changes what nobody may change."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, given)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


# --- The page of the ledger ---


def test_an_empty_ledger_says_so(db, client):
    said = words(page(client, "/ledger/"))
    assert "None has been signed yet." in said
    assert "No entries yet" in said
    assert "The key is made when the first act is signed" in said


def test_it_shows_the_newest_checkpoint_as_it_was_signed(db, client):
    a_topic()
    sequenced()
    many_waiting(3)
    sequenced()
    assert inside(page(client, "/ledger/"), "newest-checkpoint") == Checkpoint.objects.latest("size").note


def test_it_says_how_many_entries_there_are_and_when_they_were_signed(db, client):
    many_waiting(4)
    sequenced()
    size = LedgerEntry.objects.count()
    assert f"{size} entries, signed 1 Jun 2026, 12:00:00 UTC" in words(page(client, "/ledger/"))


def test_one_entry_is_one_entry(db, client):
    waiting()
    sequence(now=NOW, most=1)
    assert "1 entry, signed" in words(page(client, "/ledger/"))


def test_it_lists_the_newest_twenty_newest_first(loaded_db, client):
    text = page(client, "/ledger/")
    newest = LedgerEntry.objects.order_by("-position")[:20].values_list("event_id", flat=True)
    assert re.findall(r'<a href="/ledger/events/([^/]*)/">', text) == [str(event) for event in newest]


def test_an_entry_says_what_was_done_when_and_its_short_commitment(db, client):
    an_assessment(a_claim())
    event = newest_of("assessed")
    sequenced()
    said = words(page(client, "/ledger/"))
    place = event.ledger_entry.position
    assert f"{place} Proof of entry {place}: assessed a claim" in said
    assert f"{bytes(event.commitment).hex()[:16]}…" in said


def test_the_command_names_the_site(db, client, settings):
    settings.SITE_URL = "https://claims.example"
    assert "python -m claims.ledger.verify https://claims.example/ --save checkpoint.txt" in page(client, "/ledger/")


def test_without_a_set_address_the_command_names_the_one_asked_for(db, client, settings):
    settings.SITE_URL = ""
    assert "python -m claims.ledger.verify http://testserver/ --since checkpoint.txt" in page(client, "/ledger/")


def test_the_first_key_is_shown(db, client):
    a_topic()
    sequenced()
    said = words(page(client, "/ledger/"))
    assert f"{read_signer(site_settings.LEDGER_KEY).verifier.text} The first key." in said


def test_a_key_that_was_handed_over_says_so(db, client, settings):
    _changed_key(settings, handed_over=True)
    assert "Signs from entry 2 on. It was handed over" in words(page(client, "/ledger/"))


def test_a_key_that_was_not_handed_over_is_marked(db, client, settings):
    _changed_key(settings, handed_over=False)
    assert "Signs from entry 2 on. It was not handed over" in words(page(client, "/ledger/"))


def test_a_handover_that_does_not_hold_is_marked(db, client, settings):
    _changed_key(settings, handed_over=True)
    behind_the_guards("UPDATE ledger_key SET handover = (SELECT min(note) FROM checkpoint) WHERE handover <> %s", "")
    assert "What should be its handover does not hold" in words(page(client, "/ledger/"))


def test_a_handover_that_cannot_be_read_is_marked_too(db, client, settings):
    _changed_key(settings, handed_over=True)
    behind_the_guards("UPDATE ledger_key SET handover = 'nothing' WHERE handover <> %s", "")
    assert "What should be its handover does not hold" in words(page(client, "/ledger/"))


def _changed_key(settings, *, handed_over: bool) -> None:
    """One act and the first key on record, then another key."""
    waiting()
    sequenced()
    settings.LEDGER_KEY_BEFORE = settings.LEDGER_KEY if handed_over else ""
    settings.LEDGER_KEY = Signer.new(read_signer(settings.LEDGER_KEY).name).text
    sequenced()
    assert LedgerKey.objects.count() == 2


def test_acts_that_wait_longer_than_a_minute_are_told_of(db, client):
    waiting(NOW - timedelta(minutes=7))
    waiting(NOW)
    assert "the first of them was recorded 7 minutes ago" in words(page(client, "/ledger/"))


def test_acts_that_wait_for_seconds_are_not(db, client):
    waiting(NOW - timedelta(seconds=59))
    assert "wait for their place" not in page(client, "/ledger/")


@pytest.mark.parametrize(
    ("waited", "said"),
    [(timedelta(minutes=1), "1 minute"), (timedelta(hours=3), "3 hours"), (timedelta(days=9), "9 days")],
)
def test_a_long_wait_is_told_in_fitting_words(db, client, waited, said):
    waiting(NOW - waited)
    assert f"recorded {said} ago" in words(page(client, "/ledger/"))


@pytest.mark.parametrize("typed", ["3", " 3 ", "0", "1,0"])
def test_the_number_of_an_entry_leads_to_its_proof(loaded_db, client, typed):
    answer = client.get("/ledger/", {"entry": typed})
    position = int(typed.replace(",", ""))
    assert answer.status_code == 302
    assert answer["Location"] == proof_of(LedgerEntry.objects.get(position=position).event_id)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Fill in the number of an entry."),
        ("twelve", "An entry’s number is a whole number, such as 12."),
        ("-1", "An entry’s number is a whole number"),
        ("²", "An entry’s number is a whole number"),
        ("99999", "There is no entry with so large a number."),
        ("9" * 400, "There is no entry with so large a number."),
        ("\0", "An entry’s number is a whole number"),
    ],
)
def test_a_number_that_leads_nowhere_is_told_at_the_field(loaded_db, client, typed, said):
    answer = client.get("/ledger/", {"entry": typed})
    size = LedgerEntry.objects.count()
    assert answer.status_code == 400
    assert f"{said}" in words(answer.text)
    assert f"The record has {size} entries, numbered from 0 to {size - 1}." in words(answer.text)
    assert 'aria-describedby="id_entry_error"' in answer.text


def test_what_was_typed_stays(loaded_db, client):
    assert 'value="twelve"' in client.get("/ledger/", {"entry": "twelve"}).text


def test_of_an_empty_ledger_no_number_leads_anywhere(db, client):
    assert "The record is empty so far." in words(client.get("/ledger/", {"entry": "0"}).text)


@pytest.mark.parametrize("count", [3, 1000])
def test_the_ledger_asks_the_database_four_times(db, client, django_assert_num_queries, count):
    many_waiting(count)
    sequenced()
    with django_assert_num_queries(4):
        page(client, "/ledger/")


# --- The proof of an event ---


def test_a_proof_says_what_was_done_when_and_of_which_day(db, client):
    an_item([a_claim()], today=DAY)
    event = newest_of("evidence-logged")
    sequenced()
    said = words(page(client, proof_of(event)))
    assert "Done logged evidence" in said
    assert f"Speaks of {event.about_on.day} {event.about_on:%b %Y}" in said
    recorded = event.recorded_at.astimezone(UTC)
    assert f"Recorded {recorded.day} {recorded:%b %Y, %H:%M:%S} UTC" in said


def test_folding_the_values_of_the_page_leads_to_the_signed_root(loaded_db, client):
    size = LedgerEntry.objects.count()
    for position in (0, 1, size // 2, size - 2, size - 1):
        text = page(client, proof_of(LedgerEntry.objects.get(position=position).event_id))
        path = [bytes.fromhex(step) for step in re.findall(r"<code data-step>([0-9a-f]{64})</code>", text)]
        root = climb(bytes.fromhex(inside(text, "proof-leaf")), index=position, size=size, path=path)
        assert root.hex() == inside(text, "proof-root")
        assert root == read_checkpoint(read_note(inside(text, "proof-note"))).root


def test_folding_by_the_sides_that_are_told_leads_there_too(loaded_db, client):
    text = page(client, proof_of(LedgerEntry.objects.get(position=100).event_id))
    found = bytes.fromhex(inside(text, "proof-leaf"))
    for side, step in re.findall(r"<li><span>(left|right)</span><code data-step>([0-9a-f]*)</code>", text):
        value = bytes.fromhex(step)
        found = hashlib.sha256(b"\1" + (value + found if side == "left" else found + value)).digest()
    assert found.hex() == inside(text, "proof-root")


def test_it_counts_the_values_to_fold_in(loaded_db, client):
    text = page(client, proof_of(LedgerEntry.objects.get(position=100).event_id))
    count = text.count("<code data-step>")
    size = LedgerEntry.objects.count()
    assert f"Entry 100 in a record of {size}. Hash the entry, then fold in these {count} values in order" in words(text)


def test_the_proof_of_the_only_entry_has_nothing_to_fold_in(db, client):
    event = waiting()
    sequence(now=NOW, most=1)
    text = page(client, proof_of(event))
    assert "It is the only entry of this record" in text
    assert inside(text, "proof-leaf") == inside(text, "proof-root")


def test_what_a_public_event_says_stands_there_as_it_was_hashed(db, client):
    an_item([a_claim()], title="It’s “<b>ünicode</b>” & שלום 'quoted' \\ back")
    event = newest_of("evidence-logged")
    sequenced()
    text = page(client, proof_of(event))
    salt, said = bytes.fromhex(inside(text, "proof-salt")), inside(text, "proof-said")
    assert hashlib.sha256(salt + said.encode()).digest() == bytes(event.commitment)
    assert inside(text, "proof-commitment") == bytes(event.commitment).hex()


def test_the_commands_print_what_they_should_when_they_are_pasted(db, client):
    an_item([a_claim()], title="It’s 'quoted', ünicode, שלום, \\ back and % signs, $HOME `id` !! ")
    event = newest_of("evidence-logged")
    sequenced()
    text = page(client, proof_of(event))
    assert _printed(inside(text, "command-commitment")) == bytes(event.commitment).hex()
    assert _printed(inside(text, "command-leaf")) == inside(text, "proof-leaf")


def test_a_command_keeps_every_byte_of_a_salt():
    for salt in (bytes(range(32)), bytes(range(32, 64)), bytes(range(70, 102)), bytes(range(224, 256))):
        assert _printed(_commitment_command(salt, b"{}")) == hashlib.sha256(salt + b"{}").hexdigest()


def _printed(command: str) -> str:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


def test_what_a_waiting_item_says_is_not_shown(db, client):
    an_item([a_claim()], by=a_person("analyst"), title="Unseenword title")
    event = newest_of("evidence-submitted")
    sequenced()
    text = page(client, proof_of(event))
    assert "Unseenword" not in text
    assert "What it says is not public." in text
    assert bytes(event.commitment).hex() in text
    assert "proof-salt" not in text


def test_what_is_not_public_has_no_day_either(db, client):
    event = waiting()
    sequenced()
    assert "Speaks of" not in page(client, proof_of(event))


def test_its_command_makes_the_hash_of_the_entry_alone(db, client):
    event = waiting()
    sequenced()
    text = page(client, proof_of(event))
    assert "command-commitment" not in text
    assert _printed(inside(text, "command-leaf")) == inside(text, "proof-leaf")


def test_what_a_withdrawn_item_said_is_not_shown(db, client):
    item = an_item([a_claim()], title="Unseenword title")
    event = newest_of("evidence-logged")
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    sequenced()
    assert "Unseenword" not in page(client, proof_of(event))


def test_a_redacted_event_leads_to_the_entry_that_says_why(db, client):
    item = an_item([a_claim()], title="Unseenword title")
    event = newest_of("evidence-logged")
    redact_evidence(
        by=a_person("admin"), evidence=item, reason="A court ordered it.", legal_basis="court-order", today=DAY
    )
    sequenced()
    tombstone = newest_of("evidence-redacted")
    text = page(client, proof_of(event))
    assert f'destroyed on legal grounds, together with its salt; <a href="{proof_of(tombstone)}">' in text
    assert "Unseenword" not in text
    assert "A court ordered it." in inside(page(client, proof_of(tombstone)), "proof-said")


@pytest.mark.parametrize(
    ("verb", "address"),
    [
        ("article-added", "/articles/an-article/history/"),
        ("claim-opened", "/claims/a-claim/history/"),
        ("assessed", "/claims/a-claim/history/"),
        ("source-added", "/sources/paper-example/history/"),
    ],
)
def test_a_public_event_leads_to_the_history_that_tells_of_it(db, client, verb, address):
    a_source("paper.example")
    an_assessment(a_claim(an_article(slug="an-article"), slug="a-claim"))
    event = newest_of(verb)
    sequenced()
    assert f'href="{address}"' in page(client, proof_of(event))
    assert client.get(address).status_code == 200


def test_an_item_and_its_bearings_lead_to_the_history_of_the_item(db, client):
    item = an_item([a_claim()])
    event = newest_of("evidence-logged")
    sequenced()
    assert f'href="/evidence/{item.id}/history/"' in page(client, proof_of(event))


def test_it_leads_to_the_proof_as_data_and_to_the_checkpoint(loaded_db, client):
    event = LedgerEntry.objects.get(position=7).event_id
    text = page(client, proof_of(event))
    for address in (f"/api/v1/ledger/inclusion?event={event}", "/api/v1/ledger/checkpoint", "/ledger/"):
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200


def test_an_earlier_checkpoint_can_be_chosen(loaded_db, client):
    size = LedgerEntry.objects.count()
    a_topic()
    sequenced()
    event = LedgerEntry.objects.get(position=7).event_id
    text = page(client, f"{proof_of(event)}?size={size}")
    assert read_checkpoint(read_note(inside(text, "proof-note"))).size == size
    for address in re.findall(r'href="(/api/[^"]*)"', text):
        assert f"size={size}" in address
        assert client.get(html.unescape(address)).status_code == 200


@pytest.mark.parametrize(
    ("size", "status", "said"),
    [
        ("many", 400, "size: give the number of entries of a checkpoint, such as 293."),
        ("-1", 400, "size: give the number of entries"),
        ("9" * 400, 400, "size: give the number of entries"),
        ("0", 400, "size: this is entry 7, and a record of 0 entries does not reach it."),
        ("7", 400, "size: this is entry 7, and a record of 7 entries does not reach it."),
        ("8", 404, "No checkpoint was signed for 8 entries."),
        ("999999", 404, "No checkpoint was signed for 999,999 entries."),
    ],
)
def test_a_size_that_was_not_signed_is_refused_in_words(loaded_db, client, size, status, said):
    event = LedgerEntry.objects.get(position=7).event_id
    assert said in words(page(client, f"{proof_of(event)}?size={size}", status=status))


def test_an_event_without_a_place_is_told_so(db, client):
    said = words(page(client, proof_of(waiting())))
    assert "It has no place yet" in said
    assert "Places are given within two seconds; load the page again." in said


def test_an_event_that_waits_long_is_told_why(db, client):
    assert "recorded 5 minutes ago" in words(page(client, proof_of(waiting(NOW - timedelta(minutes=5)))))


def test_an_unknown_event_is_a_sentence(db, client):
    assert "The record holds no event with this number." in page(client, proof_of(UNKNOWN), status=404)


def test_a_checkpoint_by_another_key_is_marked(db, client):
    event = waiting()
    sequenced()
    stranger = Signer.new(read_signer(site_settings.LEDGER_KEY).name)
    note = read_checkpoint(read_note(Checkpoint.objects.latest("size").note)).signed_by(stranger)
    behind_the_guards("UPDATE checkpoint SET note = %s", str(note))
    text = page(client, proof_of(event))
    assert 'None of the <a href="/ledger/#keys">keys of this ledger</a> made this signature.' in text


@pytest.mark.parametrize("count", [3, 1000])
def test_a_proof_asks_the_database_five_times(db, client, django_assert_num_queries, count):
    a_topic()
    many_waiting(count)
    sequenced()
    for address in (proof_of(newest_of("topic-added")), proof_of(newest_of("flagged"))):
        with django_assert_num_queries(5):
            page(client, address)


def test_without_a_place_it_asks_three_times(db, client, django_assert_num_queries):
    event = waiting()
    with django_assert_num_queries(3):
        page(client, proof_of(event))


def test_nobody_keeps_these_pages(loaded_db, client):
    event = LedgerEntry.objects.get(position=7).event_id
    for address in ("/ledger/", proof_of(event)):
        assert client.get(address).names == frozenset()  # type: ignore[attr-defined]
