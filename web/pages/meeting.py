"""The page of waiting room and meeting, for both sides, and the tickets that open its socket."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from booking.afterword import Afterword
from booking.appointment import Appointment
from booking.errors import WrongStatus
from booking.fact import Actor
from booking.guest_link import InvitedGuest
from booking.note import Note
from booking.offering import Offering
from booking.question import Answer
from identity.assurance import Assurance
from identity.door import known_as
from identity.door_session import DoorSession
from identity.errors import AssuranceTooLow, SessionOver
from identity.identification import Identification
from identity.look import Thing
from identity.staff import StaffMember
from identity.tickets import Ticket
from signalling.participant import Role
from web.body import Nothing, read_json
from web.csrf import csrf_token
from web.first_script import FIRST
from web.guard import STAFF_SESSION, came_in, customer_appointment, staff
from web.i18n import N_, gettext, language_of
from web.keys import ASSETS, CLOCK, PROVIDERS, SIGNER, SITE, UNITS
from web.looking import looks_at, saw
from web.masking import masked_phone
from web.meeting_words import GUESTS, LEVELS, STATEMENTS, words
from web.moments import moment_json
from web.own_words import sentence_words
from web.pages.called_guest import invited
from web.pages.certificate import certificate_place
from web.pages.delay import delay_words
from web.pages.visit import Visit, visit_for
from web.pages.who_sees import promised
from web.path import path_id
from web.picture_rule import PictureRule
from web.policy import Policy
from web.render import page
from web.script_times import script_times
from web.summary_words import LINES
from web.talk_words import ReadySentence, ready_sentences

GUEST = "guest"
SCRIPT = "js/meeting/main.js"
FILTER = "vendor/selfie_segmentation/selfie_segmentation.js"
NO_TIME = N_("The adviser knows that you are here, and lets you in as soon as they can.")


async def meeting_page(request: web.Request, found: Visit, session: DoorSession) -> web.Response:
    """Show the customer's waiting room, which becomes the meeting; the door calls it and let them pass.

    The page brings its first ticket along, which saves a way to the server and back; where none can be
    had, asking for one tells why.
    """
    async with request.app[UNITS].read() as unit:
        proof = await known_as(unit, session)
    try:
        entry, _ = _of_customer(request, found.appointment, found.offering, session, proof)
    except AssuranceTooLow:
        entry = None
    home = f"/a/{request.match_info['token']}"
    return await _page(request, found, Role.CUSTOMER, home=home, entry=entry, leave=home)


async def customer_ticket(request: web.Request) -> web.Response:
    """Hand a ticket to the browser that came in by the door and, where it is asked for, was identified.

    Raises SessionOver for another browser, AssuranceTooLow before identification, WrongStatus.
    """
    await read_json(request, Nothing)
    appointment = await customer_appointment(request)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    async with request.app[UNITS].read() as unit:
        session = await came_in(request, unit, appointment.id)
        offering = await unit.offerings.get(appointment.offering_id)
        proof = await known_as(unit, session) if session else None
    if session is None:
        raise SessionOver
    return _ticket(*_of_customer(request, appointment, offering, session, proof))


@looks_at(Thing.APPOINTMENT, Thing.TEXT)
async def adviser_page(request: web.Request) -> web.Response:
    member = staff(request)
    found = await _of_adviser(request, member)
    if not found.appointment.is_live:
        raise web.HTTPSeeOther("/desk")
    home = f"/desk/appointments/{found.appointment.id}"
    entry, _ = _of_member(request, found, member)
    async with request.app[UNITS].read() as unit:
        answers = await unit.intakes.answers(found.appointment.id)
        note = await unit.notes.of(found.appointment.id)
        summary = await unit.afterwords.of(found.appointment.id, Actor.ADVISER)
    if answers or note or summary:
        saw(request, Thing.TEXT, found.appointment.id, appointment_id=found.appointment.id)
    return await _page(
        request,
        found,
        Role.ADVISER,
        home=home,
        entry=entry,
        leave="/desk",
        answers=answers,
        note=note,
        summary=summary,
    )


async def adviser_ticket(request: web.Request) -> web.Response:
    """Hand a ticket to a signed-in adviser. Raises NotFound for another team's appointment, WrongStatus."""
    await read_json(request, Nothing)
    member = staff(request)
    found = await _of_adviser(request, member)
    if not found.appointment.is_live:
        raise WrongStatus(found.appointment.status)
    return _ticket(*_of_member(request, found, member))


