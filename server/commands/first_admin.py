"""`kohtaamo first-admin`: make the link by which the first admin sets themselves up."""

import asyncio

import click

from identity.errors import AdminThere
from identity.first_admin import make_set_up_link
from server.commands.running import ready_database
from server.house import open_house
from server.settings import BadSettings, read_settings


@click.command()
def command() -> None:
    """Print a link for one hour and one use, alone on the last line; refused while there is an admin."""
    click.echo(asyncio.run(_made()))


async def _made() -> str:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        async with house.units.write() as unit:
            token = await make_set_up_link(unit, now=house.clock())
    except AdminThere:
        raise BadSettings("there is an admin already, who takes others on at /admin/people") from None
    finally:
        await house.units.close()
    return f"{house.site.public_url}/first-admin/{token}"
