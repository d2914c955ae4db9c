"""Who calls: a program with a key, of which we keep only the hash."""

from aiohttp import web

from identity.look import Viewer
from identity.secret import kept
from web.api.known_keys import KNOWN_KEYS
from web.api.ports import ApiKey
from web.keys import ADDRESS, ALLOWANCE, RATES, UNITS
from web.looking import viewed_by
from web.refusal import KeyNeeded, ScopeMissing

ALL = "all"


async def caller(request: web.Request, scope: str) -> ApiKey:
    """Return the key that a call came with, counted. Raises KeyNeeded, ScopeMissing, TooManyRequests."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise KeyNeeded
    key = await _known(request, secret.strip())
    most = request.app[ALLOWANCE].api_calls_a_second
    await request.app[RATES].a_second(most, "api", str(key.id))
    if scope not in key.scopes and ALL not in key.scopes:
        raise ScopeMissing(scope)
    viewed_by(request, Viewer.KEY, key.id)
    return key


async def _known(request: web.Request, secret: str) -> ApiKey:
    """Find a key; an address that comes with too many that there are not is not looked up any more."""
    most, rates, address = request.app[ALLOWANCE].unknown_keys_a_minute, request.app[RATES], request[ADDRESS]
    await rates.left(most, "unknown key", address)
    key = await request.app[KNOWN_KEYS].find(request.app[UNITS], kept(secret))
    if key is None:
        await rates.a_minute(most, "unknown key", address)
        raise KeyNeeded
    return key
