"""The adviser sees that an identification holds for this connection, and at once when it does not."""

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

WITHIN_MS = 1_000
FORGET = """
() => new Promise((done) => {
  const opening = indexedDB.open('certificates');
  opening.onsuccess = () => {
    const cleared = opening.result.transaction('kept', 'readwrite').objectStore('kept').clear();
    cleared.onsuccess = () => { opening.result.close(); done(); };
  };
})
"""

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
    await expect(page.locator("#identity")).to_have_attribute("data-standing", standing, timeout=20_000)


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


async def test_other_certificate_in_the_meeting_lets_the_badge_fall_within_a_second(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path = await identified(demo, new_context)
    await aino.page.evaluate(FORGET)
    await aino.open(f"{path}/door")
    await aino.is_in("waiting")
    ilmari = await opposite(demo, new_context)

    await ilmari.lets_in()
    milliseconds: float = await ilmari.page.evaluate(FALLEN)

    print(f"the badge fell {milliseconds:.0f} ms after the description of another certificate")
    assert milliseconds < WITHIN_MS
    await expect(ilmari.page.locator("#identity-lost")).to_be_visible()
    await ilmari.sees_and_hears()  # the call itself goes on: people decide
