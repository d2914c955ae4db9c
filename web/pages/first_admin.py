"""The page behind the link of `kohtaamo first-admin`: who the first admin is, and by what they sign in."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import uuid4

from aiohttp import web
from pydantic import AfterValidator, BaseModel, Field

from identity.errors import LoginTaken
from identity.first_admin import become_first_admin, look_at_set_up_link
from identity.password import LONGEST, fault_of, fresh_password, hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from web.fields import Name
from web.forms import Form, blank, submitted
from web.i18n import N_, language_of
from web.keys import CLOCK, SITE, UNITS
from web.pages.own_password import same
from web.pages.people_forms import known_login
from web.pages.signing_in import after_password
from web.ports import Unit
from web.render import page

HOME = "/first-admin/{set_up}"
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("Name"),
        "login": N_("Name for signing in"),
        "new": N_("New password"),
        "again": N_("New password again"),
    }
)


class FirstAdminForm(BaseModel):
    name: Name
    login: Annotated[str, AfterValidator(known_login)]
    new: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    again: Annotated[str, Field(max_length=LONGEST), AfterValidator(same)]


async def ask(request: web.Request) -> web.Response:
    await _require_link(request)
    return _shown(request, blank())


async def begin(request: web.Request) -> web.Response:
    """Take the admin on, use the link up, and go on as after any password."""
    await _require_link(request)
    form = await submitted(request, FirstAdminForm)
    if form.model is None:
        return _shown(request, form, 422)
    told = form.model
    fault = fault_of(told.new, login=told.login, current="")
    if fault:
        return _shown(request, Form(values=form.values, errors={"new": f"password_{fault}"}), 422)
    password_hash = await asyncio.to_thread(hash_password, told.new)
    try:
        member = await request.app[UNITS].do(lambda unit: _added(request, unit, told, password_hash))
    except LoginTaken:
        return _shown(request, Form(values=form.values, errors={"login": "login_taken"}), 409)
    raise await after_password(request, member, "")


async def _added(request: web.Request, unit: Unit, told: FirstAdminForm, password_hash: str) -> StaffMember:
    """A member is of a team: of the first, and where there is none, of one by the organisation's name."""
    teams = await unit.catalogue.teams()
    team_id = teams[0].id if teams else uuid4()
    if not teams:
        await unit.catalogue.add_team(team_id, request.app[SITE].organisation)
    admin = StaffMember(
        id=uuid4(),
        login=told.login,
        name=told.name,
        role=Role.ADMIN,
        team_id=team_id,
        languages=(language_of(request),),
    )
    token, now = request.match_info["set_up"], request.app[CLOCK]()
    await become_first_admin(unit, token, Credentials(admin, password_hash), now=now)
    return admin


async def _require_link(request: web.Request) -> None:
    """Raises LinkOver."""
    async with request.app[UNITS].read() as unit:
        await look_at_set_up_link(unit, request.match_info["set_up"], now=request.app[CLOCK]())


def _shown(request: web.Request, form: Form[Any], status: int = 200) -> web.Response:
    return page(
        request,
        "login/first_admin.html",
        status,
        form=form,
        labels=LABELS,
        proposal=fresh_password(),
        action=request.path,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, ask),
    web.post(HOME, begin),
)
