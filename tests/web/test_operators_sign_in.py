"""An operator has a page for how they sign in, and no other; where nobody has a password, none is offered."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from identity.half_sign_in import SecondFactor
from identity.password import hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.demo_data import BANK, ILMARI, demo_id
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from tests.web.test_second_factor import CODE, ENROL, code_of, enrolled, secret_in, types_password
from web import keys

HOME = "/desk/access"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path, second_factor=SecondFactor.ADMINS) as house:
        operator = StaffMember(
            id=demo_id("op"), login="op", name="Seppo Operaattori", role=Role.OPERATOR, team_id=BANK
        )
        async with house.units.write() as unit:
            await unit.staff.add(Credentials(operator, hash_password("op")))
        yield house


def without_passwords(house: FaceHouse) -> None:
    house.app[keys.SITE] = replace(house.app[keys.SITE], has_staff_passwords=False)


async def comes(house: FaceHouse) -> tuple[Browser, Page]:
    """Set an app up at the first sign-in, and go on to where an operator is at home."""
    browser, asked = await types_password(house, "op")
    await browser.sends(asked, ENROL, code=code_of(house, secret_in(asked)))
    return browser, await browser.opens(HOME)


async def test_an_operator_must_have_a_second_factor_and_comes_to_the_page_of_it(house: FaceHouse) -> None:
    secret, _ = await enrolled(house, "op")

    browser, asked = await types_password(house, "op")
    landed = await browser.sends(asked, CODE, code=pyotp.TOTP(secret).at(house.now))

    assert (asked.address, landed.address) == (CODE, HOME)
    assert "An authenticator app is set up" in landed.text


async def test_the_page_leads_an_operator_nowhere_that_is_refused(house: FaceHouse) -> None:
    browser, shown = await comes(house)

    signed_in = await browser.opens("/sign-in")

    assert "Setting up" not in shown.text
    assert 'href="/desk"' not in shown.text
    assert f'href="{HOME}"' in signed_in.text
    assert (await browser.opens("/desk")).status == 403
    assert (await browser.opens("/desk/password")).status == 200


async def test_the_button_that_takes_a_factor_away_stands_where_there_is_one(house: FaceHouse) -> None:
    admin, place = await house.staff("admin"), f"/admin/people/{ILMARI}"
    before = await admin.opens(place)
    ilmari = await house.staff("ilmari")
    begun = await ilmari.sends(await ilmari.opens(HOME), f"{HOME}/app/begin")
    await ilmari.sends(begun, f"{HOME}/app", code=code_of(house, secret_in(begun)))

    after = await admin.opens(place)

    assert "They have set up no second factor" in before.text
    assert "Take the second factor away" not in before.text
    assert "Take the second factor away" in after.text


async def test_where_nobody_has_a_password_none_is_made_or_shown_for_a_new_person(tmp_path: Path) -> None:
    address = "/admin/people/new"
    async with face_house(tmp_path, furnish=without_passwords) as house:
        admin = await house.staff("admin")
        form = await admin.opens(address)

        about = {"name": "Lyylikki", "login": "lyylikki", "role": "adviser", "languages": "sv"}
        added = await admin.sends(form, address, **about, team_id=str(BANK))
        refused = await admin.posts(f"{added.address}/password", added.forms()[0] | {"sure": "1"})

    assert "first password" not in form.text
    assert re.fullmatch(r"/admin/people/[0-9a-f-]{36}", added.address)
    assert 'class="secret"' not in added.text
    assert refused.status == 404


async def test_without_passwords_no_page_offers_or_takes_one(tmp_path: Path) -> None:
    async with face_house(tmp_path, furnish=without_passwords) as house:
        ilmari, admin = await house.staff("ilmari"), await house.staff("admin")

        shown, person = await ilmari.opens(HOME), await admin.opens(f"/admin/people/{ILMARI}")
        password = await ilmari.opens("/desk/password")
        changed = await ilmari.posts("/desk/password", shown.forms()[0] | {"current": "ilmari"})

    assert ("/desk/password" in shown.text, "Passkeys" in shown.text) == (False, True)
    assert "Make a new password" not in person.text
    assert (password.status, changed.status) == (404, 404)


@pytest.mark.parametrize("place", ["/desk/nothing", "/admin/nothing", f"/desk/appointments/{ILMARI}/code"])
async def test_what_the_staff_does_not_find_speaks_of_no_letter(house: FaceHouse, place: str) -> None:
    ilmari = await house.staff("ilmari")

    told = await ilmari.opens(place)

    assert (told.status, "belongs to another team" in told.text) == (404, True)
    assert "your letter" not in told.text
    assert 'href="/desk"' in told.text
