"""The team's notes: kept, sealed, never overwritten unseen, and gone when their time is over."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from booking.appointment import Status
from booking.note import Note
from server.database.leftovers import NOTES_KEPT
from server.database.notes import notes
from server.database.units import SqlUnits
from tests.contracts.world import NOW, TEN, World, furnished

WORDS = "Puhuu hiljaa; kysy äidistä."


async def noted(world: World) -> Note:
    appointment = await world.booked()
    note = Note(appointment_id=appointment.id, text=WORDS, revision=1, at=NOW, by=world.ilmari)
    async with world.units.write() as unit:
        assert await unit.notes.keep(note)
    return note


async def kept(world: World, note: Note) -> Note | None:
    async with world.units.read() as unit:
        return await unit.notes.of(note.appointment_id)


async def test_a_note_comes_back_as_it_was_written(world: World) -> None:
    note = await noted(world)
    other = await world.booked(TEN + timedelta(hours=2))

    async with world.units.read() as unit:
        having = await unit.notes.among([note.appointment_id, other.id])

    assert await kept(world, note) == note
    assert set(having) == {note.appointment_id}


async def test_of_two_who_write_at_once_the_second_overwrites_nothing(world: World) -> None:
    note = await noted(world)
    mine, theirs = (replace(note, text=text, revision=2) for text in ("mine", "theirs"))

    async with world.units.write() as unit:
        said = [await unit.notes.keep(one) for one in (mine, theirs, note)]

    assert said == [True, False, False]
    assert await kept(world, note) == mine


async def test_an_emptied_note_is_none_to_the_desk_and_goes_on_counting(world: World) -> None:
    note = await noted(world)
    empty = replace(note, text="", revision=2)

    async with world.units.write() as unit:
        assert await unit.notes.keep(empty)
        having = await unit.notes.among([note.appointment_id])

    assert (await kept(world, note), set(having)) == (empty, set())


async def test_the_database_holds_no_word_of_it(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    await noted(world)

    async with sql_units.read() as unit:
        [row] = await unit.notes._connection.execute(select(notes))

    assert not any(b"hiljaa" in each for each in row if isinstance(each, bytes))


async def test_a_note_goes_a_while_after_its_appointment_is_closed(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    note = await noted(world)
    before = NOW + NOTES_KEPT

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=before)
        is_live = await unit.notes.of(note.appointment_id)
        appointment = await unit.appointments.get(note.appointment_id)
        await unit.appointments.change(replace(appointment, status=Status.CLOSED), now=NOW)
        await unit.leftovers.sweep(now=before - timedelta(seconds=1))
        is_closed = await unit.notes.of(note.appointment_id)
        await unit.leftovers.sweep(now=before)

    assert (is_live, is_closed, await kept(world, note)) == (note, note, None)
