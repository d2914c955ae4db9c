"""Calls that come at once with one key share a look; nobody is let in by an older one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from server.database.api_keys import ApiKey
from tests.contracts.world import NOW
from tests.memory.units import MemoryUnit, MemoryUnits
from web.api.known_keys import KnownKeys

HASH = b"\x01" * 32


class Counted(MemoryUnits):
    """Units that count how many of them were opened to read."""

    reads = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[MemoryUnit]:
        self.reads += 1
        async with super().read() as unit:
            yield unit


async def with_a_key() -> tuple[Counted, ApiKey]:
    units = Counted()
    key = ApiKey(id=uuid4(), name="portal", key_hash=HASH, scopes=("booking",), created_at=NOW)
    async with units.write() as unit:
        await unit.api_keys.add(key)
    return units, key


async def test_calls_that_come_at_once_share_a_look() -> None:
    units, key = await with_a_key()
    known = KnownKeys()

    found = await asyncio.gather(*(known.find(units, HASH) for _ in range(32)))

    assert [one is not None and one.id for one in found] == [key.id] * 32
    assert units.reads == 1


async def test_another_key_is_not_taken_for_it() -> None:
    units, key = await with_a_key()
    known = KnownKeys()

    one, other = await asyncio.gather(known.find(units, HASH), known.find(units, b"\x02" * 32))

    assert one is not None
    assert (one.id, other) == (key.id, None)


async def test_a_key_that_was_revoked_is_not_known_from_then_on() -> None:
    units, key = await with_a_key()
    known = KnownKeys()
    assert await known.find(units, HASH) is not None

    async with units.write() as unit:
        await unit.api_keys.revoke(key.id, at=NOW)

    assert await known.find(units, HASH) is None


async def test_a_call_that_is_cut_off_takes_the_look_from_nobody() -> None:
    units, _ = await with_a_key()
    known = KnownKeys()
    first, second = (asyncio.create_task(known.find(units, HASH)) for _ in range(2))
    await asyncio.sleep(0)

    first.cancel()

    assert await second is not None
