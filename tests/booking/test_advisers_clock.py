"""Hours stand on the adviser's own wall clock, also where it goes to summer time on another day than ours."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booking.errors import LeftOutside
from booking.explain import local_day
from booking.find_slots import find_slots
from booking.ports import BookingUnit
from booking.set_hours import Week, set_week, set_zone
from tests.contracts.world import NOW, World

NEW_YORK = ZoneInfo("America/New_York")
MARCH = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)
"""New York goes to summer time on the 14th, Helsinki on the 28th."""


async def first_start(unit: BookingUnit, world: World, day: date) -> str:
    """Return when Ilmari's first slot of a day in New York begins, in UTC."""
    talk = await unit.offerings.get(world.talk)
    found = await find_slots(unit, talk, local_day(day, NEW_YORK), now=MARCH)
    starts = [slot.span.start for slot in found if slot.adviser_id == world.ilmari]
    return starts[0].strftime("%H:%M")


async def mornings(unit: BookingUnit, adviser_id: UUID) -> None:
    days = [[(9 * 60, 12 * 60)]] * 7
    await set_week(unit, Week(adviser_id=adviser_id, days=days, zone="Europe/Helsinki"), now=MARCH)


async def test_nine_is_nine_on_the_advisers_clock_before_and_after_it_changes(world: World) -> None:
    async with world.units.write() as unit:
        await mornings(unit, world.ilmari)
        in_helsinki = await first_start(unit, world, date(2027, 3, 12))
        await set_zone(unit, world.ilmari, "America/New_York", now=MARCH)
        found = [await first_start(unit, world, date(2027, 3, day)) for day in (12, 13, 14, 15, 29)]

    assert in_helsinki == "07:00"
    assert found == ["14:00", "14:00", "13:00", "13:00", "13:00"]


async def test_hours_that_the_skipped_hour_swallows_are_none(world: World) -> None:
    async with world.units.write() as unit:
        days = [[(2 * 60, 3 * 60)]] * 7
        await set_week(unit, Week(adviser_id=world.ilmari, days=days, zone="Europe/Helsinki"), now=MARCH)
        await set_zone(unit, world.ilmari, "America/New_York", now=MARCH)
        openings = await unit.hours.openings(world.ilmari, since=MARCH)

        spans = [openings.hours(local_day(date(2027, 3, day), NEW_YORK)) for day in (13, 14, 15)]

    assert [len(found) for found in spans] == [1, 0, 1]


async def test_a_clock_that_leaves_an_appointment_outside_is_asked_about_first(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await set_week(
            unit,
            Week(adviser_id=world.ilmari, days=[[(11 * 60, 14 * 60)]] * 7, zone="Europe/Helsinki"),
            now=NOW,
        )
        with pytest.raises(LeftOutside) as refused:
            await set_zone(unit, world.ilmari, "America/New_York", now=NOW)
        stood = (await unit.advisers.get(world.ilmari)).zone
        await set_zone(unit, world.ilmari, "America/New_York", now=NOW, accepted={booked.id})

        assert [one.id for one in refused.value.appointments] == [booked.id]
        assert stood is None
        assert (await unit.advisers.get(world.ilmari)).zone == "America/New_York"
