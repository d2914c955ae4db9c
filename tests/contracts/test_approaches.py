"""Who is coming in: one row, with what they were told; and links of helpers, which end in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.appointment import Appointment, Status
from booking.approach import FELT_EVERY, Approach, Place
from booking.errors import NotFound
from tests.contracts.world import NOW, World

SECOND = timedelta(seconds=1)
SAID = {"sentence": "in_a_moment", "at": "2026-11-23T06:00:00Z"}


def approach(appointment: Appointment, place: Place = Place.DOOR) -> Approach:
    arrival = {"step": "opened", "device": {"kind": "phone"}}
    return Approach(appointment_id=appointment.id, at=NOW, place=place, arrival=arrival)


async def row(world: World, appointment: Appointment) -> Approach | None:
    async with world.units.read() as unit:
        return (await unit.approaches.of([appointment.id])).get(appointment.id)


async def linked(world: World) -> tuple[Appointment, str]:
    """Book, and let somebody help."""
    booked = await world.booked()
    async with world.units.write() as unit:
        await unit.links.make(booked.id)
        return booked, await unit.helper_links.make(booked.id, at=NOW)


async def test_who_goes_on_keeps_what_they_were_told(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await unit.approaches.keep(approach(booked))
        await unit.approaches.tell(booked.id, said=SAID, help="devices_denied")

        await unit.approaches.keep(replace(approach(booked, Place.IDENTIFICATION), at=NOW + SECOND))

    expected = replace(
        approach(booked, Place.IDENTIFICATION), at=NOW + SECOND, said=SAID, help="devices_denied"
    )
    assert await row(world, booked) == expected


async def test_a_help_is_taken_away_and_the_sentence_stays(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await unit.approaches.keep(approach(booked))
        await unit.approaches.tell(booked.id, said=SAID, help="devices_denied")
        await unit.approaches.tell(booked.id, help=None)

    kept = await row(world, booked)
    assert kept is not None
    assert (kept.said, kept.help) == (SAID, None)


async def test_nobody_there_is_told_nothing(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await unit.approaches.tell(booked.id, said=SAID, help=None)

    assert await row(world, booked) is None


async def test_a_change_is_news_at_once_and_the_same_again_after_a_while(world: World) -> None:
    first = approach(await world.booked())

    assert first.is_news_after(None)
    assert replace(first, place=Place.IDENTIFICATION).is_news_after(first)
    assert not replace(first, at=NOW + FELT_EVERY - SECOND).is_news_after(first)
    assert replace(first, at=NOW + FELT_EVERY).is_news_after(first)


async def test_a_helpers_link_leads_to_its_appointment_until_a_new_one_is_made(world: World) -> None:
    booked, old = await linked(world)
    async with world.units.write() as unit:
        new = await unit.helper_links.make(booked.id, at=NOW + SECOND)

    async with world.units.read() as unit:
        assert await unit.helper_links.appointment(new) == booked
        assert await unit.helper_links.made_at(booked.id) == NOW + SECOND
        with pytest.raises(NotFound):
            await unit.helper_links.appointment(old)


async def test_a_helpers_link_ends_when_it_is_taken_back(world: World) -> None:
    booked, token = await linked(world)
    async with world.units.write() as unit:
        await unit.helper_links.remove(booked.id)

    async with world.units.read() as unit:
        assert await unit.helper_links.made_at(booked.id) is None
        with pytest.raises(NotFound):
            await unit.helper_links.appointment(token)


async def test_a_helpers_link_ends_with_the_customers_own(world: World) -> None:
    booked, token = await linked(world)
    async with world.units.write() as unit:
        await unit.links.revoke(booked.id, at=NOW)

    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.helper_links.appointment(token)


async def test_of_a_closed_appointment_nothing_is_left_of_either(world: World) -> None:
    booked, _ = await linked(world)
    async with world.units.write() as unit:
        await unit.approaches.keep(approach(booked))
        await unit.appointments.change(replace(booked, status=Status.CANCELLED), now=NOW)
        await unit.leftovers.sweep(now=NOW)

    async with world.units.read() as unit:
        assert await unit.helper_links.made_at(booked.id) is None
    assert await row(world, booked) is None
