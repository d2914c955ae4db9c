"""A password alone is not enough where more is asked: each code opens once, and guesses are counted."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from booking.change import ChangedField
from identity.half_sign_in import SecondFactor
from identity.recovery_code import MANY
from identity.second_factor import TRIES
from server.demo_data import ILMARI
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

CODE, ENROL, APP = "/sign-in/code", "/sign-in/enrol", "/desk/access/app"
STEP = timedelta(seconds=30)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path, second_factor=SecondFactor.EVERYBODY) as house:
        yield house


@pytest.fixture
async def free(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def types_password(
    house: FaceHouse, login: str = "ilmari", place: str = "/sign-in"
) -> tuple[Browser, Page]:
    browser = house.browser()
    return browser, await browser.sends(await browser.opens(place), "/sign-in", login=login, password=login)


def secret_in(page: Page) -> str:
    found = re.search(r'<code class="secret" translate="no">([A-Z2-7 ]+)</code>', page.text)
    assert found is not None
    return found[1].replace(" ", "")


def codes_in(page: Page) -> list[str]:
    return re.findall(r'<code class="secret" translate="no">([a-z0-9-]{19})</code>', page.text)


def code_of(house: FaceHouse, secret: str) -> str:
    return pyotp.TOTP(secret).at(house.now)


def files_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("kohtaamo.sqlite3*"))


async def enrolled(house: FaceHouse, login: str = "ilmari") -> tuple[str, list[str]]:
    """Set an app up at the sign-in; return its secret and the codes for paper, and let a minute pass."""
    browser, page = await types_password(house, login)
    secret = secret_in(page)
    shown = await browser.sends(page, ENROL, code=code_of(house, secret))
    house.now += 2 * STEP
    return secret, codes_in(shown)


async def test_whoever_has_none_sets_one_up_before_they_are_signed_in(house: FaceHouse) -> None:
    browser, asked = await types_password(house, place="/sign-in?next=/desk%3Fteam%3D1")
    before = await browser.opens("/desk")

    done = await browser.sends(asked, ENROL, code=code_of(house, secret_in(asked)))

    assert (asked.address, "<svg" in asked.text) == (f"{ENROL}?next=/desk?team%3D1", True)
    assert before.address.startswith("/sign-in")
    assert len(set(codes_in(done))) == MANY
    assert 'href="/desk?team=1"' in done.text
    assert (await browser.opens("/desk")).address == "/desk"


async def test_the_app_is_asked_after_the_password_and_opens(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)

    browser, asked = await types_password(house)
    between = await browser.opens("/desk")
    landed = await browser.sends(asked, CODE, code=code_of(house, secret))

    assert asked.address == CODE
    assert between.address.startswith("/sign-in")
    assert landed.address == "/desk"


async def test_a_code_opens_once(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    first, asked = await types_password(house)
    thief, also_asked = await types_password(house)
    code = code_of(house, secret)

    assert (await first.sends(asked, CODE, code=code)).address == "/desk"
    again = await thief.sends(also_asked, CODE, code=code)

    assert (again.status, "or was used before" in again.text) == (422, True)
    assert (await thief.opens("/desk")).address.startswith("/sign-in")


async def test_of_two_with_one_code_at_the_same_time_one_comes_in(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    both = [await types_password(house) for _ in range(2)]
    code = code_of(house, secret)

    landed = await asyncio.gather(*(browser.sends(asked, CODE, code=code) for browser, asked in both))

    assert sorted(page.status for page in landed) == [200, 422]


async def test_an_older_code_than_the_last_opens_nothing(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    older = code_of(house, secret)
    house.now += STEP
    browser, asked = await types_password(house)
    await browser.sends(asked, CODE, code=code_of(house, secret))

    late, asked = await types_password(house)

    assert (await late.sends(asked, CODE, code=older)).status == 422


async def test_a_code_on_paper_opens_once(house: FaceHouse) -> None:
    _, codes = await enrolled(house)
    first, asked = await types_password(house)
    landed = await first.sends(asked, CODE, code=codes[0].upper().replace("-", " "))
    second, asked = await types_password(house)

    again = await second.sends(asked, CODE, code=codes[0])

    assert (landed.address, again.status) == ("/desk", 422)
    assert "9 codes on paper are left." in (await first.opens("/desk/access")).text


async def test_guesses_are_counted_over_every_browser(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    guesser, asked = await types_password(house)
    for _ in range(TRIES):
        assert (await guesser.sends(asked, CODE, code="000000")).status == 422

    other, asked = await types_password(house)
    told = await other.sends(asked, CODE, code=code_of(house, secret))
    house.now += timedelta(minutes=16)
    later, asked = await types_password(house)

    assert (told.status, "Too many tries" in told.text) == (429, True)
    assert (await later.sends(asked, CODE, code=code_of(house, secret))).address == "/desk"


async def test_ten_minutes_after_the_password_it_is_asked_again(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    browser, asked = await types_password(house)
    house.now += timedelta(minutes=10)

    late = await browser.sends(asked, CODE, code=code_of(house, secret))

    assert late.address == "/sign-in"


async def test_a_password_alone_puts_no_other_app_in_the_place_of_the_one_there_is(house: FaceHouse) -> None:
    await enrolled(house)
    thief, asked = await types_password(house)

    shown = await thief.opens(ENROL)
    tried = await thief.posts(ENROL, {**asked.forms()[0], "code": "000000"})

    assert (shown.address, tried.address) == (CODE, CODE)
    assert (await thief.opens("/desk")).address.startswith("/sign-in")


async def test_somebody_who_needs_none_sets_one_up_and_is_asked_from_then_on(free: FaceHouse) -> None:
    browser, landed = await types_password(free)
    asked = await browser.sends(await browser.opens("/desk/access"), f"{APP}/begin")
    secret = secret_in(asked)

    wrong = await browser.sends(asked, APP, code="000000")
    shown = await browser.sends(wrong, APP, code=code_of(free, secret))

    assert (landed.address, wrong.status, len(codes_in(shown))) == ("/desk", 422, MANY)
    assert (await types_password(free))[1].address == CODE
    async with free.units.read() as unit:
        (noted,) = await unit.changes.newest(limit=10)
    assert noted.change.fields == (ChangedField("second_factor"),)


async def test_an_app_is_removed_only_where_nobody_must_have_one(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    browser, asked = await types_password(house)
    await browser.sends(asked, CODE, code=code_of(house, secret))
    own = await browser.opens("/desk/access")

    await browser.posts(f"{APP}/remove", own.forms()[0])

    assert f"{APP}/remove" not in own.text
    assert (await types_password(house))[1].address == CODE


async def test_how_one_signs_in_is_changed_only_soon_after_signing_in(free: FaceHouse) -> None:
    browser, _ = await types_password(free)
    own = await browser.opens("/desk/access")
    free.now += timedelta(minutes=16)

    sent_away = await browser.sends(own, f"{APP}/begin")

    assert sent_away.address == "/sign-in?again=1&next=/desk/access"
    assert "sign in once more" in sent_away.text
    async with free.units.read() as unit:
        assert await unit.second_factors.proposed(ILMARI) is None


async def test_an_admin_takes_the_app_of_somebody_away_who_lost_it(house: FaceHouse) -> None:
    secret, _ = await enrolled(house)
    ilmari, asked = await types_password(house)
    await ilmari.sends(asked, CODE, code=code_of(house, secret))
    admin, home = await house.staff("admin"), f"/admin/people/{ILMARI}"

    await admin.removes(await admin.opens(home), f"{home}/second-factor/remove")

    assert (await ilmari.opens("/desk")).address.startswith("/sign-in")
    assert (await types_password(house))[1].address == ENROL


async def test_secrets_are_sealed_and_codes_on_paper_hashed_in_the_database(
    house: FaceHouse, tmp_path: Path
) -> None:
    secret, codes = await enrolled(house)

    stored = await asyncio.to_thread(files_of, tmp_path)

    assert ILMARI.hex.encode() in stored  # it is there to be seen
    assert [one for one in (secret, *codes, codes[0].replace("-", "")) if one.encode() in stored] == []


@pytest.mark.parametrize(("login", "landed"), [("admin", ENROL), ("ilmari", "/desk")])
async def test_where_admins_alone_must_have_one_advisers_need_not(
    tmp_path: Path, login: str, landed: str
) -> None:
    async with face_house(tmp_path, second_factor=SecondFactor.ADMINS) as house:
        _, page = await types_password(house, login)

    assert page.address == landed
