"""Somebody stops or begins again to work here; what is ahead of them is told, not left to nobody."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from aiohttp import web

from booking.appointment import Appointment
from booking.time_span import TimeSpan
from identity.employ import change_member
from identity.errors import OwnAccess
from identity.staff import StaffMember
from web.body import Nothing, read_form
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.noting import set_up
from web.pages.people_forms import DeactivationForm
from web.pages.person import ours
from web.path import path_id
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.subjects import APerson

LISTED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Ahead:
    """When somebody would have met whom about what; the customer's name is the team's alone."""

    appointment: Appointment
    offering: str


async def ask_deactivate(request: web.Request) -> web.Response:
    member = staff(request)
    return await _asked(request, member)


async def deactivate(request: web.Request) -> web.Response:
    """Sign somebody out for good; refused when other appointments are ahead than the page told."""
    member = staff(request)
    form, staff_id = await read_form(request, DeactivationForm), path_id(request, "staff_id")
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        await _set_active(unit, staff_id, by=member.id, is_active=False)
        if await unit.catalogue.ahead(now, adviser_id=staff_id) != form.ahead:
            raise ChangedMeanwhile

    try:
        await set_up(request, member, APerson(staff_id), work)
    except ChangedMeanwhile:
        return await _asked(request, member, 409)
    except OwnAccess:
        return await _asked(request, member, 409)
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def activate(request: web.Request) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    staff_id = path_id(request, "staff_id")
    await set_up(
        request,
        member,
        APerson(staff_id),
        lambda unit: _set_active(unit, staff_id, by=member.id, is_active=True),
    )
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def _set_active(unit: Unit, staff_id: UUID, *, by: UUID, is_active: bool) -> StaffMember:
    return await change_member(unit, staff_id, lambda found: replace(found, is_active=is_active), by=by)


async def _asked(request: web.Request, member: StaffMember, status: int = 200) -> web.Response:
    now, staff_id = request.app[CLOCK](), path_id(request, "staff_id")
    async with request.app[UNITS].read() as unit:
        person = await ours(unit, staff_id)
        ahead = await _ahead(unit, staff_id, language_of(request), now=now)
        teams = {team.id: team.name for team in await unit.catalogue.teams()}
        count = await unit.catalogue.ahead(now, adviser_id=staff_id)
    return page(
        request,
        "admin/person/deactivate.html",
        status,
        member=member,
        person=person,
        ahead=ahead,
        count=count,
        team=teams.get(person.team_id, ""),
        is_own=person.id == member.id,
        is_own_team=person.team_id == member.team_id,
        is_stale=status == 409,
    )


async def _ahead(unit: Unit, staff_id: UUID, language: str, *, now: datetime) -> list[Ahead]:
    names = {offering.id: offering.name(language) for offering in await unit.offerings.all()}
    coming = await unit.appointments.of_adviser(staff_id, TimeSpan(now, now + LISTED))
    return [Ahead(one, names.get(one.offering_id, "")) for one in coming if one.is_live]


_ONE = "/admin/people/{staff_id}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(f"{_ONE}/deactivate", ask_deactivate),
    web.post(f"{_ONE}/deactivate", deactivate),
    web.post(f"{_ONE}/activate", activate),
)
