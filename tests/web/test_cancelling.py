"""Until it starts, an appointment is cancelled by its link in two taps, and a letter says so."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.letter import Channel, LetterKind
from tests.web.face_house import SOON, FaceHouse, face_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def cancelled(house: FaceHouse, token: str) -> None:
    """Follow the page's own link, and press the button."""
    aino, place = house.browser(), f"/a/{token}/cancel"
    assert f'href="{place}"' in (await aino.opens(f"/a/{token}")).text
    await aino.sends(await aino.opens(place), place)


async def test_a_minute_before_the_start_two_taps_still_cancel(house: FaceHouse) -> None:
    appointment, token = await house.books()
    house.now = SOON - timedelta(minutes=1)

    await cancelled(house, token)

    assert (await house.appointment(appointment.id)).status.value == "cancelled"


async def test_who_cancels_is_told_so_by_letter(house: FaceHouse) -> None:
    appointment, token = await house.books()

    await cancelled(house, token)

    async with house.units.write() as unit:
        due = [one.letter for one in await unit.outbox.claim(Channel.MAIL, house.now, "test", 10)]
    kinds = {one.kind for one in due if one.appointment_id == appointment.id}
    assert kinds == {LetterKind.BOOKED, LetterKind.CANCELLED}
