"""Pictures of pages: text recognised offline by RapidOCR, which the extra `ocr` installs with its models.

In: an image file, or a page shown as pixels. Out: its text in reading order with the place of every
character, as from a PDF. What is recognised is as sure as the picture is sharp, so each report says so in
an issue. Refused: pictures that are none, too large ones, and all where the extra is not installed.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.model import ReadError
from ingest.readers.common import File, Part, Parts
from ingest.readers.layout import Glyph, Page, lay_out

REMEDY = "to recognise them: pip install 'fangzhi[ocr]'"
MAX_PIXELS = 100_000_000
"""A newspaper page at 300 dpi has some 30 million."""
_SURE = 0.5
"""Lines recognised with less confidence are noise: stamps, pictures."""
NOTE = ("ocr", "recognised from pictures: check its figures against the pages")


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr_onnxruntime") is not None


def read(file: File) -> Parts:
    """The report in a picture. Raises ReadError: needs-extra, damaged, too-large, empty."""
    if not available():
        raise ReadError("needs-extra", f"{file.name}: a picture; {REMEDY}")
    import numpy  # noqa: PLC0415 -- comes with the extra
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(file.data)) as image:
            if image.width * image.height > MAX_PIXELS:
                millions = MAX_PIXELS // 1_000_000
                message = f"{file.name}: over {millions} million pixels; save it at 300 dpi"
                raise ReadError("too-large", message)
            pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        message = f"{file.name}: damaged or cut off ({type(error).__name__}); fetch it again"
        raise ReadError("damaged", message) from error
    text, layout = lay_out([Page(pixels.shape[0], glyphs(pixels, 1.0))])
    if not text.strip():
        raise ReadError("empty", f"{file.name}: no text was recognised in the picture; leave it out")
    yield Part(text, pages=1, layout=layout, notes=(NOTE,))


def glyphs(pixels: Any, scale: float) -> list[Glyph]:
    """The characters recognised in an array of pixels (BGR); a line's box is dealt out to them by width."""
    found, _ = _engine()(pixels)
    result: list[Glyph] = []
    for corners, text, sure in found or ():
        if float(sure) < _SURE:
            continue
        xs, ys = [float(x) * scale for x, _ in corners], [float(y) * scale for _, y in corners]
        widths = [1 if char.isascii() else 2 for char in text]
        left, top, bottom = min(xs), min(ys), max(ys)
        unit = (max(xs) - left) / max(sum(widths), 1)
        blank = False
        for char, width in zip(text, widths, strict=True):
            if char.strip():
                result.append(Glyph(char, left, top, left + width * unit, bottom, blank))
            blank = not char.strip()
            left += width * unit
    return result


@cache
def _engine() -> Any:
    """The recogniser, on one thread: builds spread reports over processes, and the sums stay the same."""
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 -- takes a second, and pictures are rare

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
