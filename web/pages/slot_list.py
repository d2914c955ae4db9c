"""Free times as a person reads them: by day, a few first, the rest by part of the day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from booking.slot import Slot
from web.i18n import N_
from web.moments import midnight, moment_json

FEW = 6
"""So many times of a day are shown before somebody asks for more."""

EVENING = 16
SATURDAY = 5
PARTS = (
    (0, 6, N_("Night")),
    (6, 11, N_("Morning")),
    (11, EVENING, N_("Afternoon")),
    (EVENING, 24, N_("Evening")),
)
CIVIL = range(8, 20)
"""Most people mean these hours; what lies outside them stands under "more times"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A time that can be chosen, and where choosing it leads; without a link it is a button."""

    start: datetime
    href: str = ""

    @property
    def value(self) -> str:
        return moment_json(self.start)


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Day:
    """`parts` are all times of the day; they are empty when `few` already shows everything."""

    day: date
    few: Sequence[Choice]
    parts: Sequence[Part]


def starts(
    slots: Iterable[Slot], zone: ZoneInfo, *, evenings: bool = False, weekends: bool = False
) -> list[datetime]:
    """Return each start once, whoever is free then."""
    found = sorted({slot.span.start for slot in slots})
    return [start for start in found if _suits(start.astimezone(zone), evenings, weekends)]


def days(free: Sequence[datetime], zone: ZoneInfo, link: Callable[[datetime], str]) -> list[Day]:
    """Group starts, which come in order, by the day of the zone."""
    return [
        _day(day, [Choice(start, link(start)) for start in of_day], zone)
        for day, of_day in groupby(free, key=lambda start: start.astimezone(zone).date())
    ]


def week_of(now: datetime, zone: ZoneInfo, week: int) -> tuple[datetime, datetime]:
    """Return the first and the last moment of the week that begins today (0), in seven days (1), …"""
    today = now.astimezone(zone).date()
    first = today + timedelta(days=7 * week)
    return midnight(first, zone), midnight(first + timedelta(days=7), zone)


def _suits(local: datetime, evenings: bool, weekends: bool) -> bool:
    return (local.hour >= EVENING or not evenings) and (local.weekday() >= SATURDAY or not weekends)


def _day(day: date, choices: Sequence[Choice], zone: ZoneInfo) -> Day:
    civil = [choice for choice in choices if choice.start.astimezone(zone).hour in CIVIL]
    few = (civil or choices)[:FEW]
    return Day(day, few, [] if len(few) == len(choices) else list(_parts(choices, zone)))


def _parts(choices: Sequence[Choice], zone: ZoneInfo) -> Iterator[Part]:
    for first, end, name in PARTS:
        inside = [one for one in choices if first <= one.start.astimezone(zone).hour < end]
        if inside:
            yield Part(name, inside)
