"""Who has passed: staff by session and right, customers by the link in the address and by the door."""

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from booking.appointment import Appointment
from identity.door import behind_the_door
from identity.door_session import DoorSession
from identity.errors import NotAllowed, SessionOver
from identity.look import Viewer
from identity.permission import Right
from identity.session import StaffSession
from identity.sign_in import recognise
from identity.staff import StaffMember
from web.cookies import DOOR, SESSION, cookie
from web.keys import CLOCK, UNITS, WHO_SEES
from web.looking import viewed_by
from web.ports import Unit
from web.refusal import SignInNeeded

LATELY = timedelta(minutes=15)
STAFF_SESSION = web.RequestKey("staff_session", StaffSession)
"""On which session a request stands; there once somebody was found to be signed in."""

_MEMBER = web.RequestKey("member", StaffMember)


async def let_in_staff(request: web.Request, right: Right, *, by_itself: bool = False) -> None:
    """Look who is signed in, and write at most once a minute that they were seen.

    What a page asks `by_itself` keeps no session open: nobody need be there. Opens a unit of its own, before
    the handler opens its one. Raises SignInNeeded, and NotAllowed for a role without the right.
    """
    member = await signed_in(request, by_itself=by_itself)
    if member is None:
        raise SignInNeeded
    if not member.may(right):
        raise NotAllowed(right)
    request[_MEMBER] = member
    viewed_by(request, Viewer.STAFF, member.id)


def staff(request: web.Request) -> StaffMember:
    """Return who was let in; a route that asks for no right has nobody, and that is a fault."""
    return request[_MEMBER]


def just_signed_in(request: web.Request, home: str) -> StaffMember:
    """Return who signed in lately; all others do it once more, and come to `home`.

    Asked where it is changed how somebody signs in: who finds a screen left open must not stay for good.
    """
    if not is_recent(request):
        raise web.HTTPSeeOther(f"/sign-in?again=1&next={home}")
    return staff(request)


def is_recent(request: web.Request) -> bool:
    """Tell whether the session on which a request stands began lately."""
    return request.app[CLOCK]() - request[STAFF_SESSION].created_at <= LATELY


async def signed_in(request: web.Request, *, by_itself: bool = False) -> StaffMember | None:
    """Return who is signed in, if anybody is."""
    token = cookie(request, SESSION)
    if token is None:
        return None
    now = request.app[CLOCK]()
    try:
        async with request.app[UNITS].read() as unit:
            member, session = await recognise(unit, token, now=now)
    except SessionOver:
        return None
    request[STAFF_SESSION] = session
    if session.is_due_for_touch(now=now) and not by_itself:
        async with request.app[UNITS].write() as unit:
            await unit.staff_sessions.touch(session.touched(now=now))
    return member


async def customer_appointment(request: web.Request) -> Appointment:
    """Return the appointment of the personal link in the address. Raises booking's NotFound."""
    async with request.app[UNITS].read() as unit:
        found = await unit.links.appointment(request.match_info["token"])
    request[WHO_SEES] = f"/a/{request.match_info['token']}/who-sees"
    return found


async def came_in(request: web.Request, unit: Unit, appointment_id: UUID) -> DoorSession | None:
    """Return the session of a browser that came in by the door of this appointment, if it did."""
    token = cookie(request, DOOR)
    if token is None:
        return None
    return await behind_the_door(unit, token, appointment_id, now=request.app[CLOCK]())
