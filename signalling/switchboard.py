"""The meetings of this node and the lines to their browsers; it waits for the log, never for a browser."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from signalling.admission import tell_all
from signalling.answer import answer, lay
from signalling.assurance import Level
from signalling.calling import call_in, cannot_come, invited_guest
from signalling.errors import ClaimedAlready, NotAdmitted, NotForRole
from signalling.failure import Failure
from signalling.guest import Guest
from signalling.ice import IcePolicy
from signalling.meeting import Meeting
from signalling.memory import remembered, written
from signalling.message import Bye, ByeReason, CallAsked, Ice, Peer, ProvingState
from signalling.participant import Participant, Role
from signalling.ports import Line, MeetingLog, RelayAccess
from signalling.request import Admit, Candidate, Describe, Mute, Ping, Request
from signalling.room import Room, say
from signalling.second_camera import SecondCamera
from signalling.showing import ask_camera
from signalling.step import Step
from signalling.step_up import prove, tell_proving
from signalling.waiting_line import WaitingLine

PASSED_ON = (Describe, Candidate, Mute, Ping)
"""What hardly ever changes what is written down, and therefore need not queue behind the log."""


class Switchboard:
    """Fulfils signalling.ports.Meetings on one node; a meeting is loaded on the first arrival."""

    def __init__(self, log: MeetingLog, ice: IcePolicy, relay: RelayAccess) -> None:
        self._log = log
        self._ice = ice
        self._relay = relay
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Lock] = {}
        self._waiting_line = WaitingLine(log)

    async def arrive(
        self, appointment_id: UUID, who: Participant, visit: str, line: Line, *, now: datetime, seen: int = 0
    ) -> None:
        """Connect a line; an older one of the same person is told that it was replaced.

        Raises MeetingOver and TableFull.
        """
        room = await self._room(appointment_id, now=now)
        async with room.lock:
            if who.role is Role.CUSTOMER:
                await self._waiting_line.join(appointment_id, room, now=now)
            step = room.meeting.arrive(who, visit, seen=seen, now=now)
            older = room.lines.get(who.id)
            room.lines[who.id] = line
            if older is not None:
                say(older, Bye(ByeReason.REPLACED))
            await self._carry_out(appointment_id, room, step, now=now)
        self._waiting_line.has_changed()

    async def receive(
        self, appointment_id: UUID, sender: UUID, request: Request, line: Line, *, now: datetime
    ) -> None:
        """Answer what came over a line. Raises a MeetingRefusal; NotAdmitted for a line that was replaced.

        Whoever lets somebody in has claimed them first: ClaimedAlready when a colleague has.
        """
        room = self._room_of(appointment_id, sender, line)
        if isinstance(request, PASSED_ON):
            step = answer(room.meeting, sender, request, now=now)
            room.deliver(step)
            if step.is_written:  # seldom: a description with which an identification falls
                await self._decide(appointment_id, room, lambda _: step._replace(envelopes=()), now=now)
            return
        if isinstance(request, Admit):
            await self._claim(appointment_id, room, sender, now=now)
        await self._decide(
            appointment_id, room, lambda meeting: answer(meeting, sender, request, now=now), now=now
        )

    async def tell_waiting(
        self,
        appointment_id: UUID,
        sentence: str | None,
        *,
        help_: Failure | None = None,
        says_help: bool = False,
        now: datetime,
    ) -> None:
        """Say a ready sentence to those who wait at an appointment, show them help, or both.

        Who says it need not be in its meeting. Without `says_help` the help stays as it was.
        """
        room = await self._room(appointment_id, now=now)
        await self._decide(
            appointment_id,
            room,
            lambda meeting: tell_all(meeting, sentence, help_=help_, says_help=says_help, now=now),
            now=now,
        )

    async def call_in(
        self, appointment_id: UUID, sender: UUID, guest: Guest, line: Line, *, now: datetime
    ) -> None:
        """Call a guest to the table; the caller has looked who it is.

        Raises NotAdmitted, NotForRole, ParticipantUnknown and TableFull.
        """
        room = self._room_of(appointment_id, sender, line)
        await self._decide(
            appointment_id,
            room,
            lambda meeting: call_in(meeting, meeting.seat_of(sender), guest, now=now),
            now=now,
        )

    def invited_guest(self, appointment_id: UUID, sender: UUID, guest_id: UUID, line: Line) -> Guest:
        """Return who may come by a link of their own. Raises NotAdmitted, NotForRole, ParticipantUnknown."""
        meeting = self._room_of(appointment_id, sender, line).meeting
        return invited_guest(meeting, meeting.seat_of(sender), guest_id)

    async def ask_camera(
        self, appointment_id: UUID, sender: UUID, camera: SecondCamera, line: Line, *, now: datetime
    ) -> None:
        """Let a customer's phone come as their second camera. Raises NotAdmitted and NotForRole."""
        room = self._room_of(appointment_id, sender, line)
        await self._decide(
            appointment_id,
            room,
            lambda meeting: ask_camera(meeting, meeting.seat_of(sender), camera),
            now=now,
        )

    async def cannot_come(self, appointment_id: UUID, guest_id: UUID, *, now: datetime) -> None:
        """Hear from who was called that they cannot; who says it does not sit in the meeting."""
        room = await self._room(appointment_id, now=now)
        await self._decide(
            appointment_id, room, lambda meeting: cannot_come(meeting, guest_id, now=now), now=now
        )

    def tell_call(self, appointment_id: UUID, asked: CallAsked) -> None:
        """Tell an adviser at the table that the customer wishes to be called; others see it at the desk."""
        room = self._rooms.get(appointment_id)
        if room is not None:
            room.deliver(room.meeting.wants_call(asked))

    async def lay(
        self,
        appointment_id: UUID,
        sender: UUID,
        document: UUID | None,
        name: str,
        pages: int,
        lock: Level = Level.NONE,
        *,
        now: datetime,
    ) -> None:
        """Put a document on the table, or take it away (None); the caller has asked whether the sender may.

        Raises NotAdmitted when the sender does not sit there.
        """
        room = self._rooms.get(appointment_id)
        if room is None:
            raise NotAdmitted
        await self._decide(
            appointment_id,
            room,
            lambda meeting: lay(meeting, sender, document, name, pages, lock, now=now),
            now=now,
        )

    async def prove(self, appointment_id: UUID, who: Participant, line: Line, *, now: datetime) -> None:
        """Let who is on a line be known by a fresh ticket, which the caller has redeemed.

        Raises NotAdmitted.
        """
        room = self._room_of(appointment_id, who.id, line)
        await self._decide(
            appointment_id,
            room,
            lambda meeting: prove(meeting, meeting.seat_of(who.id), who, now=now),
            now=now,
        )

    def level_of(self, appointment_id: UUID, participant_id: UUID) -> Level:
        """Return what is proven of one who sits at the table and speaks; nothing of anybody else."""
        room = self._rooms.get(appointment_id)
        seat = room.meeting.seats.get(participant_id) if room else None
        return seat.who.proof.level if seat is not None and seat.is_admitted else Level.NONE

    def looks_at(self, appointment_id: UUID, participant_id: UUID, document: UUID, page: int) -> bool:
        """Tell whether this page of a document lies open now before one who sits at the table."""
        room = self._rooms.get(appointment_id)
        return room is not None and room.meeting.looks_at(participant_id, document, page)

    def tell_proving(
        self, appointment_id: UUID, participant_id: UUID, state: ProvingState, reason: str | None = None
    ) -> None:
        """Tell how an identification on the side goes; without a seat there is nobody to tell."""
        room = self._rooms.get(appointment_id)
        seat = room.meeting.seats.get(participant_id) if room else None
        if room is not None and seat is not None:
            room.deliver(tell_proving(room.meeting, seat, state, reason))

    def require_seat(self, appointment_id: UUID, sender: UUID, line: Line) -> None:
        """Raise NotAdmitted unless whoever is on this line was admitted, and NotForRole for a guest."""
        seat = self._room_of(appointment_id, sender, line).meeting.seat_of(sender)
        if not seat.is_admitted:
            raise NotAdmitted
        if seat.who.role.is_guest:
            raise NotForRole

    async def show_out(
        self, appointment_id: UUID, participant_id: UUID, line: Line, *, now: datetime
    ) -> None:
        """Close the line of somebody who may be here no more, and give their seat back."""
        room = self._rooms.get(appointment_id)
        if room is None or room.lines.get(participant_id) is not line:
            say(line, Bye(ByeReason.SIGNED_OUT))
            return
        await self._decide(
            appointment_id,
            room,
            lambda meeting: meeting.show_out(meeting.seat_of(participant_id), now=now),
            now=now,
        )

    async def drop(self, appointment_id: UUID, participant_id: UUID, line: Line, *, now: datetime) -> None:
        """Note that a line has ended, unless a younger one stands in its place.

        It is told before it is written down: whoever comes back meanwhile is written as one who is there.
        """
        room = self._rooms.get(appointment_id)
        if room is None or room.lines.get(participant_id) is not line:
            return
        del room.lines[participant_id]
        step = room.meeting.drop(participant_id, now=now)
        room.deliver(step)
        if step.is_written:
            await self._decide(appointment_id, room, lambda _: step._replace(envelopes=()), now=now)

    async def tick(self, *, now: datetime) -> None:
        """Feel the line, clear the seats of who stayed away, forget empty meetings. Call it every second."""
        await self._waiting_line.beat(self._rooms, now=now)
        for appointment_id, room in list(self._rooms.items()):
            away = any(not seat.is_present for seat in room.meeting.seats.values())
            if away or room.meeting.called() or room.meeting.camera:
                await self._decide(appointment_id, room, lambda meeting: meeting.expire(now=now), now=now)
            if room.meeting.is_empty and not room.lines and not room.lock.locked():
                del self._rooms[appointment_id]

    def close(self) -> None:
        """Ask every browser to come back at once: to this node when it has restarted, or to another."""
        for room in self._rooms.values():
            for line in room.lines.values():
                say(line, Bye(ByeReason.RESTART))
        self._rooms.clear()

    async def _decide(
        self, appointment_id: UUID, room: Room, decide: Callable[[Meeting], Step], *, now: datetime
    ) -> None:
        async with room.lock:
            before = room.meeting.waiting()
            await self._carry_out(appointment_id, room, decide(room.meeting), now=now)
            if room.meeting.waiting() != before:
                self._waiting_line.has_changed()

    async def _claim(self, appointment_id: UUID, room: Room, adviser_id: UUID, *, now: datetime) -> None:
        """Write it down before anybody is let in; under the lock, so that who has just come is there already.

        Whoever may not admit is left to the meeting to refuse.
        """
        async with room.lock:
            if not room.meeting.seat_of(adviser_id).who.is_adviser:
                return
            if not await self._log.claim(appointment_id, adviser_id, now=now):
                raise ClaimedAlready
        self._waiting_line.has_changed()

    async def _carry_out(self, appointment_id: UUID, room: Room, step: Step, *, now: datetime) -> None:
        """Send and write down. Admission and end are written first: a restart must not take them back."""
        await self._tell_relay(room, step)
        if not step.is_binding:
            room.deliver(step)
        if step.is_written:
            state = written(room.meeting) if step.is_changed else None
            await self._log.record(appointment_id, step.happened, state, now=now)
        if step.is_binding:
            room.deliver(step)

    async def _tell_relay(self, room: Room, step: Step) -> None:
        """Let it serve whom the step gives credentials, and nobody more who has lost their seat."""
        seated = {seat.who.id for seat in room.meeting.seated()}
        for gone in room.seated - seated:
            self._relay.revoke(room.meeting.ice.owner(gone))
        room.seated = seated
        for message in (envelope.message for envelope in step.envelopes):
            if isinstance(message, Peer | Ice):
                await self._relay.grant(message.ice_servers)

    async def _room(self, appointment_id: UUID, *, now: datetime) -> Room:
        """Return the room, built from memory by the first who comes while the second waits for it."""
        lock = self._opening.setdefault(appointment_id, asyncio.Lock())
        try:
            async with lock:
                if appointment_id not in self._rooms:
                    state = await self._log.load(appointment_id)
                    ice = self._ice.of(appointment_id, relays=await self._log.relays(appointment_id))
                    meeting = remembered(ice, state, now=now)
                    seated = {seat.who.id for seat in meeting.seated()}
                    self._rooms[appointment_id] = Room(meeting, seated)
                return self._rooms[appointment_id]
        finally:
            self._opening.pop(appointment_id, None)

    def _room_of(self, appointment_id: UUID, sender: UUID, line: Line) -> Room:
        room = self._rooms.get(appointment_id)
        if room is None or room.lines.get(sender) is not line:
            raise NotAdmitted
        return room
