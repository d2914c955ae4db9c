"""A meeting goes on when the server does not, and finds its way through a relay."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from server.demo_data import NURSE
from tests.instances.browser import PHONE, NewContext
from tests.instances.coturn import Turn
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

SELECTED = """
async () => {
  for (const connection of window.connections) {
    const stats = await connection.getStats();
    for (const stat of stats.values()) {
      if (stat.type === 'candidate-pair' && stat.nominated && stat.state === 'succeeded') {
        const ends = [stat.localCandidateId, stat.remoteCandidateId];
        return ends.map((id) => stats.get(id).candidateType);
      }
    }
  }
  return [];
}
"""


async def in_a_meeting(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    """Bring Aino and Ilmari to where they see and hear each other, without asking who she is."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    await aino.sees_and_hears()
    await ilmari.sees_and_hears()
    return aino, ilmari


async def test_killed_server_touches_no_picture_and_the_talk_goes_on_after_it(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino, ilmari = await in_a_meeting(demo, new_context)
        demo.kill()
        await aino.sees_and_hears()
        await ilmari.sees_and_hears()
    port = urlsplit(demo.address).port or 0

    async with running_demo(tmp_path, port=port):
        await ilmari.page.locator("#say-text").fill("Oletteko vielä siellä?")
        await ilmari.page.locator("#say button").click()
        await expect(aino.page.locator("#texts")).to_contain_text("Oletteko vielä siellä?")
        await aino.sees_and_hears()
        assert await aino.page.evaluate("window.connections.length") == 1


async def test_meeting_of_an_offering_by_the_relay_alone_shows_neither_side_the_others_address(
    tmp_path: Path, new_context: NewContext, coturn: Turn
) -> None:
    straight = relayed_by(coturn) | {"KOHTAAMO_RELAY_ONLY": "false"}
    async with running_demo(tmp_path, settings=straight) as demo:
        admin = await staff(await new_context(), demo)
        await admin.signs_in("admin")
        await admin.open(f"/admin/offerings/{NURSE}/meeting")
        await admin.page.get_by_label("Miten kuva ja ääni kulkevat").select_option("relay")
        async with admin.page.expect_navigation():
            await admin.page.locator("main form .button--primary").click()

        aino, ilmari = await in_a_meeting(demo, new_context)

        assert await aino.page.evaluate(SELECTED) == ["relay", "relay"]
        assert await ilmari.page.evaluate(SELECTED) == ["relay", "relay"]


async def test_relay_that_takes_orders_carries_a_meeting(
    tmp_path: Path, new_context: NewContext, coturn_with_users: Turn
) -> None:
    turn = coturn_with_users
    orders = {"KOHTAAMO_TURN_CONSOLE": turn.console, "KOHTAAMO_TURN_USERS": str(turn.database)}

    async with running_demo(tmp_path, settings=relayed_by(turn) | orders) as demo:
        await in_a_meeting(demo, new_context)


def relayed_by(turn: Turn) -> dict[str, str]:
    """Settings under which all media goes through a relay."""
    return {
        "KOHTAAMO_TURN_URLS": ",".join(turn.urls),
        "KOHTAAMO_TURN_SECRET": turn.secret,
        "KOHTAAMO_RELAY_ONLY": "true",
    }
