"""The page of an offering's free times, on the clock of who reads it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.offering import Offering
from web.i18n import language_of
from web.keys import WHO_SEES
from web.pages.free_now import FreeNow
from web.pages.slot_page import SlotPage
from web.reader_zone import city_of, zone_choices
from web.render import page


def slots_answer(
    request: web.Request,
    found: SlotPage,
    offering: Offering,
    zone: ZoneInfo,
    *,
    here: str,
    until: datetime | None = None,
    free: FreeNow | None = None,
) -> web.Response:
    """Show them; `until` is when the invitation ends by which somebody came.

    `free` is whether somebody can be met without a time.
    """
    language = language_of(request)
    request[WHO_SEES] = f"/book/{offering.id}/who-sees"
    return page(
        request,
        "booking/slots.html",
        zone=zone,
        offering=offering,
        found=found,
        here=here,
        zone_name=zone.key,
        zone_city=city_of(zone.key, language),
        zones=zone_choices(zone, language),
        until=until,
        free=free,
    )
