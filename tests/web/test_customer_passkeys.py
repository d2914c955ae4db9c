"""A passkey brings its customer back, known and not proven; whatever is wrong brings back nobody."""

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from identity.assurance import Assurance
from identity.login_attempt import LASTS
from tests.web.bound_house import FINGERPRINT, BoundHouse
from tests.web.face_house import SOON
from tests.web.key_device import PRESENT, text
from tests.web.passkey_guests import (
    NOT_WORKED,
    asks_for,
    at_the_door,
    begins,
    enrolled,
    identified,
    is_outside,
    last_detail,
    passkey_house,
    returns,
)

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with passkey_house(tmp_path) as made:
        yield made


async def test_who_comes_back_is_known_at_a_low_level_and_bound_to_this_browser(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)

    status, told = await returns(aino, device)

    ticket = house.claims(await aino.ticket())
    assert (status, told) == (200, {"onward": f"{aino.home}/door"})
    assert (ticket.assurance, ticket.name) == (Assurance.LOW, "Aino Maria Virtanen")
    assert ticket.fingerprint == FINGERPRINT
    assert await last_detail(house, aino) == {
        "method": f"passkey:demo-bank:{SOON:%Y-%m-%d}",
        "assurance": "low",
        "purpose": "door",
        "is_bound": True,
    }


async def test_the_adviser_reads_returning_and_low_never_substantial(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)
    await returns(aino, device)
    ilmari = await house.adviser((aino.appointment, ""))
    await ilmari.says_hello()

    await aino.says_hello()

    knocks = (await ilmari.line.hears_until("knock"))["participant"]
    said = json.dumps(knocks, ensure_ascii=False)
    assert "passkey: has been here before, identified by Demo bank (test persons only) on " in said
    assert '"assurance": "low"' in said
    assert "substantial" not in said


async def test_a_passkey_does_not_open_what_asks_for_strong_identification(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)
    script, state, options = await begins(aino)
    await asks_for(house, "substantial")

    status, _ = await script.sends(
        f"{aino.home}/identify/passkey", state=state, credential=device.signs(options)
    )
    begun, _ = await script.sends(f"{aino.home}/identify/passkey/options")

    assert (status, begun) == (303, 303)  # back to the ways that are open
    assert await is_outside(aino)


