"""`kohtaamo serve`: pages, the API and the meetings."""

import asyncio

import click

from server.commands.running import ready_database, run_until_told
from server.house import open_house
from server.serve import serving
from server.settings import read_settings


@click.command()
def command() -> None:
    """Serve until told to stop; the background work is a command of its own."""
    run_until_told(_serve)


async def _serve(stop: asyncio.Event) -> None:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        async with serving(house):
            click.echo(f"Kohtaamo serves {house.site.public_url}")
            await stop.wait()
    finally:
        await house.units.close()
