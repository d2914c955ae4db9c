"""The team's private note of an appointment: a page of its own, and saved as typed where scripts run."""

from aiohttp import web
from pydantic import BaseModel, Field

from booking.note import LONGEST, MOST_REVISION, Note
from identity.look import Thing
from web.body import read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.looking import looks_at, saw
from web.pages.desk_seat import desk_page, seat
from web.pages.visit import visit_for
from web.path import path_id
from web.ports import Unit
from web.problems import wants_problem


class NoteForm(BaseModel):
    """What is typed, and the revision that it was typed over."""

    text: str = Field(max_length=LONGEST)
    revision: int = Field(ge=0, le=MOST_REVISION)


@looks_at(Thing.APPOINTMENT, Thing.TEXT)
async def show(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    member, found = await seat(request)
    async with request.app[UNITS].read() as unit:
        note = await unit.notes.of(found.appointment.id)
    if note:
        saw(request, Thing.TEXT, found.appointment.id, appointment_id=found.appointment.id)
    return desk_page(request, member, "desk/note.html", visit=found, note=note, typed="")


@looks_at(Thing.TEXT)
async def keep(request: web.Request) -> web.Response:
    """Who typed over what a colleague has changed meanwhile sees both, and nothing is lost."""
    form, member = await read_form(request, NoteForm), staff(request)
    appointment_id = path_id(request, "appointment_id")
    note = Note(
        appointment_id=appointment_id,
        text=form.text.strip(),
        revision=form.revision + 1,
        at=request.app[CLOCK](),
        by=member.id,
    )

    async def work(unit: Unit) -> bool:
        await visit_for(unit, appointment_id, member)
        return await unit.notes.keep(note)

    is_kept = await request.app[UNITS].do(work)
    if wants_problem(request):
        return web.json_response({"revision": note.revision}, status=200 if is_kept else 409)
    if not is_kept:
        return await _both(request, form)
    raise web.HTTPSeeOther("/desk?done=noted")


async def _both(request: web.Request, form: NoteForm) -> web.Response:
    member, found = await seat(request)
    async with request.app[UNITS].read() as unit:
        note = await unit.notes.of(found.appointment.id)
    saw(request, Thing.TEXT, found.appointment.id, appointment_id=found.appointment.id)
    return desk_page(request, member, "desk/note.html", 409, visit=found, note=note, typed=form.text)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/note", show),
    web.post("/desk/appointments/{appointment_id}/note", keep),
)
