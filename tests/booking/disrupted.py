"""Short ways to disrupt Ilmari's world."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer
from booking.disrupt import declare, reach
from booking.disruption import Disruption, Scope
from booking.reserve import Wish, reserve
from booking.time_span import TimeSpan
from tests.contracts.world import AINO, NOW, TEN, World

WORDS = {"fi": "Ilmari on sairaana.", "sv": "Ilmari är sjuk."}
DAY = TimeSpan(TEN.replace(hour=0), TEN.replace(hour=0) + timedelta(days=1))


def disruption(world: World, **values: object) -> Disruption:
    """Return one of Ilmari's day unless something else is said."""
    given: dict[str, object] = {
        "id": uuid4(),
        "scope": Scope(adviser_id=world.ilmari),
        "span": DAY,
        "texts": WORDS,
        "made_by": world.louhi,
        "made_at": NOW,
    }
    return Disruption(**(given | values))  # type: ignore[arg-type]  # of the right types above


async def books(
    world: World, start: datetime = TEN, *, who: Customer = AINO, adviser_id: UUID | None = None
) -> Appointment:
    wish = Wish(offering_id=world.talk, start=start, customer=who, adviser_id=adviser_id or world.ilmari)
    async with world.units.write() as unit:
        return (await reserve(unit, wish, now=NOW)).appointment


async def declared(world: World, *, now: datetime = NOW, **values: object) -> Disruption:
    """Declare it, and reach everybody whom it concerns."""
    one = disruption(world, **values)
    async with world.units.write() as unit:
        await declare(unit, one, now=now)
        await reach(unit, one, now=now)
    return one
