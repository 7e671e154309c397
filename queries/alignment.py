"""Where the characters of a raw sentence are in its cleaned form.

Comes in: a sentence as it stands in a report and as it was read, and places in the first. Goes out: the
places in the second. Cleaning drops noise (bracketed pinyin, broken lines) and changes characters one for
one, so the two are walked side by side; where they part, the walk looks no further ahead than REACH, which
keeps it linear.
"""

from __future__ import annotations

import re
import unicodedata

REACH = 40  # characters that one piece of noise has at most
NEAR = 16  # characters by which a place found by walking may be off
_DIGITS = re.compile(r"[0-9][0-9.,]*")


def places(raw: str, clean: str) -> list[int]:
    """For each character of `raw`, and its end, where it is in `clean`, or where it would be."""
    raw = _narrow(raw)
    found: list[int] = []
    at = 0
    while len(found) < len(raw):
        here = len(found)
        if at >= len(clean) or raw[here] == clean[at]:
            found.append(at)
            at += at < len(clean)
            continue
        dropped = _ahead(raw, here, clean[at : at + 2])
        added = _ahead(clean, at, raw[here : here + 2])
        if raw[here + 1 : here + 2] == clean[at + 1 : at + 2] or dropped == added == 0:
            found.append(at)
            at += 1
        elif dropped and (not added or dropped <= added):
            found += [at] * min(dropped, len(raw) - here)
        else:
            at += added
    return [*found, len(clean)]


def _narrow(text: str) -> str:
    """The text with full-width characters made narrow, one for one."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    folded = ((unicodedata.normalize("NFKC", character), character) for character in text)
    return "".join(narrow if len(narrow) == 1 else character for narrow, character in folded)


def _ahead(text: str, start: int, wanted: str) -> int:
    """How far ahead the two wanted characters are; 0 where they are not within reach."""
    place = text.find(wanted, start + 1, start + REACH) if len(wanted) == 2 else -1
    return place - start if place > 0 else 0


def quantity(raw: str, clean: str, map_: list[int], start: int, end: int) -> tuple[int, int]:
    """Where the quantity at `start` to `end` of `raw` is in `clean`: as walked, and moved to its own digits
    where these stand close by."""
    left, right = map_[start], max(map_[end], map_[start] + 1)
    digits = _DIGITS.search(_narrow(raw[start:end]))
    if digits is None or digits[0] in clean[left:right]:
        return left, right
    first = max(left - NEAR, 0)
    around = clean[first : right + NEAR]
    found = [first + match.start() for match in re.finditer(re.escape(digits[0]), around)]
    if not found:
        return left, right
    moved = min(found, key=lambda place: abs(place - left))
    return moved, min(moved + max(right - left, len(digits[0])), len(clean))
