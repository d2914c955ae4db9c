"""The admin's teams: who sees the same appointments."""

from uuid import UUID, uuid4

from aiohttp import web
from pydantic import BaseModel, Field

from identity.permission import Role
from identity.staff import StaffMember
from web.fields import Name
from web.forms import Form, submitted
from web.guard import staff
from web.keys import UNITS
from web.noting import set_up
from web.path import path_id
from web.render import page
from web.subjects import ATeam


class TeamForm(BaseModel):
    name: Name
    was: str = Field(default="", max_length=100)


async def teams(request: web.Request) -> web.Response:
    return await _shown(request, staff(request))


async def add(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, TeamForm)
    if form.model is None:
        return await _shown(request, member, form, status=422)
    name, team_id = form.model.name, uuid4()
    await set_up(request, member, ATeam(team_id), lambda unit: unit.catalogue.add_team(team_id, name))
    raise web.HTTPSeeOther("/admin/teams")


async def rename(request: web.Request) -> web.Response:
    member = staff(request)
    form, team_id = await submitted(request, TeamForm), path_id(request, "team_id")
    if form.model is None:
        return await _shown(request, member, form, team_id, status=422)
    told = form.model

    is_renamed = await set_up(
        request,
        member,
        ATeam(team_id),
        lambda unit: unit.catalogue.rename_team(team_id, told.name, was=told.was),
    )
    if not is_renamed:
        return await _shown(request, member, form, team_id, status=409)
    raise web.HTTPSeeOther("/admin/teams")


async def _shown(
    request: web.Request,
    member: StaffMember,
    form: Form[TeamForm] | None = None,
    team_id: UUID | None = None,
    status: int = 200,
) -> web.Response:
    """Show a form for each team and one for a new one; what came back stands in the one that it came from."""
    async with request.app[UNITS].read() as unit:
        found = await unit.catalogue.teams()
        people = [one for one in await unit.staff.all() if one.role is not Role.OPERATOR and one.is_active]
    return page(
        request,
        "admin/teams.html",
        status,
        member=member,
        teams=[(team, sum(one.team_id == team.id for one in people)) for team in found],
        form=form or Form(),
        team_id=team_id,
        is_stale=status == 409,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/admin/teams", teams),
    web.post("/admin/teams", add),
    web.post("/admin/teams/{team_id}", rename),
)
