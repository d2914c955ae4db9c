"""A member of the staff signs in by the organisation's issuer."""

from dataclasses import replace
from datetime import datetime

from identity.errors import AttemptUnknown, NotOnStaff
from identity.ports import IdentityUnit
from identity.secret import kept
from identity.staff import StaffMember, normal_login
from identity.staff_issuer.issuer import Claimed, Issuer
from identity.staff_issuer.trip import StaffTrip


async def come_back(unit: IdentityUnit, state: str, browser: str | None, *, now: datetime) -> StaffTrip:
    """Use a trip up before its answer is judged.

    Raises AttemptUnknown, also in another browser and too late.
    """
    trip = await unit.staff_trips.use(kept(state))
    if trip is None or trip.expires_at <= now or trip.browser_hash != kept(browser or ""):
        raise AttemptUnknown
    return trip


async def member_of(unit: IdentityUnit, claimed: Claimed, issuer: Issuer) -> StaffMember:
    """Return who has signed in, with the role that their groups have now.

    Somebody is known by issuer and subject. The first time they are found by the login that an admin gave
    them, or by a verified e-mail address, and are bound to the subject from then on. Raises NotOnStaff.
    """
    known = await unit.staff_trips.member_of(issuer.issuer, claimed.subject)
    found = await unit.staff.get(known) if known else await _by_name(unit, claimed)
    if found is None or not found.is_active:
        raise NotOnStaff
    role = issuer.role_of(claimed.groups) if issuer.groups else found.role
    if role is None:
        raise NotOnStaff
    if not known:
        await unit.staff_trips.bind(issuer.issuer, claimed.subject, found.id)
    if role is not found.role:
        found = replace((await unit.staff.locked({found.id}))[found.id], role=role)
        await unit.staff.change(found)
        await unit.staff_sessions.remove_all_of(found.id)
    return found


async def _by_name(unit: IdentityUnit, claimed: Claimed) -> StaffMember | None:
    by_login = await unit.staff.by_login(normal_login(claimed.login)) if claimed.login else None
    if by_login is not None:
        return by_login.member
    address = claimed.email.casefold()
    theirs = [one for one in await unit.staff.all() if address and one.email.casefold() == address]
    return theirs[0] if len(theirs) == 1 else None
