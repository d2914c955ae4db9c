"""An adviser says that they are late; the customer's pages say so, and nobody else's."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.appointment import Appointment
from booking.attend import record
from booking.fact import Actor, FactKind
from tests.web.face_house import SOON, FaceHouse, face_house

LATE = "Your adviser is about 10 minutes late."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def told(house: FaceHouse, appointment: Appointment) -> list[int]:
    facts = await house.history(appointment.id)
    return [int(one.detail["minutes"] or 0) for one in facts if one.kind is FactKind.RUNNING_LATE]


async def test_the_customers_pages_say_how_late_the_adviser_is_until_they_come(house: FaceHouse) -> None:
    appointment, token = await house.books()
    house.now = SOON - timedelta(minutes=5)
    ilmari, aino = await house.staff("ilmari"), house.browser()
    place = f"/desk/appointments/{appointment.id}/late"

    done = await ilmari.sends(await ilmari.opens(place), place, minutes="10")
    pages = [await aino.opens(f"/a/{token}{path}") for path in ("", "/door", "/delay")]
    async with house.units.write() as unit:
        await record(unit, appointment.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=house.now)
    after = [await aino.opens(f"/a/{token}{path}") for path in ("", "/door", "/delay")]

    assert "Told: about 10 minutes late" in done.text
    assert [LATE in page.text for page in pages] == [True] * 3
    assert [LATE in page.text for page in after] == [False] * 3


async def test_all_who_come_later_that_day_are_told_when_asked_for_and_only_they(house: FaceHouse) -> None:
    first, _ = await house.books()
    second, _ = await house.books("Kullervo", start=SOON + timedelta(hours=1))
    tomorrow, _ = await house.books("Lemminkäinen", start=SOON + timedelta(days=1))
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{first.id}/late"
    page = await ilmari.opens(place)

    await ilmari.sends(page, place, minutes="5", everybody="")
    alone = await told(house, second)
    await ilmari.sends(page, place, minutes="15", everybody="1")

    assert alone == []
    assert [await told(house, one) for one in (first, second, tomorrow)] == [[5, 15], [15], []]


async def test_other_minutes_far_days_and_other_teams_are_refused(house: FaceHouse) -> None:
    soon, _ = await house.books()
    far, _ = await house.books("Kullervo", start=SOON + timedelta(days=1))
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    form = (await ilmari.opens(f"/desk/appointments/{soon.id}/late")).forms()[-1]
    others = (await louhi.opens("/desk")).forms()[0]

    refused = [
        await ilmari.posts(f"/desk/appointments/{soon.id}/late", form | {"minutes": "600"}),
        await ilmari.posts(f"/desk/appointments/{far.id}/late", form | {"minutes": "5"}),
        await louhi.posts(f"/desk/appointments/{soon.id}/late", others | {"minutes": "5"}),
    ]

    assert [page.status for page in refused] == [422, 409, 404]
    assert [await told(house, one) for one in (soon, far)] == [[], []]
