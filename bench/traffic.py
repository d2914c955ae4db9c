"""Traffic over pairs of sockets, at a steady rate or all at once, and when it comes out at the other end."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientWebSocketResponse, WSMsgType

from bench.cpu import cpu_seconds

MARK, DIGITS = "mark", 20
SLICES_A_SECOND = 200
LATE_SECONDS = 30


@dataclass(slots=True)
class End:
    """One socket of a pair; `frame` makes its next frame around a mark that comes out at the other end."""

    socket: ClientWebSocketResponse
    frame: Callable[[str], str]


@dataclass(slots=True)
class Load:
    """A server with its sockets; `latencies_ms` has one entry for each message that has come out."""

    pid: int
    ends: Sequence[End]
    latencies_ms: list[float] = field(default_factory=list)

    async def until_out(self, messages: int) -> None:
        """Raises TimeoutError when something got lost."""
        async with asyncio.timeout(LATE_SECONDS):
            while len(self.latencies_ms) < messages:  # noqa: ASYNC110 an event a message would be measured too
                await asyncio.sleep(0.002)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one stretch of traffic."""

    messages: int
    seconds: float
    cpu_us: float
    latencies_ms: Sequence[float]

    @property
    def rate(self) -> float:
        return self.messages / self.seconds

    @property
    def busy(self) -> float:
        """Which share of the time the server worked; where it is far from 1, something else held it up."""
        return self.cpu_us * self.messages / 1e6 / self.seconds


def mark() -> str:
    """Return this moment as a text of constant length that is found again in any frame."""
    return f"{MARK}{time.perf_counter_ns():0{DIGITS}d}"


def milliseconds_since(frame: str, *, now_ns: int) -> float:
    """Return how long ago the mark in a frame was made."""
    start = frame.index(MARK) + len(MARK)
    return (now_ns - int(frame[start : start + DIGITS])) / 1e6


@asynccontextmanager
async def listening(load: Load) -> AsyncIterator[None]:
    """Take in what comes out of all sockets of a server."""
    tasks = [asyncio.create_task(_listen(end, load.latencies_ms)) for end in load.ends]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def steady(load: Load, *, rate: int, seconds: float) -> Run:
    """Send so many messages a second, spread evenly over time and sockets."""
    start, sent = time.perf_counter(), 0

    async def send() -> int:
        nonlocal sent
        while (elapsed := time.perf_counter() - start) < seconds:
            due = int(elapsed * rate)
            for number in range(sent, due):
                await _send(load.ends[number % len(load.ends)])
            sent = due
            await asyncio.sleep(1 / SLICES_A_SECOND)
        return sent

    return await _measured(load, send)


async def burst(load: Load, *, each: int) -> Run:
    """Send so many messages over each socket as fast as they go."""

    async def send() -> int:
        for _ in range(each):
            for end in load.ends:
                await _send(end)
            await asyncio.sleep(0)
        return each * len(load.ends)

    return await _measured(load, send)


async def _measured(load: Load, send: Callable[[], Awaitable[int]]) -> Run:
    """Send, and wait until all of it has come out."""
    load.latencies_ms.clear()
    cpu_before, started = cpu_seconds(load.pid), time.perf_counter()
    sent = await send()
    await load.until_out(sent)
    seconds = time.perf_counter() - started
    cpu = cpu_seconds(load.pid) - cpu_before
    return Run(messages=sent, seconds=seconds, cpu_us=cpu / sent * 1e6, latencies_ms=tuple(load.latencies_ms))


async def _send(end: End) -> None:
    await end.socket.send_str(end.frame(mark()))


async def _listen(end: End, latencies_ms: list[float]) -> None:
    async for frame in end.socket:
        if frame.type is WSMsgType.TEXT and MARK in frame.data:
            took = milliseconds_since(frame.data, now_ns=time.perf_counter_ns())
            latencies_ms.append(took)
