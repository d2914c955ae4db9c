"""Two people never get one adviser at one time, whatever was looked at before: the store decides."""

from datetime import timedelta

import pytest

from booking.appointment import Customer
from booking.errors import SlotTaken
from tests.contracts.world import TEN, World

KULLERVO = Customer(name="Kullervo Kalervonpoika", email="kullervo@example.org")


@pytest.mark.parametrize("minutes", [-40, -15, 0, 5, 40])
async def test_two_people_cannot_have_one_adviser_at_one_time(world: World, minutes: int) -> None:
    aino = await world.booked(TEN)

    with pytest.raises(SlotTaken):
        await world.booked(TEN + timedelta(minutes=minutes), customer=KULLERVO)

    async with world.units.read() as unit:
        around = [one.id for one in await unit.appointments.of_adviser(aino.adviser_id, aino.span)]
    assert around == [aino.id]
