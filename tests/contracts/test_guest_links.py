"""Links of those who are invited to a meeting: found by their token, until they are taken back."""

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
