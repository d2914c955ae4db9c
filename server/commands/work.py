"""`kohtaamo work`: the background work alone."""

import asyncio

import click

from server.commands.running import ready_database, run_until_told
from server.house import open_house
from server.settings import read_settings
from server.work import run_work


@click.command()
def command() -> None:
    """Send letters, fall due, close appointments, until told to stop."""
    run_until_told(_work)


async def _work(stop: asyncio.Event) -> None:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        await run_work(house, stop=stop)
    finally:
        await house.units.close()
