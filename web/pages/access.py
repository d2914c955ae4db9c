"""How a member of the staff signs in, and where they are signed in now."""

from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from identity.employ import forget_second_factor, show_out
from identity.end_sessions import end_sessions
from identity.staff import StaffMember
from web.body import Nothing, read_form
from web.csrf import csrf_token
from web.forms import blank
from web.guard import STAFF_SESSION, is_recent, staff
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.ask_first import Question, Sure, ask_first
from web.pages.desk_seat import desk_page
from web.pages.passkey_words import passkey_words
from web.pages.person import ours
from web.path import path_id
from web.render import page
from web.subjects import APerson

HOME = "/desk/access"


class Named(BaseModel):
    """Which session is to end; none is named where all are meant."""

    session: UUID


async def access(request: web.Request) -> web.Response:
    member = staff(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        sessions = await unit.staff_sessions.of(member.id, now=now)
        app = await unit.second_factors.find(member.id)
        passkeys = await unit.passkeys.of(member.id)
        codes_left = await unit.second_factors.recovery_codes_left(member.id)
    return desk_page(
        request,
        member,
        "desk/access.html",
        sessions=sessions,
        own=request[STAFF_SESSION].id,
        home=HOME,
        app=app,
        codes_left=codes_left,
        passkeys=passkeys,
        is_recent=is_recent(request),
        name_form=blank(),
        data={
            "csrf": csrf_token(request),
            "options": f"{HOME}/passkeys/options",
            "answer": f"{HOME}/passkeys",
            "next": "",
            "words": passkey_words(request),
        },
        must_have=request.app[SITE].second_factor.is_due_of(member.role),
    )


async def end_one(request: web.Request) -> web.Response:
    """End one of one's own; naming another's, or one that is over, ends nothing and looks the same."""
    member = staff(request)
    named, now = await read_form(request, Named), request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: end_sessions(unit, member.id, session_id=named.session, now=now))
    raise web.HTTPSeeOther(f"{HOME}#sessions")


async def end_others(request: web.Request) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    own, now = request[STAFF_SESSION].token_hash, request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: end_sessions(unit, member.id, but_not=own, now=now))
    raise web.HTTPSeeOther(f"{HOME}#sessions")


async def persons(request: web.Request) -> web.Response:
    """Show an admin where somebody is signed in. Raises NotFound."""
    member = staff(request)
    staff_id, now = path_id(request, "staff_id"), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        person = await ours(unit, staff_id)
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
    named = await read_form(request, Named)
    await _show_out(request, named.session)
    raise web.HTTPSeeOther(f"/admin/people/{path_id(request, 'staff_id')}/sessions")


async def end_all_of_person(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    await _show_out(request, None)
    raise web.HTTPSeeOther(f"/admin/people/{path_id(request, 'staff_id')}/sessions")


async def remove_second_factor(request: web.Request) -> web.Response:
    """For who has lost phone and paper: they set up another at the next sign-in, and are signed out."""
    member = staff(request)
    form, staff_id = await read_form(request, Sure), path_id(request, "staff_id")
    async with request.app[UNITS].read() as unit:
        person = await ours(unit, staff_id)
    if not form.sure:
        return _removal_asked(request, member, person)
    await set_up(request, member, APerson(staff_id), lambda unit: forget_second_factor(unit, staff_id))
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


def _removal_asked(request: web.Request, member: StaffMember, person: StaffMember) -> web.Response:
    question = Question(
        title=N_("Take the second factor away?"),
        item=person.name,
        follows=N_(
            "Make sure that it is they who ask. They are signed out everywhere, and the password alone signs "
            "in until another is set up."
        ),
        yes=N_("Take it away"),
        back=f"/admin/people/{person.id}",
        menu="people",
    )
    return ask_first(request, member, question)


async def _show_out(request: web.Request, session_id: UUID | None) -> None:
    staff_id, now = path_id(request, "staff_id"), request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        await ours(unit, staff_id)
        await show_out(unit, staff_id, session_id=session_id, now=now)


PERSONS = "/admin/people/{staff_id}/sessions"
ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, access),
    web.post(f"{HOME}/sessions/end", end_one),
    web.post(f"{HOME}/sessions/end-others", end_others),
    web.get(PERSONS, persons),
    web.post(f"{PERSONS}/end", end_persons),
    web.post(f"{PERSONS}/end-all", end_all_of_person),
    web.post("/admin/people/{staff_id}/second-factor/remove", remove_second_factor),
)
