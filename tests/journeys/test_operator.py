"""An operator follows the page "To production with a broker" to the letter, until Aino is in."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Page, Route, expect

from booking.availability import WeeklyHours
from identity.password import hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.demo_data import BANK, MORTGAGE, OFFERINGS
from server.house import open_house
from server.settings import Mode, Settings
from tests.instances.browser import PHONE, NewContext
from tests.instances.ftn_broker import OP, TELIA, Shape
from tests.journeys.demo_process import Demo
from tests.journeys.operator import Operator, machine
from tests.journeys.people import customer

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

SOUND = [
    "ok: {name}, in production: test levels and test persons are refused",
    "ok: 1 that can be believed",
    "ok: Nothing to do.",
    "ok: brokers read those of the data folder",
]


async def set_up(operator: Operator) -> None:
    """Take on an adviser who is there around the clock, as an admin would."""
    await operator.kohtaamo("migrate")
    data, secret = Path(operator.environment["KOHTAAMO_DATA"]), operator.environment["KOHTAAMO_SECRET"]
    house = open_house(Settings(mode=Mode.DEMO, data=data, secret=secret))
    adviser = StaffMember(
        id=uuid4(), login="ilmari", name="Ilmari Seppä", role=Role.ADVISER, team_id=BANK, languages=("fi",)
    )
    async with house.units.write() as unit:
        await unit.catalogue.add_team(BANK, "Asuntolainat")
        await unit.catalogue.add_offering(next(one for one in OFFERINGS if one.id == MORTGAGE))
        await unit.staff.add(Credentials(adviser, hash_password(uuid4().hex)))
        await unit.catalogue.link(adviser.id, MORTGAGE)
        for day in range(7):
            await unit.catalogue.add_adviser_hours(
                WeeklyHours(
                    adviser_id=adviser.id,
                    weekday=day,
                    start_minute=0,
                    end_minute=1440,
                    zone="Europe/Helsinki",
                )
            )
    await house.units.close()


class Aino:
    """Comes to one appointment by one browser after another, and identifies at the broker each time."""

    def __init__(self, operator: Operator, demo: Demo, new_context: NewContext) -> None:
        self.operator, self.demo, self.new_context = operator, demo, new_context
        self.link = ""

    async def goes_to_the_broker(self) -> Page:
        context = await self.new_context(viewport=PHONE)
        await context.route(f"{self.operator.broker.shape.origin}/**", self._bank)
        aino = await customer(context, self.demo)
        if not self.link:
            self.link = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(self.link)
        choices = aino.page.locator('form[action$="/identify"] button')
        nordea = choices.filter(has_text="Nordea")
        await (nordea if await nordea.count() else choices).first.click()
        return aino.page

    async def is_identified(self) -> None:
        page = await self.goes_to_the_broker()
        await page.locator("#aino").click()
        await expect(page.locator("#meeting")).to_have_attribute("data-view", "waiting")

    async def _bank(self, route: Route) -> None:
        back = self.operator.broker.identifies(route.request.url)
        await route.fulfill(content_type="text/html", body=f'<a id="aino" href="{back}">Aino</a>')


@pytest.mark.parametrize(
    ("heading", "shape", "name"),
    [
        ("Telia Tunnistus", TELIA, "telia"),
        pytest.param("OP Identity Service Broker", OP, "op", marks=pytest.mark.slow),
    ],
)
async def test_an_operator_follows_the_page(
    new_context: NewContext, tmp_path: Path, heading: str, shape: Shape, name: str
) -> None:
    async with machine(tmp_path, shape) as operator:
        await set_up(operator)
        await operator.follows("First, whoever it is")
        assert operator.said["keys publish"].endswith("Nothing to do.\n")
        sent = (tmp_path / "kohtaamo.jwt").read_text()
        await operator.follows(heading)
        assert "start the server" in (await operator.looks())[3]

        async with operator.serves() as demo:
            await operator.is_read()
            aino = Aino(operator, demo, new_context)

            assert operator.broker.filed == sent
            assert list(await operator.looks()) == [line.format(name=name) for line in SOUND]
            await aino.is_identified()
            await keys_change(operator, aino)
            await broker_changes_its_keys(operator, aino)
            await things_break(operator, aino)
        assert demo.faults == []


async def keys_change(operator: Operator, aino: Aino) -> None:
    await operator.changes_keys()
    await operator.is_read()

    assert list(await operator.looks())[1:] == SOUND[1:]
    await aino.is_identified()


async def broker_changes_its_keys(operator: Operator, aino: Aino) -> None:
    """Its signing key without a word; Telia's entity key, too, because the next statement is pinned."""
    operator.broker.key = "sig-2"
    if operator.broker.shape is TELIA:
        operator.broker.entity = "entity-2"

    await aino.is_identified()
    assert (await operator.looks())[1] == SOUND[1]


async def things_break(operator: Operator, aino: Aino) -> None:
    operator.broker.entity = "entity-3"
    assert "entity statement" in (await operator.looks())[1]

    operator.broker.is_away = True
    assert "answers 503; look at the network" in (await operator.looks())[1]
    page = await aino.goes_to_the_broker()
    await page.locator("#aino").click()
    await expect(page.locator('.notice[role="alert"]')).to_be_visible()
