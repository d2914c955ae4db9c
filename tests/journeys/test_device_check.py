"""The adviser's own check: ready, or the one thing to mend by its name; the desk says when it went well."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from tests.instances.browser import DESKTOP, PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.axe import LANGUAGES, faults_in_both_looks
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.device_faults import FAULTS, PLAYED
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

CHECK = "/desk/device-check"
WELL = {"microphone": "good", "camera": "good", "line": "good"}
MEASURED_MS = 60_000
MORE_FAILURES = ("microphone_silent", "camera_in_use")


async def at_the_desk(demo: Demo, context: BrowserContext) -> Staff:
    ilmari = await staff(context, demo)
    await ilmari.signs_in("ilmari")
    await ilmari.open("/desk")
    return ilmari


async def states(ilmari: Staff, **wanted: str) -> None:
    """Wait until each of these checks stands so."""
    for name, state in wanted.items():
        row = ilmari.page.locator(f"#check-{name}")
        await expect(row).to_have_attribute("data-state", state, timeout=MEASURED_MS)


async def test_by_keyboard_before_the_first_customer_and_the_desk_knows_it(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        morning = next_monday(demo, 8)
        demo.turn_clock_to(morning)
        await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
        ilmari = await at_the_desk(demo, await new_context(viewport=DESKTOP))
        keys, result = Keyboard(ilmari.page), ilmari.page.locator("#check-result")
        await expect(ilmari.page.locator("#device-check-first")).to_contain_text("Päivän ensimmäinen aika")
        await expect(ilmari.page.locator("#device-check-line")).to_contain_text("ei ole vielä tarkistettu")
        assert await faults_in_both_looks(ilmari.page) == []

        await keys.presses(f'#device-check-first a[href="{CHECK}"]', leads_to=f"**{CHECK}")
        await states(ilmari, **WELL, sound="waiting")
        await expect(result).to_be_hidden()
        await keys.presses("#check-play")
        await keys.presses("#sound-yes")

        await expect(result).to_have_attribute("data-verdict", "ready")
        for language in LANGUAGES:
            await ilmari.open(f"{CHECK}?lang={language}")
            await states(ilmari, **WELL)
            assert await faults_in_both_looks(ilmari.page) == []
        await ilmari.open("/desk?lang=fi")
        await expect(ilmari.page.locator("#device-check-first")).to_be_hidden()
        await expect(ilmari.page.locator("#device-check-line")).to_contain_text("Onnistui tänään klo 8.0")
        kept = await ilmari.page.evaluate("Object.values(localStorage).join()")
        assert kept.startswith(f"{morning.date()}T06:0")
        assert keys.faults == []
        demo.turn_clock(timedelta(days=1))
        await ilmari.signs_in("ilmari")
        await ilmari.open("/desk?lang=fi")
        await expect(ilmari.page.locator("#device-check-line")).to_contain_text("Onnistui viimeksi")


@pytest.mark.parametrize(
    "failure",
    ["microphone_blocked", *(pytest.param(one, marks=pytest.mark.slow) for one in MORE_FAILURES)],
)
async def test_what_fails_has_the_customers_name_and_help_and_goes_on_once_mended(
    tmp_path: Path, new_context: NewContext, failure: str
) -> None:
    fault = next(one for one in FAULTS if one.failure == failure)
    async with running_demo(tmp_path) as demo:
        context = await new_context(viewport=DESKTOP)
        await context.add_init_script(PLAYED)
        ilmari = await at_the_desk(demo, context)
        await ilmari.page.evaluate(
            "fault => sessionStorage.setItem('fault', fault)", json.dumps(fault.script())
        )

        await ilmari.open(CHECK)
        help_ = ilmari.page.locator("#check-help")
        await expect(help_).to_have_attribute("data-failure", failure)
        await states(ilmari, **{fault.device: "bad"})
        assert str(await help_.locator("use").get_attribute("href")).endswith(f"#{fault.picture}")
        assert await faults_in_both_looks(ilmari.page) == []
        await ilmari.page.evaluate(fault.mend)

        await expect(help_).to_be_hidden()
        await states(ilmari, **WELL)
        await ilmari.page.locator("#check-play").click()
        await ilmari.page.locator("#sound-no").click()
        result = ilmari.page.locator("#check-result")
        await expect(result).to_have_attribute("data-verdict", "mend")
        await expect(result).to_contain_text("Lisää äänenvoimakkuutta")
        assert await ilmari.page.evaluate("localStorage.length") == 0


async def test_in_firefox_camera_line_and_tone_work_and_a_microphone_left_out_is_the_one_thing(
    tmp_path: Path, new_firefox: NewFirefox
) -> None:
    """On a machine without a sound card Firefox hears nothing, and never takes that for silence."""
    async with running_demo(tmp_path) as demo:
        ilmari = await at_the_desk(demo, await new_firefox(viewport=DESKTOP))

        await ilmari.page.locator('#device-check-line a[href="/desk/device-check"]').click()
        await states(ilmari, camera="good", line="good", microphone="running")
        await ilmari.page.locator("#check-play").click()
        await ilmari.page.locator("#sound-yes").click()

        await states(ilmari, sound="good")
        await expect(ilmari.page.locator("#check-result")).to_be_hidden()
