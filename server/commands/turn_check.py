"""`kohtaamo turn-check`: does the TURN server serve who may, and lead nobody inside?"""

import asyncio
import sqlite3
import sys

import click

from server.clock import Clock
from server.house import open_house
from server.settings import BadSettings, Settings, read_settings
from server.turn.access import relay_access
from server.turn.bearer import Bearer, bearing
from server.turn.line import TurnUrl
from server.turn.probe import Finding, probe
from signalling.ice import IcePolicy


@click.command()
def command() -> None:
    """Try each of KOHTAAMO_TURN_URLS as a stranger would; exit status 1 if one serves badly or too well.

    Asked for is leave to send to one address of each reserved range; nothing is sent to any of them.
    """
    sys.exit(asyncio.run(_run()))


async def _run() -> int:
    house = open_house(read_settings())
    try:
        return await turn_check(house.settings, house.clock)
    finally:
        await house.units.close()


async def turn_check(settings: Settings, clock: Clock) -> int:
    """Try everything by each address, and tell of each; return the exit status.

    Raises BadSettings when there is nothing to try, or nobody could be let in.
    """
    if not settings.turn_urls:
        raise BadSettings("there is nothing to try: set KOHTAAMO_TURN_URLS and KOHTAAMO_TURN_SECRET")
    ice = IcePolicy(turn_urls=settings.turn_urls, turn_secret=settings.turn_secret)
    users = relay_access(settings, clock, lasts=ice.lasts).users
    wrong = 0
    try:
        async with bearing(Bearer(ice, clock, users)) as bearer:
            for url in settings.turn_urls:
                click.echo(url)
                wrong += sum([_told(finding) async for finding in probe(TurnUrl.of(url), bearer)])
    except sqlite3.Error as fault:
        raise BadSettings(f"KOHTAAMO_TURN_USERS cannot be written ({fault})") from None
    click.echo(f"{wrong} to mend" if wrong else "all is well")
    return 1 if wrong else 0


def _told(finding: Finding) -> bool:
    """Print a line, and tell whether something is wrong."""
    mark = "not sound" if finding.todo else "ok"
    click.echo(f"  {mark:<10}{finding.what:<52}{finding.said}{f': {finding.todo}' if finding.todo else ''}")
    return bool(finding.todo)
