"""Four at the table, each connected to each: adviser, customer, interpreter, and a colleague who goes on."""

import pytest
from playwright.async_api import expect

from signalling.meeting import LINGER
from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Person, customer, staff
from tests.journeys.test_handing_over import asks_ainikki, met
from tests.journeys.test_inviting import invites_maija

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_MS = 60_000
UNTIL_GIVEN_UP_MS = int(LINGER.total_seconds() * 1_000) + PATIENCE_MS
PICTURE_BITS = 800_000
MOST_BITS = """
() => window.connections.filter(({connectionState}) => connectionState === 'connected')
  .flatMap((connection) => connection.getSenders())
  .filter(({track}) => track?.kind === 'video')
  .map((sender) => sender.getParameters().encodings[0]?.maxBitrate ?? Infinity)
"""
"""How many bits a second each of the open connections may send of the picture."""

CAME_IN = """
async () => {
  const each = [];
  for (const connection of window.connections) {
    if (connection.connectionState !== 'connected') continue;
    const came = {frames: 0, energy: 0};
    for (const stat of (await connection.getStats()).values()) {
      if (stat.type !== 'inbound-rtp') continue;
      came.frames += stat.framesDecoded ?? 0;
      came.energy += stat.totalAudioEnergy ?? 0;
    }
    each.push([came.frames, came.energy]);
  }
  return each;
}
"""
"""Frames and sound that came in over each of the open connections."""


async def sees_and_hears(person: Person, others: int) -> None:
    """Wait until picture and sound grow on just so many connections; one more would be a ghost's."""
    before: list[tuple[float, float]] = []
    for _ in range(PATIENCE_MS // 250):
        now = [(frames, energy) for frames, energy in await person.page.evaluate(CAME_IN)]
        has_grown = [
            new[0] > old[0] > 0 and new[1] > old[1] > 0 for new, old in zip(now, before, strict=False)
        ]
        if len(now) == len(before) == others and all(has_grown):
            return
        before = before if len(before) == others == len(now) and all(min(one) > 0 for one in before) else now
        await person.page.wait_for_timeout(250)
    raise AssertionError(f"{person.page.url} has {before} of {others} others")


async def shares_the_line(person: Person, others: int) -> None:
    """Wait until each of so many gets an equal part of the picture's bits."""
    wanted, most = [PICTURE_BITS // others] * others, []
    for _ in range(PATIENCE_MS // 250):
        most = await person.page.evaluate(MOST_BITS)
        if most == wanted:
            return
        await person.page.wait_for_timeout(250)
    raise AssertionError(f"{person.page.url} sends {most}, not {wanted}")


async def test_four_see_and_hear_each_other_and_a_fifth_is_refused(
    demo: Demo, new_context: NewContext
) -> None:
    aino, ilmari = await met(demo, new_context)
    ainikki = await staff(await new_context(), demo)
    await ainikki.signs_in("ainikki")
    link = await invites_maija(ilmari)
    maija = await customer(await new_context(viewport=PHONE), demo)
    await maija.open(f"{link}/meeting")
    await aino.page.locator('#guest [data-deed="yes"]').click()
    await ilmari.page.locator("#knocks button.button--primary").click()
    await maija.is_in("table")
    await asks_ainikki(ilmari)
    await ainikki.page.locator(".wait--call a.button--primary").click()
    await expect(ainikki.page.locator("#meeting")).to_have_attribute(
        "data-seat", "adviser", timeout=PATIENCE_MS
    )

    for person in (aino, ilmari, maija, ainikki):
        await sees_and_hears(person, 3)
        await shares_the_line(person, 3)
        await expect(person.page.locator("#besides li")).to_have_count(2)
    await expect(ainikki.page.locator("#table-full")).to_contain_text("Pöytään ei mahdu enää ketään.")
    await expect(ainikki.page.locator("#inviting")).to_be_hidden()

    await maija.page.locator("#leave").click()
    await maija.is_in("over")
    await expect(ainikki.page.locator("#inviting")).to_be_visible()
    for person in (aino, ilmari, ainikki):
        await expect(person.page.locator("#besides li")).to_have_count(1)
        await sees_and_hears(person, 2)
        await shares_the_line(person, 2)
    await ilmari.page.close()
    for person in (aino, ainikki):
        await expect(person.page.locator("#besides")).to_be_hidden(timeout=UNTIL_GIVEN_UP_MS)
        await sees_and_hears(person, 1)
        await shares_the_line(person, 1)
