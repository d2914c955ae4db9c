"""A live socket that nobody can clog: bounded queue, one writer, deadlines, and a fair share of frames.

aiohttp waits without end on a client that stops reading; this one is dropped, and whoever sends never waits.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web
from aiohttp.hdrs import SEC_WEBSOCKET_PROTOCOL

from web.deadline import lift
from web.json_text import parse_frame
from web.origin import check_socket_origin
from web.refusal import BadBody, NotUpgradable


@dataclass(frozen=True, slots=True, kw_only=True)
class WireLimits:
    """Frames may come in a burst, then so many a second.

    What waits here and in the transport, and what the kernel has taken to send, is a quarter of a megabyte
    at the most for one client.
    """

    most_held_bytes: int = 192 * 1024
    kernel_bytes: int = 48 * 1024
    most_waiting_frames: int = 256
    send_seconds: float = 5
    most_frame_bytes: int = 64 * 1024
    frames_a_second: float = 50
    burst_frames: float = 200
    heartbeat_seconds: float = 20


LIMITS = WireLimits()
HANG_UP_SECONDS = 3
UNREAD_BYTES = 16 * 1024
"""So much is sent before it is asked whether the client takes it."""


class Wire:
    """One browser's socket; made by `wire()`. Fulfils signalling.ports.Line."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, limits: WireLimits) -> None:
        self.answer = socket
        """What the handler returns in the end."""
        self.is_over = asyncio.Event()
        self._socket = socket
        self._transport = request.transport
        self._limits = limits
        self._waiting: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._close_code: int | None = None
        self._tokens, self._counted_at = limits.burst_frames, asyncio.get_running_loop().time()

    @property
    def is_closing(self) -> bool:
        return self._close_code is not None or self._socket.closed

    @property
    def held_bytes(self) -> int:
        """What this client has not taken yet, without what the kernel holds."""
        return self._waiting_bytes + (self._transport.get_write_buffer_size() if self._transport else 0)

    def send(self, frame: bytes) -> None:
        """Queue a text in UTF-8.

        A client with too much waiting is dropped; one that is gone is sent nothing.
        """
        if self.is_closing:
            return
        limits = self._limits
        held = self.held_bytes + len(frame)
        if len(self._waiting) >= limits.most_waiting_frames or held > limits.most_held_bytes:
            self._drop()
        else:
            self._waiting.append(frame)
            self._waiting_bytes += len(frame)
        self._news.set()

    def close(self, code: int = WSCloseCode.OK) -> None:
        """Close after what is queued; the first code stands."""
        if self._close_code is None:
            self._close_code = int(code)
        self._news.set()

    def __aiter__(self) -> AsyncIterator[dict[str, Any]]:
        return self._received()

    async def _received(self) -> AsyncIterator[dict[str, Any]]:
        """Hand out objects until the socket ends; what is no JSON object, or one too many, closes it."""
        async for frame in self._socket:
            if self._close_code is not None:
                return
            message, wrong = self._read(frame)
            if wrong is not None:
                self.close(wrong)
                return
            yield message

    def _read(self, frame: WSMessage) -> tuple[dict[str, Any], WSCloseCode | None]:
        """Return the object in a frame, or the code with which to close."""
        if frame.type is not WSMsgType.TEXT:
            return {}, WSCloseCode.UNSUPPORTED_DATA
        if not self._has_share():
            return {}, WSCloseCode.POLICY_VIOLATION
        try:
            return parse_frame(frame.data), None
        except BadBody:
            return {}, WSCloseCode.INVALID_TEXT

    def _has_share(self) -> bool:
        now = asyncio.get_running_loop().time()
        grown = self._tokens + (now - self._counted_at) * self._limits.frames_a_second
        self._tokens, self._counted_at = min(grown, self._limits.burst_frames) - 1, now
        return self._tokens >= 0

    async def write(self) -> None:
        """Send what is queued, in order, until the wire is closed; the one task that writes."""
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                while self._waiting:
                    await self._send_some()
                if self._close_code is not None:
                    async with asyncio.timeout(self._limits.send_seconds):
                        await self._socket.close(code=self._close_code)
                    return
        except (TimeoutError, ConnectionError):
            self._drop()

    async def _send_some(self) -> None:
        """Send what leaves without waiting for the client, or one long frame, by one deadline."""
        deadline = asyncio.get_running_loop().call_later(self._limits.send_seconds, self._drop)
        try:
            room = UNREAD_BYTES
            while self._waiting and room > 0:
                frame = self._waiting.popleft()
                self._waiting_bytes -= len(frame)
                room -= len(frame)
                await self._socket.send_frame(frame, WSMsgType.TEXT)
        finally:
            deadline.cancel()

    def _drop(self) -> None:
        """Cut a client that does not read: a close frame would wait behind what it does not read."""
        self._close_code = self._close_code or int(WSCloseCode.TRY_AGAIN_LATER)
        self._waiting.clear()
        self._waiting_bytes = 0
        if self._transport is not None:
            self._transport.abort()


@asynccontextmanager
async def wire(
    request: web.Request, limits: WireLimits = LIMITS, subprotocol: str | None = None
) -> AsyncIterator[Wire]:
    """Take a WebSocket; leaving closes it. The handler returns `wire.answer`.

    Raises ForeignOrigin, and NotUpgradable for a plain request and for one that offers other subprotocols
    alone, before anything is upgraded.
    """
    check_socket_origin(request)
    offered = subprotocols(request)
    if offered and subprotocol not in offered:  # aiohttp would log them, and one may be a ticket
        raise NotUpgradable
    socket = web.WebSocketResponse(
        protocols=(subprotocol,) if subprotocol else (),
        heartbeat=limits.heartbeat_seconds,
        max_msg_size=limits.most_frame_bytes,
        compress=False,
        timeout=2,
        writer_limit=UNREAD_BYTES,
    )
    if not socket.can_prepare(request):
        raise NotUpgradable
    lift(request)
    _bound_kernel(request.transport, limits)
    await socket.prepare(request)
    made = Wire(socket, request, limits)
    writer = asyncio.create_task(made.write())
    request.app[WIRES].add(made)
    try:
        yield made
    finally:
        made.close()
        await writer
        request.app[WIRES].discard(made)
        made.is_over.set()


def subprotocols(request: web.Request) -> tuple[str, ...]:
    """Return what the browser offers to speak (RFC 6455, 4.1), in its order."""
    offered = request.headers.get(SEC_WEBSOCKET_PROTOCOL, "")
    return tuple(each.strip() for each in offered.split(",")) if offered else ()


def _bound_kernel(transport: asyncio.Transport | None, limits: WireLimits) -> None:
    """Let it hold little: by itself it takes megabytes before anybody hears of a stopped reader."""
    taken = transport.get_extra_info("socket") if transport else None
    if taken is not None:
        # Linux takes twice what it is asked for, and counts its own records in (socket(7)).
        taken.setsockopt(SOL_SOCKET, SO_SNDBUF, limits.kernel_bytes // 2)


WIRES: web.AppKey[set[Wire]] = web.AppKey("wires", set)


async def hang_up(app: web.Application) -> None:
    """Close every wire before the server waits for its handlers, so that browsers see 1001 and come back."""
    wires = app[WIRES].copy()
    for each in wires:
        each.close(WSCloseCode.GOING_AWAY)
    waits = [asyncio.create_task(each.is_over.wait()) for each in wires]
    if waits:
        await asyncio.wait(waits, timeout=HANG_UP_SECONDS)