LIES: Mapping[str, Mapping[str, Any]] = {
    "another challenge": {"challenge": text(b"another" * 5)},
    "another origin": {"origin": "https://rogue.example"},
    "another relying party": {"party": "rogue.example"},
    "nobody verified": {"flags": PRESENT},
    "nobody there": {"flags": 0},
    "another key": {"key": generate_private_key(SECP256R1())},
    "another person's handle": {"handle": text(b"0123456789abcdef")},
    "no handle": {"handle": None},
    "an enrolment": {"type": "webauthn.create"},
    "a count that was": {"count": 1},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
async def test_an_answer_with_a_lie_brings_back_nobody(house: BoundHouse, lies: Mapping[str, Any]) -> None:
    _, device = await enrolled(await identified(house))
    assert (await returns(await at_the_door(house), device))[0] == 200  # it is right but for the lie
    later = await at_the_door(house)

    status, told = await returns(later, device, **lies)

    assert (status, told["detail"]) == (409, NOT_WORKED)
    assert (await last_detail(house, later))["reason"] == "passkey_refused"
    assert await is_outside(later)


async def test_what_was_signed_once_serves_no_second_time_and_in_no_other_browser(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)
    thief = house.customer((aino.appointment, aino.home.removeprefix("/a/")))
    await thief.comes_in()
    place = f"{aino.home}/identify/passkey"
    script, state, options = await begins(aino)
    stealing, own_state, _ = await begins(thief)
    signed = device.signs(options)

    under_own_state, _ = await stealing.sends(place, state=own_state, credential=signed)
    entered, _ = await script.sends(place, state=state, credential=signed)
    again, _ = await script.sends(place, state=state, credential=device.signs(options))
    replayed, _ = await stealing.sends(place, state=state, credential=signed)

    assert (under_own_state, entered, again, replayed) == (409, 200, 409, 409)
    assert await is_outside(thief)


async def test_another_browser_spends_an_attempt_and_does_not_enter_by_it(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)
    thief = house.customer((aino.appointment, aino.home.removeprefix("/a/")))
    await thief.comes_in()
    _, state, options = await begins(aino)
    stealing, _, _ = await begins(thief)

    status, _ = await stealing.sends(
        f"{aino.home}/identify/passkey", state=state, credential=device.signs(options)
    )

    assert status == 409
    assert await is_outside(thief)


async def test_an_attempt_that_waited_too_long_brings_back_nobody(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    aino = await at_the_door(house)
    script, state, options = await begins(aino)
    house.face.now += LASTS + A_MOMENT

    status, _ = await script.sends(
        f"{aino.home}/identify/passkey", state=state, credential=device.signs(options)
    )

    assert status == 409
    assert await is_outside(aino)


async def test_another_customers_passkey_is_another_person(house: BoundHouse) -> None:
    _, louhis = await enrolled(await identified(house, "louhi", "Louhi Pohjola"))
    aino = await at_the_door(house)

    status, _ = await returns(aino, louhis)

    assert status == 403
    assert (await last_detail(house, aino))["reason"] == "another_person"
    assert await is_outside(aino)


async def test_a_passkey_under_anothers_handle_is_nobodys(house: BoundHouse) -> None:
    _, ainos = await enrolled(await identified(house))
    _, louhis = await enrolled(await identified(house, "louhi", "Louhi Pohjola"))
    aino = await at_the_door(house)

    status, _ = await returns(aino, louhis, handle=ainos.handle)

    assert status == 409
    assert await is_outside(aino)


@pytest.mark.parametrize("way", ["its owner took it away", "its person is gone"])
async def test_a_passkey_that_is_gone_brings_back_nobody(house: BoundHouse, tmp_path: Path, way: str) -> None:
    before = await identified(house)
    _, device = await enrolled(before)
    if way == "its owner took it away":
        place = f"{before.home}/passkey"
        await before.browser.sends(await before.browser.opens(place), f"{place}/remove")
    else:
        forgets_everybody(tmp_path)
    aino = await at_the_door(house)

    status, told = await returns(aino, device)

    assert (status, told["detail"]) == (409, NOT_WORKED)
    assert await is_outside(aino)


def forgets_everybody(folder: Path) -> None:
    """Erase persons as somebody with the database in hand does."""
    with sqlite3.connect(folder / "kohtaamo.sqlite3") as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("UPDATE identifications SET person_id = NULL")
        database.execute("DELETE FROM persons")


async def test_nobody_takes_the_passkey_of_somebody_else_away(house: BoundHouse) -> None:
    _, device = await enrolled(await identified(house))
    louhi = await identified(house, "louhi", "Louhi Pohjola")
    await enrolled(louhi)
    place = f"{louhi.home}/passkey"
    form = next(
        one for one in (await louhi.browser.opens(place)).forms() if one["action"] == f"{place}/remove"
    )

    await louhi.browser.posts(f"{place}/remove", form | {"passkey": device.id.hex()})

    assert (await returns(await at_the_door(house), device))[0] == 200


@pytest.mark.parametrize("credential", ["", "{}", "null", '{"rawId": 1}', '{"rawId": "AA"}', "[" * 9000, "ä"])
async def test_garbage_brings_back_nobody(house: BoundHouse, credential: str) -> None:
    aino = await at_the_door(house)
    script, state, _ = await begins(aino)

    status, _ = await script.sends(f"{aino.home}/identify/passkey", state=state, credential=credential)

    assert status == 409
    assert await is_outside(aino)
