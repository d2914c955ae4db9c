"""Hand a meeting over: who could go on, for its page; and who was asked says that they cannot."""

from aiohttp import web

from web.body import Nothing, read_form
from web.colleagues import colleagues
from web.guard import staff
from web.keys import CLOCK, SWITCHBOARD, UNITS
from web.pages.desk_seat import seat, team_of


async def could_go_on(request: web.Request) -> web.Response:
    """Tell who of the team could take over now: who is at their desk first."""
    (member, found), now = await seat(request), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        team = await team_of(unit, member)
        others = await colleagues(unit, found.appointment, team, now=now, but=member.id)
        there = await unit.at_desk.there([one.adviser.id for one in others], now=now)
    told = [
        {"id": str(one.adviser.id), "name": one.adviser.name, "is_at_desk": one.adviser.id in there}
        for one in others
        if one.is_free
    ]
    answer = web.json_response({"colleagues": sorted(told, key=lambda one: not one["is_at_desk"])})
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def cannot_come(request: web.Request) -> web.Response:
    """Let an adviser who was asked to go on say no. Where they were not asked, nothing changes."""
    await read_form(request, Nothing)
    _, found = await seat(request)
    now = request.app[CLOCK]()
    await request.app[SWITCHBOARD].cannot_come(found.appointment.id, staff(request).id, now=now)
    raise web.HTTPSeeOther("/desk")


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/colleagues", could_go_on),
    web.post("/desk/appointments/{appointment_id}/cannot-come", cannot_come),
)
