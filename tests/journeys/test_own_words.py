"""The organisation's own sentences and tags: from the admin to the customer, and into the figures."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.instances.browser import DESKTOP, PHONE, NewContext
from tests.journeys.axe import faults_in_both_looks
from tests.journeys.demo_process import Demo
from tests.journeys.people import HELSINKI, Customer, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

NEW = {"fi": "Haen esimiehen mukaan.", "sv": "Jag hämtar chefen.", "en": "I am fetching my manager."}


async def writes(admin: Staff, where: str, words: dict[str, str]) -> None:
    await admin.open(where)
    for language, text in words.items():
        await admin.page.locator(f'[name="text_{language}"]').fill(text)
    await admin.page.locator(f'form[action="{where}"] button').click()


async def sits_with(ilmari: Staff, aino: Customer) -> None:
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.open("/desk")


async def test_a_sentence_written_while_somebody_waits_reaches_them_in_their_language_without_a_reload(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari, admin = [await staff(await new_context(viewport=DESKTOP), demo) for _ in range(2)]
    await sits_with(ilmari, aino)
    frames: list[str] = []
    aino.page.on("websocket", lambda line: line.on("framereceived", lambda frame: frames.append(str(frame))))
    await aino.page.reload()
    await aino.is_in("waiting")

    await admin.signs_in("admin")
    await writes(admin, "/admin/sentences", NEW)
    await expect(admin.page.locator(".entries")).to_contain_text(NEW["fi"])
    await ilmari.page.reload()
    row = ilmari.row_of("Aino Virtanen")
    await row.locator(".coming__more summary").click()
    await row.get_by_role("button", name=NEW["fi"]).click()

    said = aino.page.locator("#told-said")
    await expect(said).to_contain_text(NEW["fi"])
    assert not any("esimiehen" in frame for frame in frames)
    assert any('"said"' in frame for frame in frames)
    await expect(row).to_contain_text(NEW["fi"])
    assert await faults_in_both_looks(aino.page) == []
    address = re.sub(r"\?.*", "", aino.page.url)
    await aino.page.goto(f"{address}?lang=sv")
    await expect(said).to_contain_text(NEW["sv"])

    await admin.page.locator(".entry", has_text=NEW["fi"]).locator('button[name="withdrawn"]').click()
    await ilmari.page.reload()
    await expect(row.get_by_role("button", name=NEW["fi"], include_hidden=True)).to_have_count(0)
    await aino.page.reload()
    await expect(said).to_contain_text(NEW["sv"])


async def test_a_tag_costs_one_tap_and_is_counted(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari, admin = [await staff(await new_context(viewport=DESKTOP), demo) for _ in range(2)]
    await sits_with(ilmari, aino)
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.sees_and_hears()
    await ilmari.page.locator("#end").click()
    await ilmari.is_in("over")
    await ilmari.open("/desk")

    await ilmari.page.locator('#tasks a[href$="/wrap-up"]').click()
    assert await faults_in_both_looks(ilmari.page) == []
    await ilmari.page.get_by_label("jatko puhelimitse").check()
    await ilmari.page.locator("button.button--primary").click()

    mark = ilmari.row_of("Aino Virtanen").get_by_role("link", name="jatko puhelimitse")
    await expect(mark).to_be_visible()
    await mark.click()
    await expect(ilmari.page.locator("main")).to_contain_text("jatko puhelimitse")
    assert await faults_in_both_looks(ilmari.page) == []
    await admin.signs_in("admin")
    first = demo.now().astimezone(HELSINKI).date()
    await admin.open(
        f"/admin?from={first}&to={first + timedelta(days=4)}"
    )  # the first free time may be Monday's
    line = admin.page.locator("#tag-figures tr", has_text="jatko puhelimitse")
    await expect(line.locator(".number").first).to_have_text("1")
