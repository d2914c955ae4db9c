"""From an offering that is set up to an earlier time that is claimed, nobody needs a mouse."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from server.demo_data import LOUHI
from tests.instances.browser import NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.keyboard import Keyboard
from tests.journeys.outbox import Outbox
from tests.journeys.people import HELSINKI

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SIGNED_IN = re.compile("/(desk|admin)")
LINK = re.compile(r"/a/[\w-]{22}")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Run a demo in the morning: at night nobody is offered a time."""
    async with running_demo(tmp_path) as running:
        now = running.now().astimezone(HELSINKI)
        running.turn_clock_to((now + timedelta(days=1)).replace(hour=11, minute=2))
        yield running


async def test_all_is_set_up_booked_and_claimed_by_keyboard(demo: Demo, new_context: NewContext) -> None:
    admin, louhi, aino, kullervo = [
        Keyboard(await (await new_context(base_url=demo.address)).new_page()) for _ in range(4)
    ]
    today = demo.now().astimezone(HELSINKI).weekday()

    offering = await _makes_an_offering(admin)
    await _gives_hours(admin, offering, ((today + 3) % 7, (today + 5) % 7))
    await _opens(admin, offering)
    await _edits_own_hours(louhi)
    await _books(aino, offering, ".day:nth-child(2) .slots button", "aino@example.org")
    await _waits(aino)
    await _books(kullervo, offering, ".card--now button", "kullervo@example.org")
    await _cancels(kullervo)
    await _claims(aino)

    assert [fault for who in (admin, louhi, aino, kullervo) for fault in who.faults] == []


async def _signs_in(keys: Keyboard, login: str) -> None:
    await keys.page.goto("/sign-in")
    await keys.walks()
    await keys.presses(f'button[value="{login}"]', leads_to=SIGNED_IN)


async def _makes_an_offering(admin: Keyboard) -> str:
    """Return the address of its page."""
    await _signs_in(admin, "admin")
    await admin.presses(".staff-menu__more > summary")
    await admin.presses('a[href="/admin/offerings"]', leads_to="**/admin/offerings")
    await admin.presses('a[href="/admin/offerings/new"]', leads_to="**/new")
    await admin.presses(".skip-link")
    await expect(admin.page.locator("main")).to_be_focused()
    await admin.writes('[name="name_fi"]', "Vakuutusneuvonta")
    await admin.enters(leads_to=re.compile("/admin/offerings/[0-9a-f-]{36}$"))
    return admin.page.url.partition("localhost")[2].partition("/")[2]


async def _gives_hours(admin: Keyboard, offering: str, weekdays: tuple[int, ...]) -> None:
    hours = f"/admin/people/{LOUHI}/hours"
    await admin.presses(f'a[href="/{offering}/advisers"]', leads_to="**/advisers")
    await admin.ticks(f'[value="{LOUHI}"]')
    await admin.presses("main form button.button--primary", leads_to=f"**/{offering}")
    await admin.walks()
    await admin.page.goto(f"/{offering}")
    await admin.presses(f'main a[href="/admin/people/{LOUHI}"]', leads_to=f"**/{LOUHI}")
    await admin.presses(f'a[href="{hours}"]', leads_to="**/hours")
    await admin.presses(f'#week a[href*="{offering[-36:]}"]', leads_to="**/hours?offering=**")
    for weekday in sorted(weekdays):
        await _adds_a_stretch(admin, weekday)
    await admin.presses("#week-form button.button--primary", leads_to="**saved=1**")


async def _adds_a_stretch(keys: Keyboard, weekday: int) -> None:
    day = f'[data-weekday="{weekday}"]'
    await keys.presses(f"{day} .stretches > button")
    await keys.page.keyboard.type("0900AM")
    await keys.goes_to(f'{day} .stretch:nth-last-child(2) [name="end"]')
    await keys.page.keyboard.type("1145AM")


async def _opens(admin: Keyboard, offering: str) -> None:
    await admin.presses(".staff-menu__more > summary")
    await admin.presses('a[href="/admin/offerings"]', leads_to="**/admin/offerings")
    await admin.presses(f'a[href="/{offering}"]', leads_to=f"**/{offering}")
    await admin.presses(f'form[action="/{offering}/open"] button')
    await expect(admin.page.locator(f'a[href="/{offering}/close"]')).to_be_visible()


async def _edits_own_hours(louhi: Keyboard) -> None:
    await _signs_in(louhi, "louhi")
    await louhi.presses('a[href="/desk/hours"]', leads_to="**/hours")
    await louhi.walks()
    await louhi.page.goto("/desk/hours")
    await _adds_a_stretch(louhi, 6)
    await louhi.presses("#week-form button.button--primary", leads_to="**saved=1")
    await expect(louhi.page.locator('[data-weekday="6"] [name="start"]').first).to_have_value("09:00")


async def _books(keys: Keyboard, offering: str, time: str, email: str) -> None:
    await keys.page.goto("/")
    await keys.presses(f'a[href="/book/{offering[-36:]}"]', leads_to="**/book/**")
    await keys.walks()
    await keys.page.reload()
    await keys.presses(time, leads_to="**/book/holds/**")
    await keys.writes('[name="name"]', "Aino Virtanen")
    await keys.writes('[name="email"]', email)
    await keys.goes_to('[name="language"]')
    await keys.page.keyboard.press("ArrowDown")
    await keys.presses("#booking button.button--primary", leads_to=LINK)


async def _waits(aino: Keyboard) -> None:
    await aino.walks()
    await aino.page.reload()
    await aino.presses("#earlier summary")
    await aino.ticks('[name="same_adviser"]')
    await aino.presses('form[action$="/waitlist"] .actions button')
    await expect(aino.page.locator('form[action$="/waitlist/off"]')).to_be_visible()


async def _cancels(kullervo: Keyboard) -> None:
    await kullervo.presses('main a[href$="/cancel"]', leads_to="**/cancel")
    await kullervo.goes_to('[name="reason"]')
    await kullervo.page.keyboard.press("Space")
    await kullervo.presses("main form button.button--danger", leads_to=LINK)


async def _claims(aino: Keyboard) -> None:
    offer = await Outbox(aino.page).link("aino@example.org", r"/o/[\w-]+")
    await aino.page.goto(offer)
    await aino.walks()
    await aino.page.reload()
    await aino.presses(f'form[action="{offer}"] button.button--primary')
    await expect(aino.page.locator(".card--now a.button--primary")).to_be_visible()
    aino.faults += await faults_of(aino.page)
