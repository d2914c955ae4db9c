"""`kohtaamo demo`: everything at once, on SQLite, with demo data and labelled as such."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from server.commands.running import ready_database, run_until_told
from server.database.schema import SchemaMissing, require_schema
from server.demo_data import is_demo, load_demo
from server.demo_history import load_history
from server.demo_wordings import load_wordings
from server.house import House, open_house
from server.lan import open_lan
from server.media_client import MediaProcess, socket_in
from server.serve import serving
from server.settings import BadSettings, Mode, Settings, read_settings, remember_mode
from server.work import run_work


@click.command()
@click.option(
    "--lan", is_flag=True, envvar="LAN", help="serve HTTPS to the local network, for a phone's camera"
)
def command(lan: bool) -> None:
    """Migrate, load demo data, serve, and do the background work, until told to stop."""

    async def run(stop: asyncio.Event) -> None:
        await _demo(stop, lan=lan)

    # Whoever tries it at a terminal is to see where to start, and not each request.
    run_until_told(run, is_quiet=sys.stderr.isatty())


async def _demo(stop: asyncio.Event, *, lan: bool) -> None:
    settings = read_settings(mode=Mode.DEMO)
    network = open_lan(settings.data) if lan else None
    if network:
        address = f"https://{network.address}:{settings.port}"
        settings = read_settings(mode=Mode.DEMO, host="0.0.0.0", public_url=address)  # noqa: S104 that is what LAN=1 asks
    house = open_house(settings)
    try:
        await _ready(house)
        async with _media(settings), serving(house, lan=network):
            _say_where_to_start(house)
            await run_work(house, stop=stop)
    finally:
        await house.units.close()


async def _ready(house: House) -> None:
    """Bring the schema to the newest, and fill an empty database. Raises BadSettings for one that is in use.

    The mode is remembered only when it is sure that this is a demo: later commands believe it.
    """
    data = house.settings.data
    try:
        await require_schema(house.engines)
    except SchemaMissing as missing:
        if missing.found:
            await _refuse_real_data(house)
        remember_mode(data, Mode.DEMO)
        await _migrate()
    await ready_database(house)
    await _refuse_real_data(house)
    remember_mode(data, Mode.DEMO)
    async with house.units.write() as unit:
        if await unit.catalogue.is_empty():
            await load_demo(unit)
            await load_wordings(unit)
            await load_history(unit, now=house.clock())


async def _refuse_real_data(house: House) -> None:
    async with house.units.read() as unit:
        if not await unit.catalogue.is_empty() and not await is_demo(unit):
            raise BadSettings("the database holds real data: a demo, where anybody signs in, needs its own")


async def _migrate() -> None:
    """Migrate in a process of its own, since loading what does it takes longer than all else here."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "server.cli", "migrate")
    if await process.wait():
        raise BadSettings("the database could not be migrated")


@asynccontextmanager
async def _media(settings: Settings) -> AsyncIterator[None]:
    process = MediaProcess(socket_in(settings.data), at_once=settings.connection_tests)
    await process.start()
    try:
        yield
    finally:
        await process.stop()


def _say_where_to_start(house: House) -> None:
    at = house.site.public_url
    click.echo(
        f"""
  Kohtaamo's demo is ready. Everything in it is made up; do not enter real personal data.

    start here   {at}/demo
    customer     {at}/            book a time, then read the letter at {at}/demo/outbox
    adviser      {at}/sign-in     as ilmari
    admin        {at}/sign-in     as admin

  Ctrl-C stops it.
"""
    )
