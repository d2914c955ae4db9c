"""10,000 malformed messages and 1,000 at the wrong time are refused, and a pair beside feels none of it.

`make slow` prints `10000 malformed, 1012 at the wrong time: 0 faults; the pair's p99 … × …`.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import islice, repeat
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from aiohttp import ClientSession, TCPConnector

from bench.frames import Frames
from bench.hub import Booked, booked, guest, seated
from bench.spread import percentile
from bench.traffic import End, Load, listening, steady
from identity.tickets import Signer
from server.key_files import ticket_key
from signalling.participant import Role
from tests.journeys.demo_process import Demo, running_demo
from tests.simulated.unruly import NO_OBJECTS, too_early, wrong

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

A_LINE = 11
"""So many refusals end a line."""
AT_ONCE = 3
ROUNDS = 4
WRONG_LINES, BROKEN_LINES, EARLY_LINES = 900, 100, 92
AS_WITHOUT = 1.2
PAIRS_RATE = 40
"""At twice the rate a side would say its two hundredth description, its last, within five minutes."""
GOOD = '{"type": "ping"}'


@dataclass(slots=True)
class Crowd:
    """Customers at an appointment each, who come, say some frames, and come again; how each line ended."""

    demo: Demo
    http: ClientSession
    appointments: list[Booked]
    people: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(AT_ONCE)])
    ends: Counter[int | None] = field(default_factory=Counter)

    async def says(self, lines: list[list[str]]) -> None:
        """Say what is in each line; some lines are open at once."""
        rest = iter(lines)
        await asyncio.gather(*(self._comes(place, rest) for place in range(AT_ONCE)))

    async def _comes(self, place: int, lines: Iterator[list[str]]) -> None:
        signer, appointment = Signer(ticket_key(self.demo.data)), self.appointments[place]
        for line in lines:
            one = guest(self.demo, self.http, signer, appointment, self.people[place], Role.CUSTOMER)
            await one.joins()
            await one.hears("waiting")
            socket = await one.lends_socket()
            for frame in line:
                await socket.send_str(frame)
            if line[0] == GOOD:
                await socket.close()
            else:
                _ = [frame async for frame in socket]
            self.ends[socket.close_code] += 1


async def test_what_is_malformed_or_too_early_hurts_nobody(tmp_path: Path) -> None:
    random, alone, good, bad = Random(7), list[float](), list[float](), list[float]()
    wrongs, earlies = lines(wrong(random)), lines(too_early())
    async with AsyncExitStack() as stack:
        demo = await stack.enter_async_context(running_demo(tmp_path, goes_by_our_clock=False))
        http = await stack.enter_async_context(ClientSession(connector=TCPConnector(limit=0)))
        pair, *others = await booked(demo, http, 1 + AT_ONCE)
        load = Load(demo.pid, await honest(demo, http, pair))
        await stack.enter_async_context(listening(load))
        calm, unruly = Crowd(demo, http, others), Crowd(demo, http, others)
        for _ in range(ROUNDS):
            alone += await beside(load, asyncio.sleep(5))
            said = [
                *islice(wrongs, WRONG_LINES // ROUNDS),
                *islice(earlies, EARLY_LINES // ROUNDS),
                *([random.choice(NO_OBJECTS)] for _ in range(BROKEN_LINES // ROUNDS)),
            ]
            good += await beside(load, calm.says([list(repeat(GOOD, len(line))) for line in said]))
            bad += await beside(load, unruly.says(said))

    p99 = {"alone": percentile(alone, 99), "good": percentile(good, 99), "bad": percentile(bad, 99)}
    faults = [line for line in demo.log if "Traceback" in line or line in demo.faults]
    malformed, early = WRONG_LINES * A_LINE + BROKEN_LINES, EARLY_LINES * A_LINE
    ratio = f"{p99['bad'] / p99['good']:.2f} × that beside good ones, {p99['bad'] / p99['alone']:.2f} × alone"
    print(f"{malformed} malformed, {early} at the wrong time: {len(faults)} faults; the pair's p99 {ratio}")
    assert faults == []
    assert unruly.ends == {1008: WRONG_LINES + EARLY_LINES, 1007: BROKEN_LINES}
    assert p99["bad"] <= AS_WITHOUT * p99["good"]


def lines(frames: Iterator[str]) -> Iterator[list[str]]:
    while True:
        yield list(islice(frames, A_LINE))


async def honest(demo: Demo, http: ClientSession, appointment: Booked) -> list[End]:
    ((adviser, customer),) = await seated(demo, http, [appointment])
    return [
        End(await adviser.lends_socket(), Frames(customer.me).next),
        End(await customer.lends_socket(), Frames(adviser.me).next),
    ]


async def beside(load: Load, what: Awaitable[None]) -> list[float]:
    """Let the pair speak for as long as something goes on, and return how long each message took."""
    going, took = asyncio.ensure_future(what), list[float]()
    while not going.done():
        took += (await steady(load, rate=PAIRS_RATE, seconds=1)).latencies_ms
    await going
    return took
