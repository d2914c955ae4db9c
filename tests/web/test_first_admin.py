"""The first admin comes by a link that opens once, for an hour, and only while there is no admin."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from identity.errors import AdminThere
from identity.first_admin import LASTS, make_set_up_link
from identity.half_sign_in import SecondFactor
from server.demo_data import ADMIN
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Page

NEW = "kantele soi illalla"
WORDS = {"name": "Väinö Vanha", "login": "vaino", "new": NEW, "again": NEW}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path, second_factor=SecondFactor.EVERYBODY) as house:
        yield house


async def nobody_is_admin(house: FaceHouse) -> str:
    async with house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ADMIN), is_active=False))
        return f"/first-admin/{await make_set_up_link(unit, now=house.now)}"


async def sends(house: FaceHouse, link: str, **words: str) -> Page:
    browser = house.browser()
    return await browser.sends(await browser.opens(link), link, **(WORDS | words))


async def test_the_first_admin_sets_up_name_password_and_second_factor(house: FaceHouse) -> None:
    link = await nobody_is_admin(house)

    landed = await sends(house, link)

    assert landed.address == "/sign-in/enrol"
    async with house.units.read() as unit:
        found = await unit.staff.by_login("vaino")
    assert found is not None
    assert (found.member.name, found.member.role, found.member.is_active) == ("Väinö Vanha", "admin", True)


async def test_a_used_link_a_late_one_and_one_that_there_never_was_read_alike(house: FaceHouse) -> None:
    link = await nobody_is_admin(house)
    browser = house.browser()
    fresh = await browser.opens(link)
    house.now += LASTS
    late = await browser.opens(link)
    house.now -= LASTS
    await sends(house, link)

    used = await browser.opens(link)
    never = await browser.opens("/first-admin/" + "A" * 43)
    again = await browser.posts(link, {**fresh.forms()[0], **WORDS, "login": "other"})

    assert fresh.status == 200
    assert {page.status for page in (late, used, never, again)} == {404}
    assert "This link opens nothing any more" in used.text


async def test_no_link_is_made_or_opens_while_there_is_an_admin(house: FaceHouse) -> None:
    link = await nobody_is_admin(house)
    async with house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ADMIN), is_active=True))

    assert (await house.browser().opens(link)).status == 404
    with pytest.raises(AdminThere):
        async with house.units.write() as unit:
            await make_set_up_link(unit, now=house.now)


async def test_a_younger_link_takes_the_place_of_the_one_before(house: FaceHouse) -> None:
    older = await nobody_is_admin(house)

    async with house.units.write() as unit:
        younger = f"/first-admin/{await make_set_up_link(unit, now=house.now + timedelta(minutes=1))}"

    assert (await house.browser().opens(older)).status == 404
    assert (await house.browser().opens(younger)).status == 200


async def test_of_two_at_the_same_link_one_becomes_admin(house: FaceHouse) -> None:
    link = await nobody_is_admin(house)

    landed = await asyncio.gather(sends(house, link, login="one"), sends(house, link, login="other"))

    assert sorted(page.status for page in landed) == [200, 404]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"new": "eleven char", "again": "eleven char"}, "Write twelve characters at least."),
        ({"again": "another"}, "This is not the same as the line above."),
        ({"login": "ilmari"}, "Somebody else signs in by this name."),
        ({"login": "Ä"}, "Use small letters a to z"),
        ({"name": ""}, "Fill in this field."),
    ],
)
async def test_what_is_not_right_uses_nothing_up(house: FaceHouse, words: dict[str, str], told: str) -> None:
    link = await nobody_is_admin(house)

    refused = await sends(house, link, **words)

    assert refused.status in (409, 422)
    assert told in refused.text
    assert (await sends(house, link)).address == "/sign-in/enrol"
