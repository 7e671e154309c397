"""From a path to the reports in it: the file is read once, here, and its text is kept for ever.

In comes the path of a file of one of the `FORMATS`; out goes each report in it as a `Document`, whose
offsets count characters of the text as decoded or extracted. What the file is, its first bytes must confirm.
Refused, each with a `ReadError` whose `kind` says why: empty, binary, unknown-extension, unreadable,
too-large, mislabelled, encrypted and damaged files, and what a reader of `ingest.readers` refuses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ingest.model import Document, Origin, ReadError
from ingest.readers.common import MAX_BYTES, File, Part, Parts


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, its media type, and the module and function that read it."""

    label: str
    media_type: str
    module: str
    function: str = "read"


_TEXT = Format("text", "text/plain", "text")
_HTML = Format("HTML", "text/html", "html")
_PDF = Format("PDF", "application/pdf", "pdf")
_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCX = Format("Word document", _DOCX_TYPE, "docx")
_JSON = Format("JSON", "application/json", "records", "read_json")
_PICTURES = {
    kind: Format(f"{kind.upper()} picture", f"image/{kind}", "ocr")
    for kind in ("png", "jpeg", "tiff", "bmp", "webp")
}
FORMATS: dict[str, Format] = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": Format("Markdown", "text/markdown", "text"),
    ".markdown": Format("Markdown", "text/markdown", "text"),
    ".html": _HTML,
    ".htm": _HTML,
    ".shtml": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".docx": _DOCX,
    ".csv": Format("CSV", "text/csv", "records", "read_csv"),
    ".tsv": Format("CSV", "text/tab-separated-values", "records", "read_csv"),
    ".jsonl": Format("JSON Lines", "application/jsonl", "records", "read_json"),
    ".ndjson": Format("JSON Lines", "application/jsonl", "records", "read_json"),
    ".json": _JSON,
    ".png": _PICTURES["png"],
    ".jpg": _PICTURES["jpeg"],
    ".jpeg": _PICTURES["jpeg"],
    ".tif": _PICTURES["tiff"],
    ".tiff": _PICTURES["tiff"],
    ".bmp": _PICTURES["bmp"],
    ".webp": _PICTURES["webp"],
}
"""Extension -> how such a file is read."""

_OLD_WORD = Format("old or encrypted Office file", "application/x-ole-storage", "")
_PACKED = Format("packed file", "application/zip", "")
_RTF = Format("RTF", "application/rtf", "")
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", _PDF),
    (b"PK\x03\x04", _PACKED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORD),
    (b"{\\rtf", _RTF),
    (b"\x89PNG\r\n", _PICTURES["png"]),
    (b"\xff\xd8\xff", _PICTURES["jpeg"]),
    (b"II*\0", _PICTURES["tiff"]),
    (b"MM\0*", _PICTURES["tiff"]),
    (b"\x1f\x8b\x08", _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
)
"""First bytes -> what a file is that begins so."""
_PAGE = (b"<!doctype html", b"<html")
_HEAD = 1024
_REMEDY = {
    _OLD_WORD: "open it in Word and save it as .docx without a password",
    _PACKED: "unpack it",
    _RTF: "save it as .docx or text",
}


def read(path: Path, name: str | None = None) -> Iterator[Document | ReadError]:
    """Each report in the file at `path`, called `name` in the database (default: the file's own name), or why
    an entry of a file of many is none.

    Raises ReadError for the file as a whole; its one-line message names the file, the place and the remedy.
    """
    name = name or path.name
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(sorted(FORMATS))
        message = f"{name}: cannot read '{path.suffix}' files; give one of {known}"
        raise ReadError("unknown-extension", message)
    data = _bytes(path, name)
    _confirm(form, data, name, path.suffix)
    sha256 = hashlib.sha256(data).hexdigest()
    parts: Parts = getattr(import_module(f"ingest.readers.{form.module}"), form.function)(File(name, data))
    for part in parts:
        if isinstance(part, ReadError):
            yield part
            continue
        try:
            yield _document(part, name, sha256, form)
        except ReadError as error:
            if part.entry is None:
                raise
            yield error


def entries(path: Path, name: str) -> Iterator[Document | ReadError] | None:
    """As `read`, for a file of many reports; None where such a file holds one."""
    form = FORMATS.get(path.suffix.lower())
    return read(path, name) if form and form.module == "records" else None


def _document(part: Part, name: str, sha256: str, form: Format) -> Document:
    """The part as a report. Raises ReadError where its text is none."""
    place = name if part.entry is None else f"{name}: entry {part.entry}"
    if not part.text.strip():
        raise ReadError("empty", f"{place}: holds white space only; leave it out or fetch the report again")
    if "\0" in part.text:
        message = f"{place}: holds NUL characters, so it is no text; save it as UTF-8 text"
        raise ReadError("binary", message)
    try:
        encoded = part.text.encode()
    except UnicodeEncodeError as error:
        message = f"{place}: half a character (a lone surrogate) at character {error.start}; save it as UTF-8"
        raise ReadError("binary", message) from error
    origin = Origin(sha256, part.entry, part.url, part.html, part.pages)
    own = sha256 if part.entry is None else hashlib.sha256(encoded).hexdigest()
    plain = form.module == "text"
    return Document(
        name, own, form.media_type, part.text, part.source, None if plain else origin, part.layout, part.notes
    )


def _confirm(form: Format, data: bytes, name: str, suffix: str) -> None:
    """Raises ReadError where the first bytes are those of another format than the extension's."""
    found = next((format_ for magic, format_ in _MAGIC if data.startswith(magic)), None)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if found is None and head.startswith(_PAGE):
        found = _HTML
    pictures = _PICTURES.values()
    fits = found is form or (found is _PACKED and form is _DOCX) or (found in pictures and form in pictures)
    if fits or (found is None and form is not _PDF):
        return
    if found is None:
        raise ReadError("mislabelled", f"{name}: no PDF by its first bytes; fetch it again")
    remedy = (
        _REMEDY.get(found) or f"rename it to *{next(key for key, kind in FORMATS.items() if kind is found)}"
    )
    encrypted = found is _OLD_WORD and form is _DOCX
    kind = "encrypted" if encrypted else "mislabelled"
    raise ReadError(kind, f"{name}: named {suffix} but holds {_article(found.label)}; {remedy}")


def _article(label: str) -> str:
    return label if label.isupper() else f"{'an' if label[0] in 'aeiouJ' else 'a'} {label}"


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{name}: cannot be opened ({reason}); check the path and the rights"
        raise ReadError("unreadable", message) from error
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        raise ReadError("too-large", f"{name}: over {limit} MiB; split it into one file a report")
    if not data:
        raise ReadError("empty", f"{name}: has no bytes; leave it out or fetch the report again")
    return data
