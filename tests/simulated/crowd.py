"""People who come to two appointments in any order, and what each of them may have heard by then."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID, uuid4

from booking.appointment import Customer
from server.database.units import SqlUnits
from server.meeting_log import UnitMeetingLog
from signalling.errors import MeetingRefusal
from signalling.ice import IcePolicy
from signalling.meeting import LINGER, LINGER_WAITING
from signalling.message import RefusedReason
from signalling.participant import Participant, Role
from signalling.request import (
    Admit,
    Candidate,
    Describe,
    DescriptionType,
    Refuse,
    Request,
    Say,
    SendBack,
    Tell,
)
from signalling.sdp import read_sdp
from signalling.sentence import Sentence
from signalling.switchboard import Switchboard
from tests.contracts.world import TEN, World
from tests.memory.relay import MemoryRelay

FIVE = frozenset({"waiting", "refused", "pong", "error", "bye"})
SECRET = "kanaria"
"""Stands in every name, text and description: no frame to the un-admitted may hold it."""
SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Line:
    """A browser's end of a socket, which hands on what it is sent."""

    hear: Callable[[str], None]

    def send(self, frame: bytes) -> None:
        self.hear(frame.decode())

    def close(self, code: int) -> None:
        return None


@dataclass(slots=True)
class Guest:
    """A customer, and what by the rules is true of them now."""

    who: Participant
    appointment_id: UUID
    came_at: datetime | None = None
    is_admitted: bool = False
    away_since: datetime | None = None
    has_seat: bool = False
    line: Line | None = None
    visits: int = 0


