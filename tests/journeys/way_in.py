"""The whole way in, state by state, for whoever wants to look: both sides, from the front page to the end."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, Page, expect

from server.demo_data import NURSE
from tests.journeys.demo_process import Demo
from tests.journeys.device_faults import ALLOWED, DENIED, IN_APP, PLAYED
from tests.journeys.people import Customer, Staff
from tests.journeys.practising import STEPS, Practising
from tests.journeys.tools_in_use import Look, checks_own_devices, share_the_screen, use_the_table

UNASKED = {"states": {"microphone": "prompt", "camera": "prompt"}, "refusals": {}}
FAILURES = {
    "blocked": {"states": {**ALLOWED, "microphone": "denied"}, "refusals": {"microphone": DENIED}},
    "in an app": {"states": ALLOWED, "refusals": {}, "agent": IN_APP, "isBare": True},
}


@dataclass(slots=True)
class WayIn:
    """Aino's way to Ilmari, in a language; `look` is called in each state, and leaves the page as it is."""

    aino: Customer
    ilmari: Staff
    helper: Page
    look: Look
    path: str = ""

    @classmethod
    async def of(cls, customers: BrowserContext, staff: BrowserContext, demo: Demo, look: Look) -> "WayIn":
        await customers.add_init_script(PLAYED)
        aino, ilmari = await customers.new_page(), await staff.new_page()
        return cls(Customer(aino, demo), Staff(ilmari, demo), await customers.new_page(), look)

    async def walks(self, offering: str, paper: Path) -> None:
        """Go all the way."""
        await self.books(offering)
        await self.gets_help()
        await self.practises()
        await self.identifies()
        await self.is_asked_for_devices()
        await self.is_seen_at_the_desk()
        await self.ilmari.open("/desk/device-check")
        await checks_own_devices(self.ilmari.page, self.look)
        await self.ilmari.open("/desk")
        await self.is_told()
        await self.is_let_in(paper)
        await self.is_sent_back()
        await self.loses_the_adviser()
        await self.ends()

    async def books(self, offering: str) -> None:
        page = self.aino.page
        await self.aino.open("/")
        await self.look(page, "front page")
        await self.aino.looks_for_times(offering)
        await self.look(page, "times")
        await page.locator(".card--now button.button--primary").click()
        await page.wait_for_url(re.compile(r"/book/holds/[\w-]{36}"))
        await self.look(page, "kept time")
        await page.locator("#booking button.button--primary").click()
        await self.look(page, "kept time with errors")
        await self.aino.fills_in("Aino Virtanen", "aino@example.org")
        await page.wait_for_url(re.compile(r"/a/[\w-]{22}"))
        self.path = "/a/" + page.url.split("/a/")[1][:22]
        await self.look(page, "booked")
        await self.aino.open(f"{self.path}/who-sees")
        await self.look(page, "promises")

    async def gets_help(self) -> None:
        page = self.aino.page
        await self.aino.open(f"{self.path}/helper")
        await self.look(page, "helper, before")
        await page.locator(f'form[action="{self.path}/helper"] button').click()
        link = await page.locator("#copy-address").input_value()
        await self.look(page, "helper's link")
        await self.helper.goto(link)

    async def practises(self) -> None:
        page = self.aino.page
        practising = Practising(page, self.aino.demo)
        await practising.opens(f"{self.path}/practice")
        await self.look(page, "practice")
        await page.locator("#practice-unhurried").check()  # being looked at takes time
        await practising.starts()
        for step in STEPS:
            await practising.is_at(step)
            await self.look(page, f"practice: {step}")
            await practising.answers(step)
        await practising.verdict()
        await self.look(page, "practice: done")

    async def identifies(self) -> None:
        page = self.aino.page
        await self.aino.open(f"{self.path}/door")
        await self.look(page, "door")
        await self.aino.comes_in(self.path)
        await self.look(page, "identify")
        await self.look(self.helper, "helper: identifying")
        await self.aino.goes_to_the_bank()
        await self.look(page, "bank")
        await self.aino.chooses_at_the_bank("cancel")
        await page.wait_for_url(re.compile("/door|/identif"))
        await self.look(page, "identification failed")
        await page.evaluate("fault => sessionStorage.setItem('fault', fault)", json.dumps(UNASKED))
        await self.aino.identifies_as("aino")

    async def is_asked_for_devices(self) -> None:
        page = self.aino.page
        for device in ("microphone", "camera"):
            await page.locator(f"#ask-{device}").wait_for()
            await self.look(page, f"asked for the {device}")
            if device == "camera":
                await self.look(self.helper, "helper: camera")
            await page.locator(f'#ask-{device} [data-deed="use"]').click()
        await self.aino.is_in("waiting")
        for name, fault in FAILURES.items():
            await self.reloads_with(fault)
            await page.locator("#meeting-failure").wait_for()
            await self.look(page, f"device {name}")
        await page.locator("#phone-instead summary").click()
        await self.look(page, "phone instead")
        await self.reloads_with(None)
        await expect(page.locator("#mute")).to_be_enabled()
        await self.look(page, "waiting room")

    async def reloads_with(self, fault: object) -> None:
        page = self.aino.page
        await page.evaluate("fault => sessionStorage.setItem('fault', fault)", json.dumps(fault))
        await page.reload()
        await self.aino.is_in("waiting")

    async def is_seen_at_the_desk(self) -> None:
        page = self.ilmari.page
        await self.ilmari.open("/sign-in")
        await self.look(page, "sign-in")
        await self.ilmari.signs_in("ilmari")
        await expect(page.locator("#waiting")).to_contain_text("Aino Virtanen")
        await self.look(page, "desk")
        row = self.ilmari.row_of("Aino Virtanen")
        await row.locator(".visit__actions .more summary").click()
        await self.look(page, "desk with more")
        await row.locator(".visit__actions .more summary").click()

    async def is_told(self) -> None:
        page = self.ilmari.page
        await self.ilmari.opens_meeting_of("Aino Virtanen")
        await page.locator("#knocks button").first.wait_for()
        await page.locator("#coming .coming__state").wait_for()
        await self.look(page, "knock")
        await page.locator("#coming .coming__more summary").click()
        await self.look(page, "knock with panel open")
        await page.locator("#coming .coming__more li button").last.click()
        await self.aino.page.locator("#told-said").wait_for()
        await self.look(self.aino.page, "told a sentence")
        await page.locator("#coming select").select_option("microphone_silent")
        await page.locator('#coming [data-key="show"]').click()
        await self.aino.page.locator("#told-help").wait_for()
        await self.look(self.aino.page, "told a help")
        await self.look(self.helper, "helper: waiting room")
        await self.look(page, "knock after telling")

    async def is_let_in(self, paper: Path) -> None:
        aino, ilmari = self.aino.page, self.ilmari.page
        await ilmari.locator("#knocks button.button--primary").click()
        await ilmari.locator("#statement-choice").wait_for()
        await self.look(ilmari, "statement question")
        await ilmari.locator('#statement-choice button[value="alone_headset"]').click()
        await self.aino.is_in("table")
        await expect(ilmari.locator('#main[data-state="connected"]')).to_be_visible()
        await self.look(aino, "table")
        await self.look(ilmari, "adviser's table")
        await use_the_table(aino, ilmari, self.look)
        await self.ilmari.asks_for_identification()
        await aino.locator("#proof-asked").wait_for()
        await self.look(aino, "identification asked for")
        await aino.locator('#proof-asked [data-part="decline"]').click()
        await self.ilmari.hands_in(paper)
        await aino.locator('[data-document-page="1"]').wait_for(timeout=60_000)
        await ilmari.locator("#say-text").fill("Hei Aino!")
        await ilmari.locator("#say button").click()
        await aino.locator("#texts li").wait_for()
        await self.look(aino, "table with a paper")
        await self.look(ilmari, "adviser's table with a paper")
        await share_the_screen(aino, ilmari, self.look)

    async def is_sent_back(self) -> None:
        await self.ilmari.page.locator("#send-back").click()
        await self.aino.is_in("waiting")
        await self.look(self.aino.page, "sent back")
        await self.ilmari.page.locator("#knocks button").first.wait_for()
        await self.look(self.ilmari.page, "knock at the table")
        await self.ilmari.lets_in()
        await self.aino.is_in("table")

    async def loses_the_adviser(self) -> None:
        place = self.ilmari.page.url
        before = await self.aino.page.locator("#meeting-status").inner_text()
        await self.ilmari.page.goto("about:blank")
        await expect(self.aino.page.locator("#meeting-status")).not_to_have_text(before)
        await self.look(self.aino.page, "adviser dropped out")
        await self.ilmari.page.goto(place)
        await self.ilmari.is_in("table")
        await self.aino.page.locator("#leave").click()
        await self.aino.is_in("over")
        await self.look(self.aino.page, "left")
        await self.look(self.ilmari.page, "customer left")

    async def ends(self) -> None:
        page = self.ilmari.page
        await self.aino.page.locator("#again").click()
        await self.ilmari.lets_in()
        await self.aino.is_in("table")
        await page.locator("#end").click()
        await self.ilmari.is_in("over")
        await self.aino.is_in("over")
        await self.look(self.aino.page, "over")
        await self.look(page, "adviser's over")
        home = page.url.partition("/meeting")[0].removeprefix(self.ilmari.demo.address)
        for name in ("wrap-up", "note", "phone"):
            await self.ilmari.open(f"{home}/{name}")
            await self.look(page, name)
        await self.ilmari.open("/desk")
        await self.look(page, "desk with tasks")


async def meets_now(way: WayIn) -> None:
    """Look at meeting without a time: nobody there, somebody there, and all taken."""
    aino, ilmari, now = way.aino, way.ilmari, f"/book/{NURSE}/now"
    for place in ("", "/wait", "/call"):
        await aino.open(now + place)
        await way.look(aino.page, f"meet now, closed {place}".strip())
    await ilmari.open("/desk")
    await ilmari.page.locator("#taking button").click()
    await expect(ilmari.page.locator("#taking button")).to_have_attribute("aria-pressed", "true")
    await way.look(ilmari.page, "desk that takes customers")
    await aino.open(now)
    await way.look(aino.page, "meet now, open")
    await aino.open("/")
    await way.look(aino.page, "front page while an adviser is free")
