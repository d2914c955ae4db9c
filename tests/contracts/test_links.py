"""A link's token opens its own appointment, until it is revoked."""

import pytest

from booking.errors import NotFound
from tests.contracts.world import LENGTH, NOW, TEN, World


async def test_a_token_has_128_bits_and_opens_its_appointment(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        token = await unit.links.make(appointment.id)

    async with world.units.read() as unit:
        assert await unit.links.appointment(token) == appointment
        assert await unit.links.token(appointment.id) == token
    assert len(token) == 22


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: token.swapcase(), lambda _: ""])
async def test_another_token_finds_nothing(world: World, change: object) -> None:
    assert callable(change)
    appointment = await world.booked()
    async with world.units.write() as unit:
        token = await unit.links.make(appointment.id)

    with pytest.raises(NotFound):
        async with world.units.read() as unit:
            await unit.links.appointment(change(token))


async def test_a_token_that_is_no_text_at_all_finds_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        async with world.units.read() as unit:
            await unit.links.appointment("\ud800\x00")


async def test_a_revoked_link_finds_nothing_and_another_stays(world: World) -> None:
    appointment, other = await world.booked(TEN), await world.booked(TEN + LENGTH)
    async with world.units.write() as unit:
        token = await unit.links.make(appointment.id)
        others = await unit.links.make(other.id)
        await unit.links.revoke(appointment.id, at=NOW)

    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.links.appointment(token)
        with pytest.raises(NotFound):
            await unit.links.token(appointment.id)
        assert await unit.links.appointment(others) == other
