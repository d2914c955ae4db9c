"""One wall time everywhere: on the page, at the door, in the letter, in the calendar and in the database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from booking.appointment import Customer
from booking.cancel import cancel
from booking.fact import Actor
from booking.letter import LetterDue, LetterKind
from booking.reserve import Reserved, Wish, reserve
from booking.revision import Revision
from server.demo_data import ILMARI, MORTGAGE
from server.notify.compose import compose
from server.notify.occasion import Occasion
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import SITE

ZONES = ("Europe/Helsinki", "America/New_York", "Australia/Sydney")
# The nights, UTC, in which the clocks of one of the three turn, a quarter before and after each turn.
TURNS = (
    datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 0, tzinfo=UTC),
    datetime(2027, 3, 14, 7, 0, tzinfo=UTC),
    datetime(2026, 10, 3, 16, 0, tzinfo=UTC),
    datetime(2027, 4, 3, 16, 0, tzinfo=UTC),
)
STARTS = [turn + timedelta(minutes=away) for turn in TURNS for away in (-75, -15, 0, 15, 75)]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def wall(start: datetime, zone: str) -> str:
    """Return the time as an English clock on the wall shows it."""
    local = start.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local:%M}"


async def booked(house: FaceHouse, start: datetime, zone: str) -> Reserved:
    house.now = start - timedelta(days=2)
    customer = Customer(name="Aino Virtanen", email="aino@example.com", language="en")
    wish = Wish(offering_id=MORTGAGE, start=start, customer=customer, adviser_id=ILMARI, zone=zone)
    return await house.units.do(lambda unit: reserve(unit, wish, now=house.now))


async def given_up(house: FaceHouse, reserved: Reserved) -> None:
    by_us = Actor.ADVISER
    await house.units.do(lambda unit: cancel(unit, reserved.appointment.id, by=by_us, now=house.now))


@pytest.mark.parametrize("zone", ZONES)
async def test_a_time_is_the_same_wherever_the_customer_meets_it(house: FaceHouse, zone: str) -> None:
    aino = house.browser()
    for start in STARTS:
        reserved = await booked(house, start, zone)
        shown = wall(start, zone)

        manage = await aino.opens(f"/a/{reserved.token}?lang=en")
        file = await aino.opens(f"/a/{reserved.token}/calendar.ics")
        house.now = start - timedelta(minutes=5)
        door = await aino.opens(f"/a/{reserved.token}/door")

        local = start.astimezone(ZoneInfo(zone))
        assert reserved.appointment.wall_start == f"{local:%Y-%m-%dT%H:%M}"
        assert (shown in manage.text, shown in door.text) == (True, True), start
        (event,) = Calendar.from_ical(file.text).walk("VEVENT")
        assert event.decoded("DTSTART") == start
        await given_up(house, reserved)


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.OFFER])
async def test_a_letter_tells_the_customers_own_time_and_says_whose_it_is(
    house: FaceHouse, kind: LetterKind
) -> None:
    start = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    reserved = await booked(house, start, "America/New_York")
    async with house.units.read() as unit:
        ilmari = await unit.advisers.get(ILMARI)

    occasion = Occasion(
        due=LetterDue(appointment_id=reserved.appointment.id, kind=kind, sequence=0),
        appointment=reserved.appointment,
        adviser=ilmari,
        revision=Revision(0, start),
        token=reserved.token,
        message_id="<1@example.org>",
        now=start - timedelta(days=1),
    )

    letter = compose(occasion, SITE)

    whole = letter.subject + letter.text + letter.html
    assert ("7:00" in whole, "New York" in whole) == (True, True)
    assert "14:00" not in whole  # Helsinki's
    assert "12:00" not in whole  # UTC's
