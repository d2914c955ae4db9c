"""The converter: pictures for what can be read, a named refusal for the rest, within its limits."""

import asyncio
import os
import sys
import time
import zipfile
from contextlib import aclosing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from server.converter import ChildConverter
from signalling.documents.errors import (
    ConversionFailed,
    Encrypted,
    NotADocument,
    TooLarge,
    TooManyPages,
)
from tests.server import papers

SCRIPT = b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>"
LAUNCH = b"/OpenAction<</S/Launch/F(/bin/sh)>>"
MANY_OPERATORS = b"0 0 m 500 500 l 9 9 300 700 50 50 c S " * 500_000


def picture_of(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=("WEBP",))


async def drawn(converter: ChildConverter, original: bytes, first: int, last: int) -> dict[int, bytes]:
    async with aclosing(converter.draw(original, first, last)) as pages:
        return {number: picture async for number, picture in pages}


async def test_first_page_comes_with_the_count_of_pages_at_screen_width() -> None:
    original = papers.pdf([papers.words(f"Page {n}") for n in range(1, 6)])

    opened = await ChildConverter().open(original)

    assert opened.pages == 5
    assert picture_of(opened.first_page).size == (1600, 2265)


async def test_later_pages_come_in_order_through_several_children() -> None:
    original = papers.pdf([papers.words(f"Page {n}") for n in range(1, 21)])

    pictures = await drawn(ChildConverter(), original, 2, 20)

    assert list(pictures) == list(range(2, 21))
    assert len(set(pictures.values())) == 19


async def test_text_is_kept_without_loss_and_small() -> None:
    opened = await ChildConverter().open(papers.pdf([papers.words("Asuntolaina", "0.8 0 0")]))

    assert opened.first_page[12:16] == b"VP8L"
    assert len(opened.first_page) < 30_000


async def test_photograph_is_handed_in_as_one_page_without_what_it_told_of_itself() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x010E] = "taken at home"
    original = papers.encoded(papers.photograph(), "JPEG", exif=exif)

    opened = await ChildConverter().open(original)

    assert opened.pages == 1
    assert picture_of(opened.first_page).size == (600, 800)
    assert b"taken at home" in original
    assert b"taken at home" not in opened.first_page


async def test_transparent_drawing_stands_on_white() -> None:
    opened = await ChildConverter().open(papers.encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))

    assert picture_of(opened.first_page).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("paper.pdf", papers.pdf([b""]))
    return out.getvalue()


@pytest.mark.parametrize(
    ("original", "refusal"),
    [
        pytest.param(b"", NotADocument, id="empty"),
        pytest.param(zipped(), NotADocument, id="archive named as PDF"),
        pytest.param(b"<html><script>alert(1)</script>", NotADocument, id="page with script"),
        pytest.param(b"%PDF-1.7\n" + os.urandom(5_000), NotADocument, id="noise behind a signature"),
        pytest.param(papers.pdf([]), NotADocument, id="no page"),
        pytest.param(papers.encoded(papers.photograph(), "JPEG")[:2_000], NotADocument, id="cut off picture"),
        pytest.param(papers.locked_pdf("salasana"), Encrypted, id="with a password"),
        pytest.param(papers.pdf([b""] * 51), TooManyPages, id="51 pages"),
        pytest.param(b"%PDF-" + bytes(20 * 1024 * 1024), TooLarge, id="over 20 MB"),
        pytest.param(
            papers.encoded(Image.new("1", (30_000, 30_000)), "PNG"), NotADocument, id="900 megapixels"
        ),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(original: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as raised:
        await ChildConverter().open(original)

    assert type(raised.value) is refusal


@pytest.mark.parametrize(
    "original",
    [
        pytest.param(papers.pdf([papers.words("Hi")], media_box="0 0 14400000 14400000"), id="huge page"),
        pytest.param(papers.pdf([papers.words("Hi")], media_box="0 0 1 14400000"), id="endless ribbon"),
        pytest.param(papers.pdf([papers.words("Hi")], media_box="0 0 0 0"), id="page without size"),
        pytest.param(papers.pdf([papers.words("Hi")], catalog=SCRIPT), id="endless script"),
        pytest.param(papers.pdf([papers.words("Hi")], catalog=LAUNCH), id="starts a program"),
        pytest.param(papers.pdf([papers.words("Hi")])[:-12], id="cut off at its end"),
    ],
)
async def test_hostile_but_readable_document_becomes_a_picture_of_bounded_size(original: bytes) -> None:
    opened = await ChildConverter().open(original)

    width, height = picture_of(opened.first_page).size
    assert opened.pages == 1
    assert 1 <= width <= 1600
    assert 1 <= height <= 4800


async def test_page_with_millions_of_operators_is_decided_within_the_limits() -> None:
    began = time.monotonic()

    with pytest.raises(ConversionFailed):
        await ChildConverter(patience=timedelta(seconds=2)).open(papers.pdf([MANY_OPERATORS]))

    assert time.monotonic() - began < 10


async def test_child_that_never_answers_is_killed_and_leaves_no_zombie() -> None:
    before = children()
    silent = (sys.executable, "-I", "-c", "import signal; signal.pause()")

    with pytest.raises(ConversionFailed):
        await ChildConverter(patience=timedelta(seconds=0.3), command=silent).open(papers.pdf([b""]))

    assert children() == before


async def test_leaving_in_the_middle_ends_the_child() -> None:
    before = children()
    original = papers.pdf([papers.words(f"Page {n}") for n in range(1, 9)])

    async with aclosing(ChildConverter().draw(original, 1, 8)) as pages:
        number, _ = await anext(pages)

    assert number == 1
    assert children() == before


@pytest.mark.parametrize("written", ["b'nonsense'", "b'P' + bytes(4) + b'\\xff' * 4", "b'C' + bytes(7)"])
async def test_child_that_was_taken_over_is_not_believed(written: str) -> None:
    command = (sys.executable, "-I", "-c", f"import sys; sys.stdout.buffer.write({written})")

    with pytest.raises(ConversionFailed):
        await ChildConverter(command=command).open(papers.pdf([b""]))


CONFINED = """
import os, resource, socket, sys
from pathlib import Path
from server.confine import confine
secret = Path(sys.argv[1])
assert secret.read_text() == "secret"  # it is there to be seen
confine([])
def tried(action):
    try:
        action()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(tried(lambda: bytes(701 << 20)), resource.getrlimit(resource.RLIMIT_CORE)[1])
print(tried(secret.read_text), tried(lambda: secret.write_text("x")))
print(tried(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2)))
"""


async def test_confined_process_reads_no_file_and_reaches_no_network(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    listening = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]

    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", CONFINED, str(secret), str(port), stdout=asyncio.subprocess.PIPE
    )
    said = (await child.communicate())[0].decode().splitlines()
    listening.close()

    assert said[0] == "MemoryError 0"
    assert said[1] == "PermissionError PermissionError"
    assert said[2] in {"OSError", "PermissionError"}


def children() -> set[str]:
    """Return this process's children, ended ones that nobody waited for too."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
