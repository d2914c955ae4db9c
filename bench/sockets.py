"""Memory of 2,000 open sockets: what each costs the hub above an idle server, beside a bare relay's."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, TCPConnector

from bench.figure import Figure
from bench.floor.process import running_floor
from bench.hub import booked, seated
from bench.memory import resident_kb
from tests.journeys.demo_process import running_demo

PAIRS = 1_000
TARGET_KB = 40.0
ONE_ADDRESS = {"KOHTAAMO_TRUSTED_PROXIES": "127.0.0.1/32,::1/128"}
"""All sockets come from here, as from a proxy: a single client may hold 1,000 at the most."""


async def sockets() -> Sequence[Figure]:
    """Seat a thousand pairs at their tables, and connect as many to the bare relay."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        ours, floor = await _ours(folder), await _floor(folder)
    figure = Figure(
        name="socket-memory",
        value=ours,
        unit="kB a socket",
        target=TARGET_KB,
        detail={"ours": {"sockets": 2 * PAIRS, "kB": ours}, "floor": {"sockets": 2 * PAIRS, "kB": floor}},
    )
    return (figure,)


async def _ours(folder: Path) -> float:
    """Book first, and start anew, without letters: what the bookings needed is not there to be used again."""
    async with running_demo(folder, goes_by_our_clock=False) as demo, _session() as http:
        appointments = await booked(demo, http, PAIRS)
    async with (
        running_demo(folder, goes_by_our_clock=False, settings=ONE_ADDRESS, command="serve") as demo,
        _session() as http,
    ):
        idle = resident_kb(demo.pid)
        guests = await seated(demo, http, appointments)
        full = resident_kb(demo.pid)
        assert not any(guest.bye for pair in guests for guest in pair), "somebody was sent away"
        return (full - idle) / (2 * PAIRS)


async def _floor(folder: Path) -> float:
    async with running_floor(folder) as floor, _session() as http:
        idle = resident_kb(floor.pid)
        open_ = [await http.ws_connect(f"{floor.address}/relay/{number // 2}") for number in range(2 * PAIRS)]
        return (resident_kb(floor.pid) - idle) / len(open_)


def _session() -> ClientSession:
    return ClientSession(connector=TCPConnector(limit=0))
