"""What every way of signing in has in common: where to go then, the second factor, the new session."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from aiohttp import web
from pydantic import BaseModel, Field
from yarl import URL

from identity.half_sign_in import LASTS, Asked
from identity.permission import Role
from identity.second_factor import asked_of, begin_enrolment, begin_half
from identity.secret import kept
from identity.sign_in import open_session
from identity.staff import StaffMember
from web.browser_name import browser_name
from web.cookies import HALF, SESSION, bake, cookie, throw_away
from web.keys import ADDRESS, CLOCK, SITE, UNITS
from web.ports import Unit

HOMES: Mapping[Role, str] = MappingProxyType(
    {Role.ADVISER: "/desk", Role.ADMIN: "/admin", Role.OPERATOR: "/desk/access"}
)
"""Where each role goes once signed in; an operator sees neither desk nor figures, but how they sign in."""
STEPS: Mapping[Asked, str] = MappingProxyType({Asked.CODE: "/sign-in/code", Asked.ENROL: "/sign-in/enrol"})


class Next(BaseModel):
    """Where to go once signed in; only a place of ours counts."""

    next: str = Field(default="", max_length=500)


async def after_password(request: web.Request, member: StaffMember, onward: str) -> web.HTTPSeeOther:
    """Sign in whose password was right, or ask for the second factor first; return where that leads."""
    now, rule = request.app[CLOCK](), request.app[SITE].second_factor
    token = None
    async with request.app[UNITS].write() as unit:
        asked = await asked_of(unit, member, rule)
        if asked in STEPS:
            token = await begin_half(unit, member, now=now)
        if asked is Asked.ENROL:
            await begin_enrolment(unit, member.id, now=now)
    if asked is Asked.PASSKEY:
        return web.HTTPSeeOther(f"/sign-in?{urlencode({'passkey': '1', 'next': local(onward)})}")
    if token is None:
        return await sign_in_now(request, member, onward)
    bake(request, HALF, token, lasts=LASTS)
    return web.HTTPSeeOther(f"{STEPS[asked]}{query_of(onward)}")


async def sign_in_now(request: web.Request, member: StaffMember, onward: str) -> web.HTTPSeeOther:
    async with request.app[UNITS].write() as unit:
        token = await session_of(request, unit, member)
    bake(request, SESSION, token)
    return web.HTTPSeeOther(place_for(member, onward))


async def session_of(request: web.Request, unit: Unit, member: StaffMember) -> str:
    """Open a session in a unit that does more; its token is to be baked once the unit is kept."""
    half = cookie(request, HALF)
    if half is not None:
        await unit.half_sign_ins.remove(kept(half))
        throw_away(request, HALF)
    return await open_session(
        unit,
        member,
        request[ADDRESS],
        old_token=cookie(request, SESSION),
        browser=browser_name(request),
        now=request.app[CLOCK](),
    )


def place_for(member: StaffMember, onward: str) -> str:
    return local(onward) or HOMES[member.role]


def query_of(onward: str) -> str:
    return f"?{urlencode({'next': local(onward)})}" if local(onward) else ""


def local(place: str) -> str:
    """Return a path on this site, or nothing: `//other.example` and `/\\other.example` lead away from it."""
    is_path = place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable()
    try:
        return place if is_path and not URL(place).absolute else ""
    except ValueError:
        return ""
