"""Who leaves a disruption and is brought back into it is excused as if they had never left."""

from datetime import timedelta

from booking.attend import record
from booking.close import close
from booking.disrupt import reach
from booking.fact import Actor, FactKind
from booking.move import move
from booking.outcome import Outcome
from booking.reassign import reassign
from tests.booking.disrupted import books, declared
from tests.contracts.world import NOW, TEN, World


async def test_who_was_moved_away_and_is_given_back_is_reached_anew(world: World) -> None:
    aino = await books(world)
    one = await declared(world)
    async with world.units.write() as unit:
        await move(unit, aino.id, TEN, by=Actor.CUSTOMER, now=NOW, adviser_id=world.louhi)
        await reassign(unit, aino.id, world.ilmari, by=Actor.ADVISER, now=NOW)

    async with world.units.write() as unit:
        reached = [await reach(unit, one, now=NOW), await reach(unit, one, now=NOW)]
        await record(unit, aino.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=TEN)
        closed = await close(unit, aino.id, now=TEN + timedelta(days=1))

    assert reached == [1, 0]
    assert closed.outcome is Outcome.TECHNICAL_FAILURE