async def guest_page(request: web.Request) -> web.Response:
    """Show who is invited their side of the meeting: it waits until they are let in. Raises NotFound."""
    guest, found = await invited(request)
    home = f"/g/{request.match_info['guest_token']}"
    entry, _ = _of_guest(request, guest)
    return await _page(request, found, None, home=home, entry=entry, leave=home)


async def guest_ticket(request: web.Request) -> web.Response:
    """Hand a ticket to who is invited. Raises NotFound when they are no longer."""
    await read_json(request, Nothing)
    guest, _ = await invited(request)
    return _ticket(*_of_guest(request, guest))


def _of_guest(request: web.Request, guest: InvitedGuest) -> tuple[str, Ticket]:
    return request.app[SIGNER].issue(
        appointment_id=guest.appointment_id,
        participant_id=guest.id,
        role=guest.role,
        name=guest.name,
        now=request.app[CLOCK](),
    )


async def _of_adviser(request: web.Request, member: StaffMember) -> Visit:
    """Return an appointment of the member's team, who may stand in for each other. Raises NotFound."""
    async with request.app[UNITS].read() as unit:
        return await visit_for(unit, path_id(request, "appointment_id"), member)


def _of_customer(
    request: web.Request,
    appointment: Appointment,
    offering: Offering,
    session: DoorSession,
    proof: Identification | None,
) -> tuple[str, Ticket]:
    """Raises AssuranceTooLow before an identification that is sure enough."""
    have, asked = proof.level if proof else Assurance.NONE, Assurance.of(offering.assurance)
    if asked and not (proof and proof.suffices(asked)):
        raise AssuranceTooLow
    return request.app[SIGNER].issue(
        appointment_id=appointment.id,
        participant_id=session.participant_id,
        role=Role.CUSTOMER.value,
        name=proof.name if proof and have else appointment.customer.name,
        assurance=proof.assurance if proof else Assurance.NONE,
        provider=proof.provider if proof else None,
        method=proof.method if proof else None,
        identified_at=proof.at if proof else None,
        identified_for=proof.purpose.value if proof else None,
        fingerprint=proof.fingerprint if proof else None,
        now=request.app[CLOCK](),
    )


def _of_member(request: web.Request, found: Visit, member: StaffMember) -> tuple[str, Ticket]:
    return request.app[SIGNER].issue(
        appointment_id=found.appointment.id,
        participant_id=member.id,
        role=Role.ADVISER.value,
        name=member.name,
        session=request[STAFF_SESSION].token_hash,
        now=request.app[CLOCK](),
    )


