"""The meeting's socket: lets in whoever has a ticket, and carries messages to the switchboard and back."""

import asyncio
import logging
from base64 import b64decode
from collections.abc import AsyncIterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web

from booking.guest_link import InvitedGuest
from identity.errors import TicketInvalid, TicketRefused
from identity.redeem import redeem
from identity.tickets import Ticket
from signalling.assurance import Level
from signalling.documents.share import show
from signalling.errors import BadMessage, MeetingOver, NotForRole, Refusal, TableFull, TooManyMessages
from signalling.guest import Guest
from signalling.message import Bye, ByeReason, Error, GuestLink
from signalling.participant import Participant, Role
from signalling.request import (
    VERSION,
    CallIn,
    Candidate,
    Describe,
    Hello,
    Invite,
    Lay,
    LinkAgain,
    Prove,
    Request,
    Tell,
    read,
    read_hello,
)
from signalling.room import say
from signalling.second_camera import Camera, CameraLink, SecondCamera
from web.answer import problem_type
from web.colleagues import guest_of
from web.json_text import parse_frame
from web.keys import CLOCK, PROVIDERS, RATES, SIGNER, SITE, SWITCHBOARD, UNITS
from web.live_sessions import LIVE_SESSIONS, SHOWN_OUT
from web.own_words import sayable
from web.path import path_id
from web.proof import proof_of
from web.qr import qr_path
from web.refusal import BadBody, TooManyRequests
from web.wire import Wire, WireLimits, subprotocols, wire

SUBPROTOCOL = "kohtaamo"
MOST_ERRORS = 10
MOST_CAMERAS_AN_HOUR = 30
TICK_SECONDS = 1
FELT = WireLimits(heartbeat_seconds=8)
"""A line that swallows everything ends after eight seconds of silence and four without an answer to a ping.

Sooner would cut lines of phones that send a document over a slow network, later leave advisers guessing.
"""
_LOG = logging.getLogger(__name__)


async def meeting(request: web.Request) -> web.StreamResponse:
    """Hold one browser's part of a meeting until it ends."""
    appointment_id = path_id(request, "appointment_id")
    async with wire(request, FELT, SUBPROTOCOL) as line:
        hello = _hello(request, line)
        let_in = hello and await _participant(request, appointment_id, hello, line)
        if hello and let_in:
            who, session = let_in
            talk = Conversation(request.app, appointment_id, who, line)
            with request.app[LIVE_SESSIONS].watched(session, talk.show_out) if session else nullcontext():
                await talk.hold(hello)
    return line.answer


