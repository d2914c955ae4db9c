"""The first admin comes by a link that works once, within an hour, and only while there is no admin."""

from datetime import datetime, timedelta

from identity.errors import AdminThere, LinkOver
from identity.permission import Role
from identity.ports import IdentityUnit
from identity.secret import fresh, kept
from identity.staff import Credentials

LASTS = timedelta(hours=1)


async def make_set_up_link(unit: IdentityUnit, *, now: datetime) -> str:
    """Return a link's token; the link before opens nothing any more. Raises AdminThere."""
    await _require_no_admin(unit)
    token = fresh()
    await unit.set_up_links.put(kept(token), expires_at=now + LASTS)
    return token


async def look_at_set_up_link(unit: IdentityUnit, token: str, *, now: datetime) -> None:
    """Raise LinkOver unless the link may be used now: for the page that asks, which uses nothing up."""
    expires_at = await unit.set_up_links.expires_at(kept(token))
    if expires_at is None or expires_at <= now or await _is_there_an_admin(unit):
        raise LinkOver


async def become_first_admin(unit: IdentityUnit, token: str, admin: Credentials, *, now: datetime) -> None:
    """Use the link up and take the admin on. Raises LinkOver and LoginTaken."""
    await look_at_set_up_link(unit, token, now=now)
    if not await unit.set_up_links.use(kept(token)):
        raise LinkOver
    await unit.staff.add(admin)


async def _require_no_admin(unit: IdentityUnit) -> None:
    if await _is_there_an_admin(unit):
        raise AdminThere


async def _is_there_an_admin(unit: IdentityUnit) -> bool:
    return any(one.role is Role.ADMIN and one.is_active for one in await unit.staff.all())
