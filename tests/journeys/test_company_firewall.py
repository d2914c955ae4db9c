"""Behind a company's firewall a meeting goes by TCP or TLS; where nothing gets through, it says so."""

import socket
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext, made_contexts, started_browser
from tests.instances.coturn import SECRET, running_turn
from tests.instances.ports import free_port
from tests.instances.tls_certificate import certify
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

ROAD = """
async () => {
  const [connection] = window.connections.slice(-1);
  const stats = await connection.getStats();
  for (const stat of stats.values()) {
    if (stat.type !== 'candidate-pair' || !stat.nominated || stat.state !== 'succeeded') continue;
    const { candidateType, relayProtocol } = stats.get(stat.localCandidateId);
    return [candidateType, relayProtocol];
  }
  return [];
}
"""
TOLD_WITHIN_MS = 10_000


def nowhere(transport: str) -> str:
    """Return the address of a relay at which nobody is."""
    kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
    return f"turn:127.0.0.1:{free_port(kind)}?transport={transport}"


def relayed_by(*urls: str) -> dict[str, str]:
    return {
        "KOHTAAMO_TURN_URLS": ",".join(urls),
        "KOHTAAMO_TURN_SECRET": SECRET,
        "KOHTAAMO_RELAY_ONLY": "true",
    }


async def at_the_table(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    """Bring Aino and Ilmari to the same table, whether anything gets through or not."""
    aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
    ilmari = await staff(await new_context(locale="en-GB"), demo)
    path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    return aino, ilmari


@pytest.mark.slow
@pytest.mark.parametrize("road", ["tcp", "tls"])
async def test_where_no_datagram_goes_out_picture_and_sound_go_by_the_relays_other_road(
    tmp_path: Path, road: str
) -> None:
    certificate, tls_port = certify(tmp_path), free_port()
    lines = (f"cert={certificate.chain}", f"pkey={certificate.key}", f"tls-listening-port={tls_port}")
    async with (
        running_turn("use-auth-secret", f"static-auth-secret={SECRET}", *lines) as turn,
        started_browser(certificate.trusting_flag) as browser,
        made_contexts(browser) as new_context,
    ):
        tls = f"turns:127.0.0.1:{tls_port}?transport=tcp"
        open_ones = (turn.urls[1],) if road == "tcp" else (nowhere("tcp"), tls)
        async with running_demo(tmp_path, settings=relayed_by(nowhere("udp"), *open_ones)) as demo:
            aino, ilmari = await at_the_table(demo, new_context)
            await aino.sees_and_hears()
            await ilmari.sees_and_hears()

            assert await aino.page.evaluate(ROAD) == ["relay", road]
            assert await ilmari.page.evaluate(ROAD) == ["relay", road]


async def test_where_nothing_gets_through_it_is_told_within_ten_seconds_what_is_left(
    tmp_path: Path, new_context: NewContext, within: Within
) -> None:
    roads = relayed_by(nowhere("udp"), nowhere("tcp"))
    async with running_demo(tmp_path, settings=roads) as demo:
        aino, ilmari = await at_the_table(demo, new_context)

        began = monotonic()
        why = aino.page.locator('#phone-instead [data-part="why"]')
        await expect(why).to_contain_text("Picture and sound do not get through")
        within(TOLD_WITHIN_MS, 1_000 * (monotonic() - began))
        await expect(aino.page.locator("#phone-instead")).to_have_attribute("open", "")
        await expect(aino.page.locator("#meeting-failure")).to_contain_text(
            "You can write messages meanwhile"
        )
        assert await faults_of(aino.page) == []
        await aino.page.locator("#say-text").fill("I see nothing.")
        await aino.page.locator("#say button").click()
        await expect(ilmari.page.locator("#texts")).to_contain_text("I see nothing.")
        await expect(aino.page.locator("#documents")).to_be_visible()
