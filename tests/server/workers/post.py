"""A channel of the tests, with the clock that they turn."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from booking.appointment import Appointment
from booking.reserve import Wish, reserve
from server.database.units import SqlUnits
from server.notify.letter import Letter
from tests.contracts.world import AINO, NOW, TEN, World

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Post:
    """Keeps what it took; or fails as it is told, after it has taken the letter if it `takes_first`."""

    now: datetime = NOW
    taken: list[Letter] = field(default_factory=list)
    fails: Exception | None = None
    takes_first: bool = False
    name: str = "mail"

    async def deliver(self, letter: Letter) -> None:
        if self.takes_first or not self.fails:
            self.taken.append(letter)
        if self.fails:
            raise self.fails

    def clock(self) -> datetime:
        return self.now


async def booked(world: World, start: datetime = TEN) -> Appointment:
    """Let Aino book with Ilmari; a letter waits then."""
    async with world.units.write() as unit:
        wish = Wish(offering_id=world.talk, start=start, customer=AINO, adviser_id=world.ilmari)
        return (await reserve(unit, wish, now=NOW)).appointment


async def states(units: SqlUnits) -> dict[str, int]:
    async with units.read() as unit:
        return dict(await unit.outbox.counts())
