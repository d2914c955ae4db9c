"""The free times of an offering; choosing one keeps it and leads to its form."""

from aiohttp import web
from pydantic import BaseModel

from booking.errors import SlotNotOffered, SlotTaken, TooLate, TooManyHolds
from booking.hold import Hold, HoldCaps
from booking.hold_slot import HoldWish, hold_slot
from web.asker import browser_digest, network_digest
from web.body import read_form, read_query
from web.fields import Utc
from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, UNITS
from web.pages.banner import put_up
from web.pages.booking_refused import taken_page, too_many_held
from web.pages.free_now import free_now
from web.pages.not_offered import not_offered
from web.pages.slot_answer import slots_answer
from web.pages.slot_page import slot_page
from web.pages.slot_question import SlotQuestion
from web.path import path_id
from web.reader_zone import zone_of


class ChosenTime(BaseModel):
    start: Utc


async def slots(request: web.Request) -> web.Response:
    """Show the free times of an offering, the earliest first."""
    await request.app[RATES].a_minute(request.app[ALLOWANCE].slot_pages_a_minute, "slots", request[ADDRESS])
    question = read_query(request, SlotQuestion)
    now = request.app[CLOCK]()
    await put_up(request, offering_id=path_id(request, "offering_id"))
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        if not offering.is_open:
            return await not_offered(request, unit)
        zone = zone_of(request, offering.zone)
        found = await slot_page(unit, offering, question, now=now, zone=zone)
        free = await free_now(unit, offering, now=now)
    return slots_answer(request, found, offering, zone, here=f"/book/{offering.id}", free=free)


async def hold(request: web.Request) -> web.Response:
    """Keep a slot for whoever chose it."""
    question = read_query(request, SlotQuestion)
    chosen = await read_form(request, ChosenTime)
    wish = HoldWish(
        offering_id=path_id(request, "offering_id"),
        start=chosen.start,
        adviser_id=question.adviser_id,
        language=question.language or None,
        holder=browser_digest(request),
        address=network_digest(request),
    )
    try:
        kept = await _hold(request, wish)
    except (SlotTaken, SlotNotOffered, TooLate) as refusal:
        return await taken_page(request, wish.offering_id, refusal, question=question)
    except TooManyHolds as refusal:
        return await too_many_held(request, refusal, question)
    raise web.HTTPSeeOther(question.address(f"/book/holds/{kept.id}"))


async def _hold(request: web.Request, wish: HoldWish) -> Hold:
    now, allowed = request.app[CLOCK](), request.app[ALLOWANCE]
    caps = HoldCaps(of_holder=allowed.holds_per_browser, of_address=allowed.holds_per_address)
    return await request.app[UNITS].do(lambda unit: hold_slot(unit, wish, now=now, caps=caps))


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/book/{offering_id}", slots),
    web.post("/book/{offering_id}/hold", hold),
)