@dataclass(slots=True, kw_only=True)
class Crowd:
    """One order of events over real meetings and a log; every frame is judged as it arrives."""

    world: World
    random: Random
    now: datetime
    guests: list[Guest] = field(default_factory=list)
    advisers: dict[UUID, tuple[Participant, Line]] = field(default_factory=dict)
    switchboard: Switchboard = field(init=False)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        self.start()
        for number, name in enumerate(("Aino", "Kullervo")):
            who = Customer(name=name, email=f"{uuid4().hex}@example.fi")
            start = TEN + (self.now - TEN) * 3 + number * timedelta(hours=1)
            booked = await self.world.booked(start.replace(second=0, microsecond=0), customer=who)
            for device in ("", "n puhelin") if name == "Aino" else ("",):
                person = Participant(uuid4(), Role.CUSTOMER, f"{name}{device} {SECRET}")
                self.guests.append(Guest(person, booked.id))

    def start(self) -> None:
        log = UnitMeetingLog(cast(SqlUnits, self.world.units))
        self.switchboard = Switchboard(log, IcePolicy(), MemoryRelay())

    async def step(self) -> None:
        deeds: list[Callable[[], Awaitable[None]]] = [
            *(self.comes, self.comes, self.comes, self.drops, self.adviser_in, self.adviser_in),
            *(self.adviser_out, self.admits, self.admits, self.admits, self.sends_back, self.refuses),
            *(
                self.tells,
                self.talks,
                self.talks,
                self.tries_to_talk,
                self.restarts,
                self.passes,
                self.passes,
            ),
        ]
        deed = self.random.choice(deeds)
        self.counts[deed.__name__] += 1
        await deed()
        self.now += SECOND / 10
        await self.tick()

    async def comes(self) -> None:
        """Come, come back, or load the page again."""
        guest = self.random.choice(self.guests)
        guest.visits += self.random.random() < 0.5
        await self._arrives(guest)

    async def _arrives(self, guest: Guest) -> None:
        guest.has_seat = True
        guest.came_at = guest.came_at or self.now
        guest.away_since = None
        guest.line = Line(lambda text: self._heard(guest, text))
        visit = f"page {guest.visits}"
        await self.switchboard.arrive(guest.appointment_id, guest.who, visit, guest.line, now=self.now)

    async def drops(self) -> None:
        guest = self.random.choice(self.guests)
        if guest.line:
            line, guest.line, guest.away_since = guest.line, None, self.now
            await self.switchboard.drop(guest.appointment_id, guest.who.id, line, now=self.now)

    async def adviser_in(self) -> None:
        appointment_id = self.random.choice(self.guests).appointment_id
        if appointment_id in self.advisers:
            return
        who = Participant(self.world.ilmari, Role.ADVISER, f"Ilmari {SECRET}")
        line = Line(lambda _: None)
        self.advisers[appointment_id] = (who, line)
        await self.switchboard.arrive(appointment_id, who, "desk", line, now=self.now)

    async def adviser_out(self) -> None:
        for appointment_id, (who, line) in list(self.advisers.items())[:1]:
            await self.switchboard.drop(appointment_id, who.id, line, now=self.now)
            del self.advisers[appointment_id]

    async def admits(self) -> None:
        guest = self.random.choice(self.guests)
        others = self._beside(guest)
        was = guest.is_admitted
        guest.is_admitted = self._could_admit(guest)  # before the frames of it come
        for other in others if guest.is_admitted and not was else ():
            self._forget(other)
        await self._says(guest, Admit(guest.who.id))

    def _could_admit(self, guest: Guest) -> bool:
        if guest.is_admitted or guest.appointment_id not in self.advisers or not guest.has_seat:
            return guest.is_admitted
        return not any(each.line for each in self._beside(guest))

    def _beside(self, guest: Guest) -> list[Guest]:
        """Return who else sits at the guest's table."""
        others = (each for each in self.guests if each is not guest and each.is_admitted)
        return [each for each in others if each.appointment_id == guest.appointment_id]

    async def sends_back(self) -> None:
        guest = self.random.choice(self.guests)
        if guest.appointment_id in self.advisers and guest.is_admitted:
            guest.is_admitted = False
        await self._says(guest, SendBack(guest.who.id))

    async def refuses(self) -> None:
        guest = self.random.choice(self.guests)
        if await self._says(guest, Refuse(guest.who.id, RefusedReason.NOT_NOW)):
            guest.line, guest.has_seat, guest.away_since = None, False, None  # who comes again has the place

    async def tells(self) -> None:
        guest = self.random.choice(self.guests)
        await self._says(guest, Tell(guest.who.id, self.random.choice(list(Sentence)), None, says_help=False))

    async def talks(self) -> None:
        """Let an adviser write, and send descriptions and candidates to everybody there is."""
        head = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
        sdp = read_sdp(f"{head}a=msid-semantic:WMS {SECRET}\r\n")
        named: dict[str, str | int | None] = {"sdpMid": SECRET, "sdpMLineIndex": 0}
        for guest in self.guests:
            await self._says(guest, Say(uuid4().hex, SECRET))
            await self._says(guest, Describe(guest.who.id, DescriptionType.OFFER, sdp))
            await self._says(guest, Candidate(guest.who.id, None, named))

    async def tries_to_talk(self) -> None:
        """Let who is not admitted try what only the table may."""
        for guest in self.guests:
            if guest.line is None:
                continue
            for said in (Say(uuid4().hex, "hei"), Admit(guest.who.id), SendBack(guest.who.id)):
                await self._tries(guest.appointment_id, guest.who.id, said, guest.line)

    async def restarts(self) -> None:
        """A new server over the same log: whoever had a line comes back at once."""
        self.start()
        advisers, self.advisers = self.advisers, {}
        back = [guest for guest in self.guests if guest.line]
        self.random.shuffle(back)
        for guest in back:
            await self._arrives(guest)
        for appointment_id, (who, _) in advisers.items():
            line = Line(lambda _: None)
            self.advisers[appointment_id] = (who, line)
            await self.switchboard.arrive(appointment_id, who, "desk", line, now=self.now)
        loaded = {guest.appointment_id for guest in back} | set(advisers)
        for guest in self.guests:
            if guest.line is None and guest.has_seat:
                guest.away_since = self.now
                if guest.appointment_id not in loaded:
                    await self.switchboard.tell_waiting(
                        guest.appointment_id, Sentence.BACK_SOON, now=self.now
                    )

    async def passes(self) -> None:
        """Let up to 45 seconds pass, second by second where it counts."""
        self.now += self.random.choice((1, 5, 29, 45)) * SECOND

    async def tick(self) -> None:
        await self.switchboard.tick(now=self.now)
        for guest in self.guests:
            if guest.away_since is None:
                continue
            most = LINGER if guest.is_admitted else LINGER_WAITING
            if self.now - guest.away_since >= most:
                self._forget(guest)

    def _forget(self, guest: Guest) -> None:
        """By the rules their place is given up."""
        guest.came_at = guest.away_since = guest.line = None
        guest.is_admitted = guest.has_seat = False
        self.counts["gave up by the rules"] += 1

    async def check(self) -> None:
        """Compare what the log keeps for all desks with what is true by the rules."""
        async with self.world.units.read() as unit:
            ids = {guest.appointment_id for guest in self.guests}
            kept = await unit.waiting.of(list(ids))
        for appointment_id in ids:
            waiting = [
                guest.came_at
                for guest in self.guests
                if guest.appointment_id == appointment_id
                and guest.came_at
                and guest.has_seat
                and not guest.is_admitted
            ]
            row = kept.get(appointment_id)
            if (min(waiting) if waiting else None) != (row.came_at if row else None):
                self.wrong.append(f"a place was lost: {waiting} is kept as {row}")

    def _heard(self, guest: Guest, text: str) -> None:
        frame: dict[str, Any] = json.loads(text)
        self.counts["frames"] += 1
        if guest.is_admitted:
            return
        self.counts["frames to the un-admitted"] += 1
        if frame["type"] not in FIVE or SECRET in text or str(self.world.ilmari) in text:
            self.wrong.append(f"heard before admission: {text[:200]}")

    async def _says(self, guest: Guest, request: Request) -> bool:
        """Let the adviser of a guest's appointment say something; tell whether it was taken."""
        found = self.advisers.get(guest.appointment_id)
        return found is not None and await self._tries(guest.appointment_id, found[0].id, request, found[1])

    async def _tries(self, appointment_id: UUID, who: UUID, request: Request, line: Line) -> bool:
        try:
            await self.switchboard.receive(appointment_id, who, request, line, now=self.now)
        except MeetingRefusal:
            self.counts["refused"] += 1
            return False
        return True
