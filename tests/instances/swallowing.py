"""A way into the network, by SOCKS 5, that can swallow what is sent: nothing is refused, nothing arrives.

So does a phone's network in a lift, and no end of a connection tells it.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field

HEARTBEAT_MS = 13_000
"""After so long a meeting's line ends over which nothing arrives: nothing at all tells it sooner."""
NAME, OPEN = 3, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


@dataclass(slots=True)
class Way:
    """While it `swallows`, bytes of either side are read and dropped."""

    port: int = 0
    swallows: bool = False
    carrying: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"socks5://127.0.0.1:{self.port}"

    async def take(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one connection of a browser."""
        task = asyncio.current_task()
        assert task is not None
        self.carrying.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                host, port = await _asked_for(reader, writer)
                far_reader, far_writer = await asyncio.open_connection(host, port)
                writer.write(OPEN)
                with closing(far_writer):
                    async with asyncio.TaskGroup() as both:
                        both.create_task(self._carry(reader, far_writer))
                        both.create_task(self._carry(far_reader, writer))
        finally:
            writer.close()
            self.carrying.discard(task)

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            while some := await reader.read(65_536):
                if not self.swallows:
                    writer.write(some)
                    await writer.drain()
        if not self.swallows:
            writer.close()

    async def heal(self) -> None:
        """Carry again what comes anew; what was under way has ended."""
        self.swallows = False
        await self.end()

    async def end(self) -> None:
        carried = list(self.carrying)
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)


async def _asked_for(reader: StreamReader, writer: StreamWriter) -> tuple[str, int]:
    """Read a browser's greeting and where it wants to go; it asks by name."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, kind = await reader.readexactly(4)
    if kind == NAME:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    else:
        host = ".".join(str(part) for part in await reader.readexactly(4))
    return host, int.from_bytes(await reader.readexactly(2))


@asynccontextmanager
async def swallowing_way() -> AsyncIterator[Way]:
    """Open such a way on a free port, and end it with all that it carries."""
    way = Way()
    server = await asyncio.start_server(way.take, "127.0.0.1", 0)
    way.port = server.sockets[0].getsockname()[1]
    try:
        yield way
    finally:
        server.close()
        await way.end()
