"""A photograph becomes a small square picture that tells nothing of where it was taken."""

from io import BytesIO

import pytest
from PIL import Image

from server.converter import ChildConverter
from signalling.documents.errors import NotADocument
from tests.server import papers


def jpeg(width: int, height: int, *, orientation: int = 1) -> bytes:
    """Return a photograph, blue at the top and red below, that tells its camera and how it was held."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, height // 2, width, height))
    about = Image.Exif()
    about[0x010F], about[0x0112] = "Camera of tests", orientation
    out = BytesIO()
    picture.save(out, "JPEG", exif=about)
    return out.getvalue()


async def test_a_portrait_is_small_square_and_tells_nothing_of_itself() -> None:
    original = jpeg(1200, 3000)

    drawn = await ChildConverter().portrait(original)

    picture = Image.open(BytesIO(drawn))
    assert (picture.format, picture.size) == ("WEBP", (384, 384))
    assert len(drawn) < 20_000
    assert b"Camera of tests" in original
    assert b"Camera of tests" not in drawn
    assert dict(picture.getexif()) == {}


async def test_a_portrait_stands_upright() -> None:
    drawn = await ChildConverter().portrait(jpeg(800, 800, orientation=3))

    picture = Image.open(BytesIO(drawn)).convert("RGB")
    red, _, blue = picture.getpixel((192, 20))  # type: ignore[misc]
    assert red > blue


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nbroken", b"<svg/>", b"", papers.pdf([b""])])
async def test_what_is_no_picture_becomes_no_portrait(content: bytes) -> None:
    with pytest.raises(NotADocument):
        await ChildConverter().portrait(content)
