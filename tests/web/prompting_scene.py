"""Aino at her link, with a village bank that asks on phones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from yarl import URL

from booking.appointment import Appointment
from identity.assurance import Assurance
from identity.door import come_in
from tests.identity.examples.village import Village, context
from tests.identity.examples.village_app import VillageApp
from tests.web.sign_in_house import Browser, Page, SignInHouse, sign_in_house


class SureApp(VillageApp):
    assurance = Assurance.SUBSTANTIAL


@dataclass(slots=True)
class Scene:
    """Aino at her link, with the village bank behind our house."""

    house: SignInHouse
    village: Village
    aino: Browser
    appointment: Appointment
    token: str

    @property
    def home(self) -> str:
        return f"/a/{self.token}/identify"

    async def asks(self, browser: Browser | None = None, member: str = "123 45") -> Page:
        browser = browser or self.aino
        page = await browser.opens(f"{self.home}/with/village-app")
        return await browser.sends(page, f"{self.home}/with/village-app", member=member)

    async def comes_in(self) -> None:
        async with self.house.units.write() as unit:
            door = await come_in(unit, self.appointment.id, now=self.house.now)
        self.aino.client.cookie_jar.update_cookies({"door": door.token}, URL(self.house.origin))

    async def presses(self, page: Page, *, after: int = 6) -> Page:
        """Press the button of who has no JavaScript, some seconds later."""
        self.house.now += timedelta(seconds=after)
        return await self.aino.sends(page, f"{self.home}/waiting")

    async def polls(self, browser: Browser, page: Page, *, address: str = "") -> Any:
        """Ask as the page's script does; `address` is another page's than one's own link."""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Origin": self.house.origin,
            "X-CSRF-Token": page.forms()[0]["csrf"],
        }
        url = f"{self.house.origin}{address or self.home}/waiting/poll"
        async with browser.client.post(url, data="{}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def history(self) -> list[tuple[str, dict[str, object]]]:
        return await self.house.history(self.appointment)


BEGUN = ("identification_begun", {"provider": "village-app", "purpose": "booking"})
PROVEN = {"method": "village-app", "assurance": "substantial"}
DONE = ("identification_done", {**PROVEN, "purpose": "booking", "is_bound": False})


def failed(reason: str) -> tuple[str, dict[str, object]]:
    told: dict[str, object] = {"reason": reason, "provider": "village-app", "purpose": "booking"}
    return "identification_failed", told


@asynccontextmanager
async def prompting_scene(folder: Path) -> AsyncIterator[Scene]:
    village = Village()
    async with sign_in_house(folder, more=[SureApp(context(village))]) as house:
        appointment, token = await house.books()
        yield Scene(house, village, house.browser(), appointment, token)
