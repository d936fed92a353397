"""The key that checkpoints are signed with: where it is kept, and how one hands over to the next."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from claims.actions.acts import act
from claims.actions.errors import WrongState
from claims.actions.ledger_lock import newest_checkpoint, take_ledger_lock
from claims.actions.record import record
from claims.ids import uuid7
from claims.kept_file import kept_secret, replace_secret
from claims.ledger.notes import Signer, read_checkpoint, read_note, read_signer
from claims.models import LedgerKey, Verb


@dataclass(frozen=True)
class KeyPair:
    """The private key that signs, and the one before it where that is still at hand."""

    signer: Signer
    before: Signer | None


def keys_at_hand() -> KeyPair:
    """The keys from the settings or from their files; the first is made where there is none. Raises NoteError."""
    if settings.LEDGER_KEY:
        before = settings.LEDGER_KEY_BEFORE
        return KeyPair(read_signer(settings.LEDGER_KEY), read_signer(before) if before else None)
    text = kept_secret(settings.LEDGER_KEY_FILE, lambda: Signer.new(settings.LEDGER_NAME).text)
    earlier = _file_before()
    return KeyPair(read_signer(text), read_signer(earlier.read_text()) if earlier.exists() else None)


@act
def hand_over(keys: KeyPair, *, now: datetime) -> bool:
    """Records the key at hand where it is not the one that signed last; gives whether it was recorded now.

    Where the key before it is at hand, both sign the newest checkpoint with the new key in it.
    The ledger is locked by the caller.
    """
    verifier = keys.signer.verifier.text
    last = LedgerKey.objects.order_by("-from_size", "-id").first()
    if last is not None and last.verifier == verifier:
        return False
    if LedgerKey.objects.filter(verifier=verifier).exists():
        raise WrongState("The key of the ledger is one that another has taken over from: give the newer one.")
    newest = newest_checkpoint()
    handover = ""
    if newest is not None and last is not None and keys.before and keys.before.verifier.text == last.verifier:
        signed = replace(read_checkpoint(read_note(newest.note)), next_key=verifier)
        handover = str(signed.signed_by(keys.before, keys.signer))
    row = LedgerKey(verifier=verifier, from_size=newest.size if newest else 0, handover=handover, event_id=uuid7())
    row.save(force_insert=True)
    record(
        by=None,
        verb=Verb.LEDGER_KEY_SET,
        subject=row,
        about_on=now.date(),
        now=now,
        event_id=row.event_id,
        payload={
            "verifier": verifier,
            "before": last.verifier if last else None,
            "handed_over": bool(handover),
            "from_size": row.from_size,
        },
    )
    return True


@act
def rotate_key(*, now: datetime) -> str:
    """Makes a new key in the key's file and hands over to it; gives its verifier key.

    The old key is deleted once both have signed. Raises WrongState where the key comes from the settings.
    """
    if settings.LEDGER_KEY:
        raise WrongState(
            "The key comes from LEDGER_KEY: set LEDGER_KEY_BEFORE to it and LEDGER_KEY to a new one, then restart."
        )
    take_ledger_lock()
    old = keys_at_hand().signer
    hand_over(KeyPair(old, None), now=now)  # where nothing was ever signed
    new = Signer.new(old.name)
    replace_secret(_file_before(), old.text)
    replace_secret(settings.LEDGER_KEY_FILE, new.text)
    hand_over(KeyPair(new, old), now=now)
    return new.verifier.text


def forget_key_before() -> None:
    """Deletes the old key's file, after a handover was committed."""
    _file_before().unlink(missing_ok=True)


def _file_before() -> Path:
    file: Path = settings.LEDGER_KEY_FILE
    return file.with_name(f"{file.name}-before")
