"""`kohtaamo access-log`: is the log of who looked at what whole, and what of it is one customer's?"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID

import click

from identity.look import Kept, Look, Thing, Viewer
from identity.look_chain import Break, Broken, Chain, Head
from identity.look_ports import LooksAt
from server.commands.running import ready_database
from server.house import House, open_house
from server.settings import read_settings
from web.csv_text import csv_text
from web.i18n import LANGUAGES, gettext
from web.pages.look_words import THINGS, purpose_words, viewer_words

T = TypeVar("T")

COLUMNS = ("at", "who", "what", "what_id", "why", "reason")
SAID = {
    Break.MISSING: "the look at place {} is missing",
    Break.CHANGED: "the look at place {} is not what was written",
    Break.CUT: "the looks from place {} on are missing",
    Break.OTHER_HEAD: "the head at place {} was not written by this installation",
    Break.OTHER_PAST: "what is chained up to place {} is not what the head noted earlier stands for",
}


class NotedHead(click.ParamType[tuple[int, bytes]]):
    """`PLACE:HASH`, as `verify` and the server's log told it."""

    name = "head"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, bytes]:
        place, _, hash_ = value.partition(":")
        try:
            return int(place), bytes.fromhex(hash_)
        except ValueError:
            self.fail(f"{value!r} is not PLACE:HASH", param, ctx)


@click.group()
def command() -> None:
    """Who looked at what is a customer's: see that nobody changed it, and give a customer their part."""


@command.command()
@click.option("--head", "heads", type=NotedHead(), multiple=True, help="PLACE:HASH that was told earlier.")
def verify(heads: Sequence[tuple[int, bytes]]) -> None:
    """Walk along the chain from its first look; exit status 1 and the first place that is wrong.

    Write the head that it prints down elsewhere, and give it with --head the next time: then nobody can
    have written the whole log anew, not even with the installation's secret.
    """
    said, is_whole = asyncio.run(_with_house(lambda house: _verified(house, dict(heads))))
    click.echo(said)
    sys.exit(0 if is_whole else 1)


@command.command()
@click.option("--appointment", type=click.UUID, help="The looks at one appointment.")
@click.option("--person", type=click.UUID, help="The looks at one person, at all their appointments.")
@click.option("--format", "form", type=click.Choice(("csv", "json")), default="csv")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", help="Of the words, not the data.")
def export(appointment: UUID | None, person: UUID | None, form: str, language: str) -> None:
    """Write who looked at what is one customer's, the first time first; that it was asked for is logged too.

    The id of the appointment stands in the address of its pages at the desk.
    """
    if (appointment is None) == (person is None):
        raise click.UsageError("name an --appointment or a --person")
    at = LooksAt(appointment_id=appointment, person_id=person)
    rows = asyncio.run(_with_house(lambda house: _exported(house, at, language)))
    if form == "csv":
        click.echo(csv_text(COLUMNS, rows), nl=False)
    else:
        looks = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps({"looks": looks}, ensure_ascii=False, indent=1))


async def _with_house(work: Callable[[House], Awaitable[T]]) -> T:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        return await work(house)
    finally:
        await house.units.close()


async def _verified(house: House, noted: dict[int, bytes]) -> tuple[str, bool]:
    async with house.units.read() as unit:
        chain, head = Chain(noted), await unit.access_chain.head()
        broken = await chain.walk(unit.access_chain.links())
        broken = broken or chain.ends_at(head)
        waiting = await unit.access_chain.waiting()
    if broken is not None:
        return _told(broken), False
    more = f"; {waiting} wait to be chained, is `kohtaamo work` alive?" if waiting else ""
    return f"whole: {head.place} looks{more}\nhead {Head(head.place, head.hash)}", True


def _told(broken: Broken) -> str:
    return f"broken: {SAID[broken.at].format(broken.place)}"


async def _exported(house: House, at: LooksAt, language: str) -> Sequence[Sequence[str]]:
    asked = Look(
        at=house.clock(),
        viewer=Viewer.OPERATOR,
        by=None,
        thing=Thing.LOG,
        thing_id=at.appointment_id or at.person_id,
        purpose="kohtaamo access-log export",
        appointment_id=at.appointment_id,
        person_id=at.person_id,
    )
    async with house.units.write() as unit:
        await unit.access_log.add([asked])
    async with house.units.read() as unit:
        found = await unit.access_log.newest(at)
        names: dict[object, str] = {one.id: one.name for one in await unit.staff.all()}
        names |= {one.id: one.name for one in await unit.api_keys.all()}
    return [_row(one, names, language) for one in reversed(found)]


def _row(kept: Kept, names: dict[object, str], language: str) -> Sequence[str]:
    look = kept.look
    return (
        look.at.isoformat(timespec="seconds"),
        viewer_words(look, names, language),
        gettext(language, THINGS[look.thing]),
        str(look.thing_id or ""),
        purpose_words(look, language),
        look.reason,
    )
