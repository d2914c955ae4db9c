"""The organisation's sentences and tags: kept in their order, withdrawn and not forgotten, never too many."""

from uuid import UUID, uuid4

import pytest

from booking.errors import NotFound, TooManyWordings
from booking.texts import Texts
from booking.word import add_wording, change_wording, shift_wording, withdraw_wording
from booking.wording import MOST, Wording, WordingKind, in_use
from tests.contracts.world import World

SENTENCE, TAG = WordingKind.SENTENCE, WordingKind.TAG


async def added(world: World, kind: WordingKind, *texts: Texts) -> list[Wording]:
    wordings = [Wording(id=uuid4(), kind=kind, texts=each) for each in texts]
    async with world.units.write() as unit:
        for one in wordings:
            await add_wording(unit, one)
    return wordings


async def standing(world: World, kind: WordingKind) -> list[Wording]:
    async with world.units.read() as unit:
        return list(await unit.wordings.all(kind))


async def test_they_come_back_by_kind_in_the_order_in_which_they_were_added(world: World) -> None:
    first, second = await added(world, SENTENCE, {"fi": "Hetki.", "sv": "Vänta."}, {"en": "Soon."})
    [tag] = await added(world, TAG, {"fi": "asiakirjoja"})

    assert await standing(world, SENTENCE) == [first, second]
    assert await standing(world, TAG) == [tag]


async def test_one_that_is_shifted_keeps_its_place_when_others_come(world: World) -> None:
    first, second, third = await added(world, TAG, {"fi": "a"}, {"fi": "b"}, {"fi": "c"})

    async with world.units.write() as unit:
        await shift_wording(unit, TAG, third.id, -1)
        await shift_wording(unit, TAG, first.id, -1)  # at the end already
    [last] = await added(world, TAG, {"fi": "d"})

    assert await standing(world, TAG) == [first, third, second, last]


async def test_a_withdrawn_one_stays_readable_stands_behind_and_comes_back(world: World) -> None:
    first, _, third = await added(world, SENTENCE, {"fi": "a"}, {"fi": "b"}, {"fi": "c"})

    async with world.units.write() as unit:
        await withdraw_wording(unit, SENTENCE, first.id, is_withdrawn=True)
        await shift_wording(unit, SENTENCE, third.id, -1)
        await shift_wording(unit, SENTENCE, first.id, 1)  # stands in no order now
    gone = await standing(world, SENTENCE)
    async with world.units.write() as unit:
        await withdraw_wording(unit, SENTENCE, first.id, is_withdrawn=False)

    assert [one.texts["fi"] for one in gone] == ["c", "b", "a"]
    assert [one.texts["fi"] for one in in_use(gone)] == ["c", "b"]
    assert in_use(await standing(world, SENTENCE))[-1] == first


async def test_changing_the_words_keeps_the_place_and_whether_it_is_in_use(world: World) -> None:
    first, second = await added(world, TAG, {"fi": "a"}, {"fi": "b"})

    async with world.units.write() as unit:
        await withdraw_wording(unit, TAG, first.id, is_withdrawn=True)
        await change_wording(unit, TAG, first.id, {"sv": "å"})
    changed, other = await standing(world, TAG)

    assert (changed.texts, changed.is_withdrawn, other) == ({"sv": "å"}, True, second)


@pytest.mark.parametrize("kind", list(WordingKind))
async def test_there_are_never_more_in_use_than_can_be_picked_from(world: World, kind: WordingKind) -> None:
    full = await added(world, kind, *({"fi": str(number)} for number in range(MOST[kind])))

    with pytest.raises(TooManyWordings):
        await added(world, kind, {"fi": "one too many"})
    async with world.units.write() as unit:
        await withdraw_wording(unit, kind, full[0].id, is_withdrawn=True)
    await added(world, kind, {"fi": "in its place"})

    async with world.units.write() as unit:
        with pytest.raises(TooManyWordings):
            await withdraw_wording(unit, kind, full[0].id, is_withdrawn=False)


async def test_one_of_the_other_kind_is_not_found(world: World) -> None:
    [tag] = await added(world, TAG, {"fi": "a"})

    async with world.units.write() as unit:
        for wrong in (tag.id, UUID(int=7)):
            with pytest.raises(NotFound):
                await change_wording(unit, SENTENCE, wrong, {"fi": "b"})
