"""The waiting room in two browsers: coming in, ready sentences, back from the table, and what breaks.

It prints `the customer hears after … ms that their adviser's tab died, who is back after … ms`.
"""

import re
from datetime import timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.instances.swallowing import HEARTBEAT_MS, swallowing_way
from tests.journeys.demo_process import running_demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey


async def waiting(aino: Customer, ilmari: Staff) -> str:
    """Let Aino wait and Ilmari open her meeting; return her link's path."""
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    return path


async def test_who_waits_is_seen_coming_in_is_spoken_to_and_comes_back_from_the_table(
    tmp_path: Path, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_browser(viewport=PHONE), demo)
        ilmari = await staff(await new_browser(), demo)
        await waiting(aino, ilmari)
        knock = ilmari.page.locator("#knocks .knock")
        await expect(knock.locator(".knock__arrival")).to_contain_text("Valmis")
        await expect(knock.locator(".knock__arrival")).to_contain_text(re.compile("Linux · (Chrome|Firefox)"))

        await knock.locator('[data-deed="sentence_in_a_moment"]').click()
        await expect(aino.page.locator("#told-said")).to_contain_text("Tulen aivan pian")
        await ilmari.lets_in()
        await aino.sees_and_hears()
        await expect(aino.page.locator("#told-said")).to_be_hidden()
        await ilmari.page.locator("#send-back").click()

        await aino.is_in("waiting")
        await expect(aino.page.locator("#remote")).to_be_hidden()
        assert await aino.page.evaluate("document.getElementById('remote').srcObject") is None
        await ilmari.lets_in()
        await aino.is_in("table")
        await aino.sees_and_hears()
        await ilmari.sees_and_hears()


@pytest.mark.slow
async def test_45_seconds_without_network_keep_the_place_and_the_customer_is_told_at_once(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo, swallowing_way() as way:
        aino = await customer(await new_context(viewport=PHONE, proxy=way.address), demo)
        ilmari = await staff(await new_context(), demo)
        await waiting(aino, ilmari)
        knock = ilmari.page.locator("#knocks .knock")
        since = await knock.locator(".knock__since").inner_text()
        await knock.locator('[data-deed="sentence_in_a_moment"]').click()
        await expect(aino.page.locator("#told-said")).to_be_visible()

        way.swallows = True  # the browser's word alone still lets through what is quick enough
        await aino.page.context.set_offline(True)
        await expect(aino.page.locator("#meeting-status")).to_contain_text("paikkanne säilyy")
        lost = knock.locator(".knock__state")
        await expect(lost).to_contain_text("menetti yhteyden", timeout=HEARTBEAT_MS + 5_000)
        demo.turn_clock(timedelta(seconds=45))
        await aino.page.wait_for_timeout(2_500)  # the server has looked twice whether somebody gave up
        await way.heal()
        await aino.page.context.set_offline(False)

        await expect(aino.page.locator("#meeting-status")).to_contain_text("Olette seuraavana")
        await expect(aino.page.locator("#told-said")).to_contain_text("Tulen aivan pian")
        await expect(lost).not_to_contain_text("menetti yhteyden")
        assert await knock.locator(".knock__since").inner_text() == since


async def test_a_reload_and_a_restart_of_the_server_keep_the_place_and_what_was_told(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        ilmari = await staff(await new_context(), demo)
        await waiting(aino, ilmari)
        knock = ilmari.page.locator("#knocks .knock")
        await knock.locator('[data-deed="sentence_in_a_moment"]').click()
        since = await knock.locator(".knock__since").inner_text()
        await aino.page.reload()
        await aino.is_in("waiting")
        await expect(aino.page.locator("#told-said")).to_contain_text("Tulen aivan pian")
        demo.kill()
    port = urlsplit(demo.address).port or 0

    async with running_demo(tmp_path, port=port) as again:
        again.turn_clock(timedelta(minutes=5))
        await aino.page.reload()

        await aino.is_in("waiting")
        await expect(aino.page.locator("#told-said")).to_contain_text("Tulen aivan pian")
        await expect(knock).to_have_count(1)
        assert await knock.locator(".knock__since").inner_text() == since
        await ilmari.lets_in()
        await aino.is_in("table")


async def test_an_advisers_tab_that_dies_leaves_the_waiting_room_as_it_was(
    tmp_path: Path, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_browser(viewport=PHONE), demo)
        context = await new_browser()
        ilmari = await staff(context, demo)
        await waiting(aino, ilmari)
        since = await ilmari.page.locator(".knock__since").inner_text()
        place = ilmari.page.url

        await ilmari.page.close()
        await aino.page.wait_for_timeout(1_000)
        await expect(aino.page.locator("#meeting-status")).to_contain_text("Olette seuraavana")
        ilmari = await staff(context, demo)
        await ilmari.page.goto(place)

        assert await ilmari.page.locator(".knock__since").inner_text() == since
        await ilmari.lets_in()
        await aino.is_in("table")


async def test_a_customer_hears_that_their_advisers_tab_died_and_the_talk_goes_on(
    tmp_path: Path, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_browser(viewport=PHONE), demo)
        context = await new_browser()
        ilmari = await staff(context, demo)
        await waiting(aino, ilmari)
        await ilmari.lets_in()
        await aino.sees_and_hears()
        place = ilmari.page.url

        died = monotonic()
        await ilmari.page.close()
        await expect(aino.page.locator("#meeting-status")).to_contain_text("putosi pois")
        told = monotonic()
        ilmari = await staff(context, demo)
        opened = monotonic()
        await ilmari.page.goto(place)
        await expect(ilmari.page.locator('#main[data-state="connected"]')).to_be_visible()
        back = monotonic()

        print(
            f"the customer hears after {1000 * (told - died):.0f} ms that their adviser's tab died, "
            f"who is back after {1000 * (back - opened):.0f} ms"
        )
        await aino.sees_and_hears()
        await expect(aino.page.locator("#meeting-status")).not_to_contain_text("putosi pois")
