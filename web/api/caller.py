"""Who calls: a program with a key, of which we keep only the hash."""

from aiohttp import web

from identity.secret import kept
from web.api.ports import ApiKey
from web.keys import ALLOWANCE, RATES, UNITS
from web.refusal import KeyNeeded, ScopeMissing

ALL = "all"


async def caller(request: web.Request, scope: str) -> ApiKey:
    """Return the key that a call came with, counted. Raises KeyNeeded, ScopeMissing, TooManyRequests."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise KeyNeeded
    async with request.app[UNITS].read() as unit:
        key = await unit.api_keys.find(kept(secret.strip()))
    if key is None:
        raise KeyNeeded
    most = request.app[ALLOWANCE].api_calls_a_second
    await request.app[RATES].a_second(most, "api", str(key.id))
    if scope not in key.scopes and ALL not in key.scopes:
        raise ScopeMissing(scope)
    return key
