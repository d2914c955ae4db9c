"""Takes the README's pictures from the running product: `python -m docs.pictures`.

Two drawn people stand in for cameras, because a picture of the README shows nobody's face.
"""

import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.async_api import Browser, BrowserContext, Playwright, ViewportSize, async_playwright

from tests.instances.browser import DESKTOP, FLAGS, PHONE, find_chromium
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff
from tests.server.papers import pdf

HERE = Path(__file__).parent
SIZE = (960, 720)


@dataclass(frozen=True, slots=True)
class Face:
    """The colours of a drawn person and their room."""

    wall: str
    shelf: str
    hair: str
    skin: str
    shirt: str
    has_long_hair: bool


AINO = Face("#d9c7ae", "#a58561", "#6b4226", "#f0c9a8", "#7d3c5a", has_long_hair=True)
ILMARI = Face("#c3d3d8", "#5d7f8a", "#b9b4ac", "#e9bd9c", "#22435c", has_long_hair=False)

OFFER = b"""
BT /F1 26 Tf 72 750 Td (Loan offer) Tj ET
BT /F1 13 Tf 72 722 Td (Example Bank - for discussion, not binding) Tj ET
0.8 G 72 704 m 523 704 l S
BT /F1 15 Tf 72 668 Td (Amount) Tj 250 0 Td (180 000 EUR) Tj ET
BT /F1 15 Tf 72 638 Td (Term) Tj 250 0 Td (25 years) Tj ET
BT /F1 15 Tf 72 608 Td (Margin) Tj 250 0 Td (0.55 %) Tj ET
BT /F1 15 Tf 72 578 Td (Monthly payment) Tj 250 0 Td (871 EUR) Tj ET
0.8 G 72 556 m 523 556 l S
BT /F1 13 Tf 72 524 Td (The first payment falls due one month after the loan is drawn.) Tj ET
BT /F1 13 Tf 72 502 Td (Extra payments are free of charge.) Tj ET
0.04 0.36 0.38 rg 72 420 60 40 re f 142 420 60 58 re f 212 420 60 72 re f
282 420 60 50 re f 352 420 60 30 re f
"""


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder), smtp_url="") as demo, async_playwright() as playwright:
            aino = await _person(playwright, Path(folder) / "aino.mjpeg", AINO, PHONE)
            ilmari = await _person(playwright, Path(folder) / "ilmari.mjpeg", ILMARI, DESKTOP)
            await _take(aino, ilmari, demo, Path(folder))
            await aino.browser.close()  # type: ignore[union-attr]  # launched, so it has one
            await ilmari.browser.close()  # type: ignore[union-attr]


async def _person(playwright: Playwright, camera: Path, face: Face, size: ViewportSize) -> BrowserContext:
    _drawn(face).save(camera, "JPEG", quality=92)
    browser: Browser = await playwright.chromium.launch(
        executable_path=find_chromium(),
        args=[
            *FLAGS,
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            f"--use-file-for-fake-video-capture={camera}",
        ],
    )
    return await browser.new_context(
        locale="en-GB",
        viewport=size,
        timezone_id="Europe/Helsinki",
        permissions=["camera", "microphone"],
        device_scale_factor=1.5,
    )


async def _take(aino_at: BrowserContext, ilmari_at: BrowserContext, demo: Demo, folder: Path) -> None:
    aino = Customer(await aino_at.new_page(), demo)
    ilmari = Staff(await ilmari_at.new_page(), demo)
    paper = folder / "Loan offer.pdf"
    paper.write_bytes(pdf([OFFER, OFFER]))
    path = await aino.books("Mortgage meeting", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    await aino.page.wait_for_timeout(1500)
    await _picture(aino, "waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    await ilmari.page.locator("#say-text").fill("Here is the offer that we spoke about.")
    await ilmari.page.locator("#say button").click()
    await aino.page.wait_for_timeout(4000)
    await _picture(ilmari, "meeting")
    admin = Staff(await ilmari_at.new_page(), demo)
    await admin.signs_in("admin")
    await admin.open("/admin")
    await _picture(admin, "attendance")


async def _picture(person: Customer | Staff, name: str) -> None:
    shot = HERE / f"{name}.png"
    await person.page.screenshot(path=shot)
    Image.open(shot).convert("P", palette=Image.Palette.ADAPTIVE, colors=256).save(shot, optimize=True)


def _drawn(face: Face) -> Image.Image:
    """Draw somebody at home: a wall, a shelf out of focus, head and shoulders."""
    room = Image.new("RGB", SIZE, face.wall)
    pen = ImageDraw.Draw(room)
    for left, top, width, height in ((60, 90, 210, 16), (60, 250, 210, 16), (700, 60, 200, 260)):
        pen.rectangle((left, top, left + width, top + height), fill=face.shelf)
    for index in range(9):
        pen.rectangle((70 + index * 20, 150 - index % 3 * 14, 84 + index * 20, 250), fill=face.shirt)
    pen.rectangle((718, 78, 882, 302), fill="#f4efe6")
    room = room.filter(ImageFilter.GaussianBlur(7))
    pen = ImageDraw.Draw(room)
    if face.has_long_hair:
        pen.rounded_rectangle((335, 170, 625, 600), 130, fill=face.hair)
    pen.rounded_rectangle((225, 540, 735, 900), 150, fill=face.shirt)
    pen.rounded_rectangle((425, 430, 535, 600), 50, fill=face.skin)
    pen.ellipse((365, 190, 595, 490), fill=face.skin)
    pen.pieslice((350, 160, 610, 440), 180, 360, fill=face.hair)
    for eye in (435, 525):
        pen.ellipse((eye - 9, 325, eye + 9, 343), fill="#2b2320")
        pen.arc((eye - 24, 295, eye + 24, 330), 200, 340, fill=face.hair, width=6)
    pen.arc((430, 370, 530, 440), 25, 155, fill="#9b4a44", width=8)
    return room.filter(ImageFilter.GaussianBlur(0.8))


if __name__ == "__main__":
    asyncio.run(main())
