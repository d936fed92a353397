"""What the site serves of its ledger, checked as a stranger would: json, hashlib, `cryptography` and the RFC alone.

Whoever reads this file has read all the code that it trusts: it and rfc9162.py import nothing of the site's ledger.
"""

import base64
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from claims.actions.sequence import sequence
from claims.models import Checkpoint, Event, EventBody, EventClaim, LedgerEntry
from tests.factories import a_claim, a_topic, an_assessment, an_item
from tests.ledger import rfc9162

pytestmark = pytest.mark.usefixtures("loaded_db")

API = "/api/v1/ledger"


@pytest.fixture
def served(client):
    """The site's answers, after a few acts more than it was loaded with: (path, query) to text."""
    claim = a_claim(topics=[a_topic("الجغرافيا 🜨")])
    an_assessment(claim, cites=[an_item([claim], event="2025-03", author="Zażółć Gęślą")])
    sequence(now=timezone.now())

    def get(path, **query):
        answer = client.get(f"{API}/{path}", query)
        assert answer.status_code == 200, answer.content
        return answer.content.decode("utf-8")

    return get


def all_entries(served, **query):
    found, size = [], None
    while size is None or len(found) < size:
        answer = json.loads(served("entries", start=len(found), limit=37, **query))
        size, items = answer["size"], answer["items"]
        assert items, "the ledger ends before its size"
        found += items
    return found


def commitments(served):
    return [bytes.fromhex(entry["commitment"]) for entry in all_entries(served)]


def parts(note):
    """The signed text of a note, and its signatures as (name, key hash, signature)."""
    body, _, signatures = note.rpartition("\n\n")
    assert signatures.endswith("\n")
    found = []
    for line in signatures[:-1].split("\n"):
        dash, name, value = line.split(" ")
        assert dash == "\u2014"
        decoded = base64.b64decode(value, validate=True)
        found.append((name, decoded[:4], decoded[4:]))
    return f"{body}\n", found


def public_key(verifier):
    """The name, the key hash and the 32 bytes of a verifier key."""
    name, key_hash, encoded = verifier.split("+", 2)
    decoded = base64.b64decode(encoded, validate=True)
    assert decoded[:1] == b"\x01"
    return name, bytes.fromhex(key_hash), decoded[1:]


def newest_key(served):
    return public_key(json.loads(served("keys"))["items"][-1]["verifier"])


# --- The checkpoint ---


def test_the_key_hash_is_made_of_the_name_and_the_key(served):
    name, key_hash, public = newest_key(served)
    assert hashlib.sha256(name.encode() + b"\x0a\x01" + public).digest()[:4] == key_hash


def test_the_note_is_signed_by_the_published_key(served):
    text, [(name, key_hash, signature)] = parts(served("checkpoint"))
    key_name, key_key_hash, public = newest_key(served)
    assert (name, key_hash) == (key_name, key_key_hash)
    Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())


def test_the_signature_is_over_every_byte_of_the_text(served):
    text, [(_, _, signature)] = parts(served("checkpoint"))
    key = Ed25519PublicKey.from_public_bytes(newest_key(served)[2])
    signed = text.encode()
    for place in range(len(signed)):
        with pytest.raises(InvalidSignature):
            key.verify(signature, signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])


def test_the_note_says_origin_size_and_root_and_nothing_else(served):
    text, [(name, _, _)] = parts(served("checkpoint"))
    origin, size, root, end = text.split("\n")
    assert (origin, end) == (name, "")
    assert size == str(LedgerEntry.objects.count())
    assert len(base64.b64decode(root, validate=True)) == 32
    assert base64.b64encode(base64.b64decode(root)).decode() == root


def test_the_note_has_no_control_character_but_line_feeds(served):
    assert not [letter for letter in served("checkpoint") if letter < " " and letter != "\n"]


def test_the_root_is_the_rfcs_over_the_published_commitments(served):
    text, _ = parts(served("checkpoint"))
    assert base64.b64decode(text.split("\n")[2]) == rfc9162.mth(commitments(served))


