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
_KEY: web.RequestKey[ApiKey] = web.RequestKey("key")


async def let_in_key(request: web.Request, scope: str) -> None:
    """Find the key that a call came with, and count it. Raises KeyNeeded, ScopeMissing, TooManyRequests."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise KeyNeeded
    key = await _known(request, secret.strip())
    most = request.app[ALLOWANCE].api_calls_a_second
    await request.app[RATES].a_second(most, "api", str(key.id))
    if scope not in key.scopes and ALL not in key.scopes:
        raise ScopeMissing(scope)
    request[_KEY] = key
    viewed_by(request, Viewer.KEY, key.id)


def caller(request: web.Request) -> ApiKey:
    """Return the key that was let in."""
    return request[_KEY]


async def _known(request: web.Request, secret: str) -> ApiKey:
    """Find a key; an address that comes with too many that there are not is not looked up any more."""
    most, rates, address = request.app[ALLOWANCE].unknown_keys_a_minute, request.app[RATES], request[ADDRESS]
    await rates.left(most, "unknown key", address)
    key = await request.app[KNOWN_KEYS].find(request.app[UNITS], kept(secret))
    if key is None:
        await rates.a_minute(most, "unknown key", address)
        raise KeyNeeded
    return key