class Conversation:
    """One admitted ticket's talk with the switchboard."""

    def __init__(self, app: web.Application, appointment_id: UUID, who: Participant, line: Wire) -> None:
        self._app = app
        self._switchboard, self._now = app[SWITCHBOARD], app[CLOCK]
        self._appointment_id = appointment_id
        self._who = who
        self._line = line
        self._errors = 0

    async def hold(self, hello: Hello) -> None:
        try:
            await self._switchboard.arrive(
                self._appointment_id, self._who, hello.visit, self._line, now=self._now(), seen=hello.seen
            )
            async for frame in self._line:
                await self._answer(frame)
        except MeetingOver:
            say(self._line, Bye(ByeReason.ENDED))
        except TableFull:
            say(self._line, Bye(ByeReason.FULL))
        finally:
            await self._switchboard.drop(self._appointment_id, self._who.id, self._line, now=self._now())

    async def show_out(self) -> None:
        """End it: the session that stood behind the ticket has ended."""
        try:
            await self._switchboard.show_out(self._appointment_id, self._who.id, self._line, now=self._now())
        finally:
            self._line.close(SHOWN_OUT)

    async def _answer(self, frame: Mapping[str, object]) -> None:
        """Carry out what a frame asks; a refusal is told, and the eleventh ends the talk."""
        try:
            await self._carry_out(frame)
        except Refusal as refusal:
            say(self._line, _told(refusal))
            self._errors += 1
            if self._errors > MOST_ERRORS:
                say(self._line, Bye(ByeReason.TOO_MANY_ERRORS))

    async def _carry_out(self, frame: Mapping[str, object]) -> None:
        request = read(frame)
        match request:
            case Describe() | Candidate():  # most of what is said
                await self._say(request)
            case Lay():
                await self._lay(request)
            case Prove():
                await self._prove(request)
            case CallIn():
                await self._call_in(request)
            case Invite():
                await self._invite(request)
            case LinkAgain():
                await self._link_again(request)
            case Camera(on=True):
                await self._camera()
            case Tell(sentence=str(sentence)) if sentence:
                async with self._app[UNITS].read() as unit:
                    own = await sayable(unit, sentence)
                await self._say(replace(request, sentence=own))
            case _:
                await self._say(request)

    async def _say(self, request: Request) -> None:
        """Say it to the meeting, which alone decides on it."""
        await self._switchboard.receive(
            self._appointment_id, self._who.id, request, self._line, now=self._now()
        )

    async def _call_in(self, asked: CallIn) -> None:
        """Look whom an adviser asks to go on, and only then call them."""
        switchboard, now = self._app[SWITCHBOARD], self._app[CLOCK]()
        switchboard.require_seat(self._appointment_id, self._who.id, self._line)
        if not self._who.is_adviser:
            raise NotForRole
        async with self._app[UNITS].read() as unit:
            guest = await guest_of(unit, self._appointment_id, self._who.id, asked, now=now)
        await switchboard.call_in(self._appointment_id, self._who.id, guest, self._line, now=now)

    async def _invite(self, asked: Invite) -> None:
        """Call somebody to whom the customer is to agree, and tell the adviser their link."""
        switchboard, now = self._app[SWITCHBOARD], self._app[CLOCK]()
        guest = Guest(
            id=uuid4(),
            role=asked.role,
            name=asked.name,
            reason=asked.reason,
            takes_over=False,
            asked_by=self._who.id,
            asked_at=now,
        )
        await switchboard.call_in(self._appointment_id, self._who.id, guest, self._line, now=now)
        await self._make_link(guest)

    async def _link_again(self, asked: LinkAgain) -> None:
        """Give one who is invited another link in the place of the one that was lost, or went astray."""
        await self._make_link(
            self._switchboard.invited_guest(self._appointment_id, self._who.id, asked.guest, self._line)
        )

    async def _make_link(self, guest: Guest) -> None:
        row = InvitedGuest(
            id=guest.id, appointment_id=self._appointment_id, role=guest.role.value, name=guest.name
        )
        token = await self._app[UNITS].do(lambda unit: unit.guest_links.make(row, at=self._now()))
        say(self._line, GuestLink(guest.id, f"{self._app[SITE].public_url}/g/{token}"))

    async def _camera(self) -> None:
        """Make a link for the customer's phone, and tell it to their browser alone."""
        switchboard, now = self._app[SWITCHBOARD], self._app[CLOCK]()
        switchboard.require_seat(self._appointment_id, self._who.id, self._line)
        if self._who.role is not Role.CUSTOMER:
            raise NotForRole
        try:
            await self._app[RATES].an_hour(MOST_CAMERAS_AN_HOUR, "camera link", str(self._appointment_id))
        except TooManyRequests as too_many:
            raise TooManyMessages("camera") from too_many
        camera = SecondCamera(id=uuid4(), owner=self._who.id, made_at=now)
        await switchboard.ask_camera(self._appointment_id, self._who.id, camera, self._line, now=now)
        row = InvitedGuest(id=camera.id, appointment_id=self._appointment_id, role=Role.CAMERA.value, name="")
        token = await self._app[UNITS].do(lambda unit: unit.guest_links.make(row, at=now))
        link = f"{self._app[SITE].public_url}/c/{token}"
        say(self._line, CameraLink(link, *qr_path(link)))

    async def _prove(self, said: Prove) -> None:
        """Use up a ticket of the same participant for what it proves. Raises BadMessage for any other one."""
        now = self._now()
        try:
            async with self._app[UNITS].write() as unit:
                ticket = await redeem(unit, self._app[SIGNER], said.ticket, now=now)
            self._check_is_own(ticket)
        except TicketRefused as refused:
            raise BadMessage("ticket") from refused
        who = replace(self._who, name=ticket.name, proof=proof_of(ticket, self._app[PROVIDERS]))
        await self._switchboard.prove(self._appointment_id, who, self._line, now=now)

    def _check_is_own(self, ticket: Ticket) -> None:
        theirs = (ticket.appointment_id, ticket.participant_id, ticket.role)
        if theirs != (self._appointment_id, self._who.id, Role.CUSTOMER.value):
            raise TicketInvalid

    async def _lay(self, asked: Lay) -> None:
        """Ask the documents whether it may be shown, and only then put it before both."""
        now = self._now()
        self._switchboard.require_seat(self._appointment_id, self._who.id, self._line)
        name, pages, lock = "", 0, Level.NONE
        if asked.document is not None:
            async with self._app[UNITS].write() as unit:
                document = await show(
                    unit,
                    asked.document,
                    self._who.role,
                    appointment_id=self._appointment_id,
                    lock=asked.lock,
                    now=now,
                )
            name, pages, lock = document.name, document.pages, document.lock
        await self._switchboard.lay(
            self._appointment_id, self._who.id, asked.document, name, pages, lock, now=now
        )


