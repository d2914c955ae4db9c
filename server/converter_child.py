"""The converter's child: a document comes in by stdin, pictures of its pages leave by stdout.

Started as `python -I -m server.converter_child FIRST LAST`, or with `portrait` for a small picture of a
person; what it writes stands in converter_frame.py.
"""

import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps
from pypdfium2 import raw

from server.confine import confine
from server.converter_frame import COUNT, PAGE, PORTRAIT, REFUSED, packed

_WIDTH = 1_600
_MOST_HEIGHT = 3 * _WIDTH
_MOST_PIXELS = 60_000_000
_PORTRAIT_SIDE = 384
_FEW_COLOURS = 1_024
_FONTS = tuple(map(Path, ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")))


class Refused(Exception):
    """The file is not one that pictures can be made of; carries the refusal's name."""


def main() -> None:
    wanted = sys.argv[1:]
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    Image.init()  # loads its formats now, since no file can be read later
    confine(_FONTS)
    out = sys.stdout.buffer
    try:
        content = sys.stdin.buffer.read()
        if wanted == [PORTRAIT]:
            _send(out, packed(PAGE, 1, _encoded(_portrait(content))))
        else:
            _send_pages(out, content, int(wanted[0]), int(wanted[1]))
    except Refused as refusal:
        _send(out, packed(REFUSED, 0, str(refusal).encode()))


def _send_pages(out: BinaryIO, content: bytes, first: int, last: int) -> None:
    pages, draw = _opened(content)
    _send(out, packed(COUNT, pages))
    for number in range(first, min(last, pages) + 1):
        _send(out, packed(PAGE, number, _encoded(draw(number))))


def _send(out: BinaryIO, frame: bytes) -> None:
    out.write(frame)
    out.flush()


def _opened(content: bytes) -> tuple[int, Callable[[int], Image.Image]]:
    """Return the number of pages, and what draws one by its number."""
    if not content.startswith(b"%PDF-"):
        picture = _opened_picture(content)
        return 1, lambda _: picture
    pdf = _opened_pdf(content)
    return len(pdf), lambda number: _drawn(pdf, number)


def _opened_pdf(content: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(content)
        pages = len(pdf)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused("Encrypted" if is_locked else "NotADocument") from error
    if pages < 1:
        raise Refused("NotADocument")
    # What was filled in a form is drawn only with this; the library is built without JavaScript and XFA.
    with suppress(pypdfium2.PdfiumError):
        pdf.init_forms()
    return pdf


def _drawn(pdf: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = pdf[number - 1]
    width, height = page.get_size()
    # The library rounds up: a hair less, so that nothing comes out a pixel wider than was meant.
    scale = min((_WIDTH - 0.01) / width, (_MOST_HEIGHT - 0.01) / height)
    picture: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
    return picture.convert("RGB")


def _opened_picture(content: bytes) -> Image.Image:
    """Return a photograph or scan upright and no wider than a page; what it tells of itself stays behind."""
    try:
        picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > _MOST_PIXELS:
            raise Refused("ConversionFailed")
        picture.draft("RGB", (2 * _WIDTH, 2 * _MOST_HEIGHT))
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError) as error:
        raise Refused("NotADocument") from error
    upright.thumbnail((_WIDTH, _MOST_HEIGHT))
    return _on_white(upright)


def _portrait(content: bytes) -> Image.Image:
    """Cut a small square around where faces are: in the middle, a little above it."""
    side = (_PORTRAIT_SIDE, _PORTRAIT_SIDE)
    return ImageOps.fit(_opened_picture(content), side, centering=(0.5, 0.4))


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    """Return it as WebP: without loss where colours are few, as in text; that is smaller and quicker there.

    Photographs took 40 times as long without loss, and came out 20 times as large. Method 1 makes text an
    eighth of the size that method 0 does, in about the same time.
    """
    out = BytesIO()
    if _has_few_colours(picture):
        picture.save(out, "WEBP", lossless=True, quality=30, method=1)
    else:
        picture.save(out, "WEBP", quality=80, method=0)
    return out.getvalue()


def _has_few_colours(picture: Image.Image) -> bool:
    size = (max(1, picture.width // 4), max(1, picture.height // 4))
    sample = picture.resize(size, Image.Resampling.NEAREST)
    return sample.getcolors(_FEW_COLOURS) is not None


if __name__ == "__main__":
    main()
