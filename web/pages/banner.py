"""The banner of a disruption on public pages: only where it concerns, and as long as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.disruption import Disruption
from booking.ports import BookingUnit
from web.i18n import language_of
from web.keys import CLOCK, SITE, UNITS
from web.render import BANNERS
from web.stretch import Stretch, stretch_of


@dataclass(frozen=True, slots=True)
class Banner:
    """What a reader is told: when, and the admin's words in their language."""

    when: Stretch
    words: str


async def put_up(request: web.Request, *, offering_id: UUID | None = None) -> None:
    """Put up what concerns everybody, and whoever looks at an offering where one is named."""
    async with request.app[UNITS].read() as unit:
        standing = await unit.disruptions.standing(request.app[CLOCK]())
    _put_up(
        request,
        [
            one
            for one in standing
            if one.scope.is_house or (offering_id is not None and one.scope.offering_id == offering_id)
        ],
    )


async def put_up_for(
    request: web.Request,
    unit: BookingUnit,
    appointment: Appointment,
    adviser: Adviser,
    *,
    but_not: Disruption | None,
) -> None:
    """Put up what concerns everybody, and what lies over this appointment; `but_not` is told otherwise."""
    standing = await unit.disruptions.standing(request.app[CLOCK]())
    _put_up(request, [one for one in standing if one != but_not and _lies_over(one, appointment, adviser)])


def _lies_over(one: Disruption, appointment: Appointment, adviser: Adviser) -> bool:
    return one.scope.is_house or (
        one.span.overlaps(appointment.span)
        and one.scope.concerns(
            adviser_id=adviser.id, team_id=adviser.team_id, offering_id=appointment.offering_id
        )
    )


def _put_up(request: web.Request, found: Sequence[Disruption]) -> None:
    language, zone = language_of(request), request.app[SITE].zone
    request[BANNERS] = [
        Banner(stretch_of(one.span, zone), one.text(language)) for one in found if one.has_banner
    ]
