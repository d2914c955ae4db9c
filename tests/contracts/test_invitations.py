"""A link that is handed over opens one booking, for as long as it says, until it is taken back."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from booking.appointment import Customer
from booking.errors import InvitationOver, NotFound
from booking.invitation import Invitation, Standing
from booking.reserve import Reserved, Wish, reserve
from booking.time_span import TimeSpan
from tests.contracts.world import LENGTH, NOW, TEN, World

LATER = NOW + timedelta(days=14)


def invitation(world: World, *, by: UUID | None = None, minutes: int = 0) -> Invitation:
    return Invitation(
        id=uuid4(),
        offering_id=world.talk,
        adviser_id=world.ilmari,
        made_by=by or world.ilmari,
        made_at=NOW + timedelta(minutes=minutes),
        expires_at=LATER,
        source="chat",
    )


async def made(world: World, invitation: Invitation) -> str:
    async with world.units.write() as unit:
        return await unit.invitations.make(invitation)


async def test_a_token_has_128_bits_and_finds_what_was_made(world: World) -> None:
    chat = invitation(world)

    token = await made(world, chat)

    async with world.units.read() as unit:
        assert await unit.invitations.by_token(token) == chat
        assert await unit.invitations.get(chat.id) == chat
    assert len(token) == 22


@pytest.mark.parametrize("token", ["", "A" * 22, "\ud800\x00"])
async def test_another_token_finds_nothing(world: World, token: str) -> None:
    await made(world, invitation(world))

    with pytest.raises(NotFound):
        async with world.units.read() as unit:
            await unit.invitations.by_token(token)


async def test_a_team_sees_its_own_the_newest_first_with_their_tokens(world: World) -> None:
    first, second = invitation(world), invitation(world, minutes=1)
    tokens = [await made(world, first), await made(world, second)]
    await made(world, invitation(world, by=world.louhi))

    async with world.units.read() as unit:
        found = await unit.invitations.of_team(world.bank)

    assert [(one.invitation, one.token) for one in found] == [(second, tokens[1]), (first, tokens[0])]


async def test_it_is_used_once(world: World) -> None:
    chat, appointment, other = invitation(world), await world.booked(), await world.booked(TEN + LENGTH)
    await made(world, chat)
    async with world.units.write() as unit:
        await unit.invitations.use(chat.id, appointment.id, at=NOW)

    with pytest.raises(InvitationOver) as refused:
        async with world.units.write() as unit:
            await unit.invitations.use(chat.id, other.id, at=NOW)

    assert refused.value.standing is Standing.USED
    async with world.units.read() as unit:
        assert (await unit.invitations.get(chat.id)).used_at == NOW


async def test_an_expired_one_is_not_used(world: World) -> None:
    chat, appointment = invitation(world), await world.booked()
    await made(world, chat)

    with pytest.raises(InvitationOver) as refused:
        async with world.units.write() as unit:
            await unit.invitations.use(chat.id, appointment.id, at=LATER)

    assert refused.value.standing is Standing.EXPIRED


async def test_a_revoked_one_is_not_used_and_a_used_one_is_not_revoked(world: World) -> None:
    chat, used, appointment = invitation(world), invitation(world), await world.booked()
    await made(world, chat)
    await made(world, used)
    async with world.units.write() as unit:
        await unit.invitations.use(used.id, appointment.id, at=NOW)
        await unit.invitations.revoke(used.id, at=NOW)
        await unit.invitations.revoke(chat.id, at=NOW)

    async with world.units.read() as unit:
        assert (await unit.invitations.get(used.id)).standing(NOW) is Standing.USED
    with pytest.raises(InvitationOver) as refused:
        async with world.units.write() as unit:
            await unit.invitations.use(chat.id, appointment.id, at=NOW)
    assert refused.value.standing is Standing.REVOKED


async def test_of_many_who_book_by_it_at_once_one_does_and_the_others_take_no_time(world: World) -> None:
    token = await made(world, replace(invitation(world), adviser_id=None))
    whoever = [Customer(name=f"Guest {number}", email=f"{number}@example.fi") for number in range(8)]
    wishes = [
        Wish(offering_id=world.talk, start=TEN + LENGTH * number, customer=who, via=token)
        for number, who in enumerate(whoever)
    ]

    told = await asyncio.gather(
        *(world.units.do(partial(reserve, wish=wish, now=NOW)) for wish in wishes), return_exceptions=True
    )

    assert Counter(type(one) for one in told) == {Reserved: 1, InvitationOver: 7}
    async with world.units.read() as unit:
        assert len(await unit.appointments.within(TimeSpan(TEN, TEN + LENGTH * 9))) == 1


@pytest.mark.parametrize("how", ["used", "revoked", "expired"])
async def test_one_that_is_over_is_swept_with_its_tag_when_its_days_are_up(world: World, how: str) -> None:
    kept, one = timedelta(days=30), invitation(world)
    token = await made(world, one)
    ended = LATER if how == "expired" else NOW + timedelta(hours=1)
    appointment = await world.booked()
    async with world.units.write() as unit:
        if how == "used":
            await unit.invitations.use(one.id, appointment.id, at=ended)
        if how == "revoked":
            await unit.invitations.revoke(one.id, at=ended)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=ended + kept - timedelta(seconds=1), invitations_kept=kept)
        assert (await unit.invitations.by_token(token)).source == "chat"
        await unit.leftovers.sweep(now=ended + kept, invitations_kept=kept)
        with pytest.raises(NotFound):
            await unit.invitations.by_token(token)

    async with world.units.read() as unit:
        assert await unit.appointments.get(appointment.id) == appointment


async def test_one_that_is_open_is_never_swept(world: World) -> None:
    token = await made(world, invitation(world))

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=LATER - timedelta(seconds=1), invitations_kept=timedelta(days=1))
        assert (await unit.invitations.by_token(token)).is_open(LATER - timedelta(seconds=1))
