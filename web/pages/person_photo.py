"""The admin puts up or takes down the picture of somebody of the staff."""

from uuid import UUID

from aiohttp import web

from web.body import read_form
from web.guard import staff
from web.keys import UNITS
from web.marks import Mark, marked
from web.pages.ask_first import Sure
from web.pages.person import ours, person_page
from web.pages.photos import NoPicture, drop_photo, photo_asked, take_photo
from web.path import path_id


@marked(Mark.UPLOAD)
async def put_up(request: web.Request) -> web.Response:
    member = staff(request)
    staff_id = path_id(request, "staff_id")
    await _require_ours(request, staff_id)
    try:
        await take_photo(request, member, staff_id)
    except NoPicture:
        return await person_page(request, member, status=422, photo_error="no_picture")
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def take_down(request: web.Request) -> web.Response:
    member = staff(request)
    form, staff_id = await read_form(request, Sure), path_id(request, "staff_id")
    await _require_ours(request, staff_id)
    if not form.sure:
        return await photo_asked(request, member, staff_id, back=f"/admin/people/{staff_id}")
    await drop_photo(request, member, staff_id)
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def _require_ours(request: web.Request, staff_id: UUID) -> None:
    """Raise NotFound for an operator, as for nobody."""
    async with request.app[UNITS].read() as unit:
        await ours(unit, staff_id)


_PHOTO = "/admin/people/{staff_id}/photo"

ROUTES: tuple[web.RouteDef, ...] = (
    web.post(_PHOTO, put_up),
    web.post(f"{_PHOTO}/remove", take_down),
)
