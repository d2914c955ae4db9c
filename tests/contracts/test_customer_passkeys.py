"""A customer's passkey is of one person, found by its id, and gone when it was not used for two years."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from identity.customer_passkey import UNUSED_LASTS, CustomerPasskey
from identity.errors import PasskeyRefused
from identity.person import Person
from identity.personal_code import personal_code
from tests.contracts.world import NOW, World

A_SECOND = timedelta(seconds=1)


async def enrolled(world: World) -> tuple[Person, CustomerPasskey]:
    async with world.units.write() as unit:
        person = await unit.persons.met(
            personal_code("010170-999R", today=NOW.date()), given_name="Aino", family_name="Virtanen", at=NOW
        )
        passkey = CustomerPasskey(
            id=b"id of a passkey",
            person_id=person.id,
            public_key=b"key",
            sign_count=3,
            provider="demo-bank",
            identified_at=NOW,
            made_at=NOW,
            expires_at=NOW + UNUSED_LASTS,
        )
        await unit.customer_passkeys.add(passkey)
    return person, passkey


async def test_it_is_found_by_its_id_and_listed_for_its_person_alone(world: World) -> None:
    person, passkey = await enrolled(world)

    async with world.units.write() as unit:
        assert await unit.customer_passkeys.find(passkey.id) == passkey
        assert list(await unit.customer_passkeys.of(person.id, now=NOW)) == [passkey]
        assert list(await unit.customer_passkeys.of(uuid4(), now=NOW)) == []
        assert await unit.customer_passkeys.find(b"another") is None


async def test_one_that_is_known_is_refused(world: World) -> None:
    _, passkey = await enrolled(world)

    with pytest.raises(PasskeyRefused):
        async with world.units.write() as unit:
            await unit.customer_passkeys.add(replace(passkey, sign_count=9))


async def test_another_person_cannot_take_it_away(world: World) -> None:
    person, passkey = await enrolled(world)
    async with world.units.write() as unit:
        await unit.customer_passkeys.remove(uuid4(), passkey.id)
        assert await unit.customer_passkeys.find(passkey.id) == passkey
        await unit.customer_passkeys.remove(person.id, passkey.id)
        assert await unit.customer_passkeys.find(passkey.id) is None


async def test_use_prolongs_it_and_who_does_not_use_it_is_forgotten(world: World) -> None:
    person, passkey = await enrolled(world)
    later = NOW + timedelta(days=700)
    async with world.units.write() as unit:
        await unit.customer_passkeys.used(passkey.id, sign_count=4, expires_at=later + UNUSED_LASTS)
        await unit.leftovers.sweep(now=NOW + UNUSED_LASTS)
        found = await unit.customer_passkeys.find(passkey.id)
        assert found == replace(passkey, sign_count=4, expires_at=later + UNUSED_LASTS)
        assert list(await unit.customer_passkeys.of(person.id, now=later + UNUSED_LASTS)) == []
        await unit.leftovers.sweep(now=later + UNUSED_LASTS)
        assert await unit.customer_passkeys.find(passkey.id) is None
