"""A link for one booking: made within bounds, used once, and what it says holds."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from booking.errors import BadPeriod, InvitationOver, NotFound, SlotTaken
from booking.fact import Actor
from booking.invitation import HandedOver, Standing
from booking.invite import InvitationWish, invite, revoke_invitation
from booking.reserve import Reserved, Wish, reserve
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, TEN, World


async def invited(world: World, **values: object) -> HandedOver:
    given: dict[str, object] = {"offering_id": world.talk, "by": world.ilmari, "source": "chat"}
    wish = InvitationWish(**(given | values))  # type: ignore[arg-type]  # of the right types above
    async with world.units.write() as unit:
        return await invite(unit, wish, now=NOW)


async def books(world: World, via: str, **values: object) -> Reserved:
    given: dict[str, object] = {"customer": AINO, "start": TEN, "offering_id": world.talk}
    wish = Wish(via=via, **(given | values))  # type: ignore[arg-type]  # of the right types above
    return await world.units.do(lambda unit: reserve(unit, wish, now=NOW))


async def standing(world: World, link: HandedOver) -> Standing:
    async with world.units.read() as unit:
        return (await unit.invitations.get(link.invitation.id)).standing(NOW)


async def test_what_is_booked_by_it_bears_its_source_and_closes_it(world: World) -> None:
    link = await invited(world)

    reserved = await books(world, link.token, source="forged")

    assert reserved.appointment.source == "chat"
    assert await standing(world, link) is Standing.USED


async def test_its_adviser_holds_whoever_is_asked_for(world: World) -> None:
    link = await invited(world, adviser_id=world.louhi)

    reserved = await books(world, link.token, adviser_id=world.ilmari)

    assert reserved.appointment.adviser_id == world.louhi


async def test_a_second_booking_by_the_same_link_is_refused_and_takes_no_time(world: World) -> None:
    link = await invited(world)
    await books(world, link.token)

    with pytest.raises(InvitationOver):
        await books(world, link.token, customer=KULLERVO, start=TEN + LENGTH)

    free = await books(world, (await invited(world)).token, customer=KULLERVO, start=TEN + LENGTH)
    assert free.appointment.customer == KULLERVO


async def test_of_many_at_once_one_books(world: World) -> None:
    link = await invited(world)
    starts = [TEN + LENGTH * number for number in range(8)]

    told = await asyncio.gather(
        *(books(world, link.token, start=start) for start in starts), return_exceptions=True
    )

    assert sum(isinstance(one, Reserved) for one in told) == 1
    assert sum(isinstance(one, InvitationOver) for one in told) == 7


async def test_whose_slot_is_taken_keeps_the_link(world: World) -> None:
    link = await invited(world, adviser_id=world.ilmari)
    await books(world, "", adviser_id=world.ilmari)

    with pytest.raises(SlotTaken):
        await books(world, link.token, customer=KULLERVO)

    assert await standing(world, link) is Standing.OPEN


async def test_a_revoked_link_books_nothing(world: World) -> None:
    link = await invited(world)
    async with world.units.write() as unit:
        await revoke_invitation(unit, link.invitation.id, now=NOW)

    with pytest.raises(InvitationOver) as refused:
        await books(world, link.token)

    assert refused.value.standing is Standing.REVOKED


async def test_an_unknown_link_and_one_of_another_offering_lead_nowhere(world: World) -> None:
    link = await invited(world)

    for via, offering_id in (("A" * 22, world.talk), (link.token, uuid4())):
        with pytest.raises(NotFound):
            await books(world, via, offering_id=offering_id)


@pytest.mark.parametrize("days", [0, -1, 91])
async def test_it_lasts_between_a_day_and_ninety(world: World, days: int) -> None:
    with pytest.raises(BadPeriod):
        await invited(world, lasts=timedelta(days=days))


async def test_an_adviser_who_does_not_meet_its_customers_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await invited(world, adviser_id=uuid4())


async def test_a_source_is_a_tag_and_never_a_persons_name(world: World) -> None:
    with pytest.raises(ValueError, match="tag"):
        await invited(world, source="Aino Virtanen")


async def test_who_books_by_a_link_is_the_customer(world: World) -> None:
    reserved = await books(world, (await invited(world)).token)

    async with world.units.read() as unit:
        facts = await unit.facts.of(reserved.appointment.id)
    assert [fact.by for fact in facts] == [Actor.CUSTOMER]
