"""What is to be done at the desk: each task with its button, gone when done, and nobody else's."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.appointment import Status
from booking.attend import record
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def fails(house: FaceHouse, outcome: Outcome = Outcome.TECHNICAL_FAILURE) -> UUID:
    """Let a meeting come to nothing, and an hour pass."""
    appointment, _ = await house.books(phone="+358401234567")
    async with house.units.write() as unit:
        await record(unit, appointment.id, FactKind.MEDIA_FAILED, by=Actor.CUSTOMER, now=SOON)
        over = replace(appointment, status=Status.CLOSED, outcome=outcome)
        await unit.appointments.change(over, now=SOON)
    house.now = SOON + timedelta(hours=1)
    return appointment.id


async def mark(house: FaceHouse, browser: Browser) -> str:
    async with browser.client.get(f"{house.origin}/desk/states") as answer:
        return str((await answer.json())["tasks"])


async def test_a_meeting_that_failed_is_a_task_until_somebody_has_called(house: FaceHouse) -> None:
    appointment_id = await fails(house)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment_id}/called"
    desk = await ilmari.opens("/desk")
    before = await mark(house, ilmari)

    done = await ilmari.sends(desk, place)

    assert "The connection did not work" in desk.text
    assert 'href="tel:+358401234567"' in desk.text
    assert (str(appointment_id) in before, await mark(house, ilmari)) == (True, "")
    assert "The connection did not work" not in done.text
    assert (await house.kinds(appointment_id))[-1] == "called_back"
    assert (await house.appointment(appointment_id)).outcome is Outcome.TECHNICAL_FAILURE


async def test_yesterdays_task_stands_today_and_not_for_ever(house: FaceHouse) -> None:
    appointment_id = await fails(house)
    house.now = SOON + timedelta(days=1)
    tomorrow = await mark(house, await house.staff("ilmari"))
    house.now = SOON + timedelta(days=9)

    assert str(appointment_id) in tomorrow
    assert await mark(house, await house.staff("ilmari")) == ""


async def test_another_teams_adviser_sees_no_task_of_ours(house: FaceHouse) -> None:
    await fails(house)
    louhi = await house.staff("louhi")

    pages = [await louhi.opens(path) for path in ("/desk", "/desk?team=1")]

    assert not any("The connection did not work" in page.text for page in pages)
    assert await mark(house, louhi) == ""


async def test_a_letter_that_fails_days_before_is_no_task_yet(house: FaceHouse) -> None:
    far, _ = await house.books(start=SOON + timedelta(days=2))
    async with house.units.write() as unit:
        await record(unit, far.id, FactKind.NOT_REMINDED, by=Actor.SYSTEM, now=house.now)
    ilmari = await house.staff("ilmari")
    early = await mark(house, ilmari)
    house.now = far.span.start - timedelta(hours=20)
    ilmari = await house.staff("ilmari")

    assert (early, str(far.id) in await mark(house, ilmari)) == ("", True)


async def test_one_tap_tells_the_next_customer_how_late_their_adviser_is(house: FaceHouse) -> None:
    first, _ = await house.books()
    second, _ = await house.books("Kullervo", start=first.span.end)
    async with house.units.write() as unit:
        for kind, by in (
            (FactKind.ADVISER_READY, Actor.ADVISER),
            (FactKind.ADMITTED, Actor.ADVISER),
            (FactKind.MEDIA_CONNECTED, Actor.CUSTOMER),
            (FactKind.MEDIA_CONNECTED, Actor.ADVISER),
        ):
            await record(unit, first.id, kind, by=by, now=SOON)
    house.now = first.span.end - 2 * MINUTE
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{second.id}/late"
    desk = await ilmari.opens("/desk")

    done = await ilmari.sends(desk, place, minutes="10")

    assert "Your meeting runs over" in desk.text
    assert "Kullervo comes next" in desk.text
    assert "Your meeting runs over" not in done.text
    late = [one for one in await house.history(second.id) if one.kind is FactKind.RUNNING_LATE]
    assert [(one.by, one.detail["minutes"]) for one in late] == [(Actor.ADVISER, 10)]
