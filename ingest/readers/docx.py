"""Word documents (.docx, WordprocessingML of ISO/IEC 29500): paragraphs, tables, footnotes.

In: the package as saved. Out: a line a paragraph in the document's order, the rows of tables with bars
between the cells, footnotes behind the text. Deleted text, field codes and repeated drawings are left out.
Refused: packages that are damaged, that hold no document, or that unpack to more than a report can have.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from ingest.model import ReadError
from ingest.readers.common import MAX_BYTES, File, Part, Parts, row

_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "Fallback", "fldData"))
_CHUNK = 1 << 16
_MAX_DEPTH = 200
"""Elements inside one another; Word itself nests a few dozen."""


def read(file: File) -> Parts:
    """The document's report. Raises ReadError: damaged, too-large, mislabelled, empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            names = package.namelist()
            if "word/document.xml" not in names:
                message = f"{file.name}: a packed file but no Word document; unpack it, or save it as .docx"
                raise ReadError("mislabelled", message)
            parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in names]
            roots = [_parsed(_unpacked(package, name, file.name), file.name) for name in parts]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        message = f"{file.name}: damaged or cut off ({error}); fetch it again, or save it again from Word"
        raise ReadError("damaged", message) from error
    lines = [line for root in roots for line in _blocks(root)]
    if not any(line.strip() for line in lines):
        raise ReadError("empty", f"{file.name}: holds no text; leave it out or fetch the report again")
    yield Part("\n".join(lines))


def _unpacked(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    """A part of the package, unpacked no further than the limit, whatever size the package claims."""
    with package.open(part) as stream:
        data = bytearray()
        while chunk := stream.read(_CHUNK):
            data += chunk
            if len(data) > MAX_BYTES:
                limit = MAX_BYTES // 2**20
                message = f"{name}: unpacks to over {limit} MiB; split it into one file a report"
                raise ReadError("too-large", message)
    return bytes(data)


def _parsed(data: bytes, name: str) -> ElementTree.Element:
    """The root of an XML part. A document type is refused: Word writes none, and entities can be bombs."""
    builder = _Bounded()
    try:
        if b"<!DOCTYPE" in data:
            raise ElementTree.ParseError("a document type is declared")
        parser = ElementTree.XMLParser(target=builder)
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        message = f"{name}: its text is damaged ({error}); save it again from Word"
        raise ReadError("damaged", message) from error
    return root


class _Bounded(ElementTree.TreeBuilder):
    """Refuses elements nested deeper than any document's, so that walking the tree can't overflow."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ValueError("its elements are nested too deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)


def _kind(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _blocks(parent: ElementTree.Element) -> Iterator[str]:
    """The paragraphs and rows under `parent`, in order."""
    for child in parent:
        kind = _kind(child)
        if kind == "p":
            # Text boxes hang inside a paragraph and hold paragraphs of their own.
            yield from "".join(_text(child)).split("\n")
            for box in _boxes(child):
                yield from _blocks(box)
        elif kind == "tbl":
            yield from filter(None, map(row, _rows(child)))
        elif kind not in _LEFT_OUT and (kind != "footnote" or _is_note(child)):
            yield from _blocks(child)


def _boxes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in parent:
        if _kind(child) == "txbxContent":
            yield child
        elif _kind(child) not in _LEFT_OUT:
            yield from _boxes(child)


def _is_note(footnote: ElementTree.Element) -> bool:
    """Whether a footnote is one, not the line that sets footnotes apart."""
    return not any(name.endswith("}type") for name in footnote.attrib)


def _text(parent: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph without its text boxes."""
    for child in parent:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in ("tab", "ptab"):
            yield "\t"
        elif kind in ("br", "cr"):
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind not in _LEFT_OUT and kind != "txbxContent":
            yield from _text(child)


def _rows(table: ElementTree.Element) -> Iterator[list[str]]:
    """The cells of each row, '' where a cell is the continuation of a merged one."""
    for line in _children(table, "tr"):
        cells: list[str] = []
        for cell in _children(line, "tc"):
            cells.append(" ".join(_blocks(cell)))
            cells += [""] * (_span(cell) - 1)
        yield cells


def _children(parent: ElementTree.Element, wanted: str) -> Iterator[ElementTree.Element]:
    """The children of a kind, also inside content controls and insertions."""
    for child in parent:
        kind = _kind(child)
        if kind == wanted:
            yield child
        elif kind in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _children(child, wanted)


def _span(cell: ElementTree.Element) -> int:
    for properties in _children(cell, "tcPr"):
        for span in _children(properties, "gridSpan"):
            value = next(iter(span.attrib.values()), "1")
            return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() else 1
    return 1
