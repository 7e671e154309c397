"""The words that people see, in Chinese and English, from `words.yaml`.

Comes in: a key and a language. Goes out: the words, or the key itself where the table has none, so that a
value which reports bring (an industry, a kind of park) is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from .canned import LANGUAGES, Language


@cache
def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((files(__package__) / "words.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=4096)
def _of(section: str, key: str, language: Language) -> str:
    entry = _words()[section].get(key)
    return str(entry[LANGUAGES.index(language)]) if entry else key


@cache
def _phrase(key: str, language: Language) -> str:
    phrase: str = _words()["pages"][key][LANGUAGES.index(language)]
    return phrase


def say(key: str, language: Language, **values: object) -> str:
    """A phrase of the pages, that for one thing where `n` is 1; raises KeyError for an unknown key."""
    if values.get("n") == 1 and f"{key}_one" in _words()["pages"]:
        key = f"{key}_one"
    phrase = _phrase(key, language)
    return phrase.format(**values) if values else phrase


def value(key: str | None, language: Language) -> str:
    """A value of a column with a fixed vocabulary, such as `actual`."""
    return _of("values", key or "", language) if key else ""


def column(name: str, language: Language) -> str:
    """The heading of a column."""
    return _of("columns", name, language)


def tables() -> Mapping[str, Mapping[str, Any]]:
    """Table or view -> its `title` and `about` in both languages, the `columns` shown first, its `label`
    and its `facets`."""
    found: Mapping[str, Mapping[str, Any]] = _words()["tables"]
    return found


def table_title(name: str, language: Language) -> str:
    """A table's title with its name, for those who write SQL."""
    entry = tables().get(name)
    return f"{entry['title'][LANGUAGES.index(language)]} ({name})" if entry else name


def columns() -> Mapping[str, tuple[str, str]]:
    """Column -> its heading in Chinese and English."""
    return {name: (str(entry[0]), str(entry[1])) for name, entry in _words()["columns"].items()}


def from_browser(cookie: str | None, accept_language: str) -> Language:
    """The language of a visitor: what the cookie says, else Chinese where the browser asks for it first
    among the two, else English."""
    for language in LANGUAGES:
        if cookie == language:
            return language
    wanted = sorted((part.strip().lower() for part in accept_language.split(",")), key=_weight, reverse=True)
    for tag in wanted:
        for language in LANGUAGES:
            if tag.startswith(language) and _weight(tag) > 0:
                return language
    return "en"


def _weight(tag: str) -> float:
    """The q value of an Accept-Language entry; 1 where there is none, 0 where it is no number."""
    _, _, weight = tag.partition(";q=")
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0


def stock() -> list[tuple[str, str]]:
    """Phrases of Datasette's own templates with their Chinese, the longest first."""
    found: dict[str, str] = _words().get("stock") or {}
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


SEPARATOR = " · "


def both(entry: Sequence[str]) -> str:
    """Chinese and English in one text, for where Datasette holds but one."""
    return SEPARATOR.join(entry)


def mine(text: str | None, language: Language) -> str:
    """The visitor's part of what `both` joined; other text as it is."""
    parts = (text or "").split(SEPARATOR)
    return parts[LANGUAGES.index(language)] if len(parts) == len(LANGUAGES) else text or ""
