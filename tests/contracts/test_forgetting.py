"""Who a customer was is forgotten when their last appointment is long over; what happened stays."""

from datetime import datetime, timedelta

import pytest

from booking.fact import Actor, Fact, FactKind
from identity.customer_passkey import CustomerPasskey
from identity.delivered_code import DeliveredCode
from identity.errors import NotFound
from identity.identification import Identification
from identity.look_ports import LooksAt
from identity.person import Person
from identity.personal_code import PersonalCode
from server.database.units import SqlUnits
from tests.contracts.test_access_log import look, whole
from tests.contracts.test_identity import identification
from tests.contracts.test_persons import AINO, NAMESAKE
from tests.contracts.world import LENGTH, NOW, TEN, World, furnished

KEPT = timedelta(days=30)
A_SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


async def came(world: World, start: datetime, code: PersonalCode = AINO) -> tuple[Person, Identification]:
    """Book for somebody, identify them, and let them keep whatever customers keep."""
    appointment = await world.booked(start)
    async with world.units.write() as unit:
        person = await unit.persons.met(code, given_name="Aino", family_name="Virtanen", at=NOW)
        proof = identification(appointment.id, person.subject_key, person_id=person.id)
        await unit.identifications.add(proof)
        await unit.facts.append(
            Fact(appointment_id=appointment.id, at=NOW, kind=FactKind.IDENTIFICATION_DONE, by=Actor.CUSTOMER)
        )
        await unit.delivered_codes.put(delivered(world, appointment.id, start))
        await unit.customer_passkeys.add(passkey(person, appointment.id.bytes))
        await unit.access_log.add([look(appointment.id, person_id=person.id)])
    return person, proof


def delivered(world: World, appointment_id: object, start: datetime) -> DeliveredCode:
    return DeliveredCode(
        appointment_id=appointment_id,  # type: ignore[arg-type]  # an id
        digest=b"digest",
        made_by=world.ilmari,
        made_at=NOW,
        expires_at=start + 3 * KEPT,
    )


def passkey(person: Person, id: bytes) -> CustomerPasskey:
    return CustomerPasskey(
        id=id,
        person_id=person.id,
        public_key=b"key",
        sign_count=1,
        provider="demo-bank",
        identified_at=NOW,
        made_at=NOW,
        expires_at=NOW + 9 * KEPT,
    )


async def sweep(world: World, now: datetime) -> None:
    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=now, persons_kept=KEPT)


async def test_a_person_is_kept_to_the_second_and_then_nothing_names_them(world: World) -> None:
    person, proof = await came(world, TEN)
    over = TEN + LENGTH + KEPT

    await sweep(world, over - A_SECOND)
    async with world.units.read() as unit:
        assert await unit.persons.get(person.id) == person
        assert await unit.identifications.get(proof.id) == proof

    await sweep(world, over)
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.persons.get(person.id)
        with pytest.raises(NotFound):
            await unit.identifications.get(proof.id)
        assert await unit.identifications.bound_key(proof.appointment_id) is None
        assert await unit.customer_passkeys.of(person.id, now=NOW) == []
        assert await unit.delivered_codes.find(proof.appointment_id) is None


async def test_what_happened_and_who_looked_stays(world: World) -> None:
    person, proof = await came(world, TEN)

    await sweep(world, TEN + LENGTH + KEPT)

    async with world.units.read() as unit:
        facts = await unit.facts.of(proof.appointment_id)
        looks = await unit.access_log.newest(LooksAt(person_id=person.id))
    assert [fact.kind for fact in facts] == [FactKind.IDENTIFICATION_DONE]
    assert [kept.look.person_id for kept in looks] == [person.id]


async def test_who_has_another_appointment_is_known_until_that_is_over_too(world: World) -> None:
    person, first = await came(world, TEN)
    _, second = await came(world, TEN + DAY)
    other, _ = await came(world, TEN + 2 * DAY, NAMESAKE)

    await sweep(world, TEN + LENGTH + KEPT)
    async with world.units.read() as unit:
        assert await unit.identifications.newest_of(first.appointment_id) is None
        assert (await unit.persons.get(person.id)).subject_key == person.subject_key
        assert await unit.identifications.get(second.id) == second

    await sweep(world, TEN + DAY + LENGTH + KEPT)
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.persons.get(person.id)
        assert await unit.persons.code(other.id) == NAMESAKE


async def test_who_comes_again_later_is_somebody_new(world: World) -> None:
    person, _ = await came(world, TEN)
    await sweep(world, TEN + LENGTH + KEPT)

    again, _ = await came(world, TEN + DAY)

    assert again.id != person.id


async def test_the_chain_of_the_access_log_stays_whole(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    await came(world, TEN)
    await sql_units.do(lambda unit: unit.access_chain.go_on())

    await sweep(world, TEN + LENGTH + KEPT)
    await came(world, TEN + DAY, NAMESAKE)
    await sql_units.do(lambda unit: unit.access_chain.go_on())

    async with sql_units.read() as unit:
        assert (await unit.access_chain.head()).place == 2
    assert await whole(sql_units) is None
