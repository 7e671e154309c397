"""Text files, and the decoding of all bytes that are text.

Line ends stay untouched (only a byte order mark is left out), so that offsets into the text stay valid.
Refused: what no encoding of Chinese makes into plausible text.
"""

from __future__ import annotations

import codecs
import re

from ingest.model import ReadError
from ingest.readers.common import File, Part, Parts

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536
_MAX_CONTROLS = 0.01
# Decoded in the wrong legacy encoding, Chinese becomes rare characters; these, the most frequent of both
# scripts and the punctuation, make up over a tenth of any real report and next to nothing of a wrong one.
_FREQUENT = re.compile("[的一是在和年中大国國业業发發市区區人工新全经經实實展企建产產，。、0-9]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def read(file: File) -> Parts:
    """The text as it stands."""
    yield Part(decode(file.data, file.name))


def decode(data: bytes, name: str) -> str:
    """The text of `data` in UTF-8, UTF-16, UTF-32 (with mark), GB18030 or Big5, line ends untouched.

    Raises ReadError `binary` where no encoding gives plausible text; the message names the first bad byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _plausible(data[len(mark) :].decode(encoding), name)
            except UnicodeDecodeError as error:
                at = error.start + len(mark)
                message = f"{name}: marked as {encoding} but byte {at} is not; save it again as UTF-8"
                raise ReadError("binary", message) from error
    wide = _unmarked_utf16(data)
    if wide:
        return _plausible(wide, name)
    try:
        return _plausible(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        return _plausible(_legacy(data, name, error.start), name)


def _plausible(text: str, name: str) -> str:
    """`text` itself, unless control characters show that it is no text."""
    controls = len(_CONTROL.findall(text))
    if controls > max(2, _MAX_CONTROLS * len(text)):
        first = _CONTROL.search(text)
        place = first.start() if first else 0
        message = f"{name}: not text (control characters from character {place} on); save it as UTF-8 text"
        raise ReadError("binary", message)
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """The text where every second byte shows UTF-16 without its mark: the nulls of ASCII line ends,
    digits and blanks stand all in odd or all in even places."""
    if len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return None
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if min(even, odd) * 20 > max(even, odd):
        return None
    try:
        text = data.decode("utf-16-be" if even > odd else "utf-16-le")
    except UnicodeDecodeError:
        return None
    return text if _share(text) > 0.05 else None


def _share(text: str) -> float:
    """The share of frequent characters among those that are not white space or ASCII letters."""
    sample = re.sub(r"[\sA-Za-z]", "", text[:_SAMPLE])
    return len(_FREQUENT.findall(sample)) / len(sample) if sample else 0.0


def _legacy(data: bytes, name: str, bad: int) -> str:
    """`data` as GB18030 or Big5, whichever reads more like Chinese; else as charset-normalizer thinks."""
    texts = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(texts, key=_share, default="")
    if _share(best) > 0.05:
        return best
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- slow to import and seldom needed

    match = from_bytes(data[:_SAMPLE], cp_exclusion=["utf_16", "utf_32"]).best()
    if match is not None:
        try:
            text = data.decode(match.encoding)
        except UnicodeDecodeError:
            text = ""
        if _share(text) > 0.05:
            return text
    message = f"{name}: neither UTF-8 (byte {bad} is not) nor GB18030, Big5 or UTF-16; save it again as UTF-8"
    raise ReadError("binary", message)
