"""What leads to an offering that is closed: nothing of it is told, and the way to the others is shown."""

from aiohttp import web

from booking.ports import BookingUnit
from web.i18n import language_of
from web.render import page


async def not_offered(request: web.Request, unit: BookingUnit) -> web.Response:
    """Answer alike for what was closed and for what was never open: half set up, it is nobody's to read."""
    open_ones = [one for one in await unit.offerings.all() if one.is_open]
    language = language_of(request)
    others = [(one.id, one.name(language), one.length) for one in open_ones]
    return page(request, "booking/not_offered.html", 404, others=others)
