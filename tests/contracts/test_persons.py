"""A person is found by their code at every appointment, and stays who they are when keys change."""

import asyncio
from datetime import date
from uuid import uuid4

import pytest

from identity.errors import NotFound
from identity.person import Person
from identity.personal_code import PersonalCode, personal_code
from tests.contracts.test_identity import identification
from tests.contracts.world import NOW, AnyUnits, World

AINO = personal_code("010170-999R", today=date(2026, 11, 23))
NAMESAKE = personal_code("100190-999P", today=date(2026, 11, 23))
NAMESAKE_OF_2023 = personal_code("100190Y999P", today=date(2026, 11, 23))


async def met(units: AnyUnits, code: PersonalCode = AINO, *, family_name: str = "Virtanen") -> Person:
    async with units.write() as unit:
        return await unit.persons.met(code, given_name="Aino Maria", family_name=family_name, at=NOW)


async def test_a_code_leads_to_the_same_person_whose_names_are_the_last_told(world: World) -> None:
    first = await met(world.units)

    again = await met(world.units, family_name="Kanaria")

    assert (again.id, again.since) == (first.id, first.since)
    async with world.units.read() as unit:
        assert await unit.persons.get(first.id) == again
        assert again.name == "Aino Maria Kanaria"
        assert await unit.persons.code(first.id) == AINO
        assert again.subject_key in unit.persons.keys_of(AINO)


async def test_the_sign_of_the_century_tells_people_apart(world: World) -> None:
    one, other = await met(world.units, NAMESAKE), await met(world.units, NAMESAKE_OF_2023)

    assert one.id != other.id
    async with world.units.read() as unit:
        assert await unit.persons.code(other.id) == NAMESAKE_OF_2023


async def test_two_who_bring_the_same_code_at_once_make_one_person(world: World) -> None:
    found = await asyncio.gather(*(met(world.units) for _ in range(6)))

    assert len({one.id for one in found}) == 1


async def test_a_person_whom_nobody_made_is_not_found(world: World) -> None:
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.persons.get(uuid4())
        with pytest.raises(NotFound):
            await unit.persons.code(uuid4())


async def test_an_identification_tells_whose_it_is(world: World) -> None:
    appointment = await world.booked()
    person = await met(world.units)
    proof = identification(appointment.id, person.subject_key, person_id=person.id)
    async with world.units.write() as unit:
        await unit.identifications.add(proof)

    async with world.units.read() as unit:
        kept = await unit.identifications.get(proof.id)
    assert kept.person_id == person.id
