"""Only who has just been strongly identified in this browser enrols a passkey for the next time."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from identity.customer_passkey import MOST
from tests.web.bound_house import BoundHouse, Guest
from tests.web.key_device import PRESENT, KeyDevice
from tests.web.passkey_guests import (
    at_the_door,
    enrolled,
    identified,
    passkey_house,
    returns,
)
from tests.web.script import Script, script_of


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with passkey_house(tmp_path) as made:
        yield made


@pytest.mark.parametrize("lies", [{"origin": "https://rogue.example"}, {"party": "x"}, {"flags": PRESENT}])
async def test_a_passkey_with_one_thing_wrong_is_not_kept(house: BoundHouse, lies: Mapping[str, Any]) -> None:
    aino = await identified(house)

    status, device = await enrolled(aino, **lies)

    later = await at_the_door(house)
    assert (status, (await returns(later, device))[0]) == (401, 409)


async def test_who_comes_back_by_a_passkey_enrols_no_further_one(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    returned = await at_the_door(house)
    await returns(returned, device)

    status = await asks_to_enrol(returned)

    assert status == 401
    assert "Make a passkey" not in (await returned.browser.opens(f"{returned.home}/passkey")).text


async def test_who_is_not_identified_behind_the_door_enrols_nothing(house: BoundHouse) -> None:
    stranger = await at_the_door(house)
    before = house.customer((stranger.appointment, stranger.home.removeprefix("/a/")))
    await before.identifies()  # beforehand: the browser has not come in

    told = [await asks_to_enrol(guest) for guest in (stranger, before)]

    assert told == [401, 401]


async def asks_to_enrol(guest: Guest) -> int:
    csrf = (await guest.browser.opens("/sign-in")).forms()[0]["csrf"]
    return (await Script(guest.browser, csrf).sends(f"{guest.home}/passkey/options"))[0]


async def test_an_enrolment_is_of_one_appointment_and_of_one_use(house: BoundHouse) -> None:
    aino = await identified(house)
    place = f"{aino.home}/passkey"
    script = await script_of(aino.browser, place)
    _, told = await script.sends(f"{place}/options")
    made = KeyDevice(house.face.origin).makes(told["options"])

    first, _ = await script.sends(place, state=told["state"], credential=made)
    again, _ = await script.sends(place, state=told["state"], credential=made)
    unknown, _ = await script.sends(place, state="nothing", credential=made)

    assert (first, again, unknown) == (200, 409, 409)


async def test_a_person_has_five_at_most_and_each_device_once(house: BoundHouse) -> None:
    aino = await identified(house)
    _, device = await enrolled(aino)
    script = await script_of(aino.browser, f"{aino.home}/passkey")
    _, told = await script.sends(f"{aino.home}/passkey/options")
    same, _ = await script.sends(
        f"{aino.home}/passkey", state=told["state"], credential=device.makes(told["options"])
    )
    for _ in range(MOST - 1):
        assert (await enrolled(aino))[0] == 200

    sixth, _ = await enrolled(aino)

    assert (same, sixth) == (401, 401)


async def test_an_enrolment_that_began_at_one_appointment_ends_at_no_other(house: BoundHouse) -> None:
    aino = await identified(house)
    start = aino.appointment.span.end + timedelta(minutes=15)
    other = house.customer(await house.face.books(start=start))
    other.browser = aino.browser
    house.face.now = start - timedelta(minutes=5)
    script = await script_of(aino.browser, f"{aino.home}/passkey")
    _, told = await script.sends(f"{aino.home}/passkey/options")
    made = KeyDevice(house.face.origin).makes(told["options"])
    await other.comes_in()
    assert (await other.identifies()).address == f"{other.home}/door"

    status, _ = await script.sends(f"{other.home}/passkey", state=told["state"], credential=made)

    assert status == 409
