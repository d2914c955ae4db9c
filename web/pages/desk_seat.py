"""Who sits at the desk: whose hand an act is, which advisers are of the team, and how their pages begin."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from aiohttp import web

from booking.adviser import Adviser
from booking.fact import Actor
from booking.offering import Offering
from identity.permission import Right
from identity.staff import StaffMember
from web.guard import staff
from web.keys import UNITS
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit
from web.render import page


def hand(member: StaffMember) -> Actor:
    """Return as whom a member acts on what is the customers'."""
    return Actor.ADVISER if member.may(Right.MEET) else Actor.ADMIN


async def team_of(unit: Unit, member: StaffMember) -> frozenset[UUID]:
    """Name the advisers of the member's team: what is given away further is out of its sight."""
    return frozenset(one.id for one in await unit.advisers.all() if one.team_id == member.team_id)


async def offerings_of(unit: Unit, member: StaffMember) -> Sequence[tuple[Offering, Sequence[Adviser]]]:
    """Return what the team's advisers meet customers for and can be booked now, each with who does."""
    team = await team_of(unit, member)
    found = []
    for offering in [one for one in await unit.offerings.all() if one.is_open]:
        advisers = [one for one in await unit.advisers.of_offering(offering.id) if one.id in team]
        if advisers:
            found.append((offering, advisers))
    return found


async def seat(request: web.Request) -> tuple[StaffMember, Visit]:
    """Return who asks and the appointment in the address. Raises NotFound for another team's."""
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        return member, await visit_for(unit, path_id(request, "appointment_id"), member)


def desk_page(
    request: web.Request, member: StaffMember, name: str, status: int = 200, **values: Any
) -> web.Response:
    """Answer with a page that bears the staff's menu."""
    may_count = member.may(Right.SEE_STATISTICS)
    return page(request, name, status, member=member, can_see_statistics=may_count, **values)
