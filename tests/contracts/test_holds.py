"""A hold takes cells as an appointment does, until it runs out or is given back."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.errors import NotFound, OwnOverlap, SlotTaken
from booking.hold import Hold
from booking.time_span import TimeSpan, cells
from server.database.leftovers import HOLDS_KEPT
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, TEN, World

LATER = NOW + timedelta(minutes=10)
DAY = TimeSpan(TEN - timedelta(hours=10), TEN + timedelta(hours=10))


def hold(world: World, start: datetime = TEN, **values: object) -> Hold:
    span = TimeSpan(start, start + LENGTH)
    given: dict[str, object] = {
        "id": uuid4(),
        "offering_id": world.talk,
        "adviser_id": world.ilmari,
        "span": span,
        "busy": span,
        "held_at": NOW,
        "expires_at": LATER,
        "until": LATER,
        "holder": b"browser",
        "address": b"address",
    }
    return Hold(**(given | values))  # type: ignore[arg-type]  # of the right types above


async def kept(world: World, one: Hold, *, now: datetime = NOW) -> Hold:
    async with world.units.write() as unit:
        await unit.holds.add(one, now=now)
    return one


async def taken(world: World, *, now: datetime = NOW, but_not_of: frozenset[UUID] = frozenset()) -> set[int]:
    async with world.units.read() as unit:
        found = await unit.calendar.taken([world.ilmari], DAY, now=now, but_not_of=but_not_of)
    return set(found.get(world.ilmari, ()))


async def test_a_hold_comes_back_as_it_was_kept_and_takes_its_cells(world: World) -> None:
    around = TimeSpan(TEN - timedelta(minutes=10), TEN + LENGTH + timedelta(minutes=5))
    one = await kept(world, hold(world, busy=around))

    async with world.units.read() as unit:
        assert await unit.holds.get(one.id) == one
    assert await taken(world) == set(cells(around))
    assert await taken(world, but_not_of=frozenset({one.id})) == set()


async def test_what_is_held_can_neither_be_held_nor_booked(world: World) -> None:
    await kept(world, hold(world))

    with pytest.raises(SlotTaken):
        await kept(world, hold(world, TEN + timedelta(minutes=30)))
    with pytest.raises(SlotTaken):
        await world.booked(TEN - timedelta(minutes=30))


async def test_what_was_held_is_free_the_moment_it_runs_out(world: World) -> None:
    await kept(world, hold(world))

    with pytest.raises(SlotTaken):
        await kept(world, hold(world), now=LATER - timedelta(seconds=1))
    assert await taken(world, now=LATER) == set()
    second = await kept(world, hold(world, until=LATER + timedelta(minutes=1)), now=LATER)
    assert await taken(world, now=LATER) == set(cells(second.busy))


async def test_a_hold_that_was_overtaken_leaves_the_new_owners_cells_alone(world: World) -> None:
    first = await kept(world, hold(world))
    second = await kept(world, hold(world, until=LATER + timedelta(minutes=5)), now=LATER)

    async with world.units.write() as unit:
        await unit.holds.remove(first.id)

    assert await taken(world, now=LATER) == set(cells(second.busy))


async def test_a_hold_that_is_given_back_is_gone(world: World) -> None:
    one = await kept(world, hold(world))

    async with world.units.write() as unit:
        await unit.holds.remove(one.id)
        await unit.holds.remove(one.id)

    assert await taken(world) == set()
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.holds.get(one.id)


async def test_a_hold_can_be_shortened_and_lengthened(world: World) -> None:
    one = await kept(world, hold(world))
    soon = NOW + timedelta(seconds=20)

    async with world.units.write() as unit:
        await unit.holds.set_until(one.id, soon)
    assert await taken(world, now=soon) == set()
    async with world.units.write() as unit:
        await unit.holds.set_until(one.id, LATER)

    assert await taken(world, now=soon) == set(cells(one.busy))
    async with world.units.read() as unit:
        assert await unit.holds.get(one.id) == one


async def test_open_holds_of_a_browser_or_an_address_are_found(world: World) -> None:
    mine = await kept(world, hold(world, address=b"elsewhere"))
    near = await kept(world, hold(world, TEN + LENGTH, holder=b"another"))
    await kept(world, hold(world, TEN + 2 * LENGTH, holder=b"another", address=b"elsewhere"))
    await kept(world, hold(world, TEN + 3 * LENGTH, until=NOW))

    async with world.units.write() as unit:
        found = await unit.holds.open_of(b"browser", b"address", now=NOW)

    assert {one.id for one in found} == {mine.id, near.id}


async def test_a_hold_is_swept_an_hour_after_it_ran_out(world: World) -> None:
    one = await kept(world, hold(world))

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=LATER + HOLDS_KEPT - timedelta(seconds=1))
        assert await unit.holds.get(one.id) == one
        await unit.leftovers.sweep(now=LATER + HOLDS_KEPT)
        with pytest.raises(NotFound):
            await unit.holds.get(one.id)


async def test_starts_of_live_appointments_and_open_holds_are_counted(world: World) -> None:
    booked = await world.booked(TEN)
    one = await kept(world, hold(world, TEN + LENGTH))
    await kept(world, hold(world, TEN + 2 * LENGTH, until=NOW))

    async with world.units.read() as unit:
        found = await unit.calendar.starts(world.talk, [world.ilmari, world.louhi], DAY, now=NOW)
        others = await unit.calendar.starts(uuid4(), [world.ilmari], DAY, now=NOW)

    assert dict(found[world.ilmari]) == {booked.id: TEN, one.id: TEN + LENGTH}
    assert not found.get(world.louhi)
    assert not others.get(world.ilmari)


async def test_buffers_are_taken_and_not_shared(world: World) -> None:
    padded = replace(world.appointment(TEN), buffer_before=timedelta(minutes=10))

    async with world.units.write() as unit:
        await unit.appointments.add(padded, now=NOW)

    with pytest.raises(SlotTaken):
        await world.booked(TEN - LENGTH, customer=KULLERVO)
    await world.booked(TEN - LENGTH - timedelta(minutes=10), customer=KULLERVO)
    async with world.units.read() as unit:
        assert await unit.appointments.get(padded.id) == padded


async def test_a_customer_is_in_one_place_at_a_time(world: World) -> None:
    first = await world.booked(TEN)
    same = replace(AINO, name="  aino   VIRTANEN ", phone="")
    again = world.appointment(TEN + timedelta(minutes=40), adviser_id=world.louhi, customer=same)

    async with world.units.write() as unit:
        with pytest.raises(OwnOverlap) as refused:
            await unit.appointments.add(again, now=NOW)

    assert refused.value.appointment_id == first.id


async def test_a_namesake_and_a_family_member_have_time_of_their_own(world: World) -> None:
    await world.booked(TEN)
    others = [replace(AINO, email="another@example.fi"), replace(AINO, name="Marjatta Virtanen")]

    async with world.units.write() as unit:
        for number, other in enumerate(others):
            theirs = world.appointment(TEN + number * LENGTH, adviser_id=world.louhi, customer=other)
            await unit.appointments.add(theirs, now=NOW)

    async with world.units.read() as unit:
        assert len(await unit.appointments.within(DAY)) == 3


async def test_live_appointments_ahead_of_an_address_are_found(world: World) -> None:
    ahead = await world.booked(TEN)
    await world.booked(NOW - timedelta(hours=3))
    await world.booked(TEN + LENGTH, customer=KULLERVO)

    async with world.units.read() as unit:
        found = await unit.appointments.ahead_of(AINO.email, now=NOW)
        nobody = await unit.appointments.ahead_of("", now=NOW)

    assert [one.id for one in found] == [ahead.id]
    assert list(nobody) == []
