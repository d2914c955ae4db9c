"""What a customer and the staff do in their browsers, step by step, in whatever language the page speaks."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from re import Pattern
from zoneinfo import ZoneInfo

from playwright.async_api import BrowserContext, Error, Locator, Page, expect
from playwright.async_api import TimeoutError as Timeout

from tests.journeys.demo_process import Demo

PRESSES = 3
PATIENCE_MS = 10_000
HELSINKI = ZoneInfo("Europe/Helsinki")

WATCH_CONNECTIONS = """
window.connections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) { super(...given); window.connections.push(this); }
};
"""
"""Lets a test read getStats of the page's own connections; the product exposes nothing for tests."""

MEDIA = """
async () => {
  const sums = {framesDecoded: 0, audioEnergy: 0};
  for (const connection of window.connections) {
    if (connection.connectionState !== 'connected') continue;
    for (const stat of (await connection.getStats()).values()) {
      if (stat.type !== 'inbound-rtp') continue;
      sums.framesDecoded += stat.framesDecoded ?? 0;
      sums.audioEnergy += stat.totalAudioEnergy ?? 0;
    }
  }
  return sums;
}
"""


@dataclass(frozen=True, slots=True)
class Media:
    """What has come in so far from the other side."""

    frames: int
    audio_energy: float


@dataclass(slots=True)
class Person:
    """Somebody at a browser of their own."""

    page: Page
    demo: Demo

    async def open(self, path: str) -> None:
        address = self.demo.address + path
        try:
            answer = await self.page.goto(address)
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            answer = None
        if (
            answer is None
        ):  # a busy browser at times aborts by itself, or loses the answer that belongs to the page
            answer = await self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    async def presses(self, link: Locator, *, leads_to: Pattern[str]) -> None:
        """Press a link until its page is there: a busy browser at times gives up a page that it has begun."""
        for _ in range(PRESSES):
            await link.click()
            try:
                await self.page.wait_for_url(leads_to, timeout=PATIENCE_MS, wait_until="commit")
            except Timeout:
                continue
            await self.page.wait_for_load_state()
            return
        raise AssertionError(f"{link} leads to {self.page.url}")

    async def media(self) -> Media:
        """Return what the meeting's connection has received."""
        sums = await self.page.evaluate(MEDIA)
        return Media(sums["framesDecoded"], sums["audioEnergy"])

    async def sees_and_hears(self) -> None:
        """Wait until picture and sound have come in, and then for more of both."""
        first = await self._more_than(Media(0, 0.0))
        await self._more_than(first)

    async def _more_than(self, before: Media) -> Media:
        for _ in range(200):
            now = await self.media()
            if now.frames > before.frames and now.audio_energy > before.audio_energy:
                return now
            await self.page.wait_for_timeout(100)
        raise AssertionError(f"nothing more came in than {before}")

    async def is_in(self, view: str) -> None:
        """Wait until the meeting page shows one of its views: waiting, table, over."""
        await expect(self.page.locator("#meeting")).to_have_attribute("data-view", view)

    async def sees_page(self, number: int) -> None:
        """Wait until a document's page is on the screen, decoded."""
        sheet = self.page.locator(f'[data-document-page="{number}"]')
        await expect(sheet).to_be_visible()
        await expect(self.page.locator('#documents img[data-loaded="true"]')).to_be_visible()


