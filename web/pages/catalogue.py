"""The admin's offerings: what can be booked, how soon, in which order; new ones, opening and closing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, Field

from booking.offering import Offering
from booking.set_up import change_offering, shift_offering
from identity.staff import StaffMember
from web.body import Nothing, read_form
from web.forms import Form, blank, submitted
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.languages import Line, NeededLine, Prose, texts_in
from web.noting import set_up
from web.pages.front import first_free
from web.pages.offering_forms import SECTIONS, LettersSection
from web.pages.offering_items import KIND_NAMES
from web.pages.set_up_log import last_change
from web.path import path_id
from web.ports import Unit
from web.render import page
from web.subjects import AnOffering


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an offering stands: who meets its customers, how soon, and how many are booked."""

    offering: Offering
    advisers: int
    first: datetime | None
    days: int
    ahead: int


class NewOffering(BaseModel):
    """As little as an offering can begin with."""

    name_en: Line = ""
    name_sv: Line = ""
    name_fi: NeededLine = Field(default="", validate_default=True)
    text_fi: Prose = ""
    text_sv: Prose = ""
    text_en: Prose = ""
    length: Annotated[int, Field(ge=5, le=480, multiple_of=5)]

    def offering(self, team_id: UUID, zone: str) -> Offering:
        """Make it closed: nobody books what is half set up."""
        return Offering(
            id=uuid4(),
            team_id=team_id,
            names=texts_in(self, "name"),
            texts=texts_in(self, "text"),
            length=timedelta(minutes=self.length),
            zone=zone,
            is_open=False,
        )


class Shift(BaseModel):
    by: Literal["-1", "1"]


async def offerings(request: web.Request) -> web.Response:
    member = staff(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        lines = [await _line(unit, offering, now=now) for offering in await unit.offerings.all()]
    return page(request, "admin/offerings.html", member=member, lines=lines)


async def ask_new(request: web.Request) -> web.Response:
    member = staff(request)
    return _new(request, member, blank(length="30"))


async def add(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, NewOffering)
    if form.model is None:
        return _new(request, member, form, 422)
    offering = form.model.offering(member.team_id, str(request.app[SITE].zone))
    await set_up(request, member, AnOffering(offering.id), lambda unit: unit.catalogue.add_offering(offering))
    raise web.HTTPSeeOther(f"/admin/offerings/{offering.id}")


async def offering_page(request: web.Request) -> web.Response:
    """Show all of an offering; each section leads to its form."""
    member = staff(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        line = await _line(unit, offering, now=now)
        advisers = await unit.advisers.of_offering(offering.id)
        last = await last_change(unit, offering.id)
    return page(
        request,
        "admin/offering/overview.html",
        member=member,
        offering=offering,
        line=line,
        last=last,
        advisers=advisers,
        sections=SECTIONS,
        letter_names=LettersSection.KINDS,
        kind_names=KIND_NAMES,
    )


async def shift(request: web.Request) -> web.Response:
    member = staff(request)
    form, offering_id = await read_form(request, Shift), path_id(request, "offering_id")
    await set_up(
        request,
        member,
        AnOffering(offering_id),
        lambda unit: shift_offering(unit, offering_id, int(form.by)),
    )
    raise web.HTTPSeeOther("/admin/offerings")


async def ask_close(request: web.Request) -> web.Response:
    """Say how many appointments stand, before anybody closes what they are of."""
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        ahead = await unit.catalogue.ahead(request.app[CLOCK](), offering_id=offering.id)
    return page(request, "admin/offering/close.html", member=member, offering=offering, ahead=ahead)


async def close(request: web.Request) -> web.Response:
    return await _opened(request, is_open=False)


async def open_(request: web.Request) -> web.Response:
    return await _opened(request, is_open=True)


async def _opened(request: web.Request, *, is_open: bool) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    offering_id = path_id(request, "offering_id")
    await set_up(
        request,
        member,
        AnOffering(offering_id),
        lambda unit: change_offering(unit, offering_id, lambda found: replace(found, is_open=is_open)),
    )
    raise web.HTTPSeeOther(f"/admin/offerings/{offering_id}")


def _new(
    request: web.Request, member: StaffMember, form: Form[NewOffering] | Form[BaseModel], status: int = 200
) -> web.Response:
    return page(request, "admin/offering/new.html", status, member=member, form=form)


async def _line(unit: Unit, offering: Offering, *, now: datetime) -> Standing:
    first = await first_free(unit, offering, now=now)
    zone = ZoneInfo(offering.zone)
    days = (first.astimezone(zone).date() - now.astimezone(zone).date()).days if first else 0
    return Standing(
        offering=offering,
        advisers=len(await unit.advisers.of_offering(offering.id)),
        first=first,
        days=days,
        ahead=await unit.catalogue.ahead(now, offering_id=offering.id),
    )


_ONE = "/admin/offerings/{offering_id}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/admin/offerings", offerings),
    web.get("/admin/offerings/new", ask_new),
    web.post("/admin/offerings/new", add),
    web.get(_ONE, offering_page),
    web.post(f"{_ONE}/shift", shift),
    web.get(f"{_ONE}/close", ask_close),
    web.post(f"{_ONE}/close", close),
    web.post(f"{_ONE}/open", open_),
)
