"""Lexemes as they were written: `ceasefir` is shown as “ceasefire”."""

import re
from collections.abc import Collection, Sequence

from django.db import connection

_WORD = re.compile(r"\w+")

_LEXEMES = """
SELECT told, lexeme FROM unnest(%(words)s::text[]) told CROSS JOIN LATERAL unnest(to_tsvector('english', told)) word
"""


def lexemes_of(words: Collection[str]) -> dict[str, str]:
    """The lexeme of each word; words that PostgreSQL passes over have none. One SQL query."""
    with connection.cursor() as cursor:
        cursor.execute(_LEXEMES, {"words": list(words)})
        return dict(cursor.fetchall())


def written(texts: Sequence[str]) -> list[dict[str, str]]:
    """For each text its lexemes, with how each is written where it stands first. One SQL query."""
    said = [list(dict.fromkeys(_WORD.findall(text))) for text in texts]
    lexemes = lexemes_of({word for words in said for word in words})
    return [{lexemes[word]: word for word in reversed(words) if word in lexemes} for words in said]
