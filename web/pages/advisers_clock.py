"""The wall clock of an adviser, and the others to choose from: those near first, then all there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.ports import BookingUnit
from web.pages.hours_view import zone_of
from web.reader_zone import other_zones, zone_choices


@dataclass(frozen=True, slots=True)
class Clock:
    """`often` are (name, city) with the one that counts now among them."""

    zone: str
    often: Sequence[tuple[str, str]]
    others: Sequence[str]


async def clock_of(
    unit: BookingUnit, adviser: Adviser, house: ZoneInfo, language: str, *, now: datetime
) -> Clock:
    zone = zone_of(adviser, await unit.hours.openings(adviser.id, since=now), house)
    others = [name for name in other_zones() if name != zone.key]
    return Clock(zone.key, zone_choices(zone, language), others)
