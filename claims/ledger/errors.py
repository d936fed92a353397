"""What can be wrong with a ledger, as a sentence for a person."""


class LedgerError(Exception):
    """Something of a ledger does not fit; its text says what and where."""


class NoteError(LedgerError):
    """A signed note, a checkpoint or a key is not what it should be."""


class ProofError(LedgerError):
    """A proof does not prove what it should, or none can be made."""


class AuditError(LedgerError):
    """The record does not fit what was signed of it, or cannot be read to its end."""
