"""Verifying a ledger, beside nothing but the hashing that it takes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

from claims.ledger.audit import Audit
from claims.ledger.commitments import canonical, canonical_instant, commitment, told
from claims.ledger.entries import Entry, Opened
from claims.ledger.notes import Checkpoint, Signer
from resetwatch.bench.figures import Figure
from resetwatch.bench.filling import DAY, STANCES, SUMMARY, WEIGHTS
from resetwatch.bench.rounds import medians, repeated

IN_MEMORY, IN_FILE = 20_000, 50_000
BEGAN = datetime(2026, 6, 1, tzinfo=UTC)


def measure(*, rounds: int, in_memory: int = IN_MEMORY, in_file: int = IN_FILE) -> list[Figure]:
    """How long a thousand entries take to verify: by their hashes alone, with what they said, from an export."""
    opened = [entry_at(place) for place in range(in_memory)]
    closed = [replace(entry, opened=None) for entry in opened]
    commitments = [entry.commitment for entry in opened]
    hashed = [entry.opened.salt + canonical(entry.opened.said) for entry in opened if entry.opened]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.jsonl"
        export(file, in_file)
        taken = medians(
            {
                "closed": _a_thousand(lambda: audit(closed), of=in_memory),
                "opened": _a_thousand(lambda: audit(opened), of=in_memory),
                "export": _a_thousand(lambda: verify(file), of=in_file),
                "two": _a_thousand(lambda: _hash_tree(commitments), of=in_memory),
                "three": _a_thousand(lambda: _hash_tree(sha256(data).digest() for data in hashed), of=in_memory),
            },
            rounds=rounds,
        )
    return [
        Figure(
            work=f"verifying 1,000 entries {how}, {1000 / taken[work]:,.0f} a second",
            took=taken[work],
            anchor=f"bare SHA-256, {hashes} times an entry",
            anchor_took=taken[hashes],
            goal=goal,
        )
        for work, how, hashes, goal in (
            ("closed", "by their hashes alone", "two", 4),
            ("opened", "with what they said", "three", 15),
            ("export", "by command from an export", "three", 30),
        )
    ]


def _a_thousand(work: Callable[[], object], *, of: int) -> Callable[[], float]:
    """The seconds that a thousand take of those that the work goes through."""
    measured = repeated(work, times=1)
    return lambda: 1000 * measured() / of


def entry_at(place: int) -> Entry:
    """An entry that tells of an item with three bearings."""
    identity, at = UUID(int=place + 1), BEGAN + timedelta(seconds=place)
    claims = [UUID(int=place % 100 + number) for number in range(3)]
    said = told(
        event=identity, recorded_at=at, about_on=DAY, actor=UUID(int=7), verb="evidence-logged",
        subject_type="evidence", subject_id=identity, claims=claims, payload=_payload(place),
    )  # fmt: skip
    salt = sha256(place.to_bytes(8, "big")).digest()
    return Entry(place, str(identity), canonical_instant(at), commitment(said, salt), Opened(said, salt))


def _payload(place: int) -> dict[str, object]:
    bearings = [
        {"claim": f"claim-{number}", "number": place, "stance": STANCES[number], "weight": WEIGHTS[number], "note": ""}
        for number in range(3)
    ]
    return {
        "address": f"https://source-{place % 10}.example/{place}", "title": f"Talks go on, for the {place}th time",
        "summary": SUMMARY, "type": "newspaper", "source": f"source-{place % 10}", "credibility": 2, "published": DAY,
        "event": None, "author": "", "quotation": "", "story": "", "bearings": bearings,
    }  # fmt: skip


def audit(entries: Iterable[Entry]) -> bytes:
    """Goes through entries; gives the root over them."""
    going = Audit()
    for entry in entries:
        going.add(entry)
    return going.root


def export(file: Path, count: int) -> None:
    """Writes so many entries as `manage.py export_ledger` does, signed by a key that is thrown away."""
    signer = Signer.new("bench.example/ledger")
    checkpoint = Checkpoint(signer.name, count, audit(map(entry_at, range(count)))).signed_by(signer)
    key = {"verifier": signer.verifier.text, "from_size": 0, "handover": None}
    with file.open("w", encoding="utf-8") as opened:
        opened.write(f"{json.dumps({'checkpoint': str(checkpoint), 'keys': [key]})}\n")
        for place in range(count):
            opened.write(f"{json.dumps(entry_at(place).told(), ensure_ascii=False, separators=(',', ':'))}\n")


def verify(file: Path) -> str:
    """What the command of its own says of an export. Raises RuntimeError where something does not fit."""
    command = [sys.executable, "-m", "claims.ledger.verify", str(file)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=False, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout


def _hash_tree(commitments: Iterable[bytes]) -> None:
    """The hashes that a tree over commitments takes, one of a leaf and one of a node for each, and nothing else."""
    for data in commitments:
        leaf = sha256(b"\x00" + data).digest()
        sha256(b"\x01" + leaf + leaf).digest()
