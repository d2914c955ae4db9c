"""The front page: what this is, what can be booked, and how soon."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.find_slots import LONGEST, find_slots
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.time_span import TimeSpan
from web.keys import CLOCK, SITE, UNITS
from web.moments import days_to
from web.pages.banner import put_up
from web.pages.free_now import FreeNow, free_now
from web.reader_zone import chosen_zone
from web.render import page


@dataclass(frozen=True, slots=True)
class Card:
    """`days` are those until the first free time, by the calendar on the reader's wall.

    `free` is whether somebody can be met without a time, None where that is not offered.
    """

    offering: Offering
    first: datetime | None
    days: int
    free: FreeNow | None


async def front(request: web.Request) -> web.Response:
    await put_up(request)
    now, zone = request.app[CLOCK](), chosen_zone(request) or request.app[SITE].zone
    async with request.app[UNITS].read() as unit:
        cards = [
            await _card(unit, offering, zone, now=now)
            for offering in await unit.offerings.all()
            if offering.is_open
        ]
    return page(request, "front/front.html", zone=zone, cards=cards)


async def first_free(unit: BookingUnit, offering: Offering, *, now: datetime) -> datetime | None:
    """Return the first free start of anybody, or None when there is none within the horizon."""
    bookable = offering.bookable(now)
    start = bookable.start
    while start < bookable.end:
        end = min(start + LONGEST, bookable.end)
        slots = await find_slots(unit, offering, TimeSpan(start, end), now=now)
        first = next(slots, None)
        if first:
            return first.span.start
        start = end
    return None


async def _card(unit: BookingUnit, offering: Offering, zone: ZoneInfo, *, now: datetime) -> Card:
    first = await first_free(unit, offering, now=now)
    free = await free_now(unit, offering, now=now)
    return Card(offering, first, days_to(first, now, zone) if first else 0, free)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/", front),)
