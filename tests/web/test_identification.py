"""A customer goes to the demo bank and comes back as themselves, over real HTTP and without JavaScript."""

import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest
from yarl import URL

from identity.door import behind_the_door, come_in, identified_as
from identity.secret import kept
from tests.web.sign_in_house import Browser, Page, SignInHouse, sign_in_house

DONE = {"method": "demo-bank", "assurance": "substantial"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[SignInHouse]:
    async with sign_in_house(tmp_path) as house:
        yield house


async def go_to_the_bank(browser: Browser, token: str) -> Page:
    page = await browser.opens(f"/a/{token}/identify")
    return await browser.sends(page, f"/a/{token}/identify")


async def identify(browser: Browser, token: str, choice: str = "aino") -> Page:
    """Choose at the bank; the door that one is sent to has a page of its own elsewhere."""
    return await browser.sends(await go_to_the_bank(browser, token), "/demo/bank/authorize", choice=choice)


async def test_aino_identifies_at_the_demo_bank_and_comes_back_to_the_appointment(house: SignInHouse) -> None:
    appointment, token = await house.books()

    bank = await go_to_the_bank(aino := house.browser(), token)
    landed = await aino.sends(bank, "/demo/bank/authorize", choice="aino")

    assert "Test persons only" in bank.text
    assert landed.address == f"/a/{token}?identified=1"
    assert (await house.history(appointment))[-2:] == [
        ("identification_begun", {"provider": "demo-bank", "purpose": "booking"}),
        ("identification_done", DONE | {"purpose": "booking", "is_bound": False}),
    ]


async def test_the_door_knows_who_came_back(house: SignInHouse) -> None:
    appointment, token = await house.books()
    async with house.units.write() as unit:
        door = await come_in(unit, appointment.id, now=house.now)
    aino = house.browser()
    aino.client.cookie_jar.update_cookies({"door": door.token}, URL(house.origin))

    await identify(aino, token)

    renewed = next(each.value for each in aino.client.cookie_jar if each.key == "door")
    async with house.units.read() as unit:
        session = await behind_the_door(unit, renewed, appointment.id, now=house.now)
        assert session is not None
        proof = await identified_as(unit, session)
        assert proof is not None
        assert (proof.name, session.participant_id) == ("Aino Maria Virtanen", door.session.participant_id)
        assert await unit.door_sessions.find(kept(door.token)) is None


@pytest.mark.parametrize(
    ("choice", "status", "reason", "title"),
    [
        ("louhi", 403, "another_person", "We could not confirm who you are"),
        ("cancel", 409, "cancelled", "The identification was cancelled"),
        ("broken", 503, "bank_unavailable", "The identification service does not answer"),
        ("slow", 503, "bank_unavailable", "The identification service does not answer"),
        ("garbage", 503, "bank_unavailable", "The identification service does not answer"),
    ],
)
async def test_an_identification_that_failed_says_why_and_keeps_the_booking(
    house: SignInHouse, choice: str, status: int, reason: str, title: str
) -> None:
    appointment, token = await house.books()
    aino = house.browser()

    failed = await identify(aino, token, choice)
    bank = await aino.sends(failed, f"/a/{token}/identify")

    assert (failed.status, title in failed.text) == (status, True)
    told = {"reason": reason, "provider": "demo-bank", "purpose": "booking"}
    heard = {"is_hearsay": True} if choice == "broken" else {}  # the browser brought the error
    assert ("identification_failed", told | heard) in await house.history(appointment)
    assert (
        await aino.sends(bank, "/demo/bank/authorize", choice="aino")
    ).address == f"/a/{token}?identified=1"


async def test_coming_back_too_late_is_told_so(house: SignInHouse) -> None:
    appointment, token = await house.books()
    bank = await go_to_the_bank(aino := house.browser(), token)
    house.now += timedelta(minutes=10)

    failed = await aino.sends(bank, "/demo/bank/authorize", choice="aino")

    assert (failed.status, "took too long" in failed.text) == (409, True)
    assert (await house.history(appointment))[-1][1]["reason"] == "expired"


async def test_an_address_of_return_works_once(house: SignInHouse) -> None:
    _, token = await house.books()
    failed = await identify(aino := house.browser(), token, "cancel")
    assert urlsplit(failed.address).path == "/identify/demo-bank/callback"

    again = await aino.opens(failed.address)

    assert (again.status, "already used" in again.text) == (409, True)


async def test_another_browser_cannot_come_back_in_ainos_place(house: SignInHouse) -> None:
    appointment, token = await house.books()
    bank = await go_to_the_bank(house.browser(), token)
    louhi = house.browser()
    await go_to_the_bank(louhi, token)

    stolen = await louhi.sends(await with_own_csrf(louhi, bank), "/demo/bank/authorize", choice="aino")

    assert (stolen.status, "began in another browser" in stolen.text) == (409, True)
    assert "identification_done" not in dict(await house.history(appointment))


async def with_own_csrf(browser: Browser, page: Page) -> Page:
    """Return a page of another browser with this browser's form secret in it."""
    own = (await browser.opens("/sign-in")).forms()[0]["csrf"]
    return Page(page.status, page.address, page.text.replace(page.forms()[0]["csrf"], own))


async def test_a_browser_without_the_cookie_cannot_come_back(house: SignInHouse) -> None:
    _, token = await house.books()
    bank = await go_to_the_bank(aino := house.browser(), token)
    state = asked_in(bank)["state"]

    answer = await house.browser().opens(f"/identify/demo-bank/callback?code=x&state={state}")

    assert answer.status == 409
    assert (
        await aino.sends(bank, "/demo/bank/authorize", choice="aino")
    ).address == f"/a/{token}?identified=1"


def asked_in(bank: Page) -> dict[str, str]:
    """Read what the request says that the browser carried: it is signed, and open to whoever carries it."""
    payload = parse_qs(urlsplit(bank.address).query)["request"][0].split(".")[1]
    asked: dict[str, str] = json.loads(urlsafe_b64decode(payload + "=="))
    return asked


async def test_nothing_secret_or_personal_stands_in_the_addresses(house: SignInHouse) -> None:
    appointment, token = await house.books()

    bank = await go_to_the_bank(house.browser(), token)

    assert urlsplit(bank.address).path == "/demo/bank/authorize"
    secret = ("010594", "Virtanen", "aino", token, str(appointment.id))
    assert [word for word in secret if word in bank.address + str(asked_in(bank))] == []


@pytest.mark.parametrize(
    "path",
    [
        "/identify/demo-bank/callback",
        "/identify/demo-bank/callback?state=a&state=b&code=c",
        "/identify/no-such-bank/callback?state=a&code=b",
        "/a/no-such-link/identify",
        "/demo/bank/authorize",
        "/demo/bank/authorize?client_id=rogue&redirect_uri=https://rogue.example/",
    ],
)
async def test_made_up_addresses_are_refused_and_lead_nowhere(house: SignInHouse, path: str) -> None:
    answer = await house.browser().opens(path)

    assert (400 <= answer.status < 500, "rogue" in answer.text) == (True, False)
    assert answer.address == path


async def test_the_bank_gives_no_assertion_to_who_does_not_sign(house: SignInHouse) -> None:
    form = {"grant_type": "authorization_code", "code": "x"}

    answer = await house.browser().posts("/demo/bank/token", form)

    assert (answer.status, answer.text) == (400, '{"error": "invalid_request"}')


async def test_the_bank_publishes_what_its_keys_are_believed_by(house: SignInHouse) -> None:
    kinds = {
        "/demo/bank/signed_jwks.jwt": "application/jwk-set+jwt",
        "/demo/bank/.well-known/openid-federation": "application/entity-statement+jwt",
    }

    answers = {path: await house.browser().opens(path) for path in kinds}

    said = {path: answer.headers["Content-Type"].partition(";")[0] for path, answer in answers.items()}
    assert said == kinds
    assert {answer.text.count(".") for answer in answers.values()} == {2}


async def test_a_bank_that_is_slow_keeps_nobody_waiting(house: SignInHouse) -> None:
    _, token = await house.books()
    bank, began = await go_to_the_bank(aino := house.browser(), token), monotonic()

    await aino.sends(bank, "/demo/bank/authorize", choice="slow")

    assert monotonic() - began < 3


@pytest.mark.parametrize(
    "path",
    [
        "/demo/bank",
        "/demo/bank/authorize",
        "/demo/bank/signed_jwks.jwt",
        "/identify/demo-bank/callback?state=a",
    ],
)
async def test_there_is_no_demo_bank_in_production(tmp_path: Path, path: str) -> None:
    async with sign_in_house(tmp_path, is_demo=False) as house:
        assert (await house.browser().opens(path)).status == 404
