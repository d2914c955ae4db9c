"""Find API keys: calls that come at once with the same key share one look, which begins after all came."""

import asyncio

from aiohttp import web

from web.api.ports import ApiKey
from web.ports import Units


class KnownKeys:
    """Nothing is remembered from one look to the next: a revoked key opens nothing from then on."""

    def __init__(self) -> None:
        self._coming: dict[bytes, asyncio.Task[ApiKey | None]] = {}

    async def find(self, units: Units, key_hash: bytes) -> ApiKey | None:
        """Return the key with a SHA-256, unless it was revoked. Raises what a unit raises."""
        look = self._coming.get(key_hash)
        if look is None:
            look = self._coming[key_hash] = asyncio.create_task(self._look(units, key_hash))
        return await asyncio.shield(look)

    async def _look(self, units: Units, key_hash: bytes) -> ApiKey | None:
        await asyncio.sleep(0)  # those that came together are here now
        del self._coming[key_hash]
        async with units.read() as unit:
            return await unit.api_keys.find(key_hash)


KNOWN_KEYS = web.AppKey("known_keys", KnownKeys)
