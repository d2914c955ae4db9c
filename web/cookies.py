"""Cookies: `__Host-` names and Secure on TLS; plain names on http, where browsers refuse the prefix."""

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from web.keys import SITE
from web.public_site import Site

PREFIX = "__Host-"
SESSION = "session"
"""Of the staff; identity/session.py says how long it lives."""

HALF = "half"
"""Of the staff between the password and the second factor; identity/half_sign_in.py says for how long."""

PASSKEY = "passkey"
"""Of a browser that is to sign a challenge; identity/passkey.py says for how long."""

TRIP = "trip"
"""Of a browser on its way to the organisation's issuer; identity/staff_issuer/trip.py says for how long."""

DOOR = "door"
"""Of a customer's browser that came in; identity/door_session.py says how long it lives."""

CAMERA = "camera"
"""Of a customer's phone that shows something in a meeting; it ends with the browser."""


@dataclass(frozen=True, slots=True)
class Baked:
    """A cookie that goes out with whatever answer the request gets; an empty value takes it away."""

    name: str
    value: str
    lasts: timedelta | None = None


BAKED: web.RequestKey[list[Baked]] = web.RequestKey("baked", list)


def cookie(request: web.Request, name: str) -> str | None:
    """Read a cookie of ours by its plain name; an empty one counts as none."""
    return request.cookies.get(full_name(request.app[SITE], name)) or None


def bake(request: web.Request, name: str, value: str, *, lasts: timedelta | None = None) -> None:
    """Have a cookie set with this request's answer, also if that becomes a redirect or a refusal."""
    request.setdefault(BAKED, []).append(Baked(name, value, lasts))


def throw_away(request: web.Request, name: str) -> None:
    """Have the browser forget a cookie."""
    bake(request, name, "")


def serve_baked(request: web.Request, answer: web.StreamResponse) -> None:
    """Put what was baked on an answer; called by the middleware, since cookies must precede the headers."""
    site = request.app[SITE]
    for baked in request.get(BAKED, []):
        _set(site, answer, baked)


def full_name(site: Site, name: str) -> str:
    return PREFIX + name if site.is_tls else name


def _set(site: Site, answer: web.StreamResponse, baked: Baked) -> None:
    """Path `/` and no Domain: `__Host-` demands both (RFC 6265bis, 4.1.3.2)."""
    seconds = None if baked.lasts is None else int(baked.lasts.total_seconds())
    answer.set_cookie(
        full_name(site, baked.name),
        baked.value,
        max_age=seconds if baked.value else 0,
        path="/",
        secure=site.is_tls,
        httponly=True,
        samesite="Lax",
    )
