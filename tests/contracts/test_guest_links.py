"""Links of those who are invited to a meeting: found by their token, until they are taken back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from booking.errors import NotFound
from booking.guest_link import InvitedGuest
from tests.contracts.world import NOW, World


async def test_a_link_leads_to_who_is_invited_until_it_is_taken_back(world: World) -> None:
    booked = await world.booked()
    maija, vellamo = (
        InvitedGuest(id=uuid4(), appointment_id=booked.id, role="interpreter", name=name)
        for name in ("Maija Mäkelä", "Vellamo Virta")
    )
    async with world.units.write() as unit:
        tokens = [await unit.guest_links.make(each, at=NOW) for each in (maija, vellamo)]
        assert [await unit.guest_links.by_token(token) for token in tokens] == [maija, vellamo]

        newer = await unit.guest_links.make(maija, at=NOW)
        assert await unit.guest_links.by_token(newer) == maija
        with pytest.raises(NotFound):
            await unit.guest_links.by_token(tokens[0])

        await unit.guest_links.keep_only(booked.id, [maija.id])
        await unit.guest_links.keep_only(uuid4(), [])

        assert await unit.guest_links.by_token(newer) == maija
        with pytest.raises(NotFound):
            await unit.guest_links.by_token(tokens[1])


async def test_a_link_is_bound_to_the_first_browser_that_asks_in_time(world: World) -> None:
    booked = await world.booked()
    phone = InvitedGuest(id=uuid4(), appointment_id=booked.id, role="camera", name="")
    first, second = b"1" * 32, b"2" * 32
    async with world.units.write() as unit:
        token = await unit.guest_links.make(phone, at=NOW)
        with pytest.raises(NotFound):
            await unit.guest_links.bind(token, first, since=NOW)

        bound = await unit.guest_links.bind(token, first, since=NOW - timedelta(minutes=10))

        assert bound == await unit.guest_links.by_token(token) == replace(phone, browser=first)
        assert await unit.guest_links.bind(token, first, since=NOW) == bound
        with pytest.raises(NotFound):
            await unit.guest_links.bind(token, second, since=NOW - timedelta(minutes=10))
        with pytest.raises(NotFound):
            await unit.guest_links.bind("no such token", first, since=NOW - timedelta(minutes=10))