class Customer(Person):
    """Comes by a letter's link, without an account."""

    async def books(self, offering: str, name: str, email: str, *, at: datetime | None = None) -> str:
        """Book with Ilmari at the earliest slot, or at a moment, and return the link's path."""
        await self.holds(offering, at=at)
        await self.fills_in(name, email)
        await self.page.wait_for_url(re.compile(r"/a/[\w-]{22}"))
        return "/a/" + self.page.url.split("/a/")[1][:22]

    async def fills_in(self, name: str, email: str) -> None:
        """Fill in the form for a kept time, and send it."""
        await self.page.locator('#booking input[name="name"]').fill(name)
        await self.page.locator('#booking input[name="email"]').fill(email)
        await self.page.locator("#booking button.button--primary").click()

    async def holds(self, offering: str, *, at: datetime | None = None) -> str:
        """Choose Ilmari's earliest slot, or one at a moment, and return its form's address."""
        await self.looks_for_times(offering)
        if at is None:
            await self.page.locator(".card--now button.button--primary").click()
        else:
            await self.chooses(at)
        await self.page.wait_for_url(re.compile(r"/book/holds/[\w-]{36}"))
        return self.page.url.removeprefix(self.demo.address)

    async def looks_for_times(self, offering: str) -> None:
        """Go from the front page to Ilmari's free times."""
        await self.open("/")
        card = self.page.locator(".card", has=self.page.get_by_text(offering, exact=True))
        await card.locator("a.button--primary").click()
        await self.page.locator("#adviser").select_option(label="Ilmari Seppä")
        await self.page.locator("form.filters button").first.click()

    async def chooses(self, start: datetime) -> None:
        """Open the day that has the slot, and press it."""
        moment = start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        button = self.page.locator(f'button[value="{moment}"]').last
        await button.evaluate("button => button.closest('details')?.setAttribute('open', '')")
        await button.click()

    async def tries_the_connection(self, path: str) -> str:
        """Run the connection test to its end, and return what it found."""
        await self.open(f"{path}/connection-test")
        await self.page.locator("#precall-start").click()
        await expect(self.page.locator("#precall")).to_have_attribute("data-state", "done", timeout=40_000)
        return await self.page.locator("#precall-verdict").inner_text()

    async def comes_in(self, path: str) -> None:
        await self.open(f"{path}/door")
        await self.page.locator(f'form[action="{path}/door"] button').click()

    async def identifies_as(self, person: str) -> None:
        """Go to the demo bank and choose a test person there."""
        await self.goes_to_the_bank()
        await self.chooses_at_the_bank(person)

    async def identifies_in_another_tab(self, person: str) -> Page:
        """Do what the adviser asks for in the meeting, and return the tab in which it was done."""
        tab = await self.opens_identification()
        beside = Customer(tab, self.demo)
        await beside.goes_to_the_bank()
        await beside.chooses_at_the_bank(person)
        await tab.wait_for_url(re.compile("/identified"))
        return tab

    async def opens_identification(self) -> Page:
        """Follow what the adviser asks for, and return the tab that opens beside the meeting."""
        async with self.page.context.expect_page() as opening:
            await self.page.locator('#proof-asked [data-part="identify"]').click()
        return await opening.value

    async def goes_to_the_bank(self) -> None:
        await self.page.locator('form[action$="/identify"] button').first.click()
        await self.page.wait_for_url(re.compile("/demo/bank/"))

    async def chooses_at_the_bank(self, choice: str) -> None:
        """Choose a test person, or what can go wrong."""
        await self.page.locator(f'button[name="choice"][value="{choice}"]').click()


class Staff(Person):
    """Signs in by one click, as the demo lets them."""

    async def signs_in(self, login: str) -> None:
        await self.open("/sign-in")
        await self.page.locator(f'button[name="login"][value="{login}"]').click()
        await self.page.wait_for_url(re.compile("/(desk|admin)"))

    async def opens_meeting_of(self, customer: str) -> None:
        await self.open("/desk")
        await self.presses(
            self.row_of(customer).locator('[data-part="open"]'), leads_to=re.compile("/meeting")
        )

    def row_of(self, customer: str) -> Locator:
        """Find a customer on the desk."""
        return self.page.locator(".visit", has_text=customer)

    async def lets_in(self, *, nth: int = 0) -> None:
        """Let in who knocks (-1: the last), and say first what the room is like, if this browser asks."""
        await self.page.locator("#knocks button.button--primary").nth(nth).click()
        answer = self.page.locator('#statement-choice button[value="alone_headset"]')
        if await answer.is_visible():
            await answer.click()

    async def asks_for_identification(self) -> None:
        await self.page.locator("#ask-proof button").click()

    async def hands_in(self, document: Path) -> None:
        """Hand in a document and put it before both."""
        await self.page.locator('#documents [data-part="file"]').set_input_files(document)
        await self.page.locator('#documents [data-part="show"]').first.click()

    async def turns_page(self) -> None:
        await self.page.locator('#documents [data-part="next"]').click()

    async def figures_once_closed(self, day: datetime) -> tuple[int, int, int]:
        """Wait until the background work has closed something of a day; return due, met and no-shows."""
        for _ in range(80):
            figures = await self.due_met_and_no_shows(day)
            if figures[0]:
                return figures
            await self.page.wait_for_timeout(250)
        raise AssertionError("nothing was closed")

    async def due_met_and_no_shows(self, moment: datetime) -> tuple[int, int, int]:
        """Read the admin's figures of one local day."""
        date = moment.astimezone(HELSINKI).date().isoformat()
        await self.open(f"/admin?from={date}&to={date}&by=offering")
        tiles = await self.page.locator(".tile dd").all_inner_texts()
        due, met, no_shows = (int(text) for text in tiles[:3])
        return due, met, no_shows


async def customer(context: BrowserContext, demo: Demo) -> Customer:
    return Customer(await _watched_page(context), demo)


async def staff(context: BrowserContext, demo: Demo) -> Staff:
    return Staff(await _watched_page(context), demo)


async def _watched_page(context: BrowserContext) -> Page:
    await context.add_init_script(WATCH_CONNECTIONS)
    return await context.new_page()


def first_link(message: EmailMessage) -> str:
    """Return the path of the first link that a letter's text names."""
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://[^/\s]+(/a/[\w-]{22}[\w/-]*)", body.get_content())
    assert found, "the letter has no link"
    return found.group(1)
