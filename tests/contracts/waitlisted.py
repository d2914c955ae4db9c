"""People who wait for an earlier time, and the background step that offers it, at a time that a test sets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from booking.appointment import Appointment, Customer
from booking.cancel import cancel
from booking.claim import Claimed, claim
from booking.closure import Closure, ClosureKind
from booking.end_offer import decline
from booking.fact import Actor, Fact, FactKind
from booking.offer import Offer
from booking.offering import Offering
from booking.refill import RefillRules
from booking.reserve import Wish, reserve
from booking.time_span import TimeSpan
from booking.wait import EarlierWish, wait
from server.database.offering_values import offering_values
from server.database.offerings import offerings
from server.database.openings import closures
from server.database.unit import SqlUnit
from server.workers.refill import Refill
from tests.contracts.world import NOW, TEN, World
from tests.memory.units import MemoryUnit

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ANY_EARLIER = EarlierWish()


def customer(name: str, **values: Any) -> Customer:
    given: dict[str, Any] = {"email": f"{name.lower()}@example.fi", "language": "fi"}
    return Customer(name=name, **(given | values))


async def set_up(unit: SqlUnit | MemoryUnit, what: Offering | Closure) -> None:
    """Change an offering or add a closure past the stores."""
    if isinstance(unit, MemoryUnit):
        kept: dict[UUID, Any] = unit.state.offerings if isinstance(what, Offering) else unit.state.closures
        kept[what.id] = what
        return
    connection = unit.waitlist._connection
    if isinstance(what, Offering):
        query = update(offerings).where(offerings.c.id == what.id)
        await connection.execute(query.values(**offering_values(what)))
        return
    span = {"starts_at": what.span.start, "ends_at": what.span.end}
    await connection.execute(insert(closures).values(id=what.id, kind=what.kind, name="", **span))


@dataclass(slots=True)
class Waitlisted:
    """A world in which people book, wait, cancel and answer; `now` is what every clock shows."""

    world: World
    now: datetime = NOW

    async def rules(self, **rules: object) -> None:
        """Let the offering refill by other rules."""
        refill = RefillRules(**rules)  # type: ignore[arg-type]  # of the right types
        async with self.world.units.write() as unit:
            changed = replace(await unit.offerings.get(self.world.talk), refill=refill)
            await set_up(unit, changed)

    async def closes(self, span: TimeSpan) -> None:
        """Close a stretch of everybody's time."""
        closure = Closure(id=uuid4(), kind=ClosureKind.DISRUPTION, span=span)
        async with self.world.units.write() as unit:
            await set_up(unit, closure)

    async def books(self, name: str, start: datetime = TEN, **values: object) -> Appointment:
        given: dict[str, object] = {"customer": customer(name), "adviser_id": self.world.ilmari}
        wish = Wish(offering_id=self.world.talk, start=start, **(given | values))  # type: ignore[arg-type]  # right
        async with self.world.units.write() as unit:
            return (await reserve(unit, wish, now=self.now)).appointment

    async def waits(
        self, name: str, start: datetime, wish: EarlierWish = ANY_EARLIER, **values: object
    ) -> Appointment:
        """Book a later time and wait for an earlier one; who is called first has waited longest."""
        appointment = await self.books(name, start, **values)
        async with self.world.units.write() as unit:
            await wait(unit, appointment.id, wish, by=Actor.CUSTOMER, now=self.now)
        self.now += timedelta(seconds=1)
        return appointment

    async def cancels(self, appointment: Appointment, *, by: Actor = Actor.CUSTOMER) -> None:
        async with self.world.units.write() as unit:
            await cancel(unit, appointment.id, by=by, now=self.now)

    async def works(self) -> None:
        """Run the background step once."""
        await Refill(self.world.units, lambda: self.now).step()

    async def offers(self) -> Sequence[tuple[UUID, datetime]]:
        """Work, and name the open offers: whose they are, and when they start."""
        await self.works()
        async with self.world.units.read() as unit:
            everything = await unit.offers.to_end(datetime.max.replace(tzinfo=NOW.tzinfo), limit=1000)
        return sorted((one.appointment_id, one.span.start) for one in everything)

    async def offer(self, appointment: Appointment) -> Offer:
        """Return the offer that is open to somebody."""
        async with self.world.units.read() as unit:
            found = await unit.offers.open_of(appointment.id)
        assert found is not None
        return found

    async def claims(self, offer: Offer) -> Claimed:
        return await self.world.units.do(lambda unit: claim(unit, offer.id, now=self.now))

    async def declines(self, offer: Offer) -> Offer:
        return await self.world.units.do(lambda unit: decline(unit, offer.id, now=self.now))

    async def now_of(self, appointment: Appointment) -> Appointment:
        async with self.world.units.read() as unit:
            return await unit.appointments.get(appointment.id)

    async def facts(self, appointment: Appointment) -> list[Fact]:
        async with self.world.units.read() as unit:
            return list(await unit.facts.of(appointment.id))

    async def kinds(self, appointment: Appointment) -> list[FactKind]:
        return [fact.kind for fact in await self.facts(appointment)]
