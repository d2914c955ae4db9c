"""Whose hours a page is about, and who looks: an adviser at their own, an admin at anybody's."""

from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from booking.adviser import Adviser
from booking.errors import NotFound
from booking.ports import BookingUnit
from identity.staff import StaffMember
from web.guard import staff
from web.keys import UNITS
from web.path import path_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """`home` is the address of the page of hours; names of customers are for the adviser's team."""

    member: StaffMember
    adviser: Adviser
    home: str

    @property
    def is_own(self) -> bool:
        return self.member.id == self.adviser.id


async def seat_of(request: web.Request) -> Seat:
    """Raises NotAllowed for other roles, and NotFound for who is no adviser."""
    if "staff_id" not in request.match_info:
        member = staff(request)
        home, adviser_id = "/desk/hours", member.id
    else:
        member = staff(request)
        adviser_id = path_id(request, "staff_id")
        home = f"/admin/people/{adviser_id}/hours"
    async with request.app[UNITS].read() as unit:
        return Seat(member=member, adviser=await _adviser(unit, adviser_id), home=home)


async def _adviser(unit: BookingUnit, adviser_id: UUID) -> Adviser:
    for one in await unit.advisers.all():
        if one.id == adviser_id:
            return one
    raise NotFound(adviser_id)
