"""A machine on the other side that is there, and of no use: each of its moods is a way to be down."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
BROKEN = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<p>Hello."
)
A_BYTE_EACH_S = 0.1


class Mood(StrEnum):
    SILENT = "accepts and says nothing"
    DRIPPING = "sends a byte now and then"
    NO_TLS = "never ends its handshake"
    BROKEN = "answers by 503"
    ANOTHERS_PAGE = "answers by a page"
    GARBAGE = "speaks no HTTP"
    GONE = "hangs up"


@asynccontextmanager
async def dead_server(mood: Mood) -> AsyncIterator[str]:
    """Open it, and return its address."""
    ends = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            if mood not in (Mood.SILENT, Mood.NO_TLS, Mood.GONE):
                await reader.readuntil(b"\r\n\r\n")
            await _say(mood, writer, ends)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if mood is Mood.NO_TLS else 'http'}://127.0.0.1:{port}"
    finally:
        ends.set()
        server.close()
        await server.wait_closed()


async def _say(mood: Mood, writer: asyncio.StreamWriter, ends: asyncio.Event) -> None:
    match mood:
        case Mood.SILENT | Mood.NO_TLS:
            await ends.wait()
        case Mood.DRIPPING:
            writer.write(HEAD)
            await _drip(writer, ends)
        case Mood.BROKEN:
            writer.write(BROKEN)
        case Mood.ANOTHERS_PAGE:
            writer.write(PAGE)
        case Mood.GARBAGE:
            writer.write(b"\x00\xff\xfe SSH-2.0\r\n\r\n")
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter, ends: asyncio.Event) -> None:
    while not ends.is_set() and not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        with suppress(TimeoutError):
            await asyncio.wait_for(ends.wait(), A_BYTE_EACH_S)
