"""What becomes of a kept time: given back by a button, left with its page, and come back to."""

from contextlib import suppress
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.errors import HoldOver
from booking.hold_slot import give_back, leave, stay
from web.body import Nothing, read_form, read_query
from web.keys import CLOCK, UNITS
from web.pages.slot_question import SlotQuestion
from web.path import path_id


class Released(BaseModel):
    """The offering stands in the form, because the hold may have gone by itself."""

    offering_id: UUID


async def release(request: web.Request) -> web.Response:
    """Free the time at once, and lead back to where it was chosen."""
    question = read_query(request, SlotQuestion)
    form = await read_form(request, Released)
    hold_id = path_id(request, "hold_id")
    await request.app[UNITS].do(lambda unit: give_back(unit, hold_id))
    raise web.HTTPSeeOther(question.address(f"/book/{form.offering_id}", given_back="1"))


async def page_left(request: web.Request) -> web.Response:
    """Keep the time a moment longer; said by the page itself as it goes, so nobody reads the answer."""
    await read_form(request, Nothing)
    hold_id, now = path_id(request, "hold_id"), request.app[CLOCK]()
    with suppress(HoldOver):
        await request.app[UNITS].do(lambda unit: leave(unit, hold_id, now=now))
    return web.Response(status=204)


async def page_back(request: web.Request) -> web.Response:
    """Keep the time as long as was said at first. Raises HoldOver when it is too late for that."""
    await read_form(request, Nothing)
    hold_id, now = path_id(request, "hold_id"), request.app[CLOCK]()
    hold = await request.app[UNITS].do(lambda unit: stay(unit, hold_id, now=now))
    return web.json_response({"seconds": int((hold.expires_at - now).total_seconds())})


ROUTES: tuple[web.RouteDef, ...] = (
    web.post("/book/holds/{hold_id}/release", release),
    web.post("/book/holds/{hold_id}/leave", page_left),
    web.post("/book/holds/{hold_id}/stay", page_back),
)
