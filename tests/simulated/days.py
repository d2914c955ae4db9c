"""The days as they really come: the workers' own steps, at each moment at which something may be due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from booking.appointment import Status
from booking.attend import come_in
from booking.coming import Happening
from booking.errors import Refusal, TooEarly
from booking.letter import Channel, LetterKind
from booking.not_reminded import NotReminded
from booking.offer import OfferState
from booking.time_span import TimeSpan
from server.database.appointments_table import appointments
from server.database.engine import Engines
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from server.workers.disruptions import Disruptions
from server.workers.outcomes import Outcomes
from server.workers.refill import Refill
from server.workers.reminders import Reminders
from tests.server.notify.ainos import SITE
from tests.simulated.town import Town

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
LOOK_BACK = timedelta(hours=12)

Came = tuple[datetime, str, UUID, str, str]
"""When, what, whose, and of a letter its kind and channel."""


class RolledBackError(Exception):
    """Nothing of what was tried is to be kept."""


@dataclass(slots=True)
class Post:
    """A channel that takes whatever it is given, and writes down when."""

    name: str
    days: "Days"
    taken: dict[str, tuple[datetime, Letter]] = field(default_factory=dict)

    async def deliver(self, letter: Letter) -> None:
        assert letter.message_id not in self.taken
        self.taken[letter.message_id] = (self.days.now, letter)


@dataclass(slots=True)
class Days:
    """A clock that the town's workers share, and what came."""

    town: Town
    engines: Engines
    now: datetime
    silent: TimeSpan
    came: list[Came] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    sent: list[tuple[UUID, Letter]] = field(default_factory=list)
    doors: dict[datetime, list[UUID]] = field(default_factory=dict)
    moments: list[datetime] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    async def live(self, until: datetime) -> None:
        """Let the days pass: nobody books, comes or answers."""
        units = self.town.units
        self._plan(until)
        self.posts = [Post(one.value, self) for one in Channel]
        sending = [Deliveries(units, self.clock, one, site=SITE, worker=one.name) for one in self.posts]
        steps = [
            *(kind(units, self.clock).step for kind in (Disruptions, Reminders)),
            *(one.step for one in sending),
            *(kind(units, self.clock).step for kind in (Refill, Outcomes)),
        ]
        while self.now < until:
            if not self.silent.start <= self.now < self.silent.end:
                for step in steps:
                    while await step():
                        pass
                await self._see_closed()
                await self._see_offers()
            await self._knock()
            self.now = min(await self._next(), until)
        await self._see_letters()

    def _plan(self, until: datetime) -> None:
        """Note the moments that need no row: doors, graces, ends of holds and offers, and each hour."""
        moments = {one.until for one in self.town.holds} | {one.expires_at for one in self.town.offers}
        for one in self.town.appointments:
            rules = self.town.offering(one).rules
            self.doors.setdefault(one.span.start - rules.door_opens, []).append(one.id)
            moments |= {one.span.end + rules.grace, one.span.start - rules.door_opens}
        hours = int((until - self.now) / HOUR)
        moments |= {self.now + number * HOUR for number in range(hours)} | {self.silent.end}
        self.moments = sorted(moments, reverse=True)

    async def _next(self) -> datetime:
        """Return the next moment at which something may be due, by what was noted and by the rows."""
        due = select(reminders.c.due_at).order_by(reminders.c.due_at).limit(1)
        going = outbox.c.state.in_((Delivery.WAITING, Delivery.IN_DOUBT))
        next_at = select(outbox.c.next_at).where(going, outbox.c.next_at > self.now)
        async with self.engines.reading.connect() as connection:
            rows = [
                (await connection.execute(query)).scalar_one_or_none()
                for query in (due, next_at.order_by(outbox.c.next_at).limit(1))
            ]
        while self.moments and self.moments[-1] <= self.now:
            self.moments.pop()
        known = [*filter(None, rows), *self.moments[-1:]]
        return min((one for one in known if one > self.now), default=datetime.max.replace(tzinfo=UTC))

    async def _see_closed(self) -> None:
        query = select(appointments.c.id).where(
            appointments.c.status == Status.CLOSED, appointments.c.ends_at > self.now - LOOK_BACK
        )
        async with self.engines.reading.connect() as connection:
            closed = set((await connection.execute(query)).scalars())
        known = {whose for _, what, whose, _, _ in self.came[-2000:] if what == Happening.CLOSING}
        self.came += [(self.now, Happening.CLOSING, whose, "", "") for whose in sorted(closed - known)]

    async def _see_offers(self) -> None:
        known = {whose for _, what, whose, _, _ in self.came if what == Happening.OFFER_ENDS}
        over = [one for one in self.town.offers if one.expires_at <= self.now]
        async with self.town.units.read() as unit:
            for offer in (one for one in over if one.appointment_id not in known):
                if (await unit.offers.get(offer.id)).state is OfferState.EXPIRED:
                    self.came.append((self.now, Happening.OFFER_ENDS, offer.appointment_id, "", ""))

    async def _knock(self) -> None:
        """Try each door that may open now, a second before and now; and each hold's time."""
        for appointment_id in self.doors.get(self.now, ()):
            if await self._opens(appointment_id):
                self.came.append((self.now, Happening.DOOR, appointment_id, "", ""))
        ending = [one for one in self.town.holds if one.until == self.now]
        async with self.town.units.read() as unit:
            for hold in ending:
                whose, when = [hold.adviser_id], hold.busy
                before = await unit.calendar.taken(whose, when, now=self.now - SECOND)
                after = await unit.calendar.taken(whose, when, now=self.now)
                assert (bool(before.get(hold.adviser_id)), bool(after.get(hold.adviser_id))) == (True, False)
                self.came.append((self.now, Happening.HOLD_ENDS, hold.adviser_id, "", ""))

    async def _opens(self, appointment_id: UUID) -> bool:
        """Tell whether the customer would be let in now and a second ago not; nobody comes in truly."""
        answers: list[bool] = []
        for moment in (self.now - SECOND, self.now):
            try:
                async with self.town.units.write() as unit:
                    await come_in(unit, appointment_id, now=moment)
                    raise RolledBackError
            except TooEarly:
                answers.append(False)
            except RolledBackError:
                answers.append(True)
            except Refusal:
                return False
        return answers == [False, True]

    async def _see_letters(self) -> None:
        query = select(outbox).where(outbox.c.state == Delivery.SENT)
        async with self.engines.reading.connect() as connection:
            rows = (await connection.execute(query)).all()
        self.came += [
            (row.sent_at, Happening.LETTER, row.appointment_id, row.kind, row.channel) for row in rows
        ]
        taken = {key: letter for post in self.posts for key, (_, letter) in post.taken.items()}
        by_row = {key.strip("<>").partition("@")[0]: letter for key, letter in taken.items()}
        self.sent = [(row.appointment_id, by_row.pop(str(row.id))) for row in rows]
        assert by_row == {}

    async def too_late(self) -> Sequence[tuple[UUID, LetterKind, Channel]]:
        """Return the letters whose last moment had come before they were sent, but for who has no address."""
        query = select(outbox).where(
            outbox.c.state == Delivery.FAILED, outbox.c.reason == NotReminded.TOO_LATE
        )
        async with self.engines.reading.connect() as connection:
            rows = (await connection.execute(query)).all()
        reached = {one.id for one in self.town.appointments if one.customer.channels}
        late = (row for row in rows if row.appointment_id in reached)
        return sorted((row.appointment_id, LetterKind(row.kind), Channel(row.channel)) for row in late)
