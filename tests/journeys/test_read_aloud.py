"""The way in by ear: arrival, place, mute and connection are read aloud once, politely, without a storm."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.swallowing import swallowing_way
from tests.journeys.days import next_monday
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff
from tests.journeys.reader import Reader, named

pytestmark = pytest.mark.journey

NURSE = "Appointment with a nurse"


async def test_the_way_in_is_read_aloud_once(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo, swallowing_way() as way:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB", proxy=way.address), demo)
        ilmari = await staff(await new_context(locale="en-GB"), demo)
        path = await aino.books(NURSE, "Aino Virtanen", "aino@example.org")
        by_aino, by_ilmari = await Reader.on(aino.page), await Reader.on(ilmari.page)
        await ilmari.signs_in("ilmari")
        await expect(ilmari.page.locator("#live")).to_be_visible()

        await aino.comes_in(path)
        await aino.is_in("waiting")
        await expect(ilmari.page.locator("#announcer")).to_contain_text("Aino Virtanen: ")
        arrivals = await by_ilmari.said()  # at the door, and waiting, where a look fell between
        assert len(arrivals) == len(set(arrivals)) <= 2
        await by_aino.hears("You are next.", among=3)

        await ilmari.opens_meeting_of("Aino Virtanen")
        await by_ilmari.hears("Aino Virtanen is in the waiting room.", among=4)
        await named(ilmari.page, "button", "Let in")
        await ilmari.page.locator('#knocks [data-deed="sentence_in_a_moment"]').click()
        told = await by_aino.hears("I'll be there in a moment", among=1)
        assert told[0].startswith("From the adviser:")
        await ilmari.page.locator("#coming select").select_option("microphone_silent")
        await ilmari.page.locator('#coming [data-key="show"]').click()
        await by_aino.hears("No sound comes from the microphone", among=1)

        await ilmari.lets_in()
        let_in = await by_aino.hears("The adviser has let you in.", among=5)
        assert [one for one in let_in if "headset" in one]
        await aino.sees_and_hears()
        await by_aino.said()
        await by_ilmari.said()

        await aino.page.locator("#mute").click()
        await by_aino.hears("Your microphone is off", among=1)
        await by_ilmari.hears("Aino Virtanen", among=1)
        await ilmari.page.locator("#send-back").click()
        await by_aino.hears("The adviser has asked you to wait", among=2)
        await by_ilmari.hears("Aino Virtanen is", among=3)

        way.swallows = True  # the browser's word alone still lets through what is quick enough
        await aino.page.context.set_offline(True)
        await by_aino.hears("you keep your place", among=1)
        demo.turn_clock(timedelta(seconds=20))
        await by_ilmari.said()
        await way.heal()
        await aino.page.context.set_offline(False)
        await expect(ilmari.page.locator(".knock__state")).not_to_contain_text("has lost")
        assert len(await by_aino.said()) <= 2


async def test_the_place_in_line_is_read_aloud_each_time_it_changes(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        kullervo = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        start = next_monday(demo, 14)
        demo.turn_clock_to(start - timedelta(hours=4))
        first = await aino.books(NURSE, "Aino Virtanen", "aino@example.org", at=start)
        later = start + timedelta(minutes=30)
        second = await kullervo.books(NURSE, "Kullervo", "kullervo@example.org", at=later)
        demo.turn_clock_to(start + timedelta(minutes=17))  # when both doors are open
        ear = await Reader.on(kullervo.page)
        await aino.comes_in(first)
        await aino.is_in("waiting")

        await kullervo.comes_in(second)
        await ear.hears("There is one before you", among=3)
        await aino.page.locator("#leave").click()

        await ear.hears("You are next.", among=1)


async def test_what_is_pressed_in_the_waiting_room_has_a_name_and_a_role(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        path = await aino.books(NURSE, "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await expect(aino.page.locator("#mute")).to_be_enabled()

        await expect(aino.page.locator("#main")).to_match_aria_snapshot(
            """
            - heading "You are in the waiting room" [level=1]
            - status: /You are next/
            - group "Camera, microphone and meeting":
              - button "Mute"
              - button "Camera off"
              - button "Leave"
            - meter "Microphone"
            - complementary:
              - region "What happens next":
                - heading "What happens next" [level=2]
                - list
                - paragraph:
                  - link "Let somebody help me (opens in a new tab)"
            """
        )
