"""What customers answered comes back as they answered it, also for many at once."""

from datetime import timedelta

from booking.question import Answer
from tests.contracts.world import LENGTH, TEN, World

WHY = Answer("why", "Why do you come?", 'A new roof\nand a "wall"')


async def test_answers_and_terms_come_back_as_they_were(world: World) -> None:
    told = await world.booked(TEN)

    async with world.units.write() as unit:
        await unit.intakes.add(told.id, [WHY], terms="Be kind.", language="en")

    async with world.units.read() as unit:
        assert list(await unit.intakes.answers(told.id)) == [WHY]
        assert await unit.intakes.terms(told.id) == "Be kind."


async def test_answers_of_many_are_those_of_who_answered(world: World) -> None:
    told = await world.booked(TEN)
    silent = await world.booked(TEN + LENGTH + timedelta(hours=1))
    another = await world.booked(TEN + 4 * LENGTH + timedelta(hours=1))
    async with world.units.write() as unit:
        await unit.intakes.add(told.id, [WHY], terms="", language="en")
        await unit.intakes.add(silent.id, [], terms="Be kind.", language="en")
        await unit.intakes.add(another.id, [WHY], terms="", language="en")

    async with world.units.read() as unit:
        found = await unit.intakes.answers_of_many([told.id, silent.id])
        nobodys = await unit.intakes.answers_of_many([])

    assert {each: list(answers) for each, answers in found.items()} == {told.id: [WHY]}
    assert dict(nobodys) == {}
