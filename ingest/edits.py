"""Edits of a text that keep, for every character, the interval of the raw text that it stands for.

In comes a `MappedText` and a list of edits in its own offsets, in rising order and not overlapping; out
goes a new `MappedText`. Nothing here knows why a text is edited.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from .model import MappedText, Span


class Edit(NamedTuple):
    """`[start, end)` becomes `text`. `marks` gives each new character's interval, in offsets of the text
    that is edited, where one interval for all would be too coarse."""

    start: int
    end: int
    text: str = ""
    marks: tuple[Span, ...] = ()


def whole(text: str) -> MappedText:
    """`text` mapped to itself."""
    return MappedText(text, range(len(text)), range(1, len(text) + 1))


def rewrite(mapped: MappedText, text: str) -> MappedText:
    """`mapped` with its characters replaced one by one by those of `text`, of the same length."""
    if len(text) != len(mapped.text):
        raise ValueError("a rewriting must keep the length")
    return MappedText(text, mapped.starts, mapped.ends)


def apply(mapped: MappedText, edits: Sequence[Edit]) -> MappedText:
    """`mapped` after `edits`. A replacement as long as what it replaces is mapped character by character;
    any other is mapped as a whole, unless it brings its marks."""
    if not edits:
        return mapped
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    at = 0
    for start, end, new, marks in edits:
        if start < at:
            raise ValueError(f"edits overlap at {start}")
        pieces += (mapped.text[at:start], new)
        starts.extend(mapped.starts[at:start])
        ends.extend(mapped.ends[at:start])
        if marks:
            starts.extend(mapped.starts[mark.start] for mark in marks)
            ends.extend(mapped.ends[mark.end - 1] for mark in marks)
        elif len(new) == end - start:
            starts.extend(mapped.starts[start:end])
            ends.extend(mapped.ends[start:end])
        elif new:
            starts.extend([mapped.starts[start]] * len(new))
            ends.extend([mapped.ends[end - 1]] * len(new))
        at = end
    pieces.append(mapped.text[at:])
    starts.extend(mapped.starts[at:])
    ends.extend(mapped.ends[at:])
    return MappedText("".join(pieces), starts, ends)


def join(parts: Sequence[MappedText]) -> MappedText:
    """The parts in a row as one text; the map jumps where they did not touch."""
    if len(parts) == 1:
        return parts[0]
    starts, ends = array("I"), array("I")
    for part in parts:
        starts.extend(part.starts)
        ends.extend(part.ends)
    return MappedText("".join(part.text for part in parts), starts, ends)