def _told(refusal: Refusal) -> Error:
    name = problem_type(type(refusal)).rpartition("/")[2]
    if isinstance(refusal, BadMessage):
        return Error(name, refusal.field)
    return Error(name, refusal.kind if isinstance(refusal, TooManyMessages) else None)


def _hello(request: web.Request, line: Wire) -> Hello | None:
    """Return the hello that came with the handshake when it is a good one; else say bye."""
    said = subprotocols(request)[1:]
    try:
        hello = read_hello(_frame(said[0])) if said else None
    except BadMessage:
        say(line, Bye(ByeReason.TICKET))
        return None
    if hello is None or hello.version != VERSION:
        say(line, Bye(ByeReason.VERSION))
        return None
    return hello


def _frame(said: str) -> dict[str, Any]:
    """Read an object as a subprotocol can hold it: base64url without padding. Raises BadMessage."""
    try:
        return parse_frame(b64decode(said + "=" * (-len(said) % 4), b"-_", validate=True).decode())
    except (ValueError, BadBody) as wrong:
        raise BadMessage("hello") from wrong


async def _participant(
    request: web.Request, appointment_id: UUID, hello: Hello, line: Wire
) -> tuple[Participant, bytes | None] | None:
    """Use up the ticket and return whom it names, and on which session they stand; else say bye."""
    app, now = request.app, request.app[CLOCK]()
    try:
        async with app[UNITS].write() as unit:
            ticket = await redeem(unit, app[SIGNER], hello.ticket, now=now)
            appointment = await unit.appointments.get(ticket.appointment_id)
        if ticket.appointment_id != appointment_id:
            raise TicketInvalid
    except TicketRefused:
        say(line, Bye(ByeReason.TICKET))
        return None
    if not appointment.is_live:
        say(line, Bye(ByeReason.ENDED))
        return None
    proof = proof_of(ticket, app[PROVIDERS])
    return Participant(ticket.participant_id, Role(ticket.role), ticket.name, proof), ticket.session


async def keep_meetings(app: web.Application) -> AsyncIterator[None]:
    """Look every second whose browser has stayed away too long; a `cleanup_ctx`."""
    ticking = asyncio.create_task(_tick(app))
    yield
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking


async def close_meetings(app: web.Application) -> None:
    """Ask all browsers to come back in a moment; for `on_shutdown`."""
    app[SWITCHBOARD].close()


async def _tick(app: web.Application) -> None:
    """A tick that fails (the database is away) is logged, and the next one tries again."""
    while True:
        await asyncio.sleep(TICK_SECONDS)
        tick = asyncio.create_task(app[SWITCHBOARD].tick(now=app[CLOCK]()))
        await asyncio.wait({tick})
        if fault := tick.exception():
            _LOG.error("a tick of the meetings failed", exc_info=fault)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/ws/meetings/{appointment_id}", meeting),)
