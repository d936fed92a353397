"""When two entries of a feed are the same story under nearly the same title."""

import re
import unicodedata

LONGEST_KEY = 300
# Publishers put their name after the title: "Talks resume in Geneva - Example News".
_SUFFIX = re.compile(r"\s[-–—|·•]\s+([^-–—|·•]{1,40})$")
_MOST_WORDS_OF_A_NAME = 4
_LEAST_WORDS_OF_A_TITLE = 4


def title_key(text: str) -> str:
    """A form in which near-same titles are equal; empty where there is nothing to compare by.

    Without case, punctuation and the publisher's name at the end. Letters with their accents and
    all numbers are kept: "Day 2" is another day than "Day 3".
    """
    return " ".join(_words(_without_publisher(text.strip())))[:LONGEST_KEY].rstrip()


def _without_publisher(title: str) -> str:
    found = _SUFFIX.search(title)
    if not found:
        return title
    name, rest = found[1], title[: found.start()]
    is_name = len(_words(name)) <= _MOST_WORDS_OF_A_NAME and not any(c.isnumeric() for c in name)
    return rest if is_name and not name[0].islower() and len(_words(rest)) >= _LEAST_WORDS_OF_A_TITLE else title


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    without_apostrophes = re.sub("['’ʼ`]", "", folded)
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in without_apostrophes).split()
