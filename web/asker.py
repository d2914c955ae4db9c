"""By what those who ask without a name are counted: digests of their browser and of their network."""

import hmac
from hashlib import sha256

from aiohttp import web

from web.cookies import cookie
from web.csrf import COOKIE
from web.keys import ADDRESS, SECRET


def browser_digest(request: web.Request) -> bytes:
    """Tell browsers apart by the secret of their forms, which every change must bring along."""
    return _digest(request, "browser", cookie(request, COOKIE) or "")


def network_digest(request: web.Request) -> bytes:
    """Tell addresses apart as the limits of requests do: an IPv6 household counts as one."""
    return _digest(request, "network", request[ADDRESS])


def _digest(request: web.Request, kind: str, text: str) -> bytes:
    message = f"{kind}\n{text}".encode("utf-8", "surrogateescape")
    return hmac.new(request.app[SECRET], message, sha256).digest()
