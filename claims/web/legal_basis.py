"""The legal basis of a redaction in words."""

from claims.models import LegalBasis


def basis_words(basis: object) -> str:
    """A stored legal basis as it completes "on legal grounds: ..."."""
    return str(LegalBasis(basis).label) if basis in LegalBasis.values else "a basis that is not on record"
