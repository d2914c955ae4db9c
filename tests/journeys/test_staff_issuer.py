"""The staff signs in at an issuer that nobody here wrote; what its groups say decides, at each sign-in."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import DESKTOP, NewContext
from tests.instances.ports import free_port
from tests.instances.staff_issuer import CLIENT_ID, CLIENT_SECRET, StaffIssuer, staff_issuer
from tests.journeys.axe import faults_at
from tests.journeys.demo_process import Demo, running_demo

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PEOPLE = {"ilmari": ["advisers", "football"], "ainikki": ["football"], "stranger": ["advisers"]}
DESK = re.compile("/desk$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A demo of ours where nobody has a password, and the issuer that it asks."""

    demo: Demo
    issuer: StaffIssuer

    async def comes(self, page: Page, who: str) -> None:
        """Press our button, and choose at the issuer who one is."""
        await page.goto(f"{self.demo.address}/sign-in?lang=en")
        await page.locator('form[action="/sign-in/issuer"] button').click()
        await page.wait_for_url(f"{self.issuer.address}/interaction/*")
        await page.locator(f"#{who}").click()


@pytest.fixture(scope="module")
async def pair(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    port = free_port()
    async with staff_issuer(f"http://localhost:{port}/sign-in/issuer/callback", PEOPLE) as issuer:
        said = {
            "OIDC_ISSUER": issuer.address,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_GROUPS": "admin=admins,adviser=advisers",
            "OIDC_LABEL": "Pohjola",
            "PASSWORDS": "false",
        }
        settings = {f"KOHTAAMO_STAFF_{name}": value for name, value in said.items()}
        async with running_demo(tmp_path_factory.mktemp("issuer"), port=port, settings=settings) as demo:
            yield Pair(demo, issuer)
        assert demo.faults == []


async def test_an_adviser_by_their_group_comes_to_the_desk_and_signs_out(
    pair: Pair, new_context: NewContext
) -> None:
    context = await new_context(viewport=DESKTOP)
    page = await context.new_page()
    await pair.comes(page, "ilmari")
    await page.wait_for_url(DESK)
    await expect(page.locator(".staff-menu")).to_contain_text("Ilmari Seppä")
    session = [each for each in await context.cookies() if each["name"] == "session"]

    await page.locator('form[action="/sign-out"] button').click()

    await page.wait_for_url(re.compile("/sign-in$"))
    await context.add_cookies([{"name": "session", "value": session[0]["value"], "url": pair.demo.address}])
    await page.goto(f"{pair.demo.address}/desk")  # the cookie of before opens nothing any more
    await page.wait_for_url(re.compile(r"/sign-in\?next="))


async def test_a_changed_group_changes_the_role_at_the_next_sign_in_and_ends_what_was_open(
    pair: Pair, new_context: NewContext
) -> None:
    before, after = [await (await new_context(viewport=DESKTOP)).new_page() for _ in range(2)]
    await pair.comes(before, "ilmari")
    await before.wait_for_url(DESK)
    await pair.issuer.puts_into(["admins"], who="ilmari")

    await pair.comes(after, "ilmari")

    await after.wait_for_url(re.compile("/admin$"))
    await before.goto(f"{pair.demo.address}/desk")
    await before.wait_for_url(re.compile(r"/sign-in\?next="))
    await pair.issuer.puts_into([], who="ilmari")
    again = await (await new_context(viewport=DESKTOP)).new_page()
    await pair.comes(again, "ilmari")
    await expect(again.locator(".notice--danger")).to_contain_text("You have no access here")
    await pair.issuer.puts_into(["advisers"], who="ilmari")


@pytest.mark.parametrize("who", ["ainikki", "stranger"])
async def test_a_group_without_a_role_and_a_stranger_in_a_group_stay_out(
    pair: Pair, new_context: NewContext, who: str
) -> None:
    page = await (await new_context(viewport=DESKTOP)).new_page()

    await pair.comes(page, who)

    await expect(page.locator(".notice--danger")).to_contain_text("You have no access here")
    await page.goto(f"{pair.demo.address}/desk")
    await page.wait_for_url(re.compile(r"/sign-in\?next="))


async def test_who_turns_back_there_comes_back_to_the_sign_in_where_no_password_is_asked(
    pair: Pair, new_context: NewContext
) -> None:
    page = await (await new_context(viewport=DESKTOP)).new_page()

    await pair.comes(page, "cancel")

    await expect(page.locator(".notice--danger")).to_contain_text("cancelled")
    await expect(page.locator("#field-password")).to_have_count(0)
    assert await faults_at(page, f"{pair.demo.address}/sign-in") == []
