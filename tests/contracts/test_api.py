"""API keys can be revoked; a call with an Idempotency-Key is done once."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from server.database.api_keys import ApiKey
from server.database.idempotency import KeptCall
from tests.contracts.world import NOW, World

HOUR = timedelta(hours=1)
KEY, BODY = b"k" * 32, b"b" * 32


@pytest.fixture
async def api_key(world: World) -> ApiKey:
    key = ApiKey(id=uuid4(), name="portal", key_hash=b"h" * 32, scopes=("booking", "all"), created_at=NOW)
    async with world.units.write() as unit:
        await unit.api_keys.add(key)
    return key


async def test_a_key_is_found_by_its_hash_until_it_is_revoked(world: World, api_key: ApiKey) -> None:
    async with world.units.write() as unit:
        assert await unit.api_keys.find(api_key.key_hash) == api_key
        assert await unit.api_keys.find(b"x" * 32) is None
        await unit.api_keys.revoke(api_key.id, at=NOW)
        assert await unit.api_keys.find(api_key.key_hash) is None
        assert [one.revoked_at for one in await unit.api_keys.all()] == [NOW]


async def test_the_second_call_with_a_key_gets_the_first_ones_answer(world: World, api_key: ApiKey) -> None:
    async with world.units.write() as unit:
        assert await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW) is None
        under_way = await unit.idempotency.begin(api_key.id, KEY, b"other", now=NOW)
        await unit.idempotency.finish(api_key.id, KEY, status=201, answer='{"id": 1}')

    async with world.units.write() as unit:
        answered = await unit.idempotency.begin(api_key.id, KEY, b"other", now=NOW + 23 * HOUR)

    assert under_way == KeptCall(body_hash=BODY, at=NOW)
    assert answered == KeptCall(body_hash=BODY, at=NOW, status=201, answer='{"id": 1}')


async def test_of_many_calls_at_once_one_begins(world: World, api_key: ApiKey) -> None:
    async def begin() -> bool:
        async with world.units.write() as unit:
            return await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW) is None

    begun = await asyncio.gather(*(begin() for _ in range(20)))

    assert sum(begun) == 1


@pytest.mark.parametrize(("age", "is_done"), [(24 * HOUR, True), (timedelta(minutes=2), False)])
async def test_a_key_is_free_again_after_a_day_or_when_its_call_died(
    world: World, api_key: ApiKey, age: timedelta, is_done: bool
) -> None:
    async with world.units.write() as unit:
        await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW)
        if is_done:
            await unit.idempotency.finish(api_key.id, KEY, status=201, answer="{}")

    async with world.units.write() as unit:
        before = await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW + age - timedelta(seconds=1))
        after = await unit.idempotency.begin(api_key.id, KEY, b"new", now=NOW + age)
        kept = await unit.idempotency.get(api_key.id, KEY)

    assert (before is None, after) == (False, None)
    assert kept == KeptCall(body_hash=b"new", at=NOW + age)


async def test_a_forgotten_key_begins_anew(world: World, api_key: ApiKey) -> None:
    async with world.units.write() as unit:
        await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW)
        await unit.idempotency.forget(api_key.id, KEY)

        assert await unit.idempotency.begin(api_key.id, KEY, BODY, now=NOW) is None


async def test_a_workers_silence_is_told_since_its_last_beat(world: World) -> None:
    async with world.units.write() as unit:
        await unit.heartbeats.beat("letters", at=NOW - HOUR)
        await unit.heartbeats.beat("letters", at=NOW)

    async with world.units.read() as unit:
        assert dict(await unit.heartbeats.ages(now=NOW + HOUR)) == {"letters": HOUR}
