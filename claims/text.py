"""Typed text: cleaned where it comes in, cut and turned into addresses where it goes out."""

import re
import unicodedata

from anyascii import anyascii

SLUG_LENGTH = 80
_LOOKED_AT = 2_000

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# They make text read in another order than it is stored in ("Trojan source", CVE-2021-42574).
# The plain marks U+200E, U+200F and U+061C only help right-to-left text and stay.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Unicode Annex 15's stream-safe limit. Normalising takes time with the square of such a run:
# 160,000 marks on one letter took 17 seconds.
_MARKS_IN_A_ROW = 30
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_UNSEEN_AT_ENDS = _SPACES + "\u200b\u2060\ufeff"
_UNSEEN = ("Cf", "Cn", "Zs", "Zl", "Zp", "Mn")


class TextError(ValueError):
    """Text that cannot be taken; its words are for the person who typed it."""


def clean_line(text: str, *, longest: int) -> str:
    """`text` as one line in NFC: breaks, tabs and runs of spaces become one space.

    Empty when nothing in it can be seen. `longest` is in characters, counted afterwards.
    Raises TextError for characters that do not belong in text and for too long a line.
    """
    line = re.sub(r"[ \t\n]+", " ", _composed(text))
    return _measured(_trimmed(line), longest)


def clean_text(text: str, *, longest: int) -> str:
    """`text` in NFC with its paragraphs kept: line ends become "\\n", at most one line is empty.

    Empty when nothing in it can be seen. `longest` is in characters, counted afterwards.
    Raises TextError for characters that do not belong in text and for too long a text.
    """
    lines = [line.rstrip() for line in _composed(text).replace("\t", " ").split("\n")]
    return _measured(_trimmed(re.sub(r"\n{3,}", "\n\n", "\n".join(lines))), longest)


def slugify_title(text: str, *, longest: int = SLUG_LENGTH) -> str:
    """The last part of a page's address made of a title: a-z, 0-9 and hyphens, `longest` at most.

    Other scripts are written in Latin letters ("мир" gives "mir"), apostrophes vanish ("Russia's"
    gives "russias"), and a long title is cut between words. Raises TextError where no letter and
    no digit is left.
    """
    # Only the beginning is used, and one sign can become many.
    plain = re.sub("['`]", "", anyascii(_composed(text[:_LOOKED_AT])))
    words: list[str] = re.findall("[a-z0-9]+", plain.lower())
    if not words:
        raise TextError(
            "No address can be made of these words, because they have no letter and no digit. Write some that have one."
        )
    slug = words[0][:longest]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > longest:
            break
        slug += f"-{word}"
    return slug


def excerpt(text: str, length: int) -> str:
    """The beginning of `text` on one line, at most `length` characters, the ellipsis included.

    It is cut between words where that leaves at least half of the length.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    if length < 1:
        return ""
    head = line[:length]
    end = head.rfind(" ") if head.rfind(" ") * 2 >= length else length - 1
    return head[:end].rstrip(" ,;:.-\u2013\u2014") + "…"


def _composed(text: str) -> str:
    text = _LINE_BREAK.sub("\n", text)
    if _SURROGATE.search(text):
        raise TextError(
            "The text holds half of a character, which cannot be stored. Delete the sign that is"
            " shown as a box or a question mark and type it anew."
        )
    if found := _CONTROL.search(text):
        raise TextError(
            f"The text holds a control character (U+{ord(found[0]):04X}), which cannot be seen."
            " Paste it again as plain text, or delete what stands there."
        )
    if found := _REORDERING.search(text):
        raise TextError(
            f"The text holds a character that changes the order of reading (U+{ord(found[0]):04X})."
            " Delete it: right-to-left text is shown properly without."
        )
    if text.isascii():
        return text
    _refuse_piled_marks(text)
    text = unicodedata.normalize("NFC", text)
    _refuse_piled_marks(text)
    return text


def _refuse_piled_marks(text: str) -> None:
    run = 0
    for character in text:
        run = run + 1 if character > "\u02ff" and unicodedata.combining(character) else 0
        if run > _MARKS_IN_A_ROW:
            raise TextError(
                f"More than {_MARKS_IN_A_ROW} accents or marks stand on one letter."
                " No language needs so many: delete them."
            )


def _trimmed(text: str) -> str:
    text = text.strip(_UNSEEN_AT_ENDS)
    return text if any(unicodedata.category(c) not in _UNSEEN for c in text) else ""


def _measured(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TextError(
            f"This has {len(text):,} characters and may have {longest:,}: shorten it by {len(text) - longest:,}."
        )
    return text
