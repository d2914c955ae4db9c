"""A passkey alone signs in; whatever is wrong with its answer, it does not, and all of that reads alike."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from yarl import URL

from identity.half_sign_in import SecondFactor
from identity.passkey import CHALLENGE_LASTS, MOST
from server.demo_data import ADMIN, ILMARI, LOUHI
from tests.web.face_house import FaceHouse, face_house
from tests.web.key_device import PRESENT, KeyDevice, text
from tests.web.script import script_of
from tests.web.sign_in_house import Browser, Page

HOME, KEYS = "/desk/access", "/desk/access/passkeys"
SIGN_IN = "/sign-in/passkey"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path, second_factor=SecondFactor.EVERYBODY) as house:
        yield house


async def enrols(house: FaceHouse, login: str = "ilmari", name: str = "Phone") -> KeyDevice:
    device = KeyDevice(house.origin)
    script = await script_of(await house.staff(login), HOME)
    _, options = await script.sends(f"{KEYS}/options")
    status, _ = await script.sends(KEYS, credential=device.makes(options), name=name)
    assert status == 200
    return device


async def signs_in(house: FaceHouse, device: KeyDevice, **lies: Any) -> tuple[int, dict[str, Any], Browser]:
    script = await script_of(house.browser(), "/sign-in")
    _, options = await script.sends(f"{SIGN_IN}/options")
    status, told = await script.sends(SIGN_IN, credential=device.signs(options, **lies))
    return status, told, script.browser


async def shown(house: FaceHouse, login: str = "ilmari") -> Page:
    return await (await house.staff(login)).opens(HOME)


async def test_a_passkey_alone_signs_in_where_more_than_a_password_is_asked(house: FaceHouse) -> None:
    device = await enrols(house)

    status, told, browser = await signs_in(house, device)

    assert (status, told) == (200, {"onward": "/desk"})
    assert (await browser.opens("/desk")).address == "/desk"
    assert "<strong>Phone</strong>" in (await shown(house)).text


async def test_a_sign_in_by_passkey_ends_the_session_that_the_browser_had(house: FaceHouse) -> None:
    device = await enrols(house)
    browser = await house.staff("louhi")
    planted = session_of(browser)
    script = await script_of(browser, "/sign-in")
    _, options = await script.sends(f"{SIGN_IN}/options")

    status, _ = await script.sends(SIGN_IN, credential=device.signs(options))

    assert (status, session_of(browser) != planted) == (200, True)
    browser.client.cookie_jar.update_cookies({"session": planted}, URL(house.origin))
    assert (await browser.opens("/desk")).address.startswith("/sign-in")


def session_of(browser: Browser) -> str:
    return next(each.value for each in browser.client.cookie_jar if each.key == "session")


async def test_what_is_asked_names_nobody_and_demands_who_holds_the_device(house: FaceHouse) -> None:
    await enrols(house)
    script = await script_of(house.browser(), "/sign-in")

    _, options = await script.sends(f"{SIGN_IN}/options")

    assert options["userVerification"] == "required"
    assert options["rpId"] == "localhost"
    assert not options.get("allowCredentials")


LIES: Mapping[str, Mapping[str, Any]] = {
    "another challenge": {"challenge": text(b"another" * 5)},
    "another origin": {"origin": "https://rogue.example"},
    "another relying party": {"party": "rogue.example"},
    "nobody verified": {"flags": PRESENT},
    "nobody there": {"flags": 0},
    "another key": {"key": generate_private_key(SECP256R1())},
    "another member": {"handle": text(LOUHI.bytes)},
    "no member": {"handle": None},
    "an enrolment": {"type": "webauthn.create"},
    "a count that was": {"count": 1},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
async def test_an_answer_with_a_lie_signs_nobody_in(house: FaceHouse, lies: Mapping[str, Any]) -> None:
    device = await enrols(house)
    assert (await signs_in(house, device))[0] == 200  # the device is right but for the lie

    status, told, browser = await signs_in(house, device, **lies)

    assert (status, told["title"]) == (401, "The passkey did not work")
    assert (await browser.opens("/desk")).address.startswith("/sign-in")


async def test_a_challenge_serves_once_in_one_browser_and_for_five_minutes(house: FaceHouse) -> None:
    device = await enrols(house)
    script, other = [await script_of(house.browser(), "/sign-in") for _ in range(2)]
    _, options = await script.sends(f"{SIGN_IN}/options")
    await other.sends(f"{SIGN_IN}/options")
    answer = device.signs(options)

    elsewhere = await other.sends(SIGN_IN, credential=answer)
    first = await script.sends(SIGN_IN, credential=answer)
    script.csrf = (await script_of(script.browser, "/sign-in")).csrf
    again = await script.sends(SIGN_IN, credential=device.signs(options))
    _, options = await script.sends(f"{SIGN_IN}/options")
    house.now += CHALLENGE_LASTS
    late = await script.sends(SIGN_IN, credential=device.signs(options))

    assert [one[0] for one in (elsewhere, first, again, late)] == [401, 200, 401, 401]


async def test_a_passkey_that_nobody_enrolled_or_that_was_removed_signs_nobody_in(house: FaceHouse) -> None:
    device = await enrols(house)
    stranger = KeyDevice(house.origin, handle=device.handle)
    ilmari = await house.staff("ilmari")
    await ilmari.sends(await ilmari.opens(HOME), f"{KEYS}/remove")

    told = [await signs_in(house, one) for one in (stranger, device)]

    assert [one[0] for one in told] == [401, 401]
    assert {one[1]["title"] for one in told} == {"The passkey did not work"}


async def test_who_is_not_active_any_more_does_not_come_in(house: FaceHouse) -> None:
    device = await enrols(house)
    async with house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ILMARI), is_active=False))

    assert (await signs_in(house, device))[0] == 401


async def test_nobody_removes_the_passkey_of_somebody_else(house: FaceHouse) -> None:
    device, louhi = await enrols(house), await house.staff("louhi")
    await enrols(house, "louhi")

    form = next(one for one in (await louhi.opens(HOME)).forms() if one["action"] == f"{KEYS}/remove")
    await louhi.posts(form["action"], form | {"passkey": device.id.hex()})

    assert (await signs_in(house, device))[0] == 200


@pytest.mark.parametrize(
    "lies", [{"origin": "https://rogue.example"}, {"party": "x.example"}, {"flags": PRESENT}]
)
async def test_a_passkey_with_one_thing_wrong_is_not_kept(house: FaceHouse, lies: Mapping[str, Any]) -> None:
    script = await script_of(await house.staff("ilmari"), HOME)
    _, options = await script.sends(f"{KEYS}/options")

    status, _ = await script.sends(KEYS, credential=KeyDevice(house.origin).makes(options, **lies), name="x")

    assert status == 401
    async with house.units.read() as unit:
        assert await unit.passkeys.of(ILMARI) == []


async def test_a_challenge_for_one_member_enrols_nothing_for_another(house: FaceHouse) -> None:
    script = await script_of(await house.staff("ilmari"), HOME)
    _, options = await script.sends(f"{KEYS}/options")
    await script.browser.posts("/sign-in/demo", {"csrf": script.csrf, "login": "louhi"})
    louhi = await script_of(script.browser, HOME)

    status, _ = await louhi.sends(KEYS, credential=KeyDevice(house.origin).makes(options), name="x")

    assert status == 401


async def test_a_device_is_kept_once_and_a_member_has_ten_at_most(house: FaceHouse) -> None:
    device = await enrols(house)
    script = await script_of(await house.staff("louhi"), HOME)
    _, options = await script.sends(f"{KEYS}/options")
    same, _ = await script.sends(KEYS, credential=device.makes(options), name="x")
    for _ in range(MOST - 1):
        await enrols(house)

    script = await script_of(await house.staff("ilmari"), HOME)
    _, options = await script.sends(f"{KEYS}/options")
    eleventh, _ = await script.sends(KEYS, credential=KeyDevice(house.origin).makes(options), name="x")

    assert (same, eleventh, len(options["excludeCredentials"])) == (401, 401, MOST)


async def test_a_passkey_is_enrolled_only_soon_after_signing_in(house: FaceHouse) -> None:
    script = await script_of(await house.staff("ilmari"), HOME)
    house.now += timedelta(minutes=16)

    status, _ = await script.sends(f"{KEYS}/options")

    assert status == 303
    assert "Sign in once more to add one" in (await script.browser.opens(HOME)).text


async def test_a_stolen_password_adds_no_app_where_a_passkey_is_the_second_factor(house: FaceHouse) -> None:
    await enrols(house)
    thief = house.browser()

    asked = await thief.sends(await thief.opens("/sign-in"), "/sign-in", login="ilmari", password="ilmari")

    assert asked.address.startswith("/sign-in?passkey=1")
    assert "sign in with your passkey" in asked.text
    assert (await thief.opens("/sign-in/enrol")).address == "/sign-in"


async def test_an_admin_takes_passkeys_away_with_the_second_factor(house: FaceHouse) -> None:
    device, admin = await enrols(house), await house.staff("admin")
    home = f"/admin/people/{ILMARI}"

    await admin.removes(await admin.opens(home), f"{home}/second-factor/remove")

    assert (await signs_in(house, device))[0] == 401
    async with house.units.read() as unit:
        assert await unit.passkeys.of(ADMIN) == []


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "null", "1", '{"rawId": 1}', '{"rawId": "!"}', '{"rawId": "AA"}', "[" * 9000, "ä"],
)
async def test_garbage_signs_nobody_in(house: FaceHouse, credential: str) -> None:
    script = await script_of(house.browser(), "/sign-in")
    await script.sends(f"{SIGN_IN}/options")

    status, _ = await script.sends(SIGN_IN, credential=credential)

    assert status == 401
