"""How a claim stands in a few words, for asides and lists."""

from decimal import Decimal

from claims.scoring import outlook, percent_words


def standing_words(status: str, probability: Decimal | None) -> tuple[str, str]:
    """The word and the number: ("Roughly even", "53 %"), ("Borne out", ""), ("Not assessed yet", "")."""
    if status != "open":
        return status.replace("-", " ").capitalize(), ""
    if probability is None:
        return "Not assessed yet", ""
    return outlook(probability).words.capitalize(), percent_words(probability)