def test_every_checkpoint_that_was_ever_signed_is_of_the_first_entries(served):
    key = Ed25519PublicKey.from_public_bytes(newest_key(served)[2])
    leaves = commitments(served)
    notes = list(Checkpoint.objects.order_by("size").values_list("size", "note"))
    assert len(notes) > 1
    for size, note in notes:
        text, [(_, _, signature)] = parts(note)
        key.verify(signature, text.encode())
        assert text.split("\n")[1:3] == [str(size), base64.b64encode(rfc9162.mth(leaves[:size])).decode()]


# --- Entries and proofs ---


def test_entries_are_numbered_without_gaps_and_each_event_has_one(served):
    entries = all_entries(served)
    assert [entry["index"] for entry in entries] == list(range(len(entries)))
    assert sorted(entry["event"] for entry in entries) == sorted(map(str, Event.objects.values_list("id", flat=True)))


def test_inclusion_proofs_are_the_rfcs(served):
    entries = all_entries(served)
    leaves = commitments(served)
    for entry in [*entries[:3], *entries[-3:]]:
        proved = json.loads(served("inclusion", event=entry["event"]))
        path = [bytes.fromhex(step) for step in proved["path"]]
        leaf = hashlib.sha256(b"\x00" + bytes.fromhex(proved["commitment"])).digest()
        assert path == rfc9162.path(entry["index"], leaves)
        assert proved["leaf"] == leaf.hex()
        assert proved["size"] == len(leaves)
        assert rfc9162.root_of_path(entry["index"], len(leaves), leaf, path) == rfc9162.mth(leaves)


def test_an_inclusion_proof_in_every_smaller_tree_is_the_rfcs(served):
    first = all_entries(served)[0]
    leaves = commitments(served)
    for size in range(1, 34):
        proved = json.loads(served("inclusion", event=first["event"], size=size))
        assert [bytes.fromhex(step) for step in proved["path"]] == rfc9162.path(0, leaves[:size])
        assert bytes.fromhex(proved["root"]) == rfc9162.mth(leaves[:size])


def test_consistency_proofs_are_the_rfcs(served):
    leaves = commitments(served)
    for first, second in [(1, 2), (3, 7), (4, 7), (6, 7), (7, 7), (1, len(leaves)), (33, len(leaves))]:
        proved = json.loads(served("consistency", first=first, second=second))
        path = [bytes.fromhex(step) for step in proved["path"]]
        both = (rfc9162.mth(leaves[:first]), rfc9162.mth(leaves[:second]))
        assert path == rfc9162.proof(first, leaves[:second])
        assert (bytes.fromhex(proved["first_root"]), bytes.fromhex(proved["second_root"])) == both
        assert rfc9162.roots_of_proof(first, second, both[0], path) == both


# --- What the entries say ---


def written(said):
    """Canonical JSON by hand: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def test_what_is_published_of_an_event_with_its_salt_gives_its_commitment(served):
    opened = [entry for entry in all_entries(served, opened="true") if entry["opened"]]
    assert opened
    for entry in opened:
        said, salt = entry["opened"]["said"], bytes.fromhex(entry["opened"]["salt"])
        assert hashlib.sha256(salt + written(said)).hexdigest() == entry["commitment"]
        assert (said["id"], said["recorded_at"]) == (entry["event"], entry["recorded_at"])


def test_every_commitment_is_made_of_the_rows_as_they_stand_in_the_database(served):
    bodies = {body.event_id: body for body in EventBody.objects.all()}
    claims = {}
    for event, claim in EventClaim.objects.values_list("event_id", "claim_id"):
        claims.setdefault(event, []).append(str(claim))
    published = {entry["event"]: entry["commitment"] for entry in all_entries(served)}
    for event in Event.objects.all():
        body = bodies[event.id]
        said = {
            "id": str(event.id),
            "recorded_at": event.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
            "about_on": event.about_on.strftime("%Y-%m-%d"),
            "actor": str(event.actor_id) if event.actor_id else None,
            "verb": event.verb,
            "subject_type": event.subject_type,
            "subject_id": str(event.subject_id),
            "claims": sorted(claims.get(event.id, [])),
            "payload": body.payload,
        }
        by_hand = hashlib.sha256(bytes(body.salt) + written(said)).digest()
        assert by_hand == bytes(event.commitment)
        assert by_hand.hex() == published[str(event.id)]
