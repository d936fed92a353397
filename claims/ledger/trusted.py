"""What whoever checks a ledger trusts already: a checkpoint saved earlier, or a key."""

from collections.abc import Sequence

from claims.ledger.audit import Audit
from claims.ledger.errors import AuditError
from claims.ledger.keyring import Key, key_of, keys_from
from claims.ledger.notes import Checkpoint, Note, Verifier, read_checkpoint


def expect_trusted(
    audit: Audit, *, newest: Note, keys: Sequence[Key], since: Note | None, trusted: Verifier | None
) -> Key:
    """Has the audit look whether the ledger goes on from what is trusted; gives the key that signed it last.

    Raises AuditError where it shows already that it does not: another ledger, fewer entries, a key that was not
    handed over to.
    """
    checkpoint = read_checkpoint(newest)
    audit.expect(checkpoint)
    if since is not None:
        saved = _saved(since, checkpoint)
        audit.expect(saved)
        trusted = trusted or _key_of_saved(since, keys)
    keys = keys_from(trusted, keys)
    for key in keys[1:]:
        if key.handover is not None:
            audit.expect(read_checkpoint(key.handover))
    return key_of(newest, keys)


def _saved(since: Note, newest: Checkpoint) -> Checkpoint:
    saved = read_checkpoint(since)
    if saved.origin != newest.origin:
        raise AuditError(f"The saved checkpoint is of another ledger: {saved.origin}, and not {newest.origin}.")
    if saved.size > newest.size:
        raise AuditError(
            f"The ledger says that it has {newest.size:,} entries, and the saved checkpoint was signed for "
            f"{saved.size:,}: entries were taken away."
        )
    return saved


def _key_of_saved(since: Note, keys: Sequence[Key]) -> Verifier:
    try:
        return key_of(since, keys).verifier
    except AuditError as error:
        raise AuditError(
            "The saved checkpoint is signed by a key that this ledger does not know: "
            "the record was signed anew with another key."
        ) from error
