"""`python -m claims.ledger.verify`: without database and settings, on files and on a site, whole and broken."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.utils import timezone

from claims.actions.sequence import sequence
from claims.interchange.export_ledger import ledger_lines
from claims.ledger import verify as command
from claims.ledger.notes import Checkpoint, Signer, read_checkpoint, read_note, read_signer
from claims.queries.ledger import newest_signed
from resetwatch.services.ports import free_port
from tests.factories import a_topic
from tests.fixtures.processes import ROOT, running_site


@pytest.fixture
def lines(loaded_db):
    return list(ledger_lines())


@pytest.fixture
def export(lines, tmp_path):
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    return file


def newest_note():
    return read_note(newest_signed().note)


def run(*arguments):
    """The command as a stranger runs it: in a bare environment, from another folder's point of view."""
    done = subprocess.run(
        [sys.executable, "-m", "claims.ledger.verify", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    )
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def refused(capsys, *arguments):
    """What it says of something broken: one line, and exit status 1."""
    assert command.main([str(argument) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    [sentence] = said.err.strip().split("\n")
    return sentence


def test_a_whole_export_fits(export):
    code, out, _ = run(export)
    assert (code, out.startswith("All ")) == (0, True)
    assert "could be read and fit their commitments, 0 are not public." in out


def test_it_needs_neither_django_nor_a_database(export):
    code = "import sys; from claims.ledger.verify import main; main(sys.argv[1:]); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(export)], check=True, capture_output=True, text=True, cwd=ROOT, env={}
    )
    assert done.stdout.strip().endswith("False")


def test_a_saved_checkpoint_is_gone_on_from(loaded_db, tmp_path, capsys):
    first, second, kept = tmp_path / "first.jsonl", tmp_path / "second.jsonl", tmp_path / "checkpoint.txt"
    first.write_text("".join(ledger_lines()), encoding="utf-8")
    assert command.main([str(first), "--save", str(kept)]) == 0
    a_topic()
    sequence(now=timezone.now())
    second.write_text("".join(ledger_lines()), encoding="utf-8")
    assert command.main([str(second), "--since", str(kept)]) == 0
    assert "and begin with the 428 of the saved checkpoint" in capsys.readouterr().out


def test_what_is_saved_is_the_note_itself(export, tmp_path):
    kept = tmp_path / "checkpoint.txt"
    assert command.main([str(export), "--save", str(kept)]) == 0
    assert kept.read_text(encoding="utf-8") == newest_signed().note


def test_the_trusted_key_has_to_have_signed(export, capsys):
    stranger = Signer.new("test.example/ledger").verifier.text
    assert "is signed by another key than" in refused(capsys, export, "--key", stranger)


@pytest.fixture
def forged(lines, tmp_path):
    """An export whose keys are others before the true one, and whose checkpoint a stranger signed."""
    evil = Signer.new("test.example/ledger")
    header = json.loads(lines[0])
    true_key = header["keys"][0]
    root = read_checkpoint(read_note(header["checkpoint"])).root
    note = str(Checkpoint(evil.name, header["size"], root).signed_by(evil))
    file = tmp_path / "forged.jsonl"
    head = headed(lines, keys=[a_key(evil), true_key], checkpoint=note)
    file.write_text("".join([head, *lines[1:]]), encoding="utf-8")
    return file, true_key["verifier"], header["checkpoint"]


def test_a_strange_key_before_the_trusted_one_may_not_sign(forged, capsys):
    file, trusted, _ = forged
    assert "is not signed by a key of this ledger" in refused(capsys, file, "--key", trusted)


def test_a_strange_key_before_that_of_the_saved_checkpoint_may_not_sign(forged, tmp_path, capsys):
    file, _, note = forged
    saved = tmp_path / "saved.txt"
    saved.write_text(note, encoding="utf-8")
    assert "is not signed by a key of this ledger" in refused(capsys, file, "--since", saved)


def test_a_key_that_was_taken_over_from_signs_no_more(loaded_db, settings, tmp_path, capsys):
    leaked = read_signer(settings.LEDGER_KEY)
    settings.LEDGER_KEY_BEFORE, settings.LEDGER_KEY = settings.LEDGER_KEY, Signer.new(leaked.name).text
    for _ in range(2):
        a_topic()
        sequence(now=timezone.now())
    lines = list(ledger_lines())
    checkpoint = read_checkpoint(read_note(json.loads(lines[0])["checkpoint"]))
    file = tmp_path / "leaked.jsonl"
    file.write_text(
        "".join([headed(lines, checkpoint=str(checkpoint.signed_by(leaked))), *lines[1:]]), encoding="utf-8"
    )
    assert "is not signed by a key of this ledger" in refused(capsys, file, "--key", leaked.verifier.text)


@pytest.mark.parametrize("place", ["a\0b", "http://[::1", "http://", "https://127.0.0.1:99999999/"])
def test_a_place_that_makes_no_sense_is_told(place, capsys):
    refused(capsys, place)


def test_signs_that_a_terminal_obeys_are_not_repeated(lines, tmp_path, capsys):
    evil = Signer("\u202ename", bytes(32))
    root = read_checkpoint(newest_note()).root
    note = str(Checkpoint("an\u202eother\u009b2J", len(lines) - 1, root).signed_by(evil))
    file = tmp_path / "evil.jsonl"
    file.write_text("".join([headed(lines, checkpoint=note), *lines[1:]]), encoding="utf-8")
    assert refused(capsys, file).isprintable()


def test_progress_is_told_on_the_way(loaded_db, export, capsys, monkeypatch):
    monkeypatch.setattr(command, "STEP", 100)
    assert command.main([str(export)]) == 0
    assert "100 of 428 entries fit" in capsys.readouterr().err


def changed(lines, place, **fields):
    entry = {**json.loads(lines[place]), **fields}
    return [*lines[:place], json.dumps(entry) + "\n", *lines[place + 1 :]]


def headed(lines, **fields):
    return json.dumps({**json.loads(lines[0]), **fields}) + "\n"


def said(lines, **more):
    return changed(lines, 5, opened={"salt": "00" * 32, "said": {**json.loads(lines[5])["opened"]["said"], **more}})


def nested(levels):
    told = []
    for _ in range(levels):
        told = [told]
    return told


def a_key(signer=None):
    signer = signer or Signer.new("site.example/ledger")
    return {"verifier": signer.verifier.text, "from_size": 0, "handover": None}


BROKEN = {
    "an empty file": (lambda lines: [], "is empty."),
    "no JSON": (lambda lines: ["{\n"], "Line 1 is no JSON."),
    "no header": (lambda lines: lines[1:], "does not begin with the checkpoint of a ledger."),
    "no keys": (lambda lines: [headed(lines, keys=None)], "does not tell its keys."),
    "cut within a line": (lambda lines: [*lines[:9], lines[9][:40]], "Line 10 is cut off: the file is not whole."),
    "cut between lines": (lambda lines: lines[:10], "The record ends after 9 entries, and a checkpoint was signed for"),
    "an entry that is a list": (lambda lines: [*lines[:5], "[]\n"], "Line 6 is no entry of a ledger."),
    "an entry of nothing": (lambda lines: [*lines[:5], "null\n"], "Line 6 is no entry of a ledger."),
    "no index": (lambda lines: changed(lines, 5, index="4"), "Line 6 does not say which entry it is."),
    "a true index": (lambda lines: changed(lines, 5, index=True), "Line 6 does not say which entry it is."),
    "a wrong time": (lambda lines: changed(lines, 5, recorded_at="soon"), "does not say its event and when"),
    "a time without a zone": (lambda lines: changed(lines, 5, recorded_at="2026-06-01T12:00"), "does not say its"),
    "a short commitment": (lambda lines: changed(lines, 5, commitment="ab"), "has no commitment of 32 bytes in hex."),
    "an upper-case commitment": (lambda lines: changed(lines, 5, commitment="AB" * 32), "has no commitment of"),
    "opened halfway": (lambda lines: changed(lines, 5, opened={"said": {}}), "together with its salt."),
    "a float said": (lambda lines: said(lines, x=0.5), "holds what no entry holds"),
    "another event said": (
        lambda lines: changed(lines, 5, opened=json.loads(lines[6])["opened"]),
        "Entry 4 says another event or time of recording than its place does.",
    ),
    "an entry twice": (lambda lines: [*lines[:6], lines[5], *lines[6:]], "Entry 4 comes again, or out of its order"),
    "a strange key": (lambda lines: [headed(lines, keys=[a_key()])], "is not signed by a key of this ledger"),
    "more entries than signed": (
        lambda lines: [*lines, json.dumps({**json.loads(lines[-1]), "index": len(lines) - 1}) + "\n"],
        "The record holds 429 entries, and only 428 of them are signed.",
    ),
    "a huge index": (lambda lines: changed(lines, 5, index=10**4000), "Line 6 does not say which entry it is."),
    "a negative index": (lambda lines: changed(lines, 5, index=-1), "Line 6 does not say which entry it is."),
    "an event that is no UUID": (lambda lines: changed(lines, 5, event="\ud800"), "does not say its event"),
    "the last year": (
        lambda lines: changed(lines, 1, recorded_at="9999-12-31T23:59:59+00:00", opened=None),
        "its time is dated back.",
    ),
    "the first year": (
        lambda lines: changed(lines, 2, recorded_at="0001-01-01T00:00:00+00:00", opened=None),
        "its time is dated back.",
    ),
    "half a character said": (lambda lines: said(lines, x="\ud800"), "holds what no entry holds"),
    "much nested": (lambda lines: said(lines, x=nested(700)), "holds what no entry holds"),
    "deeply nested": (lambda lines: [lines[0], "[" * 100_000 + "\n"], "Line 2 is no JSON."),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_export_is_told_in_a_sentence(lines, tmp_path, capsys, what):
    breaking, words = BROKEN[what]
    file = tmp_path / "broken.jsonl"
    file.write_text("".join(breaking(lines)), encoding="utf-8")
    assert words in refused(capsys, file)


def test_what_is_no_text_is_told(tmp_path, capsys):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\xff\xfe\n")
    assert refused(capsys, file) == "Line 1 is no text in UTF-8."


def test_a_file_that_is_not_there_is_told(tmp_path, capsys):
    assert refused(capsys, tmp_path / "nothing").endswith("cannot be read: No such file or directory.")


def test_a_checkpoint_of_another_ledger_is_told(export, tmp_path, capsys):
    other = Signer.new("other.example/ledger")
    saved = tmp_path / "other.txt"
    saved.write_text(str(Checkpoint(other.name, 3, b"\0" * 32).signed_by(other)), encoding="utf-8")
    expected = "The saved checkpoint is of another ledger: other.example/ledger, and not test.example/ledger."
    assert refused(capsys, export, "--since", saved) == expected


def test_a_saved_checkpoint_that_is_none_is_told(export, tmp_path, capsys):
    saved = tmp_path / "letter.txt"
    saved.write_text("Dear reader\n", encoding="utf-8")
    assert refused(capsys, export, "--since", saved).startswith("The note has no blank line")


def test_arguments_that_make_no_sense_end_with_status_2():
    assert run("--nonsense")[0] == 2


def test_a_site_is_checked_by_its_address(cloned_db, tmp_path):
    with running_site(cloned_db.url, tmp_path / "site.log") as site:
        saved = tmp_path / "checkpoint.txt"
        code, out, err = run(site, "--save", saved)
        assert (code, err) == (0, "")
        assert out.startswith("All 428 entries fit")
        a_topic()
        sequence(now=timezone.now())
        code, out, _ = run(f"{site}/ledger/", "--since", saved)
    assert (code, "All 429 entries fit" in out) == (0, True)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "answered 404"),
        ({"checkpoint": b"<html>"}, "The note has no blank line"),
        ({"checkpoint": b"\xff\xfe"}, "no text in UTF-8"),
        ({"checkpoint": b"x" * 200_000}, "answered with more than"),
        ({"checkpoint": "note", "keys": b"{}"}, "does not tell its keys"),
        ({"checkpoint": "note", "keys": "keys", "entries": b"[]"}, "holds no entries"),
        ({"checkpoint": "note", "keys": "keys", "entries": b'{"items": []}'}, "The record ends after 0 entries"),
    ],
)
def test_a_site_that_answers_nonsense_is_told(answers, words, capsys):
    signer = Signer.new("site.example/ledger")
    known = {
        "note": str(Checkpoint(signer.name, 3, b"\0" * 32).signed_by(signer)).encode(),
        "keys": json.dumps({"items": [a_key(signer)]}).encode(),
    }
    with answering({path: known.get(body, body) for path, body in answers.items()}) as site:
        assert words in refused(capsys, site)


def test_a_site_that_does_not_answer_is_told(capsys):
    site = f"http://127.0.0.1:{free_port()}"
    assert "cannot be read: [Errno 111] Connection refused." in refused(capsys, site)


@contextmanager
def answering(answers):
    """A server that gives these answers, by the last part of the path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = answers.get(Path(self.path.partition("?")[0]).name)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            """Nothing: a test has its own words."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
