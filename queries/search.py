"""Searching Chinese text: a question becomes an FTS5 phrase of single characters.

The full-text index holds one character a token, since SQLite's own tokenizers find no Chinese words
(`unicode61`) or none of two characters (`trigram`). A word is then a phrase of its characters:
`巴南区` is sought as `"巴 南 区"`, and words parted by white space must all occur in the sentence.
Comes in: what a person typed. Goes out: an expression that FTS5 always accepts, since every term is
quoted; operators and column filters are not offered.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from functools import cache
from typing import Any

NOTHING = '""'


def phrases(words: str) -> str:
    """The FTS5 expression that finds `words`, in any width or case; NOTHING where none are left.

    Only letters and digits are tokens of the index, so the rest separates characters and no more. The
    index is in simplified characters: a word in traditional ones is sought in both.
    """
    found = [_either(word) for word in unicodedata.normalize("NFKC", words).split()]
    return " AND ".join(filter(None, found)) or NOTHING


def _either(word: str) -> str:
    """The phrase of a word, or of its two scripts where they differ; '' where it has no token."""
    forms = dict.fromkeys((word, word if word.isascii() else _simplified(word)))
    sought = [_phrase(form) for form in forms]
    return f"({' OR '.join(sought)})" if len(sought) > 1 else sought[0]


def _phrase(word: str) -> str:
    characters = [character for character in word if character.isalnum()]
    return '"' + " ".join(characters) + '"' if characters else ""


def _simplified(word: str) -> str:
    return str(_converter().convert(word))


@cache
def _converter() -> Any:
    from opencc.opencc import OpenCC  # noqa: PLC0415 - only a search needs its dictionaries

    untyped: Any = OpenCC
    return untyped("t2s")


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL function `escape_fts`, which Datasette's `_search` calls too."""
    connection.create_function("escape_fts", 1, lambda words: phrases(str(words or "")), deterministic=True)
