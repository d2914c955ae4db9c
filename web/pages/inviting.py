"""Links to hand over in a chat or a ticket: make one, copy it, see what became of it, take it back."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, Field

from booking.errors import NotFound
from booking.invitation import LONGEST, SHORTEST, USUAL, HandedOver
from booking.invite import InvitationWish, invite, revoke_invitation
from identity.staff import StaffMember
from web.body import Nothing, read_form, read_query
from web.fields import MaybeId, SourceTag
from web.forms import Form, blank, submitted
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.pages.desk_seat import desk_page, offerings_of
from web.path import path_id
from web.ports import Unit

DAYS = (1, 3, 7, USUAL.days, 30, LONGEST.days)


class NewLink(BaseModel):
    offering: UUID
    adviser: MaybeId = None
    source: SourceTag = ""
    days: Annotated[int, Field(ge=SHORTEST.days, le=LONGEST.days)] = USUAL.days


class LinksQuestion(BaseModel):
    """Which link was made a moment ago."""

    made: MaybeId = None


async def links(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, LinksQuestion)
    return await _page(request, member, blank(days=str(USUAL.days)), made=question.made)


async def make(request: web.Request) -> web.Response:
    """Make a link to an offering of the team, with one of its advisers or with anybody.

    Raises NotFound for an offering that nobody of the team meets customers for.
    """
    member = staff(request)
    form = await submitted(request, NewLink)
    if form.model is None:
        return await _page(request, member, form, status=422)
    wish, now = _wish(form.model, member), request.app[CLOCK]()

    async def work(unit: Unit) -> HandedOver | None:
        if not await _is_met_by(unit, member, wish):
            return None
        return await invite(unit, wish, now=now)

    made = await request.app[UNITS].do(work)
    if made is None:
        again: Form[NewLink] = Form(values=form.values, errors={"adviser": "not_of_offering"})
        return await _page(request, member, again, status=422)
    raise web.HTTPSeeOther(f"/desk/invitations?made={made.invitation.id}")


async def revoke(request: web.Request) -> web.Response:
    """Raises NotFound for a link of another team."""
    await read_form(request, Nothing)
    member = staff(request)
    invitation_id, now = path_id(request, "invitation_id"), request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        invitation = await unit.invitations.get(invitation_id)
        if (await unit.staff.get(invitation.made_by)).team_id != member.team_id:
            raise NotFound(invitation_id)
        await revoke_invitation(unit, invitation_id, now=now)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk/invitations")


async def _is_met_by(unit: Unit, member: StaffMember, wish: InvitationWish) -> bool:
    """Tell whether the adviser who is asked for, if one is, meets the offering's customers."""
    for offering, advisers in await offerings_of(unit, member):
        if offering.id == wish.offering_id:
            return wish.adviser_id is None or wish.adviser_id in {one.id for one in advisers}
    raise NotFound(wish.offering_id)


async def _page(
    request: web.Request,
    member: StaffMember,
    form: Form[Any],
    *,
    made: UUID | None = None,
    status: int = 200,
) -> web.Response:
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offerings = await offerings_of(unit, member)
        names = {one.id: one for one in await unit.offerings.all()}
        people = {one.id: one.name for one in await unit.advisers.all()}
        kept = await unit.invitations.of_team(member.team_id)
        makers = {one.invitation.made_by: "" for one in kept}
        for who in makers:
            makers[who] = (await unit.staff.get(who)).name
    shown = [_shown(request, one, now) for one in kept]
    return desk_page(
        request,
        member,
        "desk/invitations.html",
        status,
        form=form,
        offerings=offerings,
        advisers=sorted({(one.name, one.id) for _, advisers in offerings for one in advisers}),
        days=DAYS,
        names=names,
        people=people,
        makers=makers,
        links=shown,
        made=next((one for one in shown if one["invitation"].id == made), None),
    )


def _shown(request: web.Request, one: HandedOver, now: datetime) -> dict[str, Any]:
    address = f"{request.app[SITE].public_url}/i/{one.token}"
    return {"invitation": one.invitation, "address": address, "standing": one.invitation.standing(now)}


def _wish(link: NewLink, member: StaffMember) -> InvitationWish:
    return InvitationWish(
        offering_id=link.offering,
        by=member.id,
        adviser_id=link.adviser,
        lasts=timedelta(days=link.days),
        source=link.source,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/invitations", links),
    web.post("/desk/invitations", make),
    web.post("/desk/invitations/{invitation_id}/revoke", revoke),
)
