"""`kohtaamo dry-run`: the days to come, line by line."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import click

from booking.coming import Coming, Happening
from booking.letter import Channel
from booking.rehearse import MOST_DAYS, rehearse
from booking.sending import Hitch, Trouble, hitches
from booking.time_span import TimeSpan
from server.commands.running import ready_database
from server.house import House, open_house
from server.settings import read_settings

SET_BY: Mapping[Channel, str] = MappingProxyType({Channel.MAIL: "SMTP_URL", Channel.SMS: "SMS_URL"})


@click.command()
@click.option("--days", type=click.IntRange(1, MOST_DAYS), required=True, help="How many days from now on.")
@click.option(
    "--silent",
    metavar="FROM/TO",
    help="What if the background work stood still? Two moments (RFC 3339, or on the clock of the house).",
)
def command(days: int, silent: str | None) -> None:
    """List every letter, door and release of the next days, as if nobody did anything.

    Nothing is sent or written. Customers are not named; an adviser is told by the first letters of their id,
    which stand in the address of their page. Left out is what depends on people: who books, moves, cancels or
    comes, to whom a freed time is offered next, and letters in doubt that wait for a person. A line with an
    exclamation mark says by which channel letters would not leave in time, and why.
    """
    for line in asyncio.run(_lines(days, silent)):
        click.echo(line)


async def _lines(days: int, silent: str | None) -> Sequence[str]:
    house = open_house(read_settings())
    try:
        quiet = parsed_silence(silent, house.site.zone) if silent else None
        await ready_database(house)
        comings, held_up = await _foretold(house, days, quiet)
        told = warnings(held_up, house.site.zone)
        return [*lines(comings, house.site.zone), *told, total(comings, days)]
    finally:
        await house.units.close()


async def _foretold(
    house: House, days: int, silent: TimeSpan | None
) -> tuple[Sequence[Coming], Sequence[Hitch]]:
    now = house.clock()
    async with house.units.read() as unit:
        comings = await rehearse(unit, now + timedelta(days=days), now=now, silent=silent)
        ages = await unit.heartbeats.ages(now=now)
    return comings, hitches(comings, house.site.a_minute, ages, now=now)


def parsed_silence(text: str, zone: ZoneInfo) -> TimeSpan:
    """Read `FROM/TO`. Raises click.BadParameter for what is none."""
    try:
        start, end = (datetime.fromisoformat(part) for part in text.split("/"))
        return TimeSpan(_placed(start, zone), _placed(end, zone))
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{text!r} is not FROM/TO, the first before the second", param_hint="--silent"
        ) from None


def _placed(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def lines(comings: Sequence[Coming], zone: ZoneInfo) -> Iterator[str]:
    """Yield a line for each: when, what, by which channel, and about which time of which adviser."""
    for one in comings:
        what = one.letter or one.happening
        kind = "letter" if one.letter else "door" if one.happening is Happening.DOOR else "release"
        about = f"{_wall(one.start, zone)}  adviser {one.adviser_id.hex[:8]}"
        yield f"{_wall(one.at, zone)}  {kind:<8}{what:<20}{one.channel or '':<6}{about}{_change(one, zone)}"


def total(comings: Sequence[Coming], days: int) -> str:
    """Say how much of each there is, and what a silence makes of it."""
    letters = [one for one in comings if one.letter]
    late, lost = sum(one.is_late for one in letters), sum(one.is_lost for one in letters)
    told = [
        _so_many(len(letters), "letter"),
        _so_many(sum(one.happening is Happening.DOOR for one in comings), "door"),
        _so_many(sum(one.is_release for one in comings), "release"),
        *([f"{_so_many(late, 'letter')} late"] if late else []),
        *([f"{_so_many(lost, 'letter')} not at all"] if lost else []),
    ]
    return f"{_so_many(days, 'day')}: {', '.join(told)}"


def warnings(held_up: Sequence[Hitch], zone: ZoneInfo) -> Iterator[str]:
    """Yield a line for each channel by which letters would not leave in time."""
    for one in held_up:
        yield f"! {one.channel}: {_so_many(one.letters, 'letter')} {_why(one, zone)}"


def _why(one: Hitch, zone: ZoneInfo) -> str:
    since, until = (moment and _wall(moment, zone) for moment in (one.since, one.until))
    if one.trouble is Trouble.NOBODY:
        return f"cannot leave, nothing is set up that could send (KOHTAAMO_{SET_BY[one.channel]})"
    if one.trouble is Trouble.STILL:
        return f"would wait, nobody has been at work {f'since {since}' if since else 'yet'} (kohtaamo work)"
    rate = f"{one.a_minute} a minute (KOHTAAMO_{one.channel.upper()}_A_MINUTE)"
    return f"too late at {rate}: due from {since} on, the last one's turn comes at {until}"


def _so_many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _change(one: Coming, zone: ZoneInfo) -> str:
    if one.is_lost:
        return "  NOT AT ALL"
    return f"  LATE, not {_wall(one.planned_at, zone)}" if one.planned_at else ""


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes")
