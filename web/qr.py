"""Addresses as QR codes for paper (ISO/IEC 18004): dark on light whatever the page, with their quiet zone."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

import segno
from markupsafe import Markup

QUIET = 4
"""Cells of light around it, the least that readers may ask for."""

PRINTED = 20
"""Pixels a cell: a leaflet at 300 dots an inch has six centimetres of it."""


def qr_inline(address: str) -> Markup:
    """Return it as an element of a page."""
    drawn = _code(address).svg_inline(border=QUIET, light="#fff", omitsize=True, svgclass="qr")
    return Markup(drawn)  # noqa: S704 - drawn by us: figures alone


def qr_path(address: str) -> tuple[int, str]:
    """Return it as an SVG path of dark cells, and the number of cells a side, for a script to draw."""
    cells = list(_code(address).matrix_iter(border=QUIET))
    runs = (f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(cells) for x, length in _dark_runs(row))
    return len(cells), "".join(runs)


def qr_svg(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="svg", border=QUIET, light="#fff", scale=PRINTED)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="png", border=QUIET, scale=PRINTED)
    return out.getvalue()


def _dark_runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Tell where dark cells begin in a row, and how many follow each other."""
    begins = 0
    for is_dark, cells in groupby(row):
        length = len(list(cells))
        if is_dark:
            yield begins, length
        begins += length


def _code(address: str) -> segno.QRCode:
    """Level M mends a seventh of it, which a folded leaflet needs."""
    return segno.make(address, error="m", micro=False, boost_error=False)
