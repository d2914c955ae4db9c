"""Documents change in state alone; a meeting's state is kept in the place of the one before."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.appointment import Status
from signalling.assurance import Level
from signalling.documents.document import Document, State
from signalling.documents.errors import DocumentNotFound
from signalling.participant import Role
from tests.contracts.world import NOW, TEN, World


def document(appointment_id: UUID, *, minutes: int = 0) -> Document:
    return Document(
        id=uuid4(),
        appointment_id=appointment_id,
        by=Role.CUSTOMER,
        name="palkka.pdf",
        pages=3,
        size_bytes=2**24,
        handed_in_at=NOW + timedelta(minutes=minutes),
        state=State.CONVERTING,
    )


async def test_a_document_comes_back_as_it_was_kept(world: World) -> None:
    kept = document((await world.booked()).id)
    async with world.units.write() as unit:
        await unit.documents.add(kept)

    async with world.units.write() as unit:
        assert await unit.documents.get(kept.id) == kept
        assert await unit.documents.locked(kept.id) == kept


async def test_of_a_document_state_and_showing_change_and_nothing_else(world: World) -> None:
    kept = document((await world.booked()).id)
    shown = replace(kept, state=State.READY, shown_at=NOW, lock=Level.HIGH)
    async with world.units.write() as unit:
        await unit.documents.add(kept)
        await unit.documents.change(replace(shown, name="other.pdf", pages=9))

    async with world.units.read() as unit:
        assert await unit.documents.get(kept.id) == shown


async def test_an_appointments_documents_come_the_earliest_first(world: World) -> None:
    appointment = await world.booked()
    later, earlier = document(appointment.id, minutes=5), document(appointment.id)
    async with world.units.write() as unit:
        await unit.documents.add(later)
        await unit.documents.add(earlier)

    async with world.units.read() as unit:
        assert list(await unit.documents.of_appointment(appointment.id)) == [earlier, later]
        assert list(await unit.documents.of_appointment(uuid4())) == []


async def test_a_document_that_nobody_handed_in_is_not_found(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(DocumentNotFound):
            await unit.documents.get(uuid4())
        with pytest.raises(DocumentNotFound):
            await unit.documents.locked(uuid4())


async def test_a_meetings_last_state_is_remembered_until_it_is_over(world: World) -> None:
    appointment = await world.booked()
    last = {"version": 1, "waiting": ["a"], "text": [{"n": 1, "nothing": None}]}
    async with world.units.write() as unit:
        assert await unit.meetings.load(appointment.id) is None
        await unit.meetings.save(appointment.id, {"version": 0})
        await unit.meetings.save(appointment.id, last)

    async with world.units.write() as unit:
        assert await unit.meetings.load(appointment.id) == last
        await unit.meetings.remove(appointment.id)
        assert await unit.meetings.load(appointment.id) is None


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CLOSED])
async def test_what_was_written_in_a_meeting_that_nobody_ended_goes_with_the_sweep(
    world: World, status: Status
) -> None:
    over, live = await world.booked(), await world.booked(TEN + timedelta(hours=1))
    async with world.units.write() as unit:
        for each in (over, live):
            await unit.meetings.save(each.id, {"texts": ["Hei!"]})
        await unit.appointments.change(replace(over, status=status), now=NOW)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW)

    async with world.units.read() as unit:
        assert await unit.meetings.load(over.id) is None
        assert await unit.meetings.load(live.id) == {"texts": ["Hei!"]}
