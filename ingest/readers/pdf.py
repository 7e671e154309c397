"""PDF: the text layer in reading order with the place of every character; pictures of pages by OCR.

In: a file as saved. Out: its text, and where each line is printed. Pages without a text layer are recognised
where the extra `ocr` is installed, else told of. Refused: encrypted and damaged files, files of more pages
than a report has, and files without any text where nothing can recognise it.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.model import ReadError
from ingest.readers import ocr
from ingest.readers.common import File, Part, Parts
from ingest.readers.layout import Glyph, Page, lay_out

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 2000
"""A yearbook has some 1,000; above this it's a collection."""
_MAX_GLYPHS = 5_000_000
_DPI = 200
"""At which pages are shown for OCR; the smallest print of newspapers is then about 20 pixels high."""
_END = b"%%EOF"
_TAIL = 2048
_UNREADABLE = 0.3
"""The share of characters without meaning from which on a text layer is none (fonts without a map)."""


def read(file: File) -> Parts:
    """The document's report. Raises ReadError: encrypted, damaged, too-large, needs-extra, empty."""
    import pypdfium2  # noqa: PLC0415 -- only PDF needs it

    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(file.name, str(error)) from error
    try:
        yield _part(file, document)
    except pypdfium2.PdfiumError as error:
        raise _refusal(file.name, str(error)) from error
    finally:
        document.close()


def _refusal(name: str, told: str) -> ReadError:
    if "password" in told.lower():
        return ReadError("encrypted", f"{name}: opens only with a password; save it without one")
    return ReadError("damaged", f"{name}: damaged or cut off ({told}); fetch it again")


def _part(file: File, document: PdfDocument) -> Part:
    count = len(document)
    if count > MAX_PAGES:
        raise ReadError("too-large", f"{file.name}: over {MAX_PAGES} pages; split it into one file a report")
    if not count:
        raise ReadError("damaged", f"{file.name}: holds no pages; fetch it again")
    pages, bare = [], []
    total = 0
    for number in range(count):
        page = document[number]
        glyphs = _readable(list(_glyphs(page)))
        total += len(glyphs)
        if total > _MAX_GLYPHS:
            raise ReadError("too-large", f"{file.name}: over {_MAX_GLYPHS:,} characters; split it")
        if not glyphs and _has_picture(page):
            bare.append(number)
        pages.append(Page(page.get_height(), glyphs))
        page.close()
    notes = [] if _END in file.data[-_TAIL:] else [("damaged", "the file is cut off: its end is missing")]
    if bare and ocr.available():
        for number in bare:
            page = document[number]
            picture = page.render(scale=_DPI / 72).to_numpy()
            pages[number] = Page(page.get_height(), ocr.glyphs(picture, 72 / _DPI))
        notes.append(ocr.NOTE)
    elif bare and len(bare) == count:
        raise ReadError("needs-extra", f"{file.name}: pictures of pages without text; {ocr.REMEDY}")
    elif bare:
        listed = ", ".join(str(number + 1) for number in bare[:10]) + (", …" if len(bare) > 10 else "")
        notes.append(("needs-extra", f"pages without text were left out ({listed}); {ocr.REMEDY}"))
    text, layout = lay_out(pages)
    if not text.strip():
        raise ReadError("empty", f"{file.name}: its pages hold no text; leave it out or fetch it again")
    return Part(text, pages=count, layout=layout, notes=tuple(notes))


def _glyphs(page: PdfPage) -> Iterator[Glyph]:
    """The characters of the text layer, in the coordinates of the page as it is shown."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    text = page.get_textpage()
    turn = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    box = pdfium.FS_RECTF()
    blank = False
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        char = _plain(code)
        if not char.strip():
            blank |= char != ""
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box)):
            continue
        x0, x1, y0, y1 = box.left - left, box.right - left, box.bottom - bottom, box.top - bottom
        shown = {
            0: (x0, top - bottom - y1, x1, top - bottom - y0),
            90: (y0, x0, y1, x1),
            180: (right - left - x1, y0, right - left - x0, y1),
            270: (top - bottom - y1, right - left - x1, top - bottom - y0, right - left - x0),
        }[turn]
        yield Glyph(char, *shown, blank)
        blank = False
    text.close()


def _plain(code: int) -> str:
    """A code as a character: '' for what is none; radicals that fonts put for characters become those."""
    if code < 32:
        return " " if code in (9, 10, 13) else ""
    if 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return ""
    char = chr(code)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", char)
    return char


def _readable(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, or none where most of them mean nothing to anyone without the font."""
    lost = sum(glyph.char == "\ufffd" or "\ue000" <= glyph.char < "\uf900" for glyph in glyphs)
    return [] if lost > _UNREADABLE * len(glyphs) else glyphs


def _has_picture(page: PdfPage) -> bool:
    """Whether anything is shown that OCR could read: an image, or text without meaning."""
    return next(iter(page.get_objects()), None) is not None
