"""How much longer a thing takes in a database of 100,000 appointments than in one of 1,000."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.databases import fresh_databases, furnished
from bench.figure import Figure, ratio_of_medians
from server.database.engine import open_engines
from server.database.units import SqlUnits

ADVISERS = 50
FEW, MANY = 1_000, 100_000

Fill = Callable[[AsyncConnection, int, datetime], Awaitable[None]]
Measure = Callable[[SqlUnits, datetime], Awaitable[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What is measured: `fill` writes so many appointments, `measure` returns milliseconds."""

    name: str
    fill: Fill
    measure: Measure
    rounds: int
    target: float


async def few_and_many(growth: Growth, kind: str) -> Figure:
    """Measure a few, many, and again; the first round is not counted: both are warm after it."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        fresh = await stack.enter_async_context(fresh_databases(kind, folder))
        units = {size: await _filled(stack, growth, await fresh(), size, now) for size in times}
        for number in range(growth.rounds + 1):
            for size, found in times.items():
                took = await growth.measure(units[size], now)
                if number:
                    found.append(took)
    name, unit = f"{growth.name}-{kind}", "× with a thousand"
    return ratio_of_medians(name, times[MANY], times[FEW], target=growth.target, unit=unit)


async def _filled(stack: AsyncExitStack, growth: Growth, url: str, size: int, now: datetime) -> SqlUnits:
    """Fill a new database with so many appointments, and let it count its rows."""
    units = await furnished(url, ADVISERS)
    stack.push_async_callback(units.close)
    engines = open_engines(url)
    async with engines.writing.begin() as connection:
        await growth.fill(connection, size, now)
    async with engines.writing.begin() as connection:
        await connection.execute(text("ANALYZE"))
    await engines.close()
    return units
