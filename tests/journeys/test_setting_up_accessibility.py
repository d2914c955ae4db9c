"""axe-core finds nothing where an admin sets things up, and a form that comes back says where it is wrong."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from server.demo_data import BANK, ILMARI, LOUHI, MORTGAGE
from tests.instances.browser import DESKTOP
from tests.journeys.axe import faults_in_both_looks, faults_in_turn, faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.errors_beside import sent_empty, untied
from tests.journeys.pages import ADMINS, OFFERING, PERSON, SECTIONS, opened
from tests.journeys.people import Staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

MINE = OFFERING.format(offering_id=MORTGAGE)
LOUHIS = PERSON.format(staff_id=LOUHI)
MORE = (
    f"{PERSON.format(staff_id=ILMARI)}/hours?offering={MORTGAGE}",
    f"/admin/why?span=week&offering={MORTGAGE}",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form at an address, by the end of where it goes."""

    at: str
    action: str


NEVER_WRONG = {"terms", "now"}
"""What may be left empty, and what is one box to tick."""

EMPTIED = (
    Sent("/admin/offerings/new", "/new"),
    *(Sent(f"{MINE}/{section}", f"/{section}") for section in SECTIONS if section not in NEVER_WRONG),
    Sent(f"{MINE}/questions/new", "/questions/new"),
    Sent(f"{MINE}/advice/new", "/advice/new"),
    Sent("/admin/people/new", "/people/new"),
    Sent(LOUHIS, LOUHIS),
    Sent("/admin/teams", "/admin/teams"),
    Sent("/admin/teams", str(BANK)),
    Sent("/admin/sentences", "/admin/sentences"),
    Sent("/admin/tags", "/admin/tags"),
    Sent("/admin/holidays", "/own"),
    Sent("/admin/webhooks/new", "/webhooks/new"),
    Sent("/admin/disruptions/new", "/admin/disruptions"),
    Sent(f"{LOUHIS}/hours", "/days"),
    Sent(f"{LOUHIS}/hours", "/time-off"),
)
"""Only a price and terms may be empty."""


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="module")
async def admin(demo: Demo, browser: Browser) -> AsyncIterator[Page]:
    """Sign the admin in once for all."""
    context = await browser.new_context(base_url=demo.address, viewport=DESKTOP, locale="fi-FI")
    page = await context.new_page()
    await Staff(page, demo).signs_in("admin")
    yield page
    await context.close()


async def test_what_an_admin_sets_up_has_no_violation(admin: Page) -> None:
    assert await faults_in_turn(admin, *opened(ADMINS), *MORE) == []


async def test_every_form_that_comes_back_says_beside_each_field_what_is_wrong(admin: Page) -> None:
    faults: list[str] = []

    for form in EMPTIED:
        await admin.goto(form.at)
        status = await sent_empty(admin, f'[action$="{form.action}"]')
        faults += [] if status == 422 else [f"{form}: {status}"]
        faults += await untied(admin)
        faults += await faults_of(admin)

    assert faults == []


async def test_a_week_with_a_wrong_day_leads_to_it(admin: Page) -> None:
    await admin.goto(f"{LOUHIS}/hours?lang=en")
    await admin.locator('[data-weekday="1"] [name="start"]').first.fill("17:00")
    await admin.locator("#week-form button.button--primary").click()

    faults = [*await untied(admin), *await faults_in_both_looks(admin)]
    await admin.locator(".notice--wrong a").press("Enter")

    assert faults == []
    await expect(admin.locator('[data-weekday="1"]')).to_be_focused()


async def test_what_comes_of_an_admins_deeds_has_no_violation(admin: Page) -> None:
    faults: list[str] = []

    await admin.goto(f"{LOUHIS}?lang=sv")
    await admin.locator(f'form[action="{LOUHIS}/password"] button').click()
    await admin.wait_for_url("**/password")
    faults += await faults_in_both_looks(admin)  # asks first
    await admin.locator(f'form[action="{LOUHIS}/password"] button').click()
    await admin.locator(".secret").wait_for()
    faults += await faults_in_both_looks(admin)
    await admin.goto(f"{LOUHIS}/deactivate?lang=en")
    await admin.locator(f'form[action="{LOUHIS}/deactivate"] button').click()
    await admin.locator(f'form[action="{LOUHIS}/activate"]').wait_for()
    faults += await faults_in_both_looks(admin)
    await admin.goto(f"{MINE}/texts?lang=fi")
    await admin.locator('[name="seen"]').evaluate("field => { field.value = 'old' }")
    await admin.locator("main form button.button--primary").click()
    faults += await faults_in_both_looks(admin)  # somebody else has changed it
    faults += await faults_in_turn(admin, "/admin/changes")  # the log of all that

    assert faults == []
