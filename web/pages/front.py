"""The front page: what this is, what can be booked, and how soon."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.find_slots import find_slots
from booking.offering import Offering
from booking.ports import BookingUnit
from web.keys import CLOCK, UNITS
from web.moments import nearness
from web.pages.banner import put_up
from web.render import page


@dataclass(frozen=True, slots=True)
class Card:
    offering: Offering
    first: datetime | None
    nearness: str


async def front(request: web.Request) -> web.Response:
    await put_up(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        cards = [
            await _card(unit, offering, now=now)
            for offering in await unit.offerings.all()
            if offering.is_open
        ]
    return page(request, "front/front.html", cards=cards)


async def first_free(unit: BookingUnit, offering: Offering, *, now: datetime) -> datetime | None:
    """Return the first free start of anybody, or None when there is none within the horizon."""
    slots = await find_slots(unit, offering, offering.bookable(now), now=now)
    first = next(slots, None)
    return first.span.start if first else None


async def _card(unit: BookingUnit, offering: Offering, *, now: datetime) -> Card:
    first = await first_free(unit, offering, now=now)
    return Card(offering, first, nearness(first, now, ZoneInfo(offering.zone)) if first else "")


ROUTES: tuple[web.RouteDef, ...] = (web.get("/", front),)
