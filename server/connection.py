"""One HTTP connection with deadlines and a banner of none; aiohttp's own waits for headers without end."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from web.middleware.address import household, is_trusted
from web.public_site import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """Proxies speak for many, so those that are trusted may hold any number of connections."""

    header_seconds: float = 10
    stalled_write_seconds: float = 30
    idle_seconds: float = 75
    most_of_one_address: int = 1000
    most_line_bytes: int = 8190
    most_headers: int = 64
    trusted_proxies: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Counts the connections of each address."""

    limits: ConnectionLimits
    present: Counter[str] = field(default_factory=Counter)

    def let_in(self, address: str) -> bool:
        who = household(address)
        self.present[who] += 1
        return self.present[who] <= self.limits.most_of_one_address or self._is_proxy(address)

    def see_off(self, address: str) -> None:
        who = household(address)
        self.present[who] -= 1
        if not self.present[who]:
            del self.present[who]

    def _is_proxy(self, address: str) -> bool:
        """Take a proxy for one; a unix socket has no address, and only a proxy of ours speaks there."""
        return not address or is_trusted(address, self.limits.trusted_proxies)


class Bannerless(web.Response):
    """An answer that does not name the server's make; for those that no signal reaches."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class Connection(RequestHandler):
    """Cuts who sends headers or takes answers too slowly.

    A head is being waited for exactly while aiohttp's `_waiter` is pending, and has come when
    `_request_count` grew: both are private to aiohttp, pinned, and held by tests/server/test_front.py.
    """

    __slots__ = ("_address", "_doorkeeper", "_head_timer", "_write_timer")

    def __init__(self, manager: web.Server, doorkeeper: Doorkeeper, **settings: Any) -> None:
        super().__init__(manager, **settings)
        self._doorkeeper = doorkeeper
        self._address: str | None = None
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._address = peer[0] if isinstance(peer, tuple) else ""
        if not self._doorkeeper.let_in(self._address):
            self._cut()
        else:
            self._head_timer = self._later(self._doorkeeper.limits.header_seconds)

    def data_received(self, data: bytes) -> None:
        """Let a head take its time from its first byte, however the rest drips in."""
        before = self._request_count
        super().data_received(data)
        if self._request_count > before:
            self._stop_head_timer()
        elif self._waiter is not None and not self._waiter.done() and self._head_timer is None:
            self._head_timer = self._later(self._doorkeeper.limits.header_seconds)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._write_timer = self._later(self._doorkeeper.limits.stalled_write_seconds)

    def resume_writing(self) -> None:
        self._stop_write_timer()
        super().resume_writing()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._stop_head_timer()
        self._stop_write_timer()
        if self._address is not None:
            self._doorkeeper.see_off(self._address)
            self._address = None
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is no HTTP, or broken below all middlewares, in one word and without echo."""
        if status >= 500:
            self.log_exception("answer failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("the answer had begun")
        answer = Bannerless(status=status, text=f"{status}\n", headers={"Cache-Control": "no-store"})
        answer.force_close()
        return answer

    def _later(self, seconds: float) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self._cut)

    def _cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None
