"""The next appointment of the same customer, booked by the staff: a few free times, one tap."""

from aiohttp import web

from booking.afterwards import came_to
from booking.answered_before import answered_before
from booking.errors import OwnOverlap, SlotNotOffered, SlotTaken, TooLate
from booking.failed import OURS
from booking.reserve import Wish
from identity.look import Thing
from identity.staff import StaffMember
from web.forms import submitted
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.looking import looks_at
from web.pages.again import SOURCE, AgainForm, ChosenSlot
from web.pages.again_once import booked_token, reserve_once
from web.pages.again_times import times_again
from web.pages.desk_seat import desk_page, hand, seat, team_of
from web.pages.failing import cause_of
from web.pages.visit import Visit


@looks_at(Thing.APPOINTMENT)
async def ask(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    member, found = await seat(request)
    return await _shown(request, member, found)


@looks_at(Thing.APPOINTMENT)
async def book(request: web.Request) -> web.Response:
    """Book for the same customer, who is written to; a second press books nothing more.

    Where the offering asks what was not answered yet, the form for a caller asks it.
    """
    form, (member, found) = await submitted(request, AgainForm), await seat(request)
    if form.model is None:
        return await _shown(request, member, found, refused="SlotNotOffered")
    async with request.app[UNITS].read() as unit:
        answered = answered_before(found.offering.questions, await unit.intakes.answers(found.appointment.id))
        among = await team_of(unit, member)
    if any(one.is_required and one.key not in answered for one in found.offering.questions):
        raise web.HTTPSeeOther(f"/desk/book/{found.offering.id}")
    slot: ChosenSlot = form.model.slot
    wish = Wish(
        offering_id=found.offering.id,
        start=slot.start,
        adviser_id=slot.adviser,
        among=among,
        customer=found.appointment.customer,
        zone=found.appointment.zone,
        answers=answered,
        shown_in=language_of(request),
        by=hand(member),
        source=SOURCE,
    )
    try:
        await reserve_once(request, found.appointment.id, wish)
    except (SlotTaken, SlotNotOffered, TooLate, OwnOverlap) as refusal:
        return await _shown(request, member, found, refused=type(refusal).__name__)
    raise web.HTTPSeeOther("/desk?done=again")


async def _shown(
    request: web.Request, member: StaffMember, found: Visit, *, refused: str = ""
) -> web.Response:
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        among = await team_of(unit, member)
        times = await times_again(unit, found, now=now, among=among) if found.offering.is_open else ()
        facts = await unit.facts.of(found.appointment.id)
        is_booked = bool(await booked_token(unit, found.appointment.id))
    outcome = came_to(found.appointment, facts, found.offering.rules, now=now)
    has_failed = outcome in OURS
    return desk_page(
        request,
        member,
        "desk/again.html",
        409 if refused else 200,
        visit=found,
        times=[one for one in times if one.adviser_id in among],
        is_booked=is_booked,
        cause=cause_of(outcome, facts, language_of(request)) if outcome and has_failed else "",
        refused=refused,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/again", ask),
    web.post("/desk/appointments/{appointment_id}/again", book),
)
