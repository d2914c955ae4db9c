"""The question before a change that leaves appointments outside the hours: they stay, or nothing changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from booking.appointment import Appointment
from booking.ports import BookingUnit
from identity.staff import StaffMember
from web.forms import Form
from web.render import page


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """An appointment as a member of the staff may know it; `customer` is empty for another team's."""

    appointment: Appointment
    adviser: str
    offering: str
    customer: str


async def left_rows(
    unit: BookingUnit, appointments: Sequence[Appointment], member: StaffMember, language: str
) -> list[LeftRow]:
    advisers = {one.id: one for one in await unit.advisers.all()}
    offerings = {one.id: one.name(language) for one in await unit.offerings.all()}
    return [
        LeftRow(
            appointment=one,
            adviser=advisers[one.adviser_id].name if one.adviser_id in advisers else "",
            offering=offerings.get(one.offering_id, ""),
            customer=_customer(one, member, advisers[one.adviser_id].team_id)
            if one.adviser_id in advisers
            else "",
        )
        for one in sorted(appointments, key=lambda one: (one.span.start, str(one.id)))
    ]


def warning(
    request: web.Request, rows: Sequence[LeftRow], form: Form[Any], *, back: str, member: StaffMember
) -> web.Response:
    """Ask, with all that was typed, to be sent again together with the appointments that were shown."""
    accepted = " ".join(str(row.appointment.id) for row in rows)
    return page(
        request,
        "hours/outside.html",
        status=409,
        rows=rows,
        fields=[*_typed(form), ("accepted", accepted)],
        action=request.path,
        back=back,
        member=member,
    )


def _typed(form: Form[Any]) -> Iterator[tuple[str, str]]:
    for name, value in form.values.items():
        if name != "accepted":
            yield from ((name, each) for each in (value if isinstance(value, list) else [value]))


def _customer(appointment: Appointment, member: StaffMember, team_id: object) -> str:
    return appointment.customer.name if team_id == member.team_id else ""
