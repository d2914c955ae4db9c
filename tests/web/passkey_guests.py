"""Customers who come by a passkey, in a house that takes one for enough; and those who enrol one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from booking.set_up import change_offering
from server.demo_data import MORTGAGE
from tests.web.bound_house import FINGERPRINT, BoundHouse, Guest, bound_house
from tests.web.face_house import SOON
from tests.web.key_device import KeyDevice
from tests.web.script import Script, script_of

A_DAY = timedelta(days=1)
NOT_WORKED = "Your passkey did not work here. Choose another way to identify."


@asynccontextmanager
async def passkey_house(folder: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(folder) as made:
        await asks_for(made, "low")
        yield made


async def asks_for(house: BoundHouse, assurance: Literal["low", "substantial"]) -> None:
    async with house.face.units.write() as unit:
        await change_offering(unit, MORTGAGE, lambda one: replace(one, assurance=assurance))


async def at_the_door(house: BoundHouse, name: str = "Aino Virtanen") -> Guest:
    """Book the next free time at eleven, a day after the last one, and come in by the door."""
    start = max([SOON, *(guest.appointment.span.start + A_DAY for guest in house.guests)])
    house.face.now = start - timedelta(minutes=30)
    guest = house.customer(await house.face.books(name, start=start))
    house.face.now = start - timedelta(minutes=5)
    await guest.comes_in()
    return guest


async def identified(house: BoundHouse, choice: str = "aino", name: str = "Aino Virtanen") -> Guest:
    guest = await at_the_door(house, name)
    assert (await guest.identifies(choice=choice)).address == f"{guest.home}/door"
    return guest


async def enrolled(guest: Guest, **lies: Any) -> tuple[int, KeyDevice]:
    script, device = await script_of(guest.browser, f"{guest.home}/passkey"), KeyDevice(guest.browser.origin)
    status, told = await script.sends(f"{guest.home}/passkey/options")
    assert status == 200
    made = device.makes(told["options"], **lies)
    status, _ = await script.sends(f"{guest.home}/passkey", state=told["state"], credential=made)
    return status, device


async def begins(guest: Guest) -> tuple[Script, str, dict[str, Any]]:
    """Return the page's script, the attempt's state, and what is to be signed for it."""
    script = await script_of(guest.browser, f"{guest.home}/identify")
    status, told = await script.sends(f"{guest.home}/identify/passkey/options", fingerprint=FINGERPRINT)
    assert status == 200
    return script, told["state"], told["options"]


async def returns(guest: Guest, device: KeyDevice, **lies: Any) -> tuple[int, dict[str, Any]]:
    script, state, options = await begins(guest)
    signed = device.signs(options, **lies)
    return await script.sends(f"{guest.home}/identify/passkey", state=state, credential=signed)


async def last_detail(house: BoundHouse, guest: Guest) -> dict[str, object]:
    return dict((await house.face.history(guest.appointment.id))[-1].detail)


async def is_outside(guest: Guest) -> bool:
    return (await guest.asks_for_ticket())[0] == 403
