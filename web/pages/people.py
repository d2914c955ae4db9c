"""The admin's people: who works here, in which team, and new ones with a first password."""

import asyncio
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.team import Team
from identity.employ import renew_password, require_ours
from identity.errors import LoginTaken
from identity.password import fresh_password, hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from web.body import read_form
from web.forms import Form, blank, submitted
from web.guard import staff
from web.i18n import N_
from web.keys import SITE, UNITS
from web.noting import set_up
from web.pages.ask_first import Question, Sure, ask_first
from web.pages.people_forms import ROLES, NewPersonForm, PersonForm
from web.path import path_id
from web.refusal import PageNotFound
from web.render import page
from web.subjects import APerson


async def people(request: web.Request) -> web.Response:
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        everybody = [one for one in await unit.staff.all() if one.role is not Role.OPERATOR]
        teams = await unit.catalogue.teams()
    groups = [(team, [one for one in everybody if one.team_id == team.id]) for team in teams]
    return page(request, "admin/people.html", member=member, groups=groups, roles=ROLES)


async def ask_new(request: web.Request) -> web.Response:
    member = staff(request)
    return await _new(request, member, blank(role="adviser", team_id=str(member.team_id), languages=["fi"]))


async def add(request: web.Request) -> web.Response:
    """Take somebody on, and show their first password: this once, here, and nowhere else.

    Where nobody signs in by one, theirs is known to nobody, and none is shown.
    """
    member = staff(request)
    form = await submitted(request, NewPersonForm)
    if form.model is None:
        return await _new(request, member, form, 422)
    teams = await _teams(request)
    if form.model.team_id not in {team.id for team in teams}:
        return await _new(request, member, Form(values=form.values, errors={"team_id": "enum"}), 422)
    password = fresh_password()
    password_hash = await asyncio.to_thread(hash_password, password)
    added = Credentials(form.model.member(), password_hash)
    try:
        await set_up(request, member, APerson(added.member.id), lambda unit: unit.staff.add(added))
    except LoginTaken:
        return await _new(request, member, Form(values=form.values, errors={"login": "login_taken"}), 409)
    if not request.app[SITE].has_staff_passwords:
        raise web.HTTPSeeOther(f"/admin/people/{added.member.id}")
    return _password_shown(request, member, added.member, password)


async def new_password(request: web.Request) -> web.Response:
    """Make a new password for who has lost theirs; the old one and its sessions end.

    Raises PageNotFound where nobody signs in by one.
    """
    member = staff(request)
    if not request.app[SITE].has_staff_passwords:
        raise PageNotFound
    form, staff_id, password = await read_form(request, Sure), path_id(request, "staff_id"), fresh_password()
    if not form.sure:
        return await _password_asked(request, member, staff_id)
    password_hash = await asyncio.to_thread(hash_password, password)
    found = await set_up(
        request, member, APerson(staff_id), lambda unit: renew_password(unit, staff_id, password_hash)
    )
    return _password_shown(request, member, found, password)


async def _password_asked(request: web.Request, member: StaffMember, staff_id: UUID) -> web.Response:
    async with request.app[UNITS].read() as unit:
        found = await unit.staff.get(staff_id)
    require_ours(found)
    question = Question(
        title=N_("Make a new password?"),
        item=found.name,
        follows=N_("The old password stops working at once, and the person is signed out everywhere."),
        yes=N_("Make a new password"),
        back=f"/admin/people/{staff_id}",
        menu="people",
    )
    return ask_first(request, member, question)


def _password_shown(
    request: web.Request, member: StaffMember, person: StaffMember, password: str
) -> web.Response:
    return page(request, "admin/person/password.html", member=member, person=person, password=password)


async def _new(
    request: web.Request, member: StaffMember, form: Form[NewPersonForm] | Form[BaseModel], status: int = 200
) -> web.Response:
    return page(
        request,
        "admin/person/new.html",
        status,
        member=member,
        form=form,
        teams=await _teams(request),
        roles=ROLES,
        labels=PersonForm.LABELS,
    )


async def _teams(request: web.Request) -> list[Team]:
    async with request.app[UNITS].read() as unit:
        return list(await unit.catalogue.teams())


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/admin/people", people),
    web.get("/admin/people/new", ask_new),
    web.post("/admin/people/new", add),
    web.post("/admin/people/{staff_id}/password", new_password),
)
