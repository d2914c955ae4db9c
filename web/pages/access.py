"""How a member of the staff signs in, and where they are signed in now."""

from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from identity.employ import show_out
from identity.end_sessions import end_sessions
from identity.permission import Right
from web.body import Nothing, read_form
from web.guard import STAFF_SESSION, staff
from web.keys import CLOCK, UNITS
from web.pages.desk_seat import desk_page
from web.path import path_id
from web.render import page

HOME = "/desk/access"


class Named(BaseModel):
    """Which session is to end; none is named where all are meant."""

    session: UUID


async def access(request: web.Request) -> web.Response:
    member = await staff(request, Right.SEE_DESK)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        sessions = await unit.staff_sessions.of(member.id, now=now)
    return desk_page(
        request, member, "desk/access.html", sessions=sessions, own=request[STAFF_SESSION].id, home=HOME
    )


async def end_one(request: web.Request) -> web.Response:
    """End one of one's own; naming another's, or one that is over, ends nothing and looks the same."""
    member = await staff(request, Right.SEE_DESK)
    named, now = await read_form(request, Named), request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: end_sessions(unit, member.id, session_id=named.session, now=now))
    raise web.HTTPSeeOther(f"{HOME}#sessions")


async def end_others(request: web.Request) -> web.Response:
    member = await staff(request, Right.SEE_DESK)
    await read_form(request, Nothing)
    own, now = request[STAFF_SESSION].token_hash, request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: end_sessions(unit, member.id, but_not=own, now=now))
    raise web.HTTPSeeOther(f"{HOME}#sessions")


async def persons(request: web.Request) -> web.Response:
    """Show an admin where somebody is signed in. Raises NotFound."""
    member = await staff(request, Right.MANAGE_PEOPLE)
    staff_id, now = path_id(request, "staff_id"), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        person = await unit.staff.get(staff_id)
        sessions = await unit.staff_sessions.of(staff_id, now=now)
    return page(
        request,
        "admin/person/sessions.html",
        member=member,
        person=person,
        sessions=sessions,
        own=request[STAFF_SESSION].id,
        home=f"/admin/people/{person.id}/sessions",
    )


async def end_persons(request: web.Request) -> web.Response:
    """End one of somebody's. Raises NotFound, and NotAllowed for an operator's."""
    await staff(request, Right.MANAGE_PEOPLE)
    named = await read_form(request, Named)
    await _show_out(request, named.session)
    raise web.HTTPSeeOther(f"/admin/people/{path_id(request, 'staff_id')}/sessions")


async def end_all_of_person(request: web.Request) -> web.Response:
    await staff(request, Right.MANAGE_PEOPLE)
    await read_form(request, Nothing)
    await _show_out(request, None)
    raise web.HTTPSeeOther(f"/admin/people/{path_id(request, 'staff_id')}/sessions")


async def _show_out(request: web.Request, session_id: UUID | None) -> None:
    staff_id, now = path_id(request, "staff_id"), request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: show_out(unit, staff_id, session_id=session_id, now=now))


PERSONS = "/admin/people/{staff_id}/sessions"
ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, access),
    web.post(f"{HOME}/sessions/end", end_one),
    web.post(f"{HOME}/sessions/end-others", end_others),
    web.get(PERSONS, persons),
    web.post(f"{PERSONS}/end", end_persons),
    web.post(f"{PERSONS}/end-all", end_all_of_person),
)
