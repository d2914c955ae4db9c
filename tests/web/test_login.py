"""The staff signs in at a plain page."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from yarl import URL

from tests.web.sign_in_house import Browser, Page, SignInHouse, sign_in_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[SignInHouse]:
    async with sign_in_house(tmp_path) as house:
        yield house


async def sign_in(browser: Browser, login: str, password: str, *, place: str = "/sign-in") -> Page:
    return await browser.sends(await browser.opens(place), "/sign-in", login=login, password=password)


async def test_ilmari_signs_in_and_comes_to_his_desk(house: SignInHouse) -> None:
    ilmari = house.browser()

    landed = await sign_in(ilmari, " Ilmari", "ilmari")

    assert landed.address == "/desk"
    again = await ilmari.opens("/sign-in")
    assert "You are signed in as Ilmari Seppä." in again.text
    assert 'class="button button--primary" href="/desk"' in again.text


@pytest.mark.parametrize(
    ("place", "landed"),
    [
        ("/sign-in?next=/admin", "/admin"),
        ("/sign-in?next=/desk%3Fday%3D2026-11-23", "/desk?day=2026-11-23"),
        ("/sign-in?next=https://rogue.example/", "/desk"),
        ("/sign-in?next=//rogue.example/", "/desk"),
        ("/sign-in?next=/%5Crogue.example/", "/desk"),
        ("/sign-in?next=/%09/rogue.example/", "/desk"),
        ("/sign-in?next=javascript:alert(1)", "/desk"),
    ],
)
async def test_one_who_signed_in_lands_on_this_site_only(house: SignInHouse, place: str, landed: str) -> None:
    assert (await sign_in(house.browser(), "ilmari", "ilmari", place=place)).address == landed


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ilmari", "wrong"),
        ("nobody", "wrong"),
        ("nobody", "ilmari"),
    ],
)
async def test_a_wrong_password_and_an_unknown_login_read_alike(
    house: SignInHouse, login: str, password: str
) -> None:
    answer = await sign_in(house.browser(), login, password)

    assert answer.status == 401
    assert "The name or the password is not right" in answer.text
    assert f'value="{login}"' in answer.text
    assert [form.get("password") for form in answer.forms()] == [None, None]


async def test_the_eleventh_guess_is_told_to_wait_even_if_it_is_right(house: SignInHouse) -> None:
    guesser = house.browser()
    for _ in range(10):
        assert (await sign_in(guesser, "ilmari", "wrong")).status == 401

    answer = await sign_in(guesser, "ilmari", "ilmari")
    house.now += timedelta(minutes=16)
    later = await sign_in(guesser, "ilmari", "ilmari")

    assert (answer.status, "Too many tries" in answer.text) == (429, True)
    assert later.address == "/desk"


async def test_an_empty_form_comes_back_with_what_is_missing(house: SignInHouse) -> None:
    answer = await sign_in(house.browser(), "", "")

    assert (answer.status, answer.text.count("Fill in this field.")) == (422, 2)


@pytest.mark.parametrize(("login", "home"), [("ilmari", "/desk"), ("louhi", "/desk"), ("admin", "/admin")])
async def test_one_click_signs_in_the_demos_people(house: SignInHouse, login: str, home: str) -> None:
    browser = house.browser()

    landed = await browser.sends(await browser.opens("/sign-in"), "/sign-in/demo", login=login)

    assert landed.address == home


async def test_one_click_signs_in_nobody_else(house: SignInHouse) -> None:
    browser = house.browser()

    landed = await browser.sends(await browser.opens("/sign-in"), "/sign-in/demo", login="ainikki")

    assert landed.status == 404


async def test_production_has_no_one_click_sign_in(tmp_path: Path) -> None:
    async with sign_in_house(tmp_path, is_demo=False) as house:
        browser = house.browser()
        page = await browser.opens("/sign-in")
        csrf = next(form["csrf"] for form in page.forms() if form["action"] == "/sign-in")

        answer = await browser.posts("/sign-in/demo", {"csrf": csrf, "login": "ilmari", "next": ""})

        assert [form["action"] for form in page.forms()] == ["/sign-in"]
        assert answer.status == 404


async def test_signing_out_ends_the_session_everywhere(house: SignInHouse) -> None:
    ilmari = house.browser()
    await sign_in(ilmari, "ilmari", "ilmari")
    copied = {each.key: each.value for each in ilmari.client.cookie_jar}
    page = await ilmari.opens("/sign-in")
    assert "signed in as Ilmari" in page.text

    landed = await ilmari.sends(page, "/sign-out")
    thief = house.browser()
    thief.client.cookie_jar.update_cookies(copied, URL(house.origin))

    assert landed.address == "/sign-in"
    assert "signed in as" not in landed.text
    assert "signed in as" not in (await thief.opens("/sign-in")).text


async def test_a_form_without_its_secret_signs_nobody_in(house: SignInHouse) -> None:
    browser = house.browser()
    await browser.opens("/sign-in")

    answer = await browser.posts("/sign-in", {"login": "ilmari", "password": "ilmari", "next": ""})

    assert answer.status == 403
    assert "signed in as" not in (await browser.opens("/sign-in")).text
