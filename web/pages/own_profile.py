"""An adviser's own page: what they say of themselves, and their picture."""

from typing import Any

from aiohttp import web

from identity.staff import StaffMember
from web.body import read_form
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, SITE, UNITS
from web.marks import Mark, marked
from web.noting import set_up
from web.pages.advisers_clock import clock_of
from web.pages.ask_first import Sure
from web.pages.people_forms import IntroductionForm
from web.pages.person import introduce
from web.pages.photos import NoPicture, drop_photo, photo_asked, take_photo
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint
from web.subjects import APerson

HOME = "/desk/profile"


async def profile(request: web.Request) -> web.Response:
    return await _shown(request, staff(request))


async def save(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, IntroductionForm)
    if form.model is None:
        return await _shown(request, member, form, 422)
    told = form.model
    try:
        await set_up(request, member, APerson(member.id), lambda unit: introduce(unit, member.id, told))
    except ChangedMeanwhile:
        return await _shown(request, member, form, 409)
    raise web.HTTPSeeOther(HOME)


@marked(Mark.UPLOAD)
async def put_up(request: web.Request) -> web.Response:
    member = staff(request)
    try:
        await take_photo(request, member, member.id)
    except NoPicture:
        return await _shown(request, member, status=422, photo_error="no_picture")
    raise web.HTTPSeeOther(HOME)


async def take_down(request: web.Request) -> web.Response:
    member = staff(request)
    form = await read_form(request, Sure)
    if not form.sure:
        return await photo_asked(request, member, member.id, back=HOME)
    await drop_photo(request, member, member.id)
    raise web.HTTPSeeOther(HOME)


async def _shown(
    request: web.Request,
    member: StaffMember,
    form: Form[Any] | None = None,
    status: int = 200,
    *,
    photo_error: str = "",
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        adviser = await unit.advisers.get(member.id)
        zone, language, now = request.app[SITE].zone, language_of(request), request.app[CLOCK]()
        clock = await clock_of(unit, adviser, zone, language, now=now)
    values = IntroductionForm.of(adviser.texts)
    shown = form or Form(values=values)
    return page(
        request,
        "desk/profile.html",
        status,
        member=member,
        adviser=adviser,
        clock=clock,
        form=shown,
        seen=shown.value("seen") if form and status == 422 else fingerprint(values),
        is_stale=status == 409,
        labels=IntroductionForm.LABELS,
        photo_error=photo_error,
        home=HOME,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, profile),
    web.post(HOME, save),
    web.post(f"{HOME}/photo", put_up),
    web.post(f"{HOME}/photo/remove", take_down),
)
