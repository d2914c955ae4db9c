"""A port of a namespace's own localhost that leads to a server outside, and can swallow what passes."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field

from tests.instances.namespaces import made_in


@dataclass(slots=True)
class Door:
    """A namespace's localhost port that leads to the server; while it `swallows`, nothing passes."""

    port: int
    swallows: bool = False
    carrying: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.carrying.add(task)
        try:
            with suppress(OSError, asyncio.CancelledError), closing(writer):
                far_reader, far_writer = await asyncio.open_connection("localhost", self.port)
                with closing(far_writer):
                    async with asyncio.TaskGroup() as both:
                        both.create_task(self._carry(reader, far_writer))
                        both.create_task(self._carry(far_reader, writer))
        finally:
            self.carrying.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await reader.read(65_536):
                if not self.swallows:
                    writer.write(some)
                    await writer.drain()
        if not self.swallows:
            writer.close()

    async def end(self) -> None:
        carried = list(self.carrying)
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)


@asynccontextmanager
async def door_in(namespace: str, port: int) -> AsyncIterator[Door]:
    """Listen in a namespace and carry from here."""
    listening = made_in(namespace, lambda: socket.create_server(("127.0.0.1", port)))
    door = Door(port)
    server = await asyncio.start_server(door.take, sock=listening)
    try:
        yield door
    finally:
        server.close()
        await door.end()
