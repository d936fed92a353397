"""Signed notes and checkpoints against the C2SP specifications: published notes, notes made by hand, broken notes."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import example, given
from hypothesis import strategies as st

from claims.ledger.errors import AuditError, LedgerError, NoteError
from claims.ledger.keyring import Key, key_of
from claims.ledger.notes import (
    LARGEST_SIZE,
    LONGEST_NOTE,
    Checkpoint,
    Signer,
    read_checkpoint,
    read_note,
    read_signer,
    read_verifier,
)

# From the documentation of Go's package golang.org/x/mod/sumdb/note.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

# A checkpoint of Go's checksum database, which signs under another name than its origin.
GO_SUM = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_SUM_NOTE = (
    "go.sum database tree\n65664258\nWVVNVD2qx+fTq31zkj6UAqxT5X6HvGphGM+o8Thnbsg=\n\n— sum.golang.org "
    "Az3grligJmgX7KGyGPKybykNTh3VgsbLvUuvOwrM5zLVlulmFp2wdvbxOw74/gcNxURShXEpb7RXcs3+BYflYN+w0gQ=\n"
)

NAME = "ledger.example/log"
SEED = bytes(range(32))
ROOT = hashlib.sha256(b"a root").digest()


def who_signed(note, verifiers):
    return [verifier for verifier in verifiers if verifier.signed(note)]


def b64(data):
    return base64.b64encode(data).decode()


class ByHand:
    """A key and its notes, made with `cryptography` and the words of the specification alone."""

    def __init__(self, name=NAME, seed=SEED):
        self.name, self.seed = name, seed
        self.key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.key.public_key().public_bytes_raw()
        self.hash = hashlib.sha256(name.encode() + b"\x0a" + b"\x01" + self.public).digest()[:4]
        self.verifier = f"{name}+{self.hash.hex()}+" + b64(b"\x01" + self.public)

    def line(self, text):
        return f"— {self.name} " + b64(self.hash + self.key.sign(text.encode())) + "\n"

    def note(self, text):
        return f"{text}\n{self.line(text)}"


HERE = ByHand()
ELSEWHERE = ByHand("other.example", bytes(32))
TEXT = f"{NAME}\n7\n{b64(ROOT)}\n"


def signed_here(note):
    return bool(who_signed(read_note(note), [read_verifier(HERE.verifier)]))


# --- Published notes and keys ---


def test_it_signs_as_go_does():
    signer = read_signer(NEUMANN_PRIVATE)
    assert signer.sign(NEUMANN_TEXT).line() == NEUMANN_LINE
    assert signer.verifier.text == NEUMANN


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (f"{NEUMANN_TEXT}\n{NEUMANN_LINE}", NEUMANN),
        (GO_SUM_NOTE, GO_SUM),
        (
            "This is an example message.\n\n— example.com/foo "
            "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        ),
    ],
    ids=["Neumann", "go.sum", "foo"],
)
def test_a_published_note_is_signed_by_its_published_key(note, key):
    verifier = read_verifier(key)
    assert who_signed(read_note(note), [verifier]) == [verifier]
    assert verifier.text == key
    assert str(read_note(note)) == note


def test_a_published_checkpoint_is_read():
    checkpoint = read_checkpoint(read_note(GO_SUM_NOTE))
    assert (checkpoint.origin, checkpoint.size) == ("go.sum database tree", 65664258)
    assert checkpoint.root.hex() == "59554d543daac7e7d3ab7d73923e9402ac53e57e87bc6a6118cfa8f138676ec8"


def test_the_example_of_the_specification_is_read_with_its_blank_line():
    text = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    line = (
        "— quasimodo.example/salvatore "
        "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    )
    note = read_note(f"{text}\n{line}")
    assert note.text == text
    assert [(one.name, one.key_hash.hex(), len(one.value)) for one in note.signatures] == [
        ("quasimodo.example/salvatore", "367ba04b", 64)
    ]


# --- Both directions, against notes made by hand ---


def test_a_key_is_told_as_by_hand():
    assert Signer(NAME, SEED).verifier.text == HERE.verifier
    assert Signer(NAME, SEED).text == f"PRIVATE+KEY+{NAME}+{HERE.hash.hex()}+" + b64(b"\x01" + SEED)


def test_a_checkpoint_is_signed_as_by_hand():
    assert str(Checkpoint(NAME, 7, ROOT).signed_by(Signer(NAME, SEED))) == HERE.note(TEXT)


def test_a_checkpoint_made_by_hand_is_read():
    note = read_note(HERE.note(TEXT))
    assert read_checkpoint(note) == Checkpoint(NAME, 7, ROOT)
    assert who_signed(note, [read_verifier(HERE.verifier)]) == [read_verifier(HERE.verifier)]


def test_cryptography_alone_takes_a_signature_made_here():
    signer = Signer.new(NAME)
    value = base64.b64decode(signer.sign(TEXT).line().removeprefix(f"— {NAME} "))
    public = base64.b64decode(signer.verifier.text.split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(public).verify(value[4:], TEXT.encode())


def test_a_key_read_again_is_the_same():
    signer = Signer.new(NAME)
    assert read_signer(signer.text) == signer
    assert read_verifier(signer.verifier.text) == signer.verifier


def test_no_two_keys_are_alike():
    assert Signer.new(NAME).seed != Signer.new(NAME).seed


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    st.integers(0, LARGEST_SIZE),
    st.binary(min_size=32, max_size=32),
)
@example("go.sum database tree", 0, hashlib.sha256(b"").digest())
@example("سجل.example — ꙮ 𝔏", LARGEST_SIZE, ROOT)
def test_a_checkpoint_read_again_is_the_same(origin, size, root):
    checkpoint = Checkpoint(origin, size, root)
    note = read_note(str(checkpoint.signed_by(Signer(NAME, SEED))))
    assert read_checkpoint(note) == checkpoint
    assert str(note) == HERE.note(f"{origin}\n{size}\n{b64(root)}\n")


def test_lines_that_extend_a_checkpoint_are_signed_and_passed_over():
    note = read_note(HERE.note(f"{TEXT}more: yes\n"))
    assert read_checkpoint(note) == Checkpoint(NAME, 7, ROOT)
    assert who_signed(note, [read_verifier(HERE.verifier)])


# --- Who signed ---


def test_signatures_of_strangers_are_passed_over():
    witness = ByHand("witness.example", bytes([7]) * 32)
    note = f"{TEXT}\n{witness.line(TEXT)}{HERE.line(TEXT)}{ELSEWHERE.line(TEXT)}"
    keys = [read_verifier(HERE.verifier)]
    assert who_signed(read_note(note), keys) == keys


def test_signatures_of_a_kind_that_is_not_known_are_passed_over():
    assert signed_here(HERE.note(TEXT) + "— post.quantum.example " + b64(bytes(4) + bytes(5000)) + "\n")


def test_many_signatures_are_taken():
    witnesses = [ByHand(f"witness-{number}.example", bytes([number]) * 32) for number in range(100)]
    note = TEXT + "\n" + "".join(one.line(TEXT) for one in [*witnesses, HERE])
    assert len(read_note(note).signatures) == 101
    assert signed_here(note)


def test_a_key_of_the_same_name_is_another():
    assert not signed_here(ByHand(NAME, bytes(32)).note(TEXT))


def test_a_name_that_is_not_the_keys_own_does_not_count():
    assert not signed_here(HERE.note(TEXT).replace(f"— {NAME}", "— ledger.example/other"))


def test_a_key_hash_that_is_not_the_keys_own_does_not_count():
    value = bytes(4) + HERE.key.sign(TEXT.encode())
    assert not signed_here(f"{TEXT}\n— {NAME} {b64(value)}\n")


def test_another_key_behind_the_known_name_and_hash_does_not_count():
    forged = HERE.hash + ELSEWHERE.key.sign(TEXT.encode())
    assert not signed_here(f"{TEXT}\n— {NAME} {b64(forged)}\n")


@pytest.mark.parametrize("length", [1, 63, 65, 128])
def test_a_signature_of_another_length_does_not_count(length):
    value = HERE.hash + (HERE.key.sign(TEXT.encode()) * 2)[:length]
    assert not signed_here(f"{TEXT}\n— {NAME} {b64(value)}\n")


def test_every_altered_letter_of_the_text_shows():
    line = HERE.line(TEXT)
    for place, letter in enumerate(TEXT[:-1]):
        other = "x" if letter != "x" else "y"
        assert not signed_here(f"{TEXT[:place]}{other}{TEXT[place + 1 :]}\n{line}")


def test_every_altered_byte_of_the_signature_shows():
    value = HERE.hash + HERE.key.sign(TEXT.encode())
    for place in range(len(value)):
        wrong = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        assert not signed_here(f"{TEXT}\n— {NAME} {b64(wrong)}\n")


def test_a_signature_of_the_text_without_its_last_line_break_does_not_count():
    value = HERE.hash + HERE.key.sign(TEXT.rstrip("\n").encode())
    assert not signed_here(f"{TEXT}\n— {NAME} {b64(value)}\n")


def test_a_note_that_no_known_key_signed_is_refused_with_the_names_of_those_who_did():
    keys = [Key(read_verifier(HERE.verifier), 0, None)]
    with pytest.raises(
        AuditError, match=f"not signed by a key of this ledger, but by: other.example {ELSEWHERE.hash.hex()}"
    ):
        key_of(read_note(ELSEWHERE.note(TEXT)), keys)


def test_the_key_that_signed_is_found():
    keys = [Key(read_verifier(one.verifier), 0, None) for one in (ELSEWHERE, HERE)]
    assert key_of(read_note(HERE.note(TEXT)), keys) == keys[1]


# --- Broken notes ---

LINE = HERE.line(TEXT)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("", "no blank line"),
        ("\n\n", "no blank line"),
        (f"\n\n{LINE}", "no blank line"),
        (f"{TEXT}{LINE}", "no blank line"),
        (TEXT, "no blank line"),
        (f"{TEXT}\n", "cut off"),
        (f"{TEXT}\n{LINE}"[:-1], "cut off"),
        (f"{TEXT}\n{LINE}\n", "cut off"),
        (f"{TEXT}\n{LINE}\n\n", "cut off"),
        (f"{TEXT}\n\n\n", "cut off"),
        (f"{TEXT}\n{LINE}rubbish\n", "no signature: “rubbish”"),
        (f"{TEXT}\n{LINE}rubbish", "cut off"),
        (f"{TEXT}\nrubbish\n{LINE}", "no signature: “rubbish”"),
        (f"{TEXT}\n{LINE}\n{TEXT}", "no signature"),
        (f"{TEXT}\n{LINE}".replace("\n", "\r\n"), "control characters"),
        (f"{TEXT}\n{LINE}".replace("\n", "\r"), "control characters"),
        (f"{TEXT}\n{LINE}\0", "control characters"),
        (f"{TEXT}\tindented\n\n{LINE}", "control characters"),
        (f"{TEXT}\n{LINE}".replace("—", "-"), "no signature"),
        (f"{TEXT}\n{LINE}".replace("—", "–"), "no signature"),
        (f"{TEXT}\n{LINE}".replace("— ", "—"), "no signature"),
        (f"{TEXT}\n{LINE}".replace("— ", " — "), "no signature"),
        (f"{TEXT}\n— {NAME}\n", "no signature"),
        (f"{TEXT}\n— \n", "no signature"),
        (f"{TEXT}\n—  {b64(bytes(68))}\n", "no signature"),
        (f"{TEXT}\n— a+b {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— a b {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— a\u00a0b {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— a\u2003b {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— a\u3000b {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— {NAME}  {b64(bytes(68))}\n", "cannot name a key"),
        (f"{TEXT}\n— {NAME} \n", "too short"),
        (f"{TEXT}\n— {NAME} {b64(bytes(4))}\n", "too short"),
        (f"{TEXT}\n— {NAME} not*base64\n", "no base64"),
        (f"{TEXT}\n— {NAME} {b64(bytes(68))[:-1]}\n", "no base64"),
        (f"{TEXT}\n— {NAME} {b64(bytes(68))}=\n", "no base64"),
        (f"{TEXT}\n— {NAME} {b64(bytes([255]) * 68).replace('/', '_')}\n", "no base64"),
        (f"{TEXT}\n— {NAME} {b64(bytes(68))} \n", "cannot name a key|no base64"),
        (f"{TEXT}\n— {NAME} ÿÿÿÿ\n", "no base64"),
        ("x" * (LONGEST_NOTE + 1), "more than 100,000 characters"),
        (f"{TEXT}\n{LINE}" + "x" * 1_000_000, "more than 100,000 characters"),
        (f"{TEXT}\n" + LINE * 10_000, "more than 100,000 characters"),
    ],
)
def test_a_broken_note_is_refused_in_a_sentence(note, words):
    with pytest.raises(NoteError, match=words) as refused:
        read_note(note)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n7\nroot\n", "no checkpoint"),
        (f"{NAME}\n", "no checkpoint"),
        (f"{NAME}\n7\n", "no checkpoint"),
        (f"{NAME}\n7\n\n{b64(ROOT)}\n", "no checkpoint"),
        (f"{TEXT}\n", "no checkpoint"),
        (f"{TEXT}\nmore\n", "no checkpoint"),
        (f"{NAME}\n{TEXT}", "size is no plain number: “ledger.example/log”"),
        (f"{NAME}\nother.example\n7\n{b64(ROOT)}\n", "size is no plain number: “other.example”"),
        *(
            (f"{NAME}\n{size}\n{b64(ROOT)}\n", "size is no plain number")
            for size in (
                "07", "00", "-1", "-0", "+7", " 7", "7 ", "7.0", "1e3", "1_000", "1,000", "0x7", "seven", "٧", "７",
                "²", "NaN", "9" * 20, "9" * 5000,
            )
        ),
        (f"{NAME}\n{2**63}\n{b64(ROOT)}\n", "larger than any ledger"),
        (f"{NAME}\n{'9' * 19}\n{b64(ROOT)}\n", "larger than any ledger"),
        (f"{NAME}\n7\n{b64(ROOT[:31])}\n", "root has 31 bytes"),
        (f"{NAME}\n7\n{b64(ROOT + ROOT)}\n", "root has 64 bytes"),
        (f"{NAME}\n7\n{ROOT.hex()}\n", "root has 48 bytes"),
        (f"{NAME}\n7\nno*base64\n", "root is no base64"),
        (f"{NAME}\n7\n{b64(ROOT)[:-1]}\n", "root is no base64"),
        (f"{NAME}\n7\n{b64(ROOT)} \n", "root is no base64"),
        (f"{NAME}\n7\n {b64(ROOT)}\n", "root is no base64"),
    ],
)  # fmt: skip
def test_a_broken_checkpoint_is_refused_in_a_sentence_though_it_is_signed(text, words):
    note = read_note(HERE.note(text))
    assert who_signed(note, [read_verifier(HERE.verifier)])
    with pytest.raises(NoteError, match=words) as refused:
        read_checkpoint(note)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


def test_an_empty_ledger_has_the_size_nought():
    assert read_checkpoint(read_note(HERE.note(f"{NAME}\n0\n{b64(ROOT)}\n"))).size == 0


OTHER_KIND = f"{NAME}+{HERE.hash.hex()}+" + b64(b"\x04" + HERE.public)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a name, a hash and a key"),
        ("ledger.example", "not a name, a hash and a key"),
        (f"{NAME}+{HERE.hash.hex()}", "not a name, a hash and a key"),
        (f"+{HERE.verifier.split('+', 1)[1]}", "cannot name a key"),
        (HERE.verifier.replace(NAME, "a b"), "cannot name a key"),
        (HERE.verifier.replace(NAME, "ledger.example/lob"), "does not fit its own hash"),
        (HERE.verifier.replace(HERE.hash.hex(), "00000000"), "does not fit its own hash"),
        (HERE.verifier.replace(HERE.hash.hex(), HERE.hash.hex().upper()), "does not fit its own hash"),
        (HERE.verifier[:-1], "no base64"),
        (HERE.verifier[:-4], "no Ed25519 key"),
        (HERE.verifier + "AAAA", "no Ed25519 key|no base64"),
        (OTHER_KIND, "no Ed25519 key"),
        (f"{NAME}+{HERE.hash.hex()}+", "no Ed25519 key"),
        (f"{NAME}+{HERE.hash.hex()}+\ud800", "no base64"),
    ],
)
def test_a_broken_verifier_key_is_refused_in_a_sentence(text, words):
    with pytest.raises(NoteError, match=words):
        read_verifier(text)


def test_every_altered_letter_of_a_verifier_key_shows():
    for place, letter in enumerate(HERE.verifier):
        other = "A" if letter != "A" else "B"
        with pytest.raises(NoteError):
            read_verifier(f"{HERE.verifier[:place]}{other}{HERE.verifier[place + 1 :]}")


def test_a_broken_private_key_is_refused_without_being_told():
    text = Signer(NAME, SEED).text
    for wrong in ("", HERE.verifier, text[:-1], text[:-4], text.replace(NAME, "x"), text.replace("PRIVATE", "PUBLIC")):
        with pytest.raises(NoteError) as refused:
            read_signer(wrong)
        assert b64(b"\x01" + SEED)[:8] not in str(refused.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u200bb", "a\ud800b"])
def test_no_key_is_made_by_a_name_that_cannot_be_one(name):
    with pytest.raises(NoteError, match="cannot name a key"):
        Signer.new(name)


@given(st.text(max_size=60))
@example(f"{TEXT}\n— \ud800 {b64(bytes(68))}\n")
@example(f"\ud800\n7\n{b64(ROOT)}\n\n{LINE}")
def test_whatever_is_given_is_read_or_refused_in_a_sentence(given_text):
    for text in (given_text, f"{given_text}\n{LINE}", f"{TEXT}\n{given_text}", f"{TEXT}\n— {given_text}\n"):
        try:
            note = read_note(text)
            assert not who_signed(note, [read_verifier(HERE.verifier)]) or note.text == TEXT
            read_checkpoint(note)
        except LedgerError:
            continue


@given(
    st.integers(0, len(f"{TEXT}\n{LINE}") - 1),
    st.sampled_from(["", "x", "\n", " ", "=", "0", "—", "\n\n"]),
    st.booleans(),
)
def test_a_note_with_anything_put_in_or_taken_out_is_not_signed(place, other, instead):
    whole = f"{TEXT}\n{LINE}"
    changed = whole[:place] + other + whole[place + instead :]
    try:
        note = read_note(changed)
    except NoteError:
        return
    if who_signed(note, [read_verifier(HERE.verifier)]):
        assert note == read_note(whole)
