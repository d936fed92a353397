"""The ledger by its API: what it answers, and that what makes no sense is a problem document."""

import uuid

import pytest
from django.utils import timezone

from claims.actions.sequence import sequence
from claims.ledger.hashing import leaf_hash
from claims.ledger.notes import read_checkpoint, read_note, read_verifier
from claims.ledger.proofs import check_consistency, check_inclusion
from claims.models import Checkpoint, Event, Evidence, LedgerEntry
from tests.factories import a_claim, a_person, a_topic, an_item

API = "/api/v1/ledger"


def told(client, path, **query):
    answer = client.get(f"{API}/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def problem(client, path, **query):
    answer = client.get(f"{API}/{path}", query)
    assert answer["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    return answer.status_code, document["detail"]


def size_of(client):
    return told(client, "entries", limit=1)["size"]


def test_the_checkpoint_is_the_signed_note_as_text(loaded_db, client):
    answer = client.get(f"{API}/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    note = read_note(answer.content.decode())
    key = read_verifier(told(client, "keys")["items"][0]["verifier"])
    assert key.signed(note)
    assert read_checkpoint(note).size == LedgerEntry.objects.count()


def test_an_earlier_checkpoint_is_given_by_its_size(loaded_db, client):
    size = size_of(client)
    a_topic()
    sequence(now=timezone.now())
    assert client.get(f"{API}/checkpoint", {"size": size}).content.decode().split("\n")[1] == str(size)


def test_an_entry_tells_its_place_event_time_and_commitment(loaded_db, client):
    [entry] = told(client, "entries", start=3, limit=1)["items"]
    event = Event.objects.get(ledger_entry__position=3)
    assert entry == {
        "index": 3,
        "event": str(event.id),
        "recorded_at": event.recorded_at.isoformat(timespec="microseconds"),
        "commitment": bytes(event.commitment).hex(),
    }


def test_entries_are_given_a_thousand_at_most(loaded_db, client):
    told_all = told(client, "entries")
    assert [entry["index"] for entry in told_all["items"]] == list(range(told_all["size"]))
    assert problem(client, "entries", limit=1001)[0] == 400


def test_the_end_of_the_ledger_is_empty(loaded_db, client):
    size = size_of(client)
    assert told(client, "entries", start=size) == {"items": [], "size": size}


def test_an_opened_entry_tells_what_was_said(loaded_db, client):
    [entry] = told(client, "entries", start=0, limit=1, opened=True)["items"]
    assert entry["opened"]["said"]["id"] == entry["event"]


def test_what_is_not_public_is_not_opened(loaded_db, client):
    an_item([a_claim()], by=a_person("analyst"), title="Waits in the queue")
    sequence(now=timezone.now())
    size = size_of(client)
    entries = told(client, "entries", start=size - 10, opened=True)["items"]
    submitted = next(entry for entry in entries if entry["event"] == str(_event("evidence-submitted").id))
    assert submitted["opened"] is None


def test_every_inclusion_proof_leads_to_the_signed_root(loaded_db, client):
    for position in range(0, size_of(client), 29):
        event = Event.objects.get(ledger_entry__position=position)
        proof = told(client, "inclusion", event=event.id)
        assert proof["leaf"] == leaf_hash(bytes(event.commitment)).hex()
        check_inclusion(
            leaf=bytes.fromhex(proof["leaf"]),
            index=position,
            size=proof["size"],
            path=[bytes.fromhex(step) for step in proof["path"]],
            root=read_checkpoint(read_note(client.get(f"{API}/checkpoint").content.decode())).root,
        )


def test_an_inclusion_proof_in_an_earlier_tree(loaded_db, client):
    event = Event.objects.get(ledger_entry__position=5)
    proof = told(client, "inclusion", event=event.id, size=6)
    assert (proof["size"], len(proof["path"])) == (6, 2)


def test_consistency_from_every_size(loaded_db, client):
    size = size_of(client)
    for first in (1, 2, 3, 64, 100, size - 1, size):
        proof = told(client, "consistency", first=first)
        check_consistency(
            first=first,
            second=size,
            first_root=bytes.fromhex(proof["first_root"]),
            second_root=bytes.fromhex(proof["second_root"]),
            path=[bytes.fromhex(step) for step in proof["path"]],
        )


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("entries", {"start": 10**6}, 400, "start: the ledger has"),
        ("entries", {"start": -1}, 400, "start: Input should be greater"),
        ("entries", {"limit": 0}, 400, "limit: Input should be greater"),
        ("entries", {"start": "x"}, 400, "start: Input should be a valid integer"),
        ("entries", {"start": 10**30}, 400, "start: the ledger has"),
        ("checkpoint", {"size": 10**6}, 400, "The ledger has"),
        ("checkpoint", {"size": 0}, 400, "size: Input should be greater"),
        ("checkpoint", {"size": 7}, 404, "No checkpoint was signed for 7 entries."),
        ("inclusion", {}, 400, "event: Field required."),
        ("inclusion", {"event": "x"}, 400, "event: Input should be a valid UUID"),
        ("inclusion", {"event": str(uuid.UUID(int=7))}, 404, "There is no event with this id."),
        ("consistency", {}, 400, "first: Field required."),
        ("consistency", {"first": 0}, 400, "first: Input should be greater"),
        ("consistency", {"first": 5, "second": 4}, 400, "first: a tree of 4 entries did not grow out of one of 5."),
        ("consistency", {"first": 5, "second": 10**9}, 400, "The ledger has"),
        ("consistency", {"first": 10**9}, 400, "first: a tree of"),
        ("nothing", {}, 404, "There is nothing at this address of the API"),
    ],
)
def test_what_makes_no_sense_is_a_problem_document(loaded_db, client, path, query, status, words):
    found, detail = problem(client, path, **query)
    assert (found, detail.startswith(words)) == (status, True), detail


def test_a_size_that_the_event_came_after_is_refused(loaded_db, client):
    event = Event.objects.get(ledger_entry__position=50)
    status, detail = problem(client, "inclusion", event=event.id, size=50)
    assert (status, "entry 50, which a tree of 50 entries does not hold" in detail) == (400, True)


def test_an_event_without_a_place_has_no_proof_yet(loaded_db, client):
    a_topic()
    status, detail = problem(client, "inclusion", event=_event("topic-added").id)
    assert (status, detail) == (404, "The event has no place yet: places are given within two seconds.")


def test_an_empty_ledger_has_no_checkpoint(db, client):
    assert problem(client, "checkpoint") == (404, "Nothing was signed yet: the ledger is empty.")


@pytest.mark.parametrize("path", ["keys", "entries"])
def test_an_empty_ledger_has_no_entries_and_no_keys(db, client, path):
    assert told(client, path)["items"] == []


def test_the_api_is_only_read(loaded_db, client):
    assert client.post(f"{API}/entries").status_code == 405


@pytest.mark.parametrize(
    ("path", "queries"),
    [("checkpoint", 1), ("keys", 1), ("entries?start=0&limit=400&opened=true", 2), ("consistency?first=77", 2)],
)
def test_each_answer_takes_a_fixed_number_of_queries(loaded_db, client, django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        client.get(f"{API}/{path}")


def test_a_proof_takes_three_queries(loaded_db, client, django_assert_num_queries):
    event = Event.objects.get(ledger_entry__position=100)
    with django_assert_num_queries(3):
        told(client, "inclusion", event=event.id)


def test_the_openapi_document_lists_the_ledger(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"{API}/{path}" for path in ("checkpoint", "keys", "entries", "inclusion", "consistency")} <= set(paths)


def test_a_withdrawn_item_closes_its_entries(loaded_db, client):
    from claims.actions.decide import withdraw
    from tests.factories import DAY

    item = Evidence.objects.filter(state="published").first()
    event = Event.objects.get(subject_id=item.id, verb="evidence-logged")
    assert told(client, "inclusion", event=event.id)["opened"]
    withdraw(by=a_person("moderator"), evidence=item, reason="Not what it says.", today=DAY)
    assert told(client, "inclusion", event=event.id)["opened"] is None


def test_checkpoints_are_kept_for_every_size_that_was_signed(loaded_db, client):
    assert all(
        client.get(f"{API}/checkpoint", {"size": size}).status_code == 200
        for size in Checkpoint.objects.values_list("size", flat=True)
    )


def _event(verb):
    return Event.objects.filter(verb=verb).order_by("-id")[0]
