"""A subscriber's own server, which keeps what it is sent and answers as a test tells it to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from server.front import listening_socket


@dataclass(frozen=True, slots=True)
class Call:
    """One POST as it came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass(slots=True)
class Receiver:
    """`answers` are given one after another, and then 204; while `holds` is clear, nobody is answered."""

    origin: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    holds: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, count: int, *, within: float = 20.0) -> list[Call]:
        """Wait until so many calls have come; raises TimeoutError when they do not."""
        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: len(self.calls) >= count)
        return self.calls

    async def take(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.path, dict(request.headers), await request.read())
        async with self._arrived:
            self.calls.append(call)
            self._arrived.notify_all()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.holds.wait()
        finally:
            self.at_once -= 1
        return self.answers.pop(0) if self.answers else web.Response(status=204)


@asynccontextmanager
async def receiving(host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Open a receiver on an address of this machine."""
    receiver = Receiver()
    receiver.holds.set()
    app = web.Application()
    app.router.add_post("/{path:.*}", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listening = listening_socket(host, 0)
    await web.SockSite(runner, listening, ssl_context=tls).start()
    receiver.origin = f"{'https' if tls else 'http'}://{host}:{listening.getsockname()[1]}"
    try:
        yield receiver
    finally:
        receiver.holds.set()
        await runner.cleanup()
