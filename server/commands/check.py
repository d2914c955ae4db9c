"""`kohtaamo check`: is this installation sound?"""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import click

from server.bounces import watched
from server.channels import context_of
from server.commands import check_broker
from server.commands.unsound import Unsound
from server.database.schema import SchemaMissing, require_schema
from server.house import House, open_house
from server.notify.channel import ChannelAway
from server.notify.smtp import create
from server.settings import read_settings
from server.turn.access import relay_access
from server.workers.silent import silent
from signalling.ice import IcePolicy

FREE_SHARE = 0.05


@click.command()
def command() -> None:
    """Look at settings, database, disk, mail, TURN, work and the broker; exit status 1 if one is unsound."""
    sys.exit(asyncio.run(check(open_house(read_settings()))))


async def check(house: House) -> int:
    """Look at everything, and tell of each; return the exit status."""
    unsound: set[str] = set()
    for name, look in CHECKS.items():
        try:
            if look in OF_THE_DATABASE and "database" in unsound:
                raise Unsound("it cannot be seen without the database")
            said = await look(house)
        except Unsound as bad:
            unsound.add(name)
            click.echo(f"{name:<16} not sound: {bad}")
        else:
            click.echo(f"{name:<16} ok: {said}")
    await house.units.close()
    return 1 if unsound else 0


async def _database(house: House) -> str:
    try:
        await require_schema(house.engines)
    except (SchemaMissing, OSError) as missing:
        raise Unsound("it cannot be reached or is of another release; run `kohtaamo migrate`") from missing
    return "the schema is this release's"


async def _disk(house: House) -> str:
    usage = shutil.disk_usage(house.settings.data)
    if usage.free < FREE_SHARE * usage.total:
        raise Unsound(f"less than {FREE_SHARE:.0%} of the disk is free; make room")
    return f"{usage.free / usage.total:.0%} free"


async def _secrets(house: House) -> str:
    for path in house.settings.data.glob("*"):
        if path.is_file() and path.stat().st_mode & 0o077 and path.name in ("secret", "ticket-key.pem"):
            raise Unsound(f"others may read {path.name}; run `chmod 600` on it")
    return "readable by this user alone"


async def _tls(house: House) -> str:
    host = urlsplit(house.settings.address).hostname
    if house.site.is_tls or host in ("localhost", "127.0.0.1"):
        return house.settings.address
    raise Unsound("browsers give camera and microphone to https addresses only; set KOHTAAMO_PUBLIC_URL")


async def _letters(house: House) -> str:
    if not house.settings.smtp_url and not house.settings.is_demo:
        raise Unsound("no letter leaves without KOHTAAMO_SMTP_URL")
    async with house.units.read() as unit:
        doubted = len(await unit.outbox.in_doubt())
    if doubted:
        raise Unsound(f"{doubted} letters are in doubt; decide at /admin/letters/in-doubt")
    return "demo outbox" if house.settings.is_demo and not house.settings.smtp_url else "by SMTP"


async def _mail_server(house: House) -> str:
    try:
        sender = create(context_of(house.settings))
        if sender is None:
            return "none is set"
        await sender.greet()
    except ValueError as wrong:
        raise Unsound(str(wrong)) from None
    except ChannelAway as away:
        raise Unsound(f"{away.why}; look at KOHTAAMO_SMTP_URL and docs/mail.md") from None
    return "lets us in"


async def _turn(house: House) -> str:
    if not house.settings.turn_urls:
        if house.settings.is_demo:
            return "none, which is enough on one machine or network"
        raise Unsound("behind strict networks nobody connects without KOHTAAMO_TURN_URLS")
    return f"{len(house.settings.turn_urls)} set"


async def _relayed(house: House) -> str:
    """A meeting by the relay alone connects nobody where there is none."""
    if house.settings.turn_urls:
        return "meetings can go by the relay" + (", and do" if house.settings.relays_all else "")
    async with house.units.read() as unit:
        wishing = [one.name("en") for one in await unit.offerings.all() if one.media_way == "relay"]
    if wishing:
        raise Unsound(f"{', '.join(wishing)}: by the relay alone, and there is none; set KOHTAAMO_TURN_URLS")
    return "none needs the relay"


async def _turn_access(house: House) -> str:
    access = relay_access(house.settings, house.clock, lasts=IcePolicy().lasts)
    if not access.consoles:
        return "expires by itself; KOHTAAMO_TURN_CONSOLE would end it at once"
    trouble = await access.trouble_now()
    if trouble:
        raise Unsound(f"{trouble}; look at KOHTAAMO_TURN_CONSOLE and KOHTAAMO_TURN_USERS")
    return "consoles let us in" + (", and the users can be written" if access.users else "")


async def _work(house: House) -> str:
    async with house.units.read() as unit:
        ages = await unit.heartbeats.ages(now=house.clock())
    quiet = silent(ages, watched(house.settings))
    if quiet:
        raise Unsound(f"silent: {', '.join(quiet)}; start `kohtaamo work` (or `kohtaamo demo`)")
    return "alive"


CHECKS: dict[str, Callable[[House], Awaitable[str]]] = {
    "database": _database,
    "disk": _disk,
    "secrets": _secrets,
    "address": _tls,
    "letters": _letters,
    "mail server": _mail_server,
    "TURN": _turn,
    "relayed meetings": _relayed,
    "TURN access": _turn_access,
    "background work": _work,
    "broker": check_broker.settings,
    "broker's keys": check_broker.broker_keys,
    "our keys": check_broker.own_keys,
    "published keys": check_broker.published_keys,
}
OF_THE_DATABASE = (_letters, _relayed, _work)
"""These read it, so that there is nothing to look at while it is not sound."""
