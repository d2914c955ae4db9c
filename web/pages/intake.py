"""What a customer told when booking, what they are still to hand in, and the terms that they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from booking.errors import NotFound
from booking.question import Answer, QuestionKind
from signalling.documents.document import SEEN
from signalling.participant import Role
from web.keys import UNITS
from web.pages.visit import Visit, visit_of
from web.ports import Unit
from web.render import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """`to_hand_in` are the papers asked for, as long as fewer have come in than were asked for."""

    answers: Sequence[Answer]
    to_hand_in: Sequence[str]
    has_terms: bool


async def intake_of(unit: Unit, found: Visit, language: str) -> Intake:
    appointment_id = found.appointment.id
    asked = [one.label(language) for one in found.offering.questions if one.kind is QuestionKind.FILE]
    papers = await unit.documents.of_appointment(appointment_id) if asked else ()
    handed_in = sum(paper.by is Role.CUSTOMER and paper.state in SEEN for paper in papers)
    return Intake(
        answers=await unit.intakes.answers(appointment_id),
        to_hand_in=asked if handed_in < len(asked) else [],
        has_terms=bool(await unit.intakes.terms(appointment_id)),
    )


async def terms(request: web.Request) -> web.Response:
    """Show the terms as they were shown then. Raises NotFound where there were none."""
    found = await visit_of(request)
    async with request.app[UNITS].read() as unit:
        shown = await unit.intakes.terms(found.appointment.id)
    if not shown:
        raise NotFound
    return page(
        request,
        "manage/terms.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        shown=shown,
    )


ROUTES: tuple[web.RouteDef, ...] = (web.get("/a/{token}/terms", terms),)
