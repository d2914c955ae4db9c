"""`kohtaamo bounce`: read one mail that came back, as the pipe of a mail server gives it."""

import asyncio
import os
import sys
from typing import BinaryIO

import click

from server.channels import return_address
from server.commands.running import ready_database
from server.house import House, open_house
from server.notify.returned import LARGEST, read_returned
from server.settings import BadSettings, read_settings
from server.workers.take_back import take_back


@click.command()
@click.argument("recipient", default="")
def command(recipient: str) -> None:
    """Read one mail from standard input; RECIPIENT is to whom it came, if its headers do not say.

    Exit status 0 whatever the mail says, as a bounce is never answered; 75 asks the mail server to bring
    it again later, because the database or the settings are not as they should be.
    """
    mail = read_all(sys.stdin.buffer)
    try:
        asyncio.run(_take(mail, recipient))
    except BadSettings as bad:
        click.echo(f"kohtaamo: {bad}.", err=True)
        sys.exit(os.EX_TEMPFAIL)
    except Exception as error:
        click.echo(f"kohtaamo: {type(error).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)


def read_all(pipe: BinaryIO) -> bytes:
    """Return the beginning of a mail, and let the mail server finish writing the rest."""
    mail = pipe.read(LARGEST)
    while pipe.read(LARGEST):
        pass
    return mail


async def _take(mail: bytes, recipient: str) -> None:
    house = open_house(read_settings())
    try:
        await _taken(house, mail, recipient)
    finally:
        await house.units.close()


async def _taken(house: House, mail: bytes, recipient: str) -> None:
    returns = return_address(house.settings)
    if returns is None:
        raise BadSettings("KOHTAAMO_BOUNCE_TO is not set: no letter names itself when it comes back")
    await ready_database(house)
    returned = read_returned(mail, returns, recipient=recipient)
    if returned:
        await take_back(house.units, returned, house.clock)
