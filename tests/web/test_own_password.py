"""Staff change their own password: only with the old one, and everybody else who has it is out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.change import ChangedField
from identity.sign_in import TRIES_OF_ONE_LOGIN_FROM_ONE_ADDRESS, WINDOW
from server.demo_data import ILMARI
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

HOME = "/desk/password"
NEW = "kantele soi illalla"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def signs_in(house: FaceHouse, login: str, password: str) -> tuple[Browser, Page]:
    browser = house.browser()
    return browser, await browser.sends(
        await browser.opens("/sign-in"), "/sign-in", login=login, password=password
    )


async def changes(browser: Browser, current: str, new: str, again: str | None = None) -> Page:
    values = {"current": current, "new": new, "again": new if again is None else again}
    return await browser.sends(await browser.opens(HOME), HOME, **values)


@pytest.mark.parametrize("login", ["ilmari", "admin"])
async def test_the_new_password_opens_and_the_old_one_does_not(house: FaceHouse, login: str) -> None:
    browser, _ = await signs_in(house, login, login)

    changed = await changes(browser, login, NEW)

    assert "Your password is changed." in changed.text
    assert (await signs_in(house, login, login))[1].status == 401
    assert (await signs_in(house, login, NEW))[1].status == 200


async def test_every_other_session_ends_and_the_own_one_goes_on(house: FaceHouse) -> None:
    mine, _ = await signs_in(house, "ilmari", "ilmari")
    others, _ = await signs_in(house, "ilmari", "ilmari")
    before = {cookie.key: cookie.value for cookie in mine.client.cookie_jar}["session"]

    await changes(mine, "ilmari", NEW)

    assert (await mine.opens("/desk")).address == "/desk"
    assert (await others.opens("/desk")).address.startswith("/sign-in")
    assert {cookie.key: cookie.value for cookie in mine.client.cookie_jar}["session"] != before


@pytest.mark.parametrize(
    ("current", "new", "again", "told"),
    [
        ("louhi", NEW, NEW, "This is not your password."),
        ("", NEW, NEW, "Fill in this field."),
        ("ilmari", NEW, NEW + "!", "This is not the same as the line above."),
        ("ilmari", "eleven char", "eleven char", "Write twelve characters at least."),
        ("ilmari", "Ilmari Seppo 1", "Ilmari Seppo 1", "Leave the name that you sign in by out of it."),
        ("ilmari", "abababababab", "abababababab", "Use more different characters."),
        ("ilmari", "a" * 257, "a" * 257, "This is too long."),
    ],
)
async def test_what_is_not_right_changes_nothing_and_is_not_sent_back(
    house: FaceHouse, current: str, new: str, again: str, told: str
) -> None:
    browser, _ = await signs_in(house, "ilmari", "ilmari")

    refused = await changes(browser, current, new, again)

    assert refused.status == 422
    assert told in refused.text
    assert f'value="{new}"' not in refused.text
    assert (await signs_in(house, "ilmari", "ilmari"))[1].status == 200


async def test_whoever_sits_at_an_open_screen_does_not_guess_for_long(house: FaceHouse) -> None:
    browser = await house.staff("ilmari")
    tries = [await changes(browser, "guess", NEW) for _ in range(TRIES_OF_ONE_LOGIN_FROM_ONE_ADDRESS)]

    too_many = await changes(browser, "ilmari", NEW)
    house.now += WINDOW + timedelta(seconds=1)
    later = await changes(browser, "ilmari", NEW)

    assert {page.status for page in tries} == {422}
    assert (too_many.status, later.status) == (429, 200)
    assert "Too many tries" in too_many.text


async def test_a_change_is_in_the_log_without_a_word_of_it(house: FaceHouse) -> None:
    await changes(await house.staff("ilmari"), "ilmari", NEW)

    async with house.units.read() as unit:
        (noted,) = await unit.changes.newest(limit=10)
    assert (noted.change.by, noted.change.thing_id) == (ILMARI, ILMARI)
    assert noted.change.fields == (ChangedField("password"),)
