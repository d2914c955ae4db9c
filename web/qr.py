"""Addresses as QR codes for paper (ISO/IEC 18004): dark on light whatever the page, with their quiet zone."""

from io import BytesIO

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


def qr_svg(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="svg", border=QUIET, light="#fff", scale=PRINTED)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="png", border=QUIET, scale=PRINTED)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    """Level M mends a seventh of it, which a folded leaflet needs."""
    return segno.make(address, error="m", micro=False, boost_error=False)
