"""A streaming reader of multipart/form-data (RFC 7578) that takes what browsers send and nothing else.

aiohttp's own answers 500 to a missing boundary, and waits or guesses where the last boundary never comes.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import Message

from web.json_text import check_text
from web.refusal import BadBody

LONGEST_BOUNDARY = 70  # RFC 2046, 5.1.1
LONGEST_HEADERS = 4096
LONGEST_NAME = 120

# What browsers write (HTML, 4.10.21.8): names in quotes, a quote inside as %22, letters in UTF-8 as they are.
_DISPOSITION = re.compile(
    r'form-data; *name="(?P<name>[^"]+)"(?:; *filename="(?P<file>[^"]*)")?', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PartHead:
    """What stands above a part; a file name is bare, without folders, and short."""

    name: str
    file_name: str | None
    content_type: str


def boundary_of(content_type: str) -> bytes:
    """Raise BadBody when there is none, or one that no browser would make."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not 1 <= len(boundary) <= LONGEST_BOUNDARY or not boundary.isascii():
        raise BadBody("boundary")
    return boundary.encode("ascii")


class Parts:
    """Reads head, content, head, content, …: each content to its end before the next head."""

    def __init__(self, chunks: AsyncIterator[bytes], boundary: bytes) -> None:
        self._chunks = chunks
        self._delimiter = b"\r\n--" + boundary
        self._buffer = b"\r\n"  # so that the first delimiter looks like the others
        self._is_first = True

    async def next_head(self) -> PartHead | None:
        """Return None after the last part. Raises BadBody, also when anything but a line end follows it."""
        if self._is_first:
            await self._until(self._delimiter, len(self._delimiter), exactly=True)
            self._is_first = False
        mark = await self._take(2)
        if mark == b"--":
            await self._check_end()
            return None
        if mark != b"\r\n":
            raise BadBody("delimiter")
        return _head(await self._until(b"\r\n\r\n", LONGEST_HEADERS))

    async def content(self) -> AsyncIterator[bytes]:
        """Hand out the part's bytes. Raises BadBody when its closing boundary never comes."""
        keep = len(self._delimiter) - 1
        while (at := self._buffer.find(self._delimiter)) < 0:
            ready, self._buffer = self._buffer[:-keep], self._buffer[-keep:]
            if ready:
                yield ready
            await self._more()
        ready, self._buffer = self._buffer[:at], self._buffer[at + len(self._delimiter) :]
        if ready:
            yield ready

    async def _more(self) -> None:
        chunk = await anext(self._chunks, b"")
        if not chunk:
            raise BadBody("unclosed")
        self._buffer += chunk

    async def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            await self._more()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    async def _until(self, mark: bytes, most: int, *, exactly: bool = False) -> bytes:
        """Take what stands before a mark, and the mark."""
        while (at := self._buffer.find(mark)) < 0:
            if len(self._buffer) > most:
                raise BadBody("head")
            await self._more()
        if at > (0 if exactly else most):
            raise BadBody("head")
        taken, self._buffer = self._buffer[:at], self._buffer[at + len(mark) :]
        return taken

    async def _check_end(self) -> None:
        async for chunk in self._chunks:
            self._buffer += chunk
        if self._buffer not in (b"", b"\r\n"):
            raise BadBody("epilogue")


def _head(lines: bytes) -> PartHead:
    try:
        text = lines.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadBody("head") from wrong
    check_text(text)
    fields = {name.strip().lower(): value.strip() for name, _, value in map(_parted, text.split("\r\n"))}
    told = _DISPOSITION.fullmatch(fields.get("content-disposition", ""))
    if told is None or len(told["name"]) > LONGEST_NAME:
        raise BadBody("disposition")
    file_name = None if told["file"] is None else _bare(told["file"])
    return PartHead(told["name"], file_name, fields.get("content-type", "text/plain"))


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _bare(file_name: str) -> str:
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[-LONGEST_NAME:]
