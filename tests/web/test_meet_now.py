"""Meet now: straight to the waiting room while an adviser is there, and never a dead end otherwise."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from booking.appointment import Appointment
from booking.at_desk import GONE_AFTER
from booking.closure import Closure, ClosureKind
from booking.outcome import Outcome
from booking.refill import RefillMode, RefillRules
from booking.set_up import change_offering
from booking.source import DROP_IN
from booking.time_span import CELL, TimeSpan
from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from web.public_site import Allowance

NOW, CALL, WAIT = f"/book/{NURSE}/now", f"/book/{NURSE}/now/call", f"/book/{NURSE}/now/wait"
AINO = {"name": "Aino Virtanen", "email": "aino@example.com"}
KULLERVO = {"name": "Kullervo", "phone": "040 765 4321"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def takes(house: FaceHouse, *, is_on: bool = True, adviser_id: UUID = ILMARI) -> None:
    await house.units.do(lambda unit: unit.at_desk.take(adviser_id, is_on=is_on, now=house.now))


async def queued(house: FaceHouse) -> list[Appointment]:
    today = TimeSpan(house.now - timedelta(hours=1), house.now + timedelta(hours=12))
    async with house.units.read() as unit:
        return [one for one in await unit.appointments.within(today) if one.source == DROP_IN]


async def test_the_front_page_and_the_times_say_that_an_adviser_is_free(house: FaceHouse) -> None:
    await takes(house)
    anybody = house.browser()

    front, times = await anybody.opens("/"), await anybody.opens(f"/book/{NURSE}")

    assert front.text.count("Meet now: an adviser is free") == 1
    assert "Meet now: an adviser is free" in times.text
    assert "Meet now" not in (await anybody.opens(f"/book/{MORTGAGE}")).text


async def test_a_desk_that_has_closed_is_nobody_free(house: FaceHouse) -> None:
    await takes(house)
    house.now += GONE_AFTER
    anybody = house.browser()

    assert "Meet now: an adviser is free" not in (await anybody.opens("/")).text
    assert "No adviser is free just now" in (await anybody.opens(NOW)).text


async def test_who_comes_is_in_the_waiting_room_at_once_with_a_letter_on_its_way(house: FaceHouse) -> None:
    await takes(house)
    aino = house.browser()

    shown = await aino.opens(NOW)
    await aino.sends(shown, NOW, **AINO)

    [one] = await queued(house)
    assert await house.kinds(one.id) == ["booked", "door_opened"]
    async with house.units.read() as unit:
        token = await unit.links.token(one.id)
    assert 'id="meeting"' in (await aino.opens(f"/a/{token}/door")).text


async def test_an_address_or_a_number_is_enough_but_one_is_needed(house: FaceHouse) -> None:
    await takes(house)
    browser = house.browser()

    refused = await browser.sends(await browser.opens(NOW), NOW, name="Kullervo")
    assert "Fill in the e-mail address or the phone number." in refused.text
    assert await queued(house) == []

    await browser.sends(await browser.opens(NOW), NOW, **KULLERVO)
    assert [one.customer.name for one in await queued(house)] == ["Kullervo"]


async def test_the_same_browser_is_led_back_to_its_place(house: FaceHouse) -> None:
    await takes(house)
    aino = house.browser()
    form = await aino.opens(NOW)
    await aino.sends(form, NOW, **AINO)

    again = await aino.opens(NOW)
    await aino.sends(form, NOW, **KULLERVO)

    assert "You are in the queue already" in again.text
    assert "Back to the waiting room" in again.text
    assert len(await queued(house)) == 1


async def test_the_same_person_in_another_browser_has_one_place(house: FaceHouse) -> None:
    await takes(house)
    await takes(house, adviser_id=LOUHI)
    first, second = house.browser(), house.browser()
    await first.sends(await first.opens(NOW), NOW, **AINO)

    refused = await second.sends(await second.opens(NOW), NOW, **AINO)

    assert (refused.status, len(await queued(house))) == (409, 1)
    assert "/a/" not in refused.text


async def test_one_address_sends_no_more_than_it_may(tmp_path: Path) -> None:
    async with face_house(tmp_path, allowance=Allowance(drop_ins_an_hour=1)) as house:
        await takes(house)
        browser, other = house.browser(), house.browser()
        await browser.sends(await browser.opens(NOW), NOW, **AINO)

        refused = await other.sends(await other.opens(NOW), NOW, **KULLERVO)

        assert refused.status == 429


async def test_who_was_a_moment_too_late_reads_what_can_be_done(house: FaceHouse) -> None:
    await takes(house)
    browser = house.browser()
    shown = await browser.opens(NOW)
    await takes(house, is_on=False)

    late = await browser.sends(shown, NOW, **AINO)

    assert late.status == 409
    for way in ("The next free time", "Tell me of earlier times", "Please call me"):
        assert way in late.text
    assert await queued(house) == []


async def test_out_of_hours_the_next_free_time_is_kept_in_one_tap(house: FaceHouse) -> None:
    browser = house.browser()
    shown = await browser.opens(NOW)
    start = shown.text.partition('name="start" value="')[2].partition('"')[0]

    kept = await browser.sends(shown, f"/book/{NURSE}/hold", start=start)

    assert 'id="booking"' in kept.text


async def test_a_wish_to_be_called_is_a_task_on_the_desk_until_somebody_has(house: FaceHouse) -> None:
    browser, ilmari = house.browser(), await house.staff("ilmari")

    told = await browser.sends(await browser.opens(CALL), CALL, **KULLERVO)

    async with house.units.read() as unit:
        [one] = await unit.appointments.waiting_for_call(house.now)
    assert "Thank you, your wish has reached us." in told.text
    assert await house.kinds(one.id) == ["booked", "call_asked"]
    who = ilmari if one.adviser_id == ILMARI else await house.staff("louhi")
    desk = await who.opens("/desk")
    assert "Asks for a call" in desk.text
    await who.sends(desk, f"/desk/appointments/{one.id}/called")
    assert (await house.appointment(one.id)).outcome is Outcome.MET_BY_PHONE
    assert "Asks for a call" not in (await who.opens("/desk")).text


async def nobody_has_hours(house: FaceHouse) -> None:
    async with house.units.write() as unit:
        for one in await unit.advisers.all():
            for offering_id in (None, NURSE, MORTGAGE):
                await unit.hours.replace_week(one.id, offering_id, [])


async def test_without_any_free_time_there_is_still_the_call(house: FaceHouse) -> None:
    await nobody_has_hours(house)
    browser = house.browser()
    shown = await browser.opens(NOW)

    form = await browser.opens(CALL)
    told = await browser.sends(form, CALL, **KULLERVO)

    assert "No time is free either just now" in shown.text
    assert f'href="{CALL}"' in shown.text
    assert "The next free time" not in shown.text
    assert "at 16:00" in form.text
    assert "Thank you, your wish has reached us." in told.text
    async with house.units.read() as unit:
        [one] = await unit.appointments.waiting_for_call(house.now)
    assert one.span.start.astimezone(ZoneInfo(one.zone)).strftime("%H:%M") == "16:00"
    assert one.span.length == CELL


async def test_many_who_wish_to_be_called_without_any_free_time_have_one_after_the_other(
    house: FaceHouse,
) -> None:
    await nobody_has_hours(house)
    first, second = house.browser(), house.browser()
    before = await second.opens(CALL)
    await first.sends(await first.opens(CALL), CALL, **KULLERVO)
    others = [{"name": f"Soittaja {number}", "phone": f"040 765 43{number}"} for number in range(10, 13)]

    answers = [await second.sends(await second.opens(CALL), CALL, **one) for one in others]
    await second.sends(before, CALL, name="Viimeinen", phone="040 765 4399")

    assert [answer.status for answer in answers] == [200] * 3
    async with house.units.read() as unit:
        taken = [(one.adviser_id, one.span) for one in await unit.appointments.waiting_for_call(house.now)]
    assert len(set(taken)) == len(taken) >= 4


async def test_what_is_closed_for_everybody_is_no_time_to_be_called(house: FaceHouse) -> None:
    await nobody_has_hours(house)
    span = TimeSpan(house.now, house.now + timedelta(days=40))
    async with house.units.write() as unit:
        await unit.hours.close(Closure(id=uuid4(), kind=ClosureKind.HOLIDAY, span=span))
    shown = await house.browser().opens(NOW)

    assert "No time is free just now either. Call us" in shown.text
    assert f'href="{CALL}"' not in shown.text


async def test_nobody_is_called_without_a_number(house: FaceHouse) -> None:
    browser = house.browser()

    refused = await browser.sends(await browser.opens(CALL), CALL, **AINO)

    assert refused.status == 422
    async with house.units.read() as unit:
        assert await unit.appointments.waiting_for_call(house.now) == []


async def test_who_wishes_an_earlier_time_has_the_next_one_and_is_on_the_waitlist(house: FaceHouse) -> None:
    browser = house.browser()

    told = await browser.sends(await browser.opens(WAIT), WAIT, **AINO)

    async with house.units.read() as unit:
        [one] = await unit.appointments.ahead_of(AINO["email"], now=house.now)
        assert await unit.waitlist.of(one.id) is not None
    assert one.source == ""
    assert told.status == 200


async def test_where_no_time_is_ever_offered_nobody_is_promised_one(house: FaceHouse) -> None:
    off = RefillRules(mode=RefillMode.OFF)
    async with house.units.write() as unit:
        await change_offering(unit, NURSE, lambda one: replace(one, refill=off))
    browser = house.browser()

    shown = await browser.opens(NOW)

    assert "Tell me of earlier times" not in shown.text
    assert "Please call me" in shown.text


async def test_the_switch_on_the_desk_is_one_press_and_told_to_the_desk_as_it_stands(
    house: FaceHouse,
) -> None:
    ilmari = await house.staff("ilmari")
    desk = await ilmari.opens("/desk")

    on = await ilmari.sends(desk, "/desk/taking", on="1")

    assert 'aria-pressed="false"' in desk.text.partition('id="taking"')[2].partition("</form>")[0]
    assert 'aria-pressed="true"' in on.text.partition('id="taking"')[2].partition("</form>")[0]
    assert '"takes": true' in (await ilmari.opens("/desk/states")).text
    house.now += GONE_AFTER
    assert '"takes": false' in (await ilmari.opens("/desk/states")).text


async def test_who_meets_nobody_without_a_time_has_no_switch(house: FaceHouse) -> None:
    assert 'id="taking"' not in (await (await house.staff("ainikki")).opens("/desk")).text
    assert 'id="taking"' not in (await (await house.staff("admin")).opens("/desk")).text


async def test_an_open_desk_is_felt_and_keeps_the_switch_on(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    await takes(house)
    house.now += GONE_AFTER - timedelta(seconds=1)

    async with ilmari.client.ws_connect(f"{house.origin}/ws/desk"):
        for _ in range(500):
            if await is_felt(house, house.now + timedelta(seconds=5)):
                return
            await asyncio.sleep(0.02)
    pytest.fail("the open desk was not felt")


async def is_felt(house: FaceHouse, at: datetime) -> bool:
    async with house.units.read() as unit:
        return ILMARI in await unit.at_desk.taking([ILMARI], now=at)


async def test_an_admin_switches_it_on_for_an_offering(house: FaceHouse) -> None:
    admin, place = await house.staff("admin"), f"/admin/offerings/{MORTGAGE}/now"

    await admin.sends(await admin.opens(place), place, drop_in="1")

    async with house.units.read() as unit:
        assert (await unit.offerings.get(MORTGAGE)).drop_in
    assert "Customers may come without a time" in (await admin.opens(f"/admin/offerings/{MORTGAGE}")).text


async def test_the_statistics_count_them_apart(house: FaceHouse) -> None:
    await takes(house)
    aino = house.browser()
    await aino.sends(await aino.opens(NOW), NOW, **AINO)

    shown = (await (await house.staff("admin")).opens("/admin")).text

    assert "Those who came without a time" in shown
    assert "came without a time 1" in shown
    assert "Time to a human: too few were let in to tell (under 10)." in shown
