"""Messages between pairs of sockets: what one costs our hub, over what it costs a bare relay.

Ours lets a socket send 50 frames a second on average and 200 in a burst, so no one socket can flood it: the
steady runs stay under that rate on each of a hundred sockets, and the bursts under the burst.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiohttp import ClientSession, TCPConnector

from bench.figure import Figure, ratio_of_medians
from bench.floor.process import Floor, running_floor
from bench.frames import Frames
from bench.hub import seated
from bench.spread import percentile
from bench.traffic import End, Load, Run, burst, listening, steady
from tests.journeys.demo_process import running_demo

PAIRS = 50
ROUNDS = 3
RATE = 4_000
SECONDS = 4.0
BURST = 150
CPU_TARGET = 2.0


async def relay() -> Sequence[Figure]:
    """Measure in turns: a burst through each relay, then a steady stream through each, and again."""
    bursts: dict[str, list[Run]] = {"floor": [], "ours": []}
    streams: dict[str, list[Run]] = {"floor": [], "ours": []}
    async with _loads() as loads:
        for load in loads.values():  # once unmeasured, so that both are warm
            await steady(load, rate=RATE // 4, seconds=1)
        for _ in range(ROUNDS):
            for name, load in loads.items():
                bursts[name].append(await burst(load, each=BURST))
            for name, load in loads.items():
                streams[name].append(await steady(load, rate=RATE, seconds=SECONDS))
    return (
        _ratio("relay-cpu", streams, lambda run: run.cpu_us, unit="× floor's CPU", target=CPU_TARGET),
        _ratio("relay-cpu-burst", bursts, lambda run: run.cpu_us, unit="× floor's CPU"),
        _ratio("relay-time-burst", bursts, lambda run: run.seconds, unit="× floor's time"),
        _ratio("relay-p99", streams, lambda run: percentile(run.latencies_ms, 99), unit="× floor's p99"),
    )


def _ratio(
    name: str,
    runs: Mapping[str, Sequence[Run]],
    value: Callable[[Run], float],
    *,
    unit: str,
    target: float | None = None,
) -> Figure:
    ours, floor = ([value(run) for run in runs[side]] for side in ("ours", "floor"))
    return ratio_of_medians(name, ours, floor, target=target, unit=unit)


@asynccontextmanager
async def _loads() -> AsyncIterator[Mapping[str, Load]]:
    """Run both servers, connect a hundred sockets to each, and listen on all of them."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        floor = await stack.enter_async_context(running_floor(folder))
        demo = await stack.enter_async_context(running_demo(folder, smtp_url="", goes_by_our_clock=False))
        session = await stack.enter_async_context(ClientSession(connector=TCPConnector(limit=0)))
        loads = {
            "floor": Load(floor.pid, await _paired(floor, session)),
            "ours": Load(demo.pid, await seated(demo, session, PAIRS)),
        }
        for load in loads.values():
            await stack.enter_async_context(listening(load))
        yield loads


async def _paired(floor: Floor, session: ClientSession) -> list[End]:
    """Connect pairs to the bare relay; what they say is what ours are told, to the byte."""
    ends: list[End] = []
    for room in range(PAIRS):
        for _ in range(2):
            socket = await session.ws_connect(f"{floor.address}/relay/{room}")
            ends.append(End(socket, Frames(str(uuid4())).next))
    return ends
