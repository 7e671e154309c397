"""Patterns that are tried only where they can begin, or only in texts that hold what they need.

In: the source of a regular expression. Out: the same, compiled with a look-ahead for the characters that a
match may begin with, where those are known. `re` skips quickly to such characters by itself only for the
plainest patterns; a pattern of many alternatives is otherwise tried in full at every character of a report.
`Seldom` is for patterns that few texts hold: it first looks for words that no match can be without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_CLASSES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_WIDTHLESS = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
Chars = frozenset[str]
"""Pieces of a character class: characters, ranges, categories."""
Words = frozenset[str]
"""Strings, one of which is in every match."""
RARITY = 0.01
"""How often a character of a text is one that is sought, roughly: what is rarer is looked for first."""
WORTH = 0.05
"""What is in more texts than one of so many isn't looked for first."""
FIRST_LOOKS = 2
MOST_CHARS = 64
"""Characters of a class that is still worth looking for."""


def compile(source: str) -> re.Pattern[str]:
    """`re.compile(source)`, matching the same, faster to search where its beginnings are few."""
    return re.compile(_guarded(source))


def either(*sources: str) -> str:
    """The alternatives as the inside of a group, each tried only where it can begin."""
    return "|".join(_guarded(source) for source in sources)


def _guarded(source: str) -> str:
    parsed = parser.parse(source)
    chars, may_be_empty = _first(parsed)
    known = chars is not None and not may_be_empty and parsed.state.flags == re.UNICODE
    guarded = known and not _quick(parsed)
    return f"(?=[{''.join(sorted(chars or ()))}])(?:{source})" if guarded else source


def _quick(sequence: Sequence[tuple[Any, Any]]) -> bool:
    """Whether `re` itself skips to where a match may begin: to a character, or to one of several."""
    code, value = sequence[0]
    if code is codes.BRANCH:
        return all(branch and branch[0][0] is codes.LITERAL for branch in value[1])
    return code in (codes.LITERAL, codes.IN)


def _first(sequence: Sequence[tuple[Any, Any]]) -> tuple[Chars | None, bool]:
    """The characters that a match of the sequence may begin with (None: any), and whether it may be empty."""
    chars: Chars = frozenset()
    for code, value in sequence:
        if code in _WIDTHLESS:
            continue
        found, may_be_empty = _first_of(code, value)
        if found is None:
            return None, False
        chars |= found
        if not may_be_empty:
            return chars, False
    return chars, True


def _first_of(code: Any, value: Any) -> tuple[Chars | None, bool]:
    if code is codes.LITERAL:
        return frozenset({re.escape(chr(value))}), False
    if code is codes.IN:
        return _members(value), False
    if code is codes.SUBPATTERN:
        _, flags_on, flags_off, inner = value
        return (None, False) if flags_on or flags_off else _first(inner)
    if code is codes.ATOMIC_GROUP:
        return _first(value)
    if code in _REPEATS:
        least, _, repeated = value
        chars, may_be_empty = _first(repeated)
        return chars, may_be_empty or least == 0
    if code is codes.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        known = [chars for chars, _ in branches if chars is not None]
        if len(known) < len(branches):
            return None, False
        return frozenset().union(*known), any(may_be_empty for _, may_be_empty in branches)
    return None, False


def _members(members: Sequence[tuple[Any, Any]]) -> Chars | None:
    """The pieces of a character class; None for a negated one, which nearly everything opens."""
    chars: set[str] = set()
    for code, value in members:
        if code is codes.LITERAL:
            chars.add(re.escape(chr(value)))
        elif code is codes.RANGE:
            chars.add("-".join(re.escape(chr(end)) for end in value))
        elif code is codes.CATEGORY and value in _CLASSES:
            chars.add(_CLASSES[value])
        else:
            return None
    return frozenset(chars)


class Seldom:
    """A pattern that few texts hold, with what a text must contain for it to be there."""

    def __init__(self, source: str) -> None:
        self.source = source
        parsed = parser.parse(source)
        sets = sorted(_needed(parsed), key=_frequency) if parsed.state.flags == re.UNICODE else []
        rare = [words for words in sets[:FIRST_LOOKS] if _frequency(words) <= WORTH]
        self._looks = [re.compile("|".join(map(re.escape, sorted(words)))).search for words in rare]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, compiled when a text first holds what it needs."""
        return compile(self.source)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text, as `re` finds them."""
        for look in self._looks:
            if look(text) is None:
                return iter(())
        return self.pattern.finditer(text)


def _frequency(words: Words) -> float:
    return sum(RARITY ** len(word) for word in words)


def _needed(sequence: Sequence[tuple[Any, Any]]) -> list[Words]:
    """Sets of words such that every match of the sequence holds one of each."""
    found: list[Words] = []
    literal = ""
    for code, value in (*sequence, (None, None)):
        if code is codes.LITERAL:
            literal += chr(value)
            continue
        if literal:
            found.append(frozenset({literal}))
            literal = ""
        if code is codes.IN:
            found.extend(_characters(value))
        elif code is codes.SUBPATTERN and not value[1] and not value[2]:
            found.extend(_needed(value[3]))
        elif code is codes.ATOMIC_GROUP:
            found.extend(_needed(value))
        elif code is codes.ASSERT:
            found.extend(_needed(value[1]))
        elif code in _REPEATS and value[0]:
            found.extend(_needed(value[2]))
        elif code is codes.BRANCH:
            branches = [min(_needed(branch), key=_frequency, default=None) for branch in value[1]]
            known = [words for words in branches if words is not None]
            found.extend([frozenset().union(*known)] if len(known) == len(branches) else [])
    return found


def _characters(members: Sequence[tuple[Any, Any]]) -> list[Words]:
    """The characters of a class; none of a negated or a large one."""
    chars: set[str] = set()
    for code, value in members:
        if code is codes.LITERAL:
            chars.add(chr(value))
        elif code is codes.RANGE and value[1] - value[0] < MOST_CHARS:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return []
    return [frozenset(chars)] if len(chars) <= MOST_CHARS else []
