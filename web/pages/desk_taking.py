"""The switch on the desk: whether an adviser takes customers who come without a time."""

from aiohttp import web
from pydantic import BaseModel

from identity.permission import Right
from identity.staff import StaffMember
from web.body import read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.pages.offering_forms import Choice
from web.ports import Unit


class Taking(BaseModel):
    """Whether they do from now on."""

    on: Choice = ""


async def take(request: web.Request) -> web.Response:
    told = await read_form(request, Taking)
    me, now = staff(request).id, request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: unit.at_desk.take(me, is_on=bool(told.on), now=now))
    raise web.HTTPSeeOther("/desk")


async def takes_people(unit: Unit, member: StaffMember, request: web.Request) -> bool | None:
    """Return whether somebody takes customers now; None for who meets nobody without a time."""
    if not member.may(Right.MEET):
        return None
    offered = await unit.hours.offered_by(member.id)
    if not any(one.drop_in and one.is_open and one.id in offered for one in await unit.offerings.all()):
        return None
    return member.id in await unit.at_desk.taking([member.id], now=request.app[CLOCK]())


ROUTES: tuple[web.RouteDef, ...] = (web.post("/desk/taking", take),)
