"""An offering is shared by link, button and QR code; what each says is read by somebody else's eyes."""

import re
from collections.abc import AsyncIterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from server.demo_data import MORTGAGE
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.qr import qr_inline, qr_png, qr_svg

QUERY = f"offering={MORTGAGE}&source=leaflet&language=sv"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def to_copy(page: Page, name: str) -> str:
    found = re.search(rf'<textarea id="copy-{name}"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def read_png(png: bytes) -> str:
    code = zxingcpp.read_barcode(Image.open(BytesIO(png)))
    assert code is not None
    return code.text


def read_svg(svg: str) -> str:
    """Draw the strokes by hand, as a browser would, and read the picture."""
    width = int(float(re.findall(r'(?:viewBox="0 0 |width=")(\d+)', svg)[0]))
    scale = float((re.findall(r"scale\(([\d.]+)\)", svg) or ["1"])[0])
    side = round(width / scale)
    picture = Image.new("L", (side, side), 255)
    dark = re.findall(r'stroke="#000"[^>]*?d="([^"]+)"|d="([^"]+)"[^>]*?stroke="#000"', svg)[0]
    x, y = 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", "".join(dark)):
        if command == "h":
            for step in range(int(first)):
                picture.putpixel((int(x) + step, int(y)), 0)
            x += float(first)
        else:
            before = (0.0, 0.0) if command == "M" else (x, y)
            x, y = before[0] + float(first), before[1] + float(second or 0)
    out = BytesIO()
    picture.resize((side * 8, side * 8), Image.Resampling.NEAREST).save(out, "PNG")
    return read_png(out.getvalue())


async def test_link_button_and_code_lead_to_the_same_place(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens(f"/desk/share?{QUERY}")

    address = f"{house.origin}/book/{MORTGAGE}?source=leaflet&lang=sv"
    assert to_copy(page, "link") == address
    assert to_copy(page, "tag") == (
        f'<script src="{house.origin}/embed/button.js" data-offering="{MORTGAGE}"'
        ' data-source="leaflet" data-lang="sv" async></script>'
    )
    assert read_svg(page.text[page.text.index("qr-frame") :]) == address


async def test_the_files_are_read_as_the_same_address(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    bodies = []
    for kind in ("png", "svg"):
        async with ilmari.client.get(f"{house.origin}/desk/share/qr.{kind}?{QUERY}") as answer:
            assert answer.headers["Content-Disposition"] == f'attachment; filename="kohtaamo-qr.{kind}"'
            bodies.append(await answer.read())

    address = f"{house.origin}/book/{MORTGAGE}?source=leaflet&lang=sv"
    assert read_png(bodies[0]) == address
    assert read_svg(bodies[1].decode()) == address


@pytest.mark.parametrize("length", [10, 60, 200])
def test_codes_of_every_length_are_read_back(length: int) -> None:
    address = "https://example.fi/" + "a1-" * (length // 3)

    assert read_png(qr_png(address)) == address
    assert read_svg(qr_svg(address).decode()) == address
    assert read_svg(str(qr_inline(address))) == address


@pytest.mark.parametrize("source", ["Aino Virtanen", "aino@example.com", "x" * 33, "staff"])
async def test_what_is_no_tag_is_told_beside_the_field_and_makes_no_link(
    house: FaceHouse, source: str
) -> None:
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens(f"/desk/share?offering={MORTGAGE}&source={source}")

    assert page.status == 422
    assert 'id="error-source"' in page.text
    assert "copy-link" not in page.text


async def test_nothing_is_shown_before_it_is_asked_for(house: FaceHouse) -> None:
    page = await (await house.staff("ilmari")).opens("/desk/share")

    assert page.status == 200
    assert "copy-link" not in page.text
    assert "notice--wrong" not in page.text
