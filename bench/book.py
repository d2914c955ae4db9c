"""Appointments a second: 32 clients of the API, over one connection that sends the same statements."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiohttp import ClientSession, TCPConnector

from bench.databases import OFFERING, SECRET, Fresh, adviser_ids, fresh_databases, furnished
from bench.figure import Figure, ratio_of_medians
from bench.floor.statements import Booking, recorded, replayed
from server.app import build_app
from server.database.api_keys import ApiKey
from server.database.units import SqlUnits
from server.front import listening_socket, served
from server.house import open_house
from server.logs import open_logs
from server.settings import Mode, Settings
from tests.journeys.demo_process import running_demo
from web import keys
from web.public_site import Allowance

CLIENTS = 32
ADVISERS = 10
EACH = 400
ROUNDS = 5
TARGET = 0.5
KEY = "kohtaamo_key_of_benchmarks"
Wish = dict[str, object]


async def book() -> Sequence[Figure]:
    """Measure on both databases, in turns: the floor, ours, and again."""
    open_logs(least=logging.WARNING)
    return [await _on(kind) for kind in ("sqlite", "postgresql")]


async def _on(kind: str) -> Figure:
    ours: list[float] = []
    floor: list[float] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with fresh_databases(kind, folder) as fresh, _serving(folder, fresh) as (address, url):
            wishes = _wishes()
            recordings = await _record(folder, await fresh(), list(islice(wishes, (ROUNDS + 1) * EACH)))
            for number in range(ROUNDS + 1):  # the first is not counted: both are warm after it
                there = await replayed(url, recordings[number * EACH : (number + 1) * EACH])
                here = await _booked(address, list(islice(wishes, EACH)))
                if number:
                    floor.append(there)
                    ours.append(here)
    return ratio_of_medians(
        f"book-{kind}", ours, floor, target=TARGET, unit="× floor's a second", more_is_better=True
    )


@asynccontextmanager
async def _serving(folder: Path, fresh: Fresh) -> AsyncIterator[tuple[str, str]]:
    """Serve a furnished database from a process of its own, without background work."""
    url = await fresh()
    units = await furnished(url, ADVISERS)
    await _add_key(units)
    await units.close()
    settings = {
        "KOHTAAMO_MODE": "demo",
        "KOHTAAMO_SECRET": SECRET,
        "KOHTAAMO_API_CALLS_A_SECOND": "100000",
    }
    async with running_demo(
        folder, database_url=url, goes_by_our_clock=False, settings=settings, command="serve"
    ) as server:
        yield server.address, url
        assert server.faults == []


async def _add_key(units: SqlUnits) -> None:
    kept = sha256(KEY.encode()).digest()
    key = ApiKey(id=uuid4(), name="bench", key_hash=kept, scopes=("booking",), created_at=datetime.now(UTC))
    async with units.write() as unit:
        await unit.api_keys.add(key)


def _wishes() -> Iterator[Wish]:
    """Yield bookings that touch no other: half hours of ten advisers, each customer somebody else."""
    tomorrow = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for number in range(56 * 48):
        start = (tomorrow + number * timedelta(minutes=30)).isoformat().replace("+00:00", "Z")
        for adviser_id in adviser_ids(ADVISERS):
            customer = {"name": "Aino Virtanen", "email": f"{uuid4().hex}@example.org"}
            yield {
                "offering_id": str(OFFERING),
                "adviser_id": str(adviser_id),
                "start": start,
                "customer": customer,
            }


async def _record(folder: Path, url: str, wishes: Sequence[Wish]) -> Sequence[Booking]:
    """Book by the API of a server in this process, on another database; return each booking's statements."""
    units = await furnished(url, ADVISERS)
    await _add_key(units)
    await units.close()
    listening = listening_socket("127.0.0.1", 0)
    port = listening.getsockname()[1]
    house = open_house(
        Settings(
            mode=Mode.DEMO,
            data=folder / "recording",
            database_url=url,
            public_url=f"http://localhost:{port}",
            secret=SECRET,
            port=port,
        )
    )
    app = build_app(house)
    app[keys.ALLOWANCE] = Allowance(api_calls_a_second=100_000)
    found: list[Booking] = []
    async with served(app, listening), _session(f"http://localhost:{port}") as session:
        with recorded(house.engines) as taken:
            for wish in wishes:
                await _book(session, wish)
                found.append(taken())
    await house.units.close()
    return found


async def _booked(address: str, wishes: list[Wish]) -> float:
    """Let the clients book what is wished between them; return how many a second."""
    count = len(wishes)

    async def client() -> None:
        while wishes:
            await _book(session, wishes.pop())

    async with _session(address) as session:
        began = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        return count / (time.perf_counter() - began)


def _session(address: str) -> ClientSession:
    headers = {"Authorization": f"Bearer {KEY}"}
    return ClientSession(address, headers=headers, connector=TCPConnector(limit=0))


async def _book(session: ClientSession, wish: Wish) -> None:
    async with session.post("/api/v1/appointments", json=wish) as answer:
        assert answer.status == 201, await answer.text()
