"""Ready citations of a claim as it is shown on a day: plain text, BibTeX and CSL-JSON."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from claims.dates import day_words
from claims.instants import instant_text, instant_words

SITE = "ResetWatch"
# Braces are counted even behind a backslash (BibTeX 0.99d), so each is written as a command, whose own braces match.
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&#_$"},
}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Citation:
    """What is cited: a claim's page as of a day, by what was recorded at an instant, at its address."""

    slug: str
    title: str
    statement: str
    as_of: date
    recorded: datetime
    address: str
    accessed: date

    @property
    def name(self) -> str:
        """A key for lists of references, and the beginning of a file's name."""
        return f"{SITE.lower()}-{self.slug}-{self.as_of.isoformat()}"

    @property
    def stands(self) -> str:
        """Of which day it speaks, and by when that was on record."""
        return f"As of {day_words(self.as_of)}, as recorded at {instant_words(self.recorded)}"


def plain(cited: Citation) -> str:
    """The citation as a line of text; words that run from right to left are set apart from the rest."""
    said = f"“{_isolated(cited.title)}: {_isolated(cited.statement)}”"
    return f"{SITE}. {said} {cited.stands}. {cited.address} (accessed {day_words(cited.accessed)})."


def bibtex(cited: Citation) -> str:
    """The citation as an entry for biblatex, in UTF-8."""
    fields = {
        "author": f"{{{SITE}}}",
        "title": f"{{{bibtex_text(f'{cited.title}: {cited.statement}')}}}",
        "date": cited.recorded.date().isoformat(),
        "version": bibtex_text(instant_text(cited.recorded)),
        "note": bibtex_text(cited.stands),
        "url": cited.address,
        "urldate": cited.accessed.isoformat(),
    }
    lines = "".join(f"  {name:<8} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{cited.name},\n{lines}}}\n"


def csl(cited: Citation) -> str:
    """The citation as a list of one item in CSL-JSON."""
    item = {
        "id": cited.name,
        "type": "webpage",
        "title": f"{cited.title}: {cited.statement}",
        "author": [{"literal": SITE}],
        "publisher": SITE,
        "container-title": SITE,
        "version": instant_text(cited.recorded),
        "note": cited.stands,
        "issued": _date_parts(cited.recorded.date()),
        "accessed": _date_parts(cited.accessed),
        "URL": cited.address,
    }
    lines = (f"    {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"


def bibtex_text(text: str) -> str:
    """The text for a field of BibTeX: nothing in it is taken for a command, and its braces match."""
    return "".join(_BIBTEX.get(mark, mark) for mark in " ".join(text.split()))


def _isolated(text: str) -> str:
    from_right = any(unicodedata.bidirectional(mark) in ("R", "AL") for mark in text)
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if from_right else text


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
