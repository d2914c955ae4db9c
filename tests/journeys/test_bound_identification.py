"""The adviser sees that an identification holds for this connection, and at once when it does not."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.journeys.certificates import forget_certificates
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

WITHIN_MS = 1_000
LEARN_OF_MEDIA = """
window.heardAt = new Promise((resolve) => {
  const hear = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
    resolve(performance.now());
    return hear.apply(this, given);
  };
});
"""
FALLEN = """
async () => {
  const badge = document.querySelector('#identity');
  while (badge.dataset.standing !== 'lost' || badge.hidden) await new Promise((look) => setTimeout(look, 5));
  return performance.now() - (await window.heardAt);
}
"""


async def identified(demo: Demo, new_context: NewContext) -> tuple[Customer, str]:
    """Bring Aino, who was identified at the door, into the waiting room."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    return aino, path


async def opposite(demo: Demo, new_context: NewContext) -> Staff:
    ilmari = await staff(await new_context(), demo)
    await ilmari.page.add_init_script(LEARN_OF_MEDIA)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    return ilmari


async def stands(page: Page, standing: str) -> None:
    await expect(page.locator("#identity")).to_have_attribute("data-standing", standing)


async def test_identified_at_the_door_holds_for_this_connection_also_after_a_reload(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path = await identified(demo, new_context)
    ilmari = await opposite(demo, new_context)
    await ilmari.lets_in()

    await ilmari.sees_and_hears()

    await stands(ilmari.page, "bound")
    await expect(ilmari.page.locator("#identity")).to_contain_text("tämä yhteys")
    await expect(ilmari.page.locator("#identity")).to_contain_text("Demopankki")
    await aino.open(f"{path}/door")
    await aino.is_in("table")
    await aino.sees_and_hears()
    await stands(ilmari.page, "bound")
    await expect(ilmari.page.locator("#identity-lost")).to_be_hidden()


async def test_a_thumb_that_is_faster_than_the_page_is_bound_to_its_connection_all_the_same(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    held: list[Route] = []
    await aino.page.route("**/certificate/main.js", lambda route: held.append(route))
    await aino.page.goto(f"{demo.address}{path}/door")
    door = aino.page.locator(f'form[action="{path}/door"] button')
    await door.click(no_wait_after=True)
    button = aino.page.locator('form[action$="/identify"] button').first

    await button.click(no_wait_after=True)
    assert await aino.page.locator("#certificate").count() == 1
    await held.pop().continue_()

    await aino.chooses_at_the_bank("aino")
    await aino.is_in("waiting")
    ilmari = await opposite(demo, new_context)
    await ilmari.lets_in()
    await stands(ilmari.page, "bound")


async def test_other_certificate_lets_the_badge_fall_within_a_second_until_one_identifies_again(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    aino, path = await identified(demo, new_context)
    await forget_certificates(aino.page)
    await aino.open(f"{path}/door")
    await aino.is_in("waiting")
    ilmari = await opposite(demo, new_context)

    await ilmari.lets_in()
    milliseconds: float = await ilmari.page.evaluate(FALLEN)

    print(f"the badge fell {milliseconds:.0f} ms after the description of another certificate")
    within(WITHIN_MS, milliseconds)
    await expect(ilmari.page.locator("#identity-lost")).to_be_visible()
    await ilmari.sees_and_hears()  # the call itself goes on: people decide

    await ilmari.asks_for_identification()
    await aino.identifies_in_another_tab("aino")

    await stands(ilmari.page, "bound")
    await expect(ilmari.page.locator("#identity-lost")).to_be_hidden()
