"""What every command that stays has in common: a loop, the signals that end it, a database that is ready."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable

import uvloop

from server.database.schema import SchemaMissing, require_schema
from server.demo_data import is_demo
from server.house import House
from server.logs import open_logs
from server.settings import BadSettings


def run_until_told(run: Callable[[asyncio.Event], Awaitable[None]], *, is_quiet: bool = False) -> None:
    """Run until SIGTERM or SIGINT sets the event handed over; quiet, it tells only what goes wrong."""
    open_logs(least=logging.WARNING if is_quiet else logging.INFO)
    uvloop.run(_run(run))


async def _run(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run(stop)


async def ready_database(house: House) -> None:
    """Make sure that the database can be used.

    Raises BadSettings when its schema is not the newest, or when it holds demo data in production.
    """
    try:
        await require_schema(house.engines)
    except SchemaMissing:
        raise BadSettings("the database's schema is not this release's: run `kohtaamo migrate`") from None
    except OSError:
        raise BadSettings("the database does not answer: look at KOHTAAMO_DATABASE_URL") from None
    if not house.settings.is_demo:
        async with house.units.read() as unit:
            if await is_demo(unit):
                raise BadSettings("the database holds demo data, which production refuses")
