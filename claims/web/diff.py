"""What changed between two wordings, word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_PIECES = re.compile(r"\n|[^\S\n]+|\S+")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
# Below this likeness (0 to 1) a text was written anew, and word by word it would read as a puzzle.
_ALIKE = 0.3
# Of words that come again and again there are too many pairs to weigh: "a b a b ..." took half a minute at 2,000
# characters. Three hundred words of plain English have about two thousand pairs.
_MOST_PAIRS = 10_000


def word_diff(before: str, after: str, *, around: int | None = None) -> SafeString:
    """Both wordings in one: what was taken out in `del`, what is new in `ins`, each said in words as well.

    With `around`, of a long run that did not change only so many words beside each change are kept.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if _pairs(old, new) > _MOST_PAIRS:
        return mark_safe(_changed(before, after) if before != after else escape(after))  # noqa: S308 (escaped)
    # Spaces stand beside the words that match; by themselves they would match everywhere.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    if before and after and matcher.ratio() < _ALIKE:
        return mark_safe(_changed(before, after))  # noqa: S308 (escaped in _changed)
    parts = []
    for kept, steps in groupby(_steps(matcher, old, new), key=lambda step: step[0]):
        runs = list(steps)
        was, now = "".join(run[1] for run in runs), "".join(run[2] for run in runs)
        parts.append(str(escape(_shortened(now, around))) if kept else _changed(was, now))
    return mark_safe("".join(parts))  # noqa: S308 (every part was escaped)


def _pairs(old: list[str], new: list[str]) -> int:
    """In how many ways a word of one can be taken for a word of the other."""
    again = Counter(piece for piece in new if not piece.isspace())
    return sum(again[piece] for piece in old)


def value_diff(before: str, after: str) -> SafeString:
    """A short value and what took its place, each whole, "from" and "to" said in words; either may be empty."""
    if before == after:
        return format_html("{}", after)
    was = format_html('<del><span class="visually-hidden">from </span>{}</del>', before) if before else ""
    now = format_html('<ins><span class="visually-hidden">to </span>{}</ins>', after) if after else ""
    return format_html("{}{}{}", was, " " if was and now else "", now)


def _shortened(text: str, around: int | None) -> str:
    pieces = _PIECES.findall(text)
    if around is None or len(pieces) <= 6 * around:
        return text
    return f"{''.join(pieces[: 2 * around]).rstrip()} … {''.join(pieces[-2 * around :]).lstrip()}"


def _steps(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """(kept, old text, new text); a space between two changes belongs to them."""
    for tag, a, b, c, d in matcher.get_opcodes():
        inside = a > 0 and b < len(old) and c > 0 and d < len(new)
        kept = tag == "equal" and not (inside and all(piece.isspace() and piece != "\n" for piece in old[a:b]))
        yield kept, "".join(old[a:b]), "".join(new[c:d])


def _changed(was: str, now: str) -> str:
    """Spaces at the edges stand outside the marks."""
    taken, added = was.strip(), now.strip()
    before, _, after = _edges(now if added else was)
    parts = [
        format_html('<del><span class="visually-hidden">taken out: </span>{}</del>', taken) if taken else "",
        format_html('<ins><span class="visually-hidden">added: </span>{}</ins>', added) if added else "",
    ]
    return f"{before}{' '.join(part for part in parts if part)}{after}"


def _edges(text: str) -> tuple[str, ...]:
    found = _EDGES.fullmatch(text)
    assert found
    return found.groups()
