"""The key of the ledger: made once, for its owner alone; handed over on record; refused when it makes no sense."""

import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.actions.ledger_key import keys_at_hand
from claims.actions.sequence import sequence
from claims.ledger.errors import AuditError
from claims.ledger.keyring import keys_from, read_key
from claims.ledger.notes import Note, Signer, read_checkpoint, read_note, read_signer, read_verifier
from claims.models import Event, LedgerKey
from claims.queries.ledger import ledger_keys, newest_signed
from claims.queries.ledger_audit import audit_ledger
from tests.factories import a_topic


@pytest.fixture
def key_file(settings, tmp_path):
    settings.LEDGER_KEY = ""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.key"
    settings.LEDGER_NAME = "site.example/ledger"
    return settings.LEDGER_KEY_FILE


def sequenced():
    a_topic()
    sequence(now=timezone.now())
    return read_note(newest_signed().note)


def audited(**trusted):
    return audit_ledger(**{"since": None, "trusted": None, **trusted}, say=lambda words: None)


def test_a_key_is_made_at_the_first_need(db, key_file):
    note = sequenced()
    signer = read_signer(key_file.read_text())
    assert (signer.name, signer.verifier.signed(note)) == ("site.example/ledger", True)


def test_the_key_is_for_its_owner_alone(db, key_file):
    sequenced()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_the_key_is_kept(db, key_file):
    assert keys_at_hand() == keys_at_hand()


def test_the_first_key_is_on_record(db, key_file):
    sequenced()
    event = Event.objects.get(verb="ledger-key-set")
    assert event.body.payload["verifier"] == LedgerKey.objects.get().verifier
    assert event.ledger_entry is not None


def test_rotating_hands_over_on_record(db, key_file):
    first = read_verifier(sequenced() and ledger_keys()[0].verifier)
    out = StringIO()
    call_command("rotate_ledger_key", stdout=out)
    saved = read_note(newest_signed().note)
    note = sequenced()
    keys = [read_key(key.told()) for key in ledger_keys()]
    assert keys[-1].verifier.text in out.getvalue()
    assert (first.signed(note), keys[-1].verifier.signed(note)) == (False, True)
    assert [key.from_size for key in keys_from(first, keys)] == [0, read_checkpoint(saved).size]
    assert audited(since=saved).startswith("All ")
    assert audited(trusted=first).startswith("All ")


def test_rotating_deletes_the_old_key(db, key_file):
    sequenced()
    old = key_file.read_text()
    call_command("rotate_ledger_key", stdout=StringIO())
    assert [file.name for file in key_file.parent.iterdir()] == ["ledger.key"]
    assert key_file.read_text() != old
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_a_second_rotation_chains_to_the_first(db, key_file):
    first = read_verifier(sequenced() and ledger_keys()[0].verifier)
    for _ in range(2):
        call_command("rotate_ledger_key", stdout=StringIO())
        sequenced()
    assert len(ledger_keys()) == 3
    assert audited(trusted=first).startswith("All ")


def test_a_key_from_the_settings_is_not_rotated_by_the_command(db, settings):
    with pytest.raises(CommandError, match="LEDGER_KEY_BEFORE"):
        call_command("rotate_ledger_key")


def test_a_key_from_the_settings_hands_over_to_the_next(db, settings):
    first = read_signer(settings.LEDGER_KEY).verifier
    sequenced()
    settings.LEDGER_KEY_BEFORE, settings.LEDGER_KEY = settings.LEDGER_KEY, Signer.new(first.name).text
    sequenced()
    assert audited(trusted=first).startswith("All ")


def test_a_lost_key_is_on_record_as_not_handed_over(db, key_file):
    first = read_verifier(sequenced() and ledger_keys()[0].verifier)
    key_file.unlink()
    sequenced()
    assert "another key signs that was not handed over to" in audited()
    with pytest.raises(AuditError, match="the one before it says nothing of that"):
        audited(trusted=first)


def test_a_key_that_was_taken_over_from_does_not_come_back(db, key_file):
    sequenced()
    old = key_file.read_text()
    call_command("rotate_ledger_key", stdout=StringIO())
    key_file.write_text(old)
    a_topic()
    with pytest.raises(CommandError, match="another has taken over from"):
        call_command("sequence", once=True)


def test_a_rotation_cut_short_is_finished_by_the_sequencer(db, key_file):
    first = read_verifier(sequenced() and ledger_keys()[0].verifier)
    key_file.with_name("ledger.key-before").write_text(key_file.read_text())
    key_file.write_text(Signer.new(first.name).text)
    sequenced()
    assert not key_file.with_name("ledger.key-before").exists()
    assert audited(trusted=first).startswith("All ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("secret", "The private key does not begin with PRIVATE"),
        ("PRIVATE+KEY+a+b", "is not a name, a hash and a key"),
        ("PRIVATE+KEY+site+00000000+AQ==", "is no Ed25519 key"),
        ("PRIVATE+KEY+site+00000000+AQ" + "A" * 42, "does not fit its own hash"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_without_being_repeated(db, settings, text, words):
    settings.LEDGER_KEY = text
    a_topic()
    with pytest.raises(CommandError, match=words) as caught:
        call_command("sequence", once=True)
    assert text not in str(caught.value)


def test_a_signature_added_to_a_checkpoint_hands_nothing_over(db, key_file):
    note = sequenced()
    [told] = [key.told() for key in ledger_keys()]
    stranger = Signer.new("site.example/ledger")
    added = Note(note.text, (*note.signatures, stranger.sign(note.text)))
    size = read_checkpoint(note).size
    taken = {"verifier": stranger.verifier.text, "from_size": size, "handover": str(added)}
    with pytest.raises(AuditError, match="does not name that key"):
        keys_from(read_verifier(str(told["verifier"])), [read_key(told), read_key(taken)])


def test_a_handover_names_the_key_that_takes_over(db, key_file):
    sequenced()
    call_command("rotate_ledger_key", stdout=StringIO())
    key = ledger_keys()[-1]
    assert read_checkpoint(read_note(key.handover)).next_key == key.verifier