def _ticket(token: str, ticket: Ticket) -> web.Response:
    answer = web.json_response({"ticket": token, "expires_at": moment_json(ticket.exp)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _page(
    request: web.Request,
    found: Visit,
    side: Role | None,
    *,
    home: str,
    entry: str | None,
    leave: str,
    answers: Sequence[Answer] = (),
    note: Note | None = None,
    summary: Afterword | None = None,
) -> web.Response:
    """All sides get one template; the data tell nobody who waits anything about the meeting.

    Without a `side` it is the page of a guest.
    """
    role = side or Role.CUSTOMER
    name = side.value if side else GUEST
    language, picture = language_of(request), _picture(request, role)
    zone = found.zone if role is Role.CUSTOMER else request.app[SITE].zone
    answer = page(
        request,
        "meeting/meeting.html",
        policy=Policy.MEETING if picture["hasFilter"] else Policy.CAMERA,
        picture=picture,
        zone=found.zone if role is Role.CUSTOMER else None,
        visit=found,
        role=name,
        leave=leave,
        failed=f"{home}/failed",
        answers=answers,
        note=note,
        summary=summary,
        lines=LINES,
        ready=await _ready(request, found, role),
        levels=_levels(request),
        guests=GUESTS,
        promises=await promised(request, found),
        phone=masked_phone(found.appointment.customer.phone),
        call=f"{home}/call",
        statements=[(each.value, text) for each, text in STATEMENTS.items()],
        delay=delay_words(request, found),
        delay_address=f"{home}/delay",
        first=FIRST,
        modules=request.app[ASSETS].modules(SCRIPT),
        data={
            "role": name,
            **_addresses(found, home),
            "entry": entry,
            "certificate": certificate_place(found) if side is Role.CUSTOMER else None,
            "picture": picture,
            "sentences": {"address": f"{home}/sentences", "words": await _own_sentences(request, role)},
            "csrf": csrf_token(request),
            **script_times(language, zone, request.app[CLOCK]()),
            "words": words(language, name, request.app[SITE]) | _of_queue(found, language),
        },
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _addresses(found: Visit, home: str) -> dict[str, str]:
    """Name where the scripts ask; a side that has no such page asks nothing there."""
    below = ("ticket", "documents", "colleagues", "arrival", "identify")
    return {name: f"{home}/{name}" for name in below} | {"socket": f"/ws/meetings/{found.appointment.id}"}


def _picture(request: web.Request, role: Role) -> dict[str, object]:
    """Tell how this side may be seen; without the package that finds a person there is no blurring."""
    rule = request.app[SITE].picture.of(role)
    has_filter = request.app[ASSETS].find(FILTER) is not None
    return {"rule": rule.value, "hasFilter": has_filter and rule is not PictureRule.OFF}


async def _own_sentences(request: web.Request, role: Role) -> Mapping[str, str]:
    """Return the organisation's for who waits: over the socket goes an id alone."""
    if role is Role.ADVISER:
        return {}
    async with request.app[UNITS].read() as unit:
        return (await sentence_words(unit, language_of(request))).own


async def _ready(request: web.Request, found: Visit, role: Role) -> Sequence[ReadySentence]:
    """Return what can be written in one press: the adviser's in the language of the customer."""
    language, customers = language_of(request), found.appointment.customer.language
    if role is Role.CUSTOMER:
        return ready_sentences(role, language, to=language)
    async with request.app[UNITS].read() as unit:
        shown = (await sentence_words(unit, language)).own
        written = (await sentence_words(unit, customers)).own
    own = {one: (shown[one], written[one]) for one in shown}
    return ready_sentences(role, language, to=customers, own=own)


def _of_queue(found: Visit, language: str) -> dict[str, str]:
    """Return what is said instead to who was promised no time: nothing is late then."""
    if not found.appointment.is_drop_in:
        return {}
    return {"how_long_after": gettext(language, NO_TIME)}


def _levels(request: web.Request) -> list[tuple[str, str]]:
    """Return how surely an adviser may ask, from the lowest that some provider reaches."""
    reached = sorted({each.assurance for each in request.app[PROVIDERS].values()} - {Assurance.NONE})
    return [(each.word, LEVELS[each.word]) for each in reached]


ROUTES: tuple[web.RouteDef, ...] = (
    web.post("/a/{token}/ticket", customer_ticket),
    web.get("/g/{guest_token}/meeting", guest_page),
    web.post("/g/{guest_token}/ticket", guest_ticket),
    web.get("/desk/appointments/{appointment_id}/meeting", adviser_page),
    web.post("/desk/appointments/{appointment_id}/ticket", adviser_ticket),
)
