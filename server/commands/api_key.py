"""`kohtaamo api-key`: make a key for the API."""

import asyncio
from uuid import uuid4

import click

from identity.secret import fresh, kept
from server.commands.running import ready_database
from server.database.api_keys import ApiKey
from server.house import House, open_house
from server.settings import read_settings

SCOPES = ("booking", "statistics", "people", "all")


@click.command()
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True)
def command(name: str, scopes: tuple[str, ...]) -> None:
    """Make a key named NAME and print it, once, alone on the last line; only its hash is kept."""
    click.echo(asyncio.run(_make(name, scopes)))


async def _make(name: str, scopes: tuple[str, ...]) -> str:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        return await _added(house, name, scopes)
    finally:
        await house.units.close()


async def _added(house: House, name: str, scopes: tuple[str, ...]) -> str:
    key = f"kohtaamo_{fresh()}"
    row = ApiKey(
        id=uuid4(),
        name=name,
        key_hash=kept(key),
        scopes=scopes,
        created_at=house.clock(),
    )
    async with house.units.write() as unit:
        await unit.api_keys.add(row)
    return key
