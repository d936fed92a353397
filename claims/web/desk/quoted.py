"""Criteria quoted line by line, so that a judgement can be checked against each of them."""

import re

# A sentence ends before a blank that follows a full stop, question or exclamation mark or semicolon, perhaps with a
# closing quotation mark or bracket, and is followed by a capital, a digit or an opening mark.
_END = re.compile(r"""(?:(?<=[.?!;])|(?<=[.?!;]["'”’)]))\s+(?=["'“‘(]?[A-Z0-9])""")
# "No. 3", "U. S. Treasury", "Mr. Witkoff": a point, and no end.
_NO_END = re.compile(r"\b(?:No|Nos|Mr|Mrs|Ms|Dr|St|Art|Sec|cf|vs|e\.g|i\.e|[A-Z])\.$")


def lines_of(text: str) -> list[str]:
    """The lines of a text, and where a line has several sentences, each of these."""
    found: list[str] = []
    for line in text.splitlines():
        sentence = ""
        for part in _END.split(line):
            sentence = f"{sentence} {part}".strip()
            if not _NO_END.search(sentence):
                found.append(sentence)
                sentence = ""
        found.append(sentence)
    return [line for line in found if line]
