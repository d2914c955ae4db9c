"""Messages between pairs of 500 sockets: how many our hub passes on beside a bare relay, and what one costs.

Ours lets a socket send 50 frames a second on average and 200 in a burst, so no one socket can flood it: the
steady runs stay under that rate on each socket, and the bursts under the burst.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiohttp import ClientSession, TCPConnector

from bench.figure import Figure, ratio_of_medians
from bench.floor.process import Floor, running_floor
from bench.frames import Frames
from bench.hub import booked, seated, until_letters_have_left
from bench.spread import percentile
from bench.traffic import End, Load, Run, burst, listening, steady
from tests.journeys.demo_process import Demo, running_demo

PAIRS = 250
ROUNDS = 3
RATE = 4_000
SECONDS = 4.0
BURST = 150
CPU_TARGET = 2.0
MESSAGES_TARGET = 0.6
P99_TARGET = 2.0


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
        _messages(bursts),
        _ratio("relay-p99", streams, _p99, unit="× floor's p99", target=P99_TARGET),
        _ratio("relay-cpu", streams, _cpu, unit="× floor's CPU", target=CPU_TARGET),
        _ratio("relay-cpu-burst", bursts, _cpu, unit="× floor's CPU"),
    )


def _messages(bursts: Mapping[str, Sequence[Run]]) -> Figure:
    """Say how busy the servers were, too: a generator that is too slow makes every server look alike."""
    ours, floor = ([run.rate for run in bursts[side]] for side in ("ours", "floor"))
    busy = {side: median(run.busy for run in runs) for side, runs in bursts.items()}
    figure = ratio_of_medians(
        "relay-messages",
        ours,
        floor,
        target=MESSAGES_TARGET,
        unit="× floor's messages a second",
        more_is_better=True,
    )
    return replace(figure, detail={**figure.detail, "busy": busy})


def _p99(run: Run) -> float:
    return percentile(run.latencies_ms, 99)


def _cpu(run: Run) -> float:
    return run.cpu_us


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
    """Run both servers, connect the sockets to each, and listen on all of them."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        floor = await stack.enter_async_context(running_floor(folder))
        demo = await stack.enter_async_context(running_demo(folder, smtp_url="", goes_by_our_clock=False))
        session = await stack.enter_async_context(ClientSession(connector=TCPConnector(limit=0)))
        loads = {
            "floor": Load(floor.pid, await _paired(floor, session)),
            "ours": Load(demo.pid, await _seated(demo, session)),
        }
        for load in loads.values():
            await stack.enter_async_context(listening(load))
        yield loads


async def _seated(demo: Demo, session: ClientSession) -> list[End]:
    """Bring pairs to the tables of the hub."""
    ends: list[End] = []
    appointments = await booked(demo, session, PAIRS)
    await until_letters_have_left(demo, session, PAIRS)
    for adviser, customer in await seated(demo, session, appointments):
        ends.append(End(await adviser.lends_socket(), Frames(customer.me).next))
        ends.append(End(await customer.lends_socket(), Frames(adviser.me).next))
    return ends


async def _paired(floor: Floor, session: ClientSession) -> list[End]:
    """Connect pairs to the bare relay; what they say is what ours are told, to the byte."""
    ends: list[End] = []
    for room in range(PAIRS):
        for _ in range(2):
            socket = await session.ws_connect(f"{floor.address}/relay/{room}")
            ends.append(End(socket, Frames(str(uuid4())).next))
    return ends
