"""Behind the lock stand constraints, which refuse what a verb might overlook."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from booking.fact import Actor, Fact, FactKind
from server.database.appointments_table import appointment_values, appointments
from server.database.engine import Engines, open_engines
from server.database.facts import facts
from server.database.units import SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import NOW, TEN, World, furnished


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    engines = open_engines(database_url)
    yield engines
    await engines.close()


@pytest.fixture
async def world(engines: Engines) -> World:
    return await furnished(SqlUnits(engines, SEALER))


async def test_postgresql_refuses_an_overlap_even_without_cells(postgres_engines: Engines) -> None:
    world = await furnished(SqlUnits(postgres_engines, SEALER))
    await world.booked(TEN)
    overlapping = insert(appointments).values(**appointment_values(world.appointment(TEN)))

    async with postgres_engines.writing.connect() as connection:
        with pytest.raises(IntegrityError, match="ex_appointments_no_overlap"):
            await connection.execute(overlapping)


async def test_a_cell_belongs_to_one_appointment(engines: Engines, world: World) -> None:
    await world.booked(TEN)
    copied = text(
        "INSERT INTO cells (adviser_id, cell, appointment_id) "
        "SELECT adviser_id, cell, appointment_id FROM cells LIMIT 1"
    )

    async with engines.writing.connect() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(copied)
    await engines.close()


@pytest.mark.parametrize("statement", [update(facts).values(kind="met"), delete(facts)])
async def test_a_fact_is_neither_changed_nor_removed(
    engines: Engines, world: World, statement: object
) -> None:
    appointment = await world.booked()
    fact = Fact(appointment_id=appointment.id, at=NOW, kind=FactKind.BOOKED, by=Actor.CUSTOMER)
    async with world.units.write() as unit:
        await unit.facts.append(fact)

    async with engines.writing.connect() as connection:
        with pytest.raises(DBAPIError, match="a fact is never"):
            await connection.execute(statement)  # type: ignore[call-overload]  # one of the two above
    async with world.units.read() as unit:
        assert [one.kind for one in await unit.facts.of(appointment.id)] == [FactKind.BOOKED]


async def test_a_history_goes_with_its_whole_appointment(engines: Engines, world: World) -> None:
    appointment = await world.booked()
    fact = Fact(appointment_id=appointment.id, at=NOW, kind=FactKind.BOOKED, by=Actor.CUSTOMER)
    async with world.units.write() as unit:
        await unit.facts.append(fact)
        await unit.links.make(appointment.id)

    async with engines.writing.begin() as connection:
        await connection.execute(delete(appointments).where(appointments.c.id == appointment.id))

    async with world.units.read() as unit:
        assert list(await unit.facts.of(appointment.id)) == []
    await world.booked(TEN)
