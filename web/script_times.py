"""What a script writes times and lengths by; a formatter of its own takes a browser 25 ms to make."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from babel.units import format_unit

from web.format import MANNERS
from web.moments import moment_json

Style: TypeAlias = Literal["short", "long"]
HOURS_BACK, HOURS_AHEAD = 24, 48
LENGTHS: Mapping[str, tuple[str, Style]] = MappingProxyType(
    {
        "second_short": ("second", "short"),
        "minute_short": ("minute", "short"),
        "hour_short": ("hour", "short"),
        "minute_long": ("minute", "long"),
    }
)


def script_times(language: str, zone: ZoneInfo, now: datetime) -> dict[str, object]:
    """Return the part of a page's data by which a script tells the time."""
    return {
        "language": language,
        "now": moment_json(now),
        "offsets": offsets(zone, now),
        "lengths": _lengths(language),
    }


def offsets(zone: ZoneInfo, now: datetime) -> list[tuple[int, int]]:
    """Return since when (ms of the epoch) the zone's clocks are how many minutes ahead of UTC, oldest first.

    It holds from a day before `now` to two after it; clocks are put forward and back at full hours.
    """
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    hours = (hour + timedelta(hours=number) for number in range(-HOURS_BACK, HOURS_AHEAD))
    ahead = groupby(hours, lambda each: each.astimezone(zone).utcoffset() or timedelta())
    return [(int(next(each).timestamp()) * 1_000, offset // timedelta(minutes=1)) for offset, each in ahead]


@cache
def _lengths(language: str) -> Mapping[str, tuple[str, str]]:
    return {name: _of_one_and_more(*length, language) for name, length in LENGTHS.items()}


def _of_one_and_more(unit: str, style: Style, language: str) -> tuple[str, str]:
    """Return both with `%(count)s` where the number stands; our languages know no third form."""
    one, more = (
        format_unit(count, f"duration-{unit}", style, locale=MANNERS[language].locale) for count in (1, 2)
    )
    return one.replace("1", "%(count)s"), more.replace("2", "%(count)s")
