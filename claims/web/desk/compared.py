"""What was typed beside what stands now, word by word, for a form that answers 409."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 1_000  # comparing takes time with the product of both lengths; longer texts stand side by side


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words; `kind` is "" for what both have, "ins" for the typed text's own, "del" for what stands now."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One field that differs; without `parts` the two texts are too long to be laid over each other."""

    label: str
    typed: str
    stands: str
    parts: tuple[Part, ...]


def compared(fields: Iterable[tuple[str, str, str]]) -> list[Compared]:
    """Those of the fields (label, what was typed, what stands now) that differ, in their order."""
    found = []
    for label, typed, stands in fields:
        mine, theirs = (text.replace("\r\n", "\n").strip() for text in (typed, stands))
        if mine.split() != theirs.split():
            found.append(Compared(label, mine, theirs, word_parts(theirs, mine)))
    return found


def word_parts(before: str, after: str) -> tuple[Part, ...]:
    """How to get from one text to the other, word by word; nothing for empty and for very long texts."""
    old, new = before.split(), after.split()
    if not old or not new or len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return ()
    parts = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(Part("", " ".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            parts.append(Part("del", " ".join(old[old_from:old_to])))
        if new_to > new_from:
            parts.append(Part("ins", " ".join(new[new_from:new_to])))
    return tuple(parts)
